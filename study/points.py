"""The studies that one file has in it: itself, its variants, the points of its sweep."""

from dataclasses import replace
from typing import Any, NamedTuple

from simulator.boot.reading import meant
from study.experiment_plan import BASE, VariantPart
from study.layers import Change, Origin
from study.reading import BadStudy, Sheet, Study

_SEVERAL = 2


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
