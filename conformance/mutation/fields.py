"""Faults of the fields of what is shown: each one missing, or of another type."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import steps
from conformance.mutation.fault import Fault, changed
from simulator.api import since

_OTHER: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: [value],
    "number": str,
    "flag": lambda value: str(value).lower(),
    "date": lambda value: value.replace("T", " "),
    "list": lambda value: {"row": value},
    "object": lambda value: [value],
}
"""Type of a field -> what makes its value one of another type."""
_LOST = object()


def _forms() -> dict[str, dict[str, Any]]:
    """Return the forms that scenarios compare with; their steps are for pytest to import."""
    file = Path(steps.__path__[0]) / "forms.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _changed(body: Any, kind: str, field: str, change: Callable[[Any], Any]) -> Any:
    """Return *body* with a field of each row of some kind changed, or left out."""
    if isinstance(body, list):
        return [_changed(row, kind, field, change) for row in body]
    if not isinstance(body, dict):
        return body
    return {
        key: _rows(_changed(value, kind, field, change), field, change) if key.lower() == kind
        else _changed(value, kind, field, change)
        for key, value in body.items()
    }  # fmt: skip


def _rows(value: Any, field: str, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [_rows(row, field, change) for row in value]
    if not isinstance(value, dict) or field not in value:
        return value
    new = change(value[field])
    rest = {key: inner for key, inner in value.items() if key != field}
    return rest if new is _LOST else rest | {field: new}


def _showing(kind: str, field: str, change: Callable[[Any], Any]) -> Any:
    """Return the change of shown(), by which every reply goes."""

    def shown(original: Any, dialect: Any, answers: str, body: Any) -> Any:
        made = original(dialect, answers, body)
        if kind == "asyncjobs" and answers == kind and "jobprocstatus" in made:
            return _rows(made, field, change)
        return _changed(made, kind, field, change)

    return shown


def faults() -> Iterator[Fault]:
    """Yield the faults of each field that rows always have, and of the type of each."""
    for kind, form in _forms().items():
        known = {f: name for name in _OTHER for f in form.get(name, "").split()}
        certain = f"{form['always']} {form.get('admin', '')}".split()
        for field in certain:
            yield _fault(kind, field, "missing", f"{kind} has no {field}", lambda _: _LOST)
            if field in known:
                what = f"{field} of {kind} is no {known[field]}"
                yield _fault(kind, field, "type", what, _OTHER[known[field]])


def _fault(kind: str, field: str, way: str, what: str, change: Callable[[Any], Any]) -> Fault:
    return changed(
        f"fields/{kind}-{field}-{way}", "fields", what, since.shown,
        _showing(kind, field, change), f"shapes:{kind} shapes",
    )  # fmt: skip
