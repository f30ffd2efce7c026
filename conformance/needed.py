"""What each collected scenario needs, read from its steps."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from conformance.items import scenario_of, tags_of
from steps.needs import STAGE, Need, of_step


def needs_of(item: pytest.Item) -> list[Need]:
    """Return what a scenario needs, in the order of its steps, each once."""
    return list(dict.fromkeys(_needs(item)))


def _needs(item: pytest.Item) -> Iterator[Need]:
    for tag in sorted(tags_of(item)):
        if tag == "needs-stage":  # what it says is of this simulator alone
            yield STAGE
        elif tag.startswith("needs-"):  # what it says is of one hypervisor alone
            yield Need("hypervisor", tag.removeprefix("needs-"))
    for step in steps_of(item):
        for sentence in _sentences():
            right = sentence.type in {step.type, None}
            if right and sentence.parser.is_matching(step.name):
                given = sentence.parser.parse_arguments(step.name)
                table = step.datatable.raw() if step.datatable else None
                yield from of_step(sentence.step_func, dict(given or {}), table)
                break


def steps_of(item: pytest.Item) -> Iterable[Any]:
    """Return the steps of a scenario, its background's and its example's cells included."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    steps: Iterable[Any] = scenario_of(item).render(params.get("_pytest_bdd_example", {})).steps
    return steps


_KNOWN: list[Any] = []


def _sentences() -> list[Any]:
    from conformance.sentences import sentences

    if not _KNOWN:
        _KNOWN.extend(sentences())
    return _KNOWN
