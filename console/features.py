"""The specification as it is read: feature files, their scenarios, and the clauses these show."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gherkin.parser import Parser

HOME = Path(__file__).resolve().parent.parent / "features"
_ID = re.compile(r"@?(CS-[A-Z0-9]{3}-\d{3})")
_TITLE = re.compile(r"Scenario(?: Outline)?: (.*)")
_CLAUSE = "SPEC-"


class Title(NamedTuple):
    """A scenario as it is listed."""

    name: str
    tags: tuple[str, ...]

    @property
    def clauses(self) -> list[str]:
        """The clauses of the specification that it shows."""
        return [tag for tag in self.tags if tag.startswith(_CLAUSE)]


class Feature(NamedTuple):
    """A feature file as it is listed; *path* is `folder/name`."""

    path: str
    name: str
    scenarios: tuple[Title, ...]

    @property
    def clauses(self) -> list[str]:
        """The clauses of the specification that its scenarios show."""
        return sorted({clause for scenario in self.scenarios for clause in scenario.clauses})


class Scenario(NamedTuple):
    """A scenario in full; *examples* are rows by the heading of their column."""

    name: str
    tags: tuple[str, ...]
    text: str
    examples: tuple[dict[str, str], ...]

    def id(self, example: dict[str, str] | None) -> str:
        """Return the id of a run of it, as results have it."""
        base = next(matched[1] for tag in self.tags if (matched := _ID.fullmatch(tag)))
        return f"{base}[{', '.join(example.values())}]" if example else base


@cache
def features() -> tuple[Feature, ...]:
    """Return every feature; only titles and tags are read, which takes no time."""
    return tuple(_listed(path) for path in sorted(HOME.rglob("*.feature")))


def _listed(path: Path) -> Feature:
    name, tags, listed = "", [], []
    for line in map(str.strip, path.read_text("utf-8").splitlines()):
        if line.startswith("@"):
            tags += line.replace("@", "").split()
        elif line.startswith("Feature:"):
            name, shared, tags = line.partition(": ")[2], tags, []
        elif title := _TITLE.fullmatch(line):
            listed.append(Title(title[1], (*shared, *tags)))
            tags = []
    return Feature(path.relative_to(HOME).with_suffix("").as_posix(), name, tuple(listed))


def feature_at(path: str) -> Feature | None:
    """Return the feature of that path, None for none."""
    return next((feature for feature in features() if feature.path == path), None)


@cache
def scenarios(path: str) -> tuple[str, tuple[Scenario, ...]]:
    """Return the background of a feature, "" for none, and its scenarios."""
    parsed: Any = Parser().parse((HOME / f"{path}.feature").read_text("utf-8"))["feature"]
    shared = tuple(_names(parsed["tags"]))
    background, listed = "", []
    for child in parsed["children"]:
        if "background" in child:
            background = _text(child["background"]["steps"])
        else:
            listed.append(_scenario(child["scenario"], shared))
    return background, tuple(listed)


def _scenario(node: Any, shared: tuple[str, ...]) -> Scenario:
    rows = tuple(row for table in node["examples"] for row in _rows(table))
    tags = (*shared, *_names(node["tags"]))
    return Scenario(node["name"], tags, _text(node["steps"]), rows)


def _names(tags: list[Any]) -> list[str]:
    return [tag["name"].removeprefix("@") for tag in tags]


def _rows(table: Any) -> Iterator[dict[str, str]]:
    heads = [cell["value"] for cell in table["tableHeader"]["cells"]]
    for row in table["tableBody"]:
        yield dict(zip(heads, (cell["value"] for cell in row["cells"]), strict=True))


def _text(steps: list[Any]) -> str:
    return "\n".join(line for step in steps for line in _lines(step))


def _lines(step: Any) -> Iterator[str]:
    """Return a step as text, with its table or its lines below."""
    yield f"{step['keyword']}{step['text']}"
    rows = [[cell["value"] for cell in row["cells"]] for row in _table(step)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  | {' | '.join(cells)} |"
    if "docString" in step:
        yield from (f"  {line}" for line in step["docString"]["content"].splitlines())


def _table(step: Any) -> list[Any]:
    rows: list[Any] = step.get("dataTable", {}).get("rows", [])
    return rows
