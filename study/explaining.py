"""A study as TOML with everything said: what its file leaves out, too."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from study.distributions import Spread
from study.plan import StudyPlan
from study.reading import Study

_LEFT_OUT = ("variant", "sweep")
"""Other studies than the one that is explained."""
_UNITS = ("s", "/s")


def explained(study: Study) -> str:
    """Return *study* as a file of its own, with its hash."""
    lines = [
        f"# {study.name}: what is said and what is meant by the rest",
        f"# sha256 {study.digest}",
    ]
    for name, value in whole(study).items():
        if isinstance(value, Mapping):
            lines += ["", f"[{name}]", *_keys(value)]
        else:
            lines += [line for part in value for line in ("", f"[[{name}]]", *_keys(part))]
    return "\n".join(lines) + "\n"


def whole(study: Study) -> dict[str, Any]:
    """Return the tables of a study as they were said, and what is meant where nothing is said."""
    found: dict[str, Any] = {}
    for field in fields(StudyPlan):
        name, value, raw = field.name, getattr(study.plan, field.name), study.table.get(field.name)
        if name in _LEFT_OUT or value is None:
            continue
        if isinstance(value, Struct):
            found[name] = _whole(value, raw or {})
        elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
            parts = raw or [{}] * len(value)
            found[name] = [_whole(part, said) for part, said in zip(value, parts, strict=True)]
        elif raw:
            found[name] = raw
    return found


def _keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Return a line for each key of a table; what has no value is a comment."""
    for name, value in table.items():
        yield f"# {name} is not said" if value is None else f"{_key(name)} = {toml(value)}"


def _whole(part: Struct, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table as it was said, and what is meant where it says nothing."""
    found: dict[str, Any] = {}
    for field in fields(type(part)):
        value, said = getattr(part, field.name), raw.get(field.name)
        if isinstance(value, Struct):
            inner = _whole(value, said if isinstance(said, Mapping) else {})
            found[field.name] = {k: v for k, v in inner.items() if v is not None}
        else:
            found[field.name] = _default(field.type, value) if said is None else said
    return found


def _default(kind: Any, value: Any) -> Any:
    """Return a default as a file would say it."""
    if isinstance(value, Spread):
        return value.spelt()
    if isinstance(value, float):
        spellings = [f"{value:g}{unit}" for unit in _UNITS]
        forms = [form for arg in (kind, *get_args(kind)) for form in _metadata(arg)]
        reads = [form.read for form in forms if hasattr(form, "read")]
        return next((text for text in spellings for read in reads if read(text) == value), value)
    return value


def _metadata(kind: Any) -> tuple[Any, ...]:
    return tuple(getattr(kind, "__metadata__", ()))


def _key(name: str) -> str:
    bare = name.replace("-", "_").isidentifier() and name.isascii()
    return name if bare else json.dumps(name)


def toml(value: Any) -> str:
    """Return a value as TOML spells it on one line."""
    if isinstance(value, str):
        return json.dumps(value).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(k)} = {toml(v)}' for k, v in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return repr(value) if isinstance(value, int | float) else str(value)
