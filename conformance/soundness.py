"""Whether feature files say what they seem to say: what pytest-bdd would pass over in silence."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from gherkin.parser import Parser
from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import StepFunctionContext

from conformance.items import scenario_of

_STEP_WORDS = ("Given", "When", "Then", "And", "But")
_HEADINGS = (
    "Feature", "Background", "Rule", "Example", "Examples", "Scenario", "Scenarios",
    "Scenario Outline", "Scenario Template",
)  # fmt: skip
_WORD = re.compile(r"([A-Za-z]+)\s+(\S.*)")
_HEADING = re.compile(r"([A-Za-z]+(?: [A-Za-z]+)?):")
_PARSER = re.compile(r"^\((\d+):\d+\): (.*)$", re.MULTILINE)
"""What the parser says where pytest-bdd has no words of its own: place and fault, a line each."""
_ORDINARY = frozenset(
    ("the", "them", "there", "these", "they", "this", "where", "what", "an", "any", "give", "gives")
)
"""Words a description may begin with, though they look like a keyword."""
_ALIKE = 0.7
_Node = dict[str, Any]
"""A part of a parsed feature file."""


def file_faults(path: Path, root: Path) -> list[str]:
    """Return a line, with file and line number, for each fault of a feature file below *root*."""
    where = shown(path, root)
    try:
        get_feature(str(path.parent), path.name)
        text = path.read_text("utf-8")
        document = cast("_Node", Parser().parse(text))
    except GherkinParseError as no:
        each = _PARSER.findall(no.message)
        return [f"{where}:{line}: {text}" for line, text in each] or [
            f"{where}:{no.line}: {no.message} ({no.line_content.strip()})"
        ]
    except Exception as no:  # noqa: BLE001 - whatever a parser says of what is no feature
        return [f"{where}: {' '.join(str(no).split())}"]
    feature = document["feature"]
    scenarios = [node for kind, node in _parts(feature) if kind == "scenario"]
    faults = [*_titles(scenarios), *_examples(scenarios), *_hidden(feature, text.splitlines())]
    faults += [(_line(one), f"a scenario without steps: {one['name']}")
               for one in scenarios if not one["steps"]]  # fmt: skip
    if not scenarios:
        faults.append((1, "no scenario"))
    return [f"{where}:{line}: {text}" for line, text in sorted(faults)]


def shown(path: Path, root: Path) -> str:
    """Return a path as it is shown: from *root*, if it is below."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _line(node: _Node) -> int:
    return int(node["location"]["line"])


def _parts(feature: _Node) -> Iterator[tuple[str, _Node]]:
    """Yield all below a feature: backgrounds, rules, scenarios, tables of examples."""
    for child in feature["children"]:
        for kind, node in child.items():
            yield kind, node
            if kind == "rule":
                yield from _parts(node)
            for table in node.get("examples", ()):
                yield "examples", table


def _titles(scenarios: Iterable[_Node]) -> Iterator[tuple[int, str]]:
    """Yield what repeats a title: of two, pytest-bdd runs the last alone."""
    first: dict[str, int] = {}
    for scenario in scenarios:
        name, line = scenario["name"], _line(scenario)
        if name in first:
            yield line, f"the title of line {first[name]} again: {name}"
        first.setdefault(name, line)


def _examples(scenarios: Iterable[_Node]) -> Iterator[tuple[int, str]]:
    """Yield outlines with placeholders unfilled, and examples that nobody could tell apart."""
    for scenario in scenarios:
        tables, first = scenario["examples"], dict[frozenset[tuple[str, str]], int]()
        for table in tables:
            for row in table.get("tableBody", ()):
                cells = frozenset(zip(_cells(table["tableHeader"]), _cells(row), strict=True))
                if cells in first:
                    text = ", ".join(_cells(row))
                    yield _line(row), f"the example of line {first[cells]} again: {text}"
                first.setdefault(cells, _line(row))
            if not table.get("tableBody"):
                yield _line(table), f"examples without a row: {scenario['name']}"
        if not tables and scenario["keyword"].lower().endswith(("outline", "template")):
            yield _line(scenario), f"an outline without examples: {scenario['name']}"


def _cells(row: _Node) -> list[str]:
    return [str(cell["value"]) for cell in row["cells"]]


def _hidden(feature: _Node, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of descriptions that were meant as a heading or a step."""
    for kind, node in (("feature", feature), *_parts(feature)):
        number = _line(node)
        for text in filter(None, map(str.strip, node.get("description", "").splitlines())):
            later = range(number + 1, len(lines) + 1)
            number = next((n for n in later if lines[n - 1].strip() == text), number)
            if meant := _meant(text, may_be_a_step=kind not in {"feature", "rule"}):
                yield number, f"{text.split()[0]!r} is no keyword, is {meant!r} meant? {text}"


def _meant(line: str, *, may_be_a_step: bool) -> str | None:
    """Return the keyword that *line* seems to begin with, None if it is plain text."""
    if heading := _HEADING.match(line):
        close = get_close_matches(heading[1].title(), _HEADINGS, 1, _ALIKE)
        return f"{close[0]}:" if close else None
    word = _WORD.match(line)
    if word is None or not may_be_a_step or word[1].lower() in _ORDINARY:
        return None
    close = get_close_matches(word[1].title(), _STEP_WORDS, 1, _ALIKE)
    return close[0] if close else None


def step_faults(items: Iterable[pytest.Item]) -> list[tuple[pytest.Item, list[str]]]:
    """Return each scenario with a line for each of its steps that is no sentence."""
    return [(item, list(_unsaid(item))) for item in items if scenario_of(item) is not None]


def _unsaid(item: pytest.Item) -> Iterator[str]:
    template = scenario_of(item)
    params: Mapping[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    scenario = template.render(params.get("_pytest_bdd_example", {}))
    where = shown(Path(template.feature.filename), item.config.rootpath)
    for step in scenario.steps:
        if not _is_sentence(step.type, step.name):
            yield f"{where}:{step.line_number}: no sentence is {step.keyword} {step.name}"


@cache
def _is_sentence(kind: str, text: str) -> bool:
    return any(s.type in {kind, None} and s.parser.is_matching(text) for s in _sentences())


@cache
def _sentences() -> tuple[StepFunctionContext, ...]:
    from conformance.sentences import sentences

    return tuple(sentences())
