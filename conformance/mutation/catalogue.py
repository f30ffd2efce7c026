"""Every fault there is."""

from collections.abc import Callable, Iterable

from conformance.mutation import (
    access,
    answers,
    effects,
    filters,
    limits,
    narration,
    queueing,
    refusing_hosts,
    rules,
    storage,
)
from conformance.mutation.fault import Fault

_SOURCES: tuple[Callable[[], Iterable[Fault]], ...] = (
    rules.faults,
    rules.orders,
    effects.faults,
    lambda: access.FAULTS,
    filters.scopes,
    filters.ignored,
    limits.faults,
    lambda: storage.FAULTS,
    queueing.faults,
    lambda: refusing_hosts.FAULTS,
    answers.faults,
    narration.of_commands,
    narration.general,
)


def all_faults() -> list[Fault]:
    """Return every fault, in the order of the kinds."""
    return [fault for source in _SOURCES for fault in source()]
