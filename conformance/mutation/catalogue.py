"""Every fault there is."""

from collections.abc import Callable, Iterable

from conformance.mutation import (
    access,
    answers,
    effects,
    fields,
    filters,
    invariants,
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
    lambda: effects.FAULTS,
    fields.faults,
    lambda: access.FAULTS,
    lambda: filters.SCOPES,
    filters.ignored,
    lambda: limits.FAULTS,
    lambda: storage.FAULTS,
    lambda: queueing.FAULTS,
    lambda: refusing_hosts.FAULTS,
    lambda: answers.FAULTS,
    lambda: invariants.FAULTS,
    narration.of_commands,
    narration.general,
)


def all_faults() -> list[Fault]:
    """Return every fault, in the order of the kinds."""
    return [fault for source in _SOURCES for fault in source()]
