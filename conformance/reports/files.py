"""Which reports are asked for, and where they are written."""

import os
from dataclasses import dataclass, fields
from pathlib import Path

from conformance.results import Results

_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names a file which others add to as well."""


@dataclass(frozen=True)
class Reports:
    """A file for each kind of report, None for those not wanted."""

    json: Path | None = None
    junit: Path | None = None
    html: Path | None = None
    markdown: Path | None = None
    badge: Path | None = None

    def wanted(self) -> dict[str, Path]:
        """Return the files by the kind of their report."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {kind: file for kind, file in found.items() if file is not None}

    @property
    def want_exchanges(self) -> bool:
        """Whether a report shows what was asked and answered in every scenario."""
        return self.json is not None or self.html is not None

    def unwritable(self) -> list[str]:
        """Return a line for each file that cannot be written."""
        files = list(self.wanted().values())
        twice = {file.absolute() for file in files if files.count(file) > 1}
        why = [f"{file} is to hold two reports" for file in sorted(twice)]
        return why + [line for file in files if (line := _unwritable(file))]

    def write(self, results: Results) -> None:
        """Write every file; OSError if one cannot be."""
        for kind, file in self.wanted().items():
            text = _text(kind, results, file)
            if kind == "markdown" and file == Path(os.environ.get(_SUMMARY, "")):
                with file.open("a", encoding="utf-8") as summary:
                    summary.write(text)
            else:
                file.write_text(text, encoding="utf-8")


def _text(kind: str, results: Results, file: Path) -> str:
    """Return a report; what makes the others is not imported."""
    if kind == "json":
        from conformance.results import as_json

        return as_json(results)
    if kind == "junit":
        from conformance.reports.junit import as_junit

        return as_junit(results)
    if kind == "html":
        from conformance.reports.page import as_page

        return as_page(results)
    if kind == "markdown":
        from conformance.reports.markdown import as_markdown

        return as_markdown(results)
    from conformance.reports.badge import as_badge

    return as_badge(results, file)


def _unwritable(file: Path) -> str:
    folder = file.absolute().parent
    if not folder.is_dir():
        return f"no folder {folder} to write {file.name} to"
    if file.is_dir():
        return f"{file} is a folder"
    if not os.access(file if file.exists() else folder, os.W_OK):
        return f"may not write to {file}"
    return ""
