"""The options that say which reports are wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from conformance.reports.files import Reports

_FILE = click.Path(path_type=Path)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* an option for each report, and all of them as its argument *reports*."""

    def placed(
        *args: Any,
        json_file: Path | None = None,
        junit: Path | None,
        html: Path | None,
        markdown: Path | None,
        badge: Path | None,
        **more: Any,
    ) -> Any:
        reports = Reports(json_file, junit, html, markdown, badge)
        return command(*args, reports=reports, **more)

    placed.__doc__, placed.__name__ = command.__doc__, command.__name__
    placed.__dict__.update(command.__dict__)
    for option in reversed(_OPTIONS):
        option(placed)
    return placed


json_file_option = click.option(
    "--json", "json_file", type=_FILE, metavar="FILE",
    help="Write all that was found, as rootswap/results/1.",
)  # fmt: skip
_OPTIONS = (
    click.option("--junit", type=_FILE, metavar="FILE", help="Write JUnit XML."),
    click.option("--html", type=_FILE, metavar="FILE",
                 help="Write one page that works offline: steps with what was asked and answered."),
    click.option("--markdown", type=_FILE, metavar="FILE",
                 help="Write a summary; it is added to the file that $GITHUB_STEP_SUMMARY names."),
    click.option("--badge", type=_FILE, metavar="FILE",
                 help="Write a badge: SVG, or what shields.io reads for a FILE.json."),
)  # fmt: skip
