"""Which reports are asked for, and where they are written."""

import os
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from conformance.reports.junit import as_junit
from conformance.results import Results, as_json


@dataclass(frozen=True)
class Reports:
    """A file for each kind of report, None for those not wanted."""

    json: Path | None = None
    junit: Path | None = None

    def wanted(self) -> dict[str, Path]:
        """Return the files by the kind of their report."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {kind: file for kind, file in found.items() if file is not None}

    @property
    def want_exchanges(self) -> bool:
        """Whether a report shows what was asked and answered in every scenario."""
        return self.json is not None

    def unwritable(self) -> list[str]:
        """Return a line for each file that cannot be written."""
        return [why for file in self.wanted().values() if (why := _unwritable(file))]

    def write(self, results: Results) -> None:
        """Write every file; OSError if one cannot be."""
        for kind, file in self.wanted().items():
            file.write_text(_WRITERS[kind](results), encoding="utf-8")


_WRITERS: dict[str, Callable[[Results], str]] = {"json": as_json, "junit": as_junit}


def _unwritable(file: Path) -> str:
    folder = file.absolute().parent
    if not folder.is_dir():
        return f"no folder {folder} to write {file.name} to"
    if file.is_dir():
        return f"{file} is a folder"
    if not os.access(file if file.exists() else folder, os.W_OK):
        return f"may not write to {file}"
    return ""
