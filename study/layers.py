"""What a study's file says, over the file that it extends, under what was said elsewhere."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from simulator.boot import BadCloud, CloudFile
from simulator.boot.lines import Lines, Path
from simulator.boot.reading import Faults, load, table_of


class Origin(NamedTuple):
    """Where a value was said that no line of the file has, and what file names in it start from."""

    where: str
    folder: FilePath


class Change(NamedTuple):
    """A value that is put at a dotted path."""

    path: str
    value: Any
    origin: Origin


class Layers:
    """A file as a *table*; *origins* has what was said elsewhere. BadCloud for no such file."""

    def __init__(self, source: FilePath) -> None:
        self.source, self.file = source, load(source)
        self.origins: dict[Path, Origin] = {}
        self.table = self._extended((self.file,))

    def with_changes(self, changes: tuple[Change, ...]) -> "Layers":
        """Return the same with *changes* put over it; BadCloud where there is no such place."""
        other = object.__new__(Layers)
        other.source, other.file = self.source, self.file
        other.table, other.origins = deepcopy(self.table), dict(self.origins)
        for change in changes:
            other._put(change)
        return other

    def folder(self, path: Path) -> FilePath:
        """Return what a file name at *path* starts from."""
        origin = self._origin(path)
        return origin.folder if origin else self.source.parent

    def where(self, path: Path) -> str:
        """Return where what stands at *path* was said."""
        origin = self._origin(path)
        return origin.where if origin else f"{self.file.name}:{Lines(self.file.text).of(path)}"

    def stop(self, faults: Faults) -> None:
        """Raise BadCloud if anything is wrong."""
        faults.stop(self.file, {path: origin.where for path, origin in self.origins.items()})

    def _origin(self, path: Path) -> Origin | None:
        found = (self.origins.get(path[:n]) for n in range(len(path), 0, -1))
        return next((origin for origin in found if origin), None)

    def _extended(self, seen: tuple[CloudFile, ...]) -> dict[str, Any]:
        """Return what the last file of *seen* says over what it extends; note what that says."""
        file = seen[-1]
        table, faults = table_of(file), Faults()
        name = table.pop("extends", None)
        if name is None:
            return table
        if not isinstance(name, str):
            faults.add(("extends",), f"{name!r} is no name of a file")
            faults.stop(file)
        base = FilePath(file.name).parent / name
        if base.resolve() in [FilePath(one.name).resolve() for one in seen]:
            faults.add(("extends",), f"{name!r} extends this file")
            faults.stop(file)
        try:
            other = load(base)
        except BadCloud as no:
            faults.add(("extends",), str(no))
            faults.stop(file)
            raise
        under = self._extended((*seen, other))
        lines = Lines(other.text)
        for path in _paths(under):
            self.origins.setdefault(path, Origin(f"{other.name}:{lines.of(path)}", base.parent))
        return self._over(under, table, ())

    def _over(self, under: dict[str, Any], table: dict[str, Any], path: Path) -> dict[str, Any]:
        """Return *under* with what *table* says in its stead: tables key by key, all else whole."""
        merged = dict(under)
        for key, value in table.items():
            there, here = merged.get(key), (*path, key)
            if isinstance(there, dict) and isinstance(value, dict):
                merged[key] = self._over(there, value, here)
                self.origins.pop(here, None)
            else:
                merged[key] = value
                self._forget(here)
        return merged

    def _forget(self, path: Path) -> None:
        for other in [p for p in self.origins if p[: len(path)] == path]:
            del self.origins[other]

    def _put(self, change: Change) -> None:
        path = tuple(int(p) if p.isdecimal() else p for p in change.path.split("."))
        at: Any = self.table
        for n, part in enumerate(path[:-1], 1):
            if isinstance(at, dict) and part not in at:
                self.origins[path[:n]] = change.origin
            at = _inside(at, part)
        if "" in path or _inside(at, path[-1]) is None:
            where = change.origin.where
            told = "" if change.path in where else f"{change.path}: "
            raise BadCloud([f"{where}: {told}is no dotted.path=value of this study"])
        at[path[-1]] = deepcopy(change.value)
        self._forget(path)
        self.origins[path] = change.origin


def said(text: str, option: str = "--set") -> Change:
    """Return what an option of the command line says; BadCloud if that is nothing."""
    where, equals, value = text.partition("=")
    if not equals:
        raise BadCloud([f"{option} {text}: is no dotted.path=value of this study"])
    return Change(where.strip(), value_of(value), Origin(f"{option} {text}", FilePath()))


def value_of(text: str) -> Any:
    """Return a value as a file would have it; what is none there is taken as text."""
    try:
        return tomllib.loads(f"value = {text.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        return text.strip()


def _inside(at: Any, part: str | int) -> Any:
    """Return what *part* of *at* is, made if need be; None where there can be no such part."""
    if isinstance(at, dict):
        return at.setdefault(str(part), {})
    fits = isinstance(at, list) and isinstance(part, int) and part < len(at)
    return at[part] if fits else None


def _paths(table: Any, path: Path = ()) -> Iterator[Path]:
    """Return the path of everything in a table."""
    inner = table.items() if isinstance(table, dict) else enumerate(table)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))
