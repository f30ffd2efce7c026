"""The studies that one file has in it: itself, its variants, the points of its sweep."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from simulator.boot.reading import meant
from study.experiment_checks import COMMON
from study.experiment_plan import BASE, Entry, VariantPart
from study.layers import Change, Origin, value_of
from study.reading import BadStudy, Sheet, Study

_COMMA = re.compile(r",(?![^(]*\))")
"""Between values, and not within lognormal(50ms, 0.4)."""


class Point(NamedTuple):
    """A study among several, and the values that make it differ, by dotted path."""

    name: str
    study: Study
    values: dict[str, Any]


def variants(sheet: Sheet) -> list[Point]:
    """Return the file as it stands and every variant of it; BadStudy for the first bad one."""
    study = sheet.study()
    parts = enumerate(study.plan.variant)
    return [Point(BASE, study, {}), *(_variant(sheet, n, part) for n, part in parts)]


def variant_of(sheet: Sheet, name: str) -> Point:
    """Return the variant of this name; BadStudy if there is none."""
    points = variants(sheet)
    for point in points:
        if point.name == name:
            return point
    known = meant(name, [point.name for point in points])
    raise BadStudy([f"{sheet.source}: has no variant {name!r}{known}"])


def _variant(sheet: Sheet, n: int, part: VariantPart) -> Point:
    where = sheet.layers.where(("variant", n))
    folder = sheet.layers.folder(("variant", n))
    origin = Origin(f"{where}: variant {part.name!r}", folder)
    changes = tuple(Change(e.key, e.value, origin) for e in part.set)
    study = sheet.study(changes)
    name = f"{study.name}: {part.name}"
    return Point(part.name, replace(study, name=name), {e.key: e.value for e in part.set})


def grid(sheet: Sheet, over: tuple[str, ...] = ()) -> list[Point]:
    """Return every combination of the values of *over*, or of the file's [sweep] if that is empty.

    BadStudy if there is none, and for the first one that is no study.
    """
    study = sheet.study()
    axes = [_axis(text) for text in over] or [_swept(sheet, e) for e in study.plan.sweep]
    if not axes:
        raise BadStudy([f"{sheet.source}: has no [sweep], and there is no --over"])
    paths = [axis[0].path for axis in axes]
    common = next((n for n, path in enumerate(paths) if path in COMMON), None)
    if common is not None:
        where = axes[common][0].origin.where
        raise BadStudy([f"{where}: {paths[common]} is one for all variants and points"])
    twice = next((path for n, path in enumerate(paths) if path in paths[:n]), None)
    if twice is not None:
        raise BadStudy([f"{axes[-1][0].origin.where}: {twice} is varied twice"])
    for text in sheet.given:
        if text.partition("=")[0].strip() in paths:
            raise BadStudy([f"--set {text}: is what is varied"])
    return [_point(sheet, changes) for changes in product(*axes)]


def _point(sheet: Sheet, changes: tuple[Change, ...]) -> Point:
    name = ", ".join(f"{change.path}={change.value}" for change in changes)
    return Point(name, sheet.study(last=changes), {c.path: c.value for c in changes})


def _swept(sheet: Sheet, entry: Entry) -> list[Change]:
    """Return the values of one line of [sweep]."""
    path = ("sweep", *entry.path)
    origin = Origin(f"{sheet.layers.where(path)}: sweep", sheet.layers.folder(path))
    return [Change(entry.key, value, origin) for value in entry.value]


def _axis(text: str) -> list[Change]:
    """Return the values of an --over; BadStudy if it has none."""
    path, equals, values = text.partition("=")
    parts = [part.strip() for part in _COMMA.split(values)]
    if not equals or "" in parts:
        raise BadStudy([f"--over {text}: is no dotted.path=value,value"])
    if len({*parts}) < len(parts):
        raise BadStudy([f"--over {text}: has a value twice"])
    origin = Origin(f"--over {text}", FilePath())
    return [Change(path.strip(), value_of(part), origin) for part in parts]
