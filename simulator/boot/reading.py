"""From TOML text to a plan, or everything that is wrong with it, line by line."""

import re
import tomllib
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

import msgspec

from simulator.boot.lines import Lines, Path
from simulator.boot.plan import CloudPlan, Size

Plan = TypeVar("Plan", bound=msgspec.Struct)
_UNITS = {"B": 0, "KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40, "PiB": 50}
_SIZE = re.compile(rf"(\d{{1,9}}(?:\.\d{{1,3}})?) ?({'|'.join(_UNITS)})")


class BadCloud(ValueError):
    """A cloud file that describes no cloud; *lines* say all that is wrong, one each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class CloudFile:
    """A TOML text and the name it is known by; under another name it is the same file."""

    name: str = field(compare=False)
    text: str


class Form(Protocol):
    """How a value is spelt, as what an Annotated type carries: *what* it is, *like* what."""

    what: str
    like: str

    def read(self, value: Any) -> Any:
        """Return what *value* means, None if it is spelt otherwise."""


class _Sizes:
    what, like = "size", "10 GiB"

    def read(self, value: Any) -> Size | None:
        """Return bytes, None for none."""
        found = _SIZE.fullmatch(value) if isinstance(value, str) else None
        size = int(float(found[1]) * (1 << _UNITS[found[2]])) if found else 0
        return Size(size) if size > 0 else None


class Faults:
    """Collects what is wrong at which path."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, str]] = []

    def add(self, path: Path, text: str) -> None:
        """Note that something is wrong at *path*."""
        self.found.append((path, text))

    def stop(self, file: CloudFile, given: Mapping[Path, str] | None = None) -> None:
        """Raise BadCloud if anything is wrong.

        What stands at a path of *given* came from there, not from a line of *file*.
        """
        if not self.found:
            return
        lines, given = Lines(file.text), given or {}
        told: list[tuple[int, str, str]] = []
        for path, text in self.found:
            other = next(
                (given[p] for n in range(len(path), 0, -1) if (p := path[:n]) in given), ""
            )
            line = 0 if other else lines.of(path)
            told.append((line, other or f"{file.name}:{line}", _said(spelt(path), text)))
        told.sort(key=lambda fault: fault[0])
        raise BadCloud([_one_line(f"{where}: {text}") for _, where, text in told])


def _said(where: str, text: str) -> str:
    return f"{where}: {text}" if where else text


def spelt(path: Path) -> str:
    """Return *path* as people write it: zones[0].clusters[1].hypervisor."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def _one_line(text: str) -> str:
    """Return *text* with what names and keys may hold of line ends and the like escaped."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def meant(word: str, known: list[str]) -> str:
    """Return the end of a sentence that says which of *known* was meant, if one is near."""
    low = {name.lower(): name for name in reversed(known)}
    near = get_close_matches(word.lower(), low, n=1)
    if near:
        return f" (did you mean {low[near[0]]}?)"
    return f": one of {', '.join(known)}" if 0 < len(known) <= 16 else ""


def choice(word: str, kind: str, known: Collection[str]) -> str:
    """Return *word*; ValueError, which says what was meant, if it is none of *known*."""
    if word not in known:
        msg = f"{word!r} is no {kind}{meant(str(word), list(known))}"
        raise ValueError(msg)
    return word


def load(source: "str | FilePath | CloudFile") -> CloudFile:
    """Return the file that *source* names; BadCloud if it cannot be read."""
    if isinstance(source, CloudFile):
        return source
    try:
        return CloudFile(str(source), FilePath(source).read_text("utf-8"))
    except OSError as no:
        raise BadCloud([f"{source}: {no.strerror}"]) from None
    except UnicodeDecodeError as no:
        raise BadCloud([f"{source}: is no UTF-8 text, at byte {no.start}"]) from None


def parse(file: CloudFile, faults: Faults) -> CloudPlan:
    """Return the plan of a file; BadCloud unless it has the form of one."""
    plan = convert(CloudPlan, table_of(file), faults)
    faults.stop(file)
    if plan is None:
        msg = "a plan without faults is a plan"
        raise TypeError(msg)
    return plan


def table_of(file: CloudFile) -> dict[str, Any]:
    """Return what a file says; BadCloud if it is no TOML."""
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as no:
        text, _, place = str(no).partition(" (at ")
        line = re.search(r"line (\d+)", place)
        last = file.text.count("\n") + 1
        raise BadCloud([f"{file.name}:{line[1] if line else last}: {text}"]) from None


def convert(kind: type[Plan], table: dict[str, Any], faults: Faults) -> Plan | None:
    """Return *table* as *kind*, or None and every fault in it noted."""
    plan = _read(kind, table, (), faults)
    return plan if isinstance(plan, kind) else None


def _read(kind: Any, value: Any, path: Path, faults: Faults) -> Any:
    """Return *value* as *kind*, noting every fault in it."""
    if get_origin(kind) in {Union, types.UnionType}:
        kind = next(a for a in get_args(kind) if a is not type(None))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _table(kind, value, path, faults)
    if get_origin(kind) is tuple:
        return _array(get_args(kind)[0], value, path, faults)
    form = _form_of(kind)
    if form is not None:
        return _written(form, value, path, faults)
    if get_origin(kind) is Literal:
        known = list(get_args(kind))
        if value not in known:
            faults.add(path, f"{value!r} is no {path[-1]}{meant(str(value), known)}")
        return value
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as no:
        text = str(no).partition(" - at ")[0]
        faults.add(path, f"{value!r}: {text[:1].lower()}{text[1:]}")
        return None


def _table(kind: type[msgspec.Struct], value: Any, path: Path, faults: Faults) -> Any:
    if not isinstance(value, dict):
        faults.add(path, f"{value!r} is no table")
        return None
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    before = len(faults.found)
    for key in value:
        if key not in fields:
            faults.add((*path, key), f"unknown key{meant(key, list(fields))}")
    for name, info in fields.items():
        if info.required and name not in value:
            faults.add(path, f"needs {name}")
    given = {
        key: _read(fields[key].type, inner, (*path, key), faults)
        for key, inner in value.items()
        if key in fields
    }
    return kind(**given) if len(faults.found) == before else None


def _array(kind: Any, value: Any, path: Path, faults: Faults) -> Any:
    if not isinstance(value, list):
        faults.add(path, f"{value!r} is no array")
        return None
    return tuple(_read(kind, inner, (*path, n), faults) for n, inner in enumerate(value))


def _form_of(kind: Any) -> Form | None:
    """Return how values of *kind* are spelt, None where there is nothing special about them."""
    if kind is Size:
        return _Sizes()
    spelling = get_args(kind)[1] if get_origin(kind) is Annotated else None
    return spelling if hasattr(spelling, "read") else None


def _written(form: Form, value: Any, path: Path, faults: Faults) -> Any:
    meaning = form.read(value)
    if meaning is None:
        faults.add(path, f'{value!r} is no {form.what} like "{form.like}"')
    return meaning
