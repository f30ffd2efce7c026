"""What each collected scenario needs, read from its steps."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from conformance.items import scenario_of, tags_of
from steps.needs import DISTURBING, STAGE, Need, of_step, of_upload
from steps.spares import WITH_DATA, WITH_ROOT


def needs_of(item: pytest.Item) -> list[Need]:
    """Return what a scenario needs, in the order of its steps, each once."""
    return list(dict.fromkeys(_needs(item)))


def _needs(item: pytest.Item) -> Iterator[Need]:
    for tag in sorted(tags_of(item)):
        if tag == "needs-stage":  # what it says is sure where nobody else is, and in no hurry
            yield STAGE
        elif tag.startswith("needs-"):  # what it says is of one hypervisor alone
            yield Need("hypervisor", tag.removeprefix("needs-"))
    steps = list(steps_of(item))
    for step, after in zip(steps, [*(later.name for later in steps[1:]), ""], strict=True):
        for sentence in _sentences():
            right = sentence.type in {step.type, None}
            if right and sentence.parser.is_matching(step.name):
                given = sentence.parser.parse_arguments(step.name)
                table = step.datatable.raw() if step.datatable else None
                yield from of_step(sentence.step_func, dict(given or {}), table)
                yield from of_upload(dict(given or {}), table, after)
                break


def is_alone(item: pytest.Item) -> bool:
    """Return whether a scenario must not run beside others: it changes what they stand on."""
    return scenario_of(item) is not None and any(n.kind in DISTURBING for n in needs_of(item))


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


_SPARE = re.compile(
    r'a (?:stopped|running) VM "[^"]+" with ROOT volume "[^"]+"( and data volume "[^"]+")?'
)


def hypervisor_of(item: pytest.Item) -> str:
    """Return the hypervisor that a scenario is about, "" for any."""
    kinds = (t.removeprefix("needs-") for t in tags_of(item) if t.startswith("needs-"))
    return next((kind for kind in kinds if kind != "stage"), "")


def form_of(item: pytest.Item) -> str:
    """Return the form of the spare VM that a scenario may begin with, "" for none.

    What is called before may be about what else the owner has.
    """
    if hypervisor_of(item):
        return ""
    for step in steps_of(item):
        begun = _SPARE.fullmatch(step.name)
        if begun or step.type != "given":
            return (WITH_DATA if begun[1] else WITH_ROOT) if begun else ""
    return ""


_LONG = re.compile(r"\d+ random operations")


def by_form(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return scenarios such that those that begin with a spare VM of one form run together.

    Those that take minutes come first: the others are dealt out meanwhile. Those that change what
    others use come last.
    """
    order = (WITH_DATA, WITH_ROOT, "")

    def key(item: pytest.Item) -> tuple[bool, bool, int]:
        is_long = any(_LONG.match(step.name) for step in steps_of(item))
        return is_alone(item), not is_long, order.index(form_of(item))

    return sorted(items, key=key)
