"""`rootswap watch`: one scenario, step by step, and the cloud after each step, as lines of JSON."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click
import msgspec
import pytest

from conformance.check import Selection, cannot, judged
from conformance.earlier import CannotRun
from conformance.options import dialect_option, seed_option
from conformance.recorder import RECORDER, Recorder

_LONGEST = 4000
"""Letters of an answer's body."""
_SHOWN = {
    "listVirtualMachines": ("virtualmachine", ("id", "name", "state", "hypervisor", "hostname")),
    "listVolumes": (
        "volume",
        ("id", "name", "type", "state", "size", "deviceid", "virtualmachineid", "storage"),
    ),
}
"""What is looked at after a step."""


@dataclass(frozen=True)
class _One(Selection):
    """One scenario of one feature file."""

    file: str = ""

    def pytest(self) -> list[str]:
        """Return the arguments for pytest: it reads no other file and leaves the output alone."""
        return [str(self.home / self.file), "-s", *super().pytest()[1:]]


class Watcher:
    """A pytest plugin that writes a line after each step."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, **line: Any) -> None:
        """Write a line at once."""
        self._out.write(f"{json.dumps(line, ensure_ascii=False)}\n")
        self._out.flush()

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, scenario: Any) -> None:  # noqa: ARG002 - pytest-bdd's names
        """Say which steps there will be."""
        steps = [{"keyword": step.keyword.strip(), "text": step.name} for step in scenario.steps]
        self.write(steps=steps)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_after_step(self, request: pytest.FixtureRequest, step: Any) -> None:
        """Show a step that held."""
        self._tell(request, step)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_step_error(self, request: pytest.FixtureRequest, step: Any) -> None:
        """Show a step that did not hold."""
        self._tell(request, step)

    def _tell(self, request: pytest.FixtureRequest, step: Any) -> None:
        recorder = request.node.stash[RECORDER]
        at, row, reel = next(
            (at, row, reel) for at, (known, row, reel) in enumerate(recorder.rows) if known is step
        )
        exchanges = reel.shown(recorder.tape.redactor, _LONGEST)
        self.write(
            step=at,
            status=row.status,
            exchanges=msgspec.to_builtins(exchanges),
            left_out=reel.left_out,
            **_cloud(recorder),
        )


def _cloud(recorder: Recorder) -> dict[str, Any]:
    """Return how the scenario's cloud stands; nothing before there is one."""
    cloud = recorder.cloud
    if cloud is None:
        return {}
    shown: dict[str, Any] = {"now_s": recorder.tape.now_s()}
    for command, (key, fields) in _SHOWN.items():
        rows = cloud.call(command, listall=True).body.get(key, [])
        shown[key] = [{name: row[name] for name in fields if name in row} for row in rows]
    return shown


@click.command()
@click.argument("file", metavar="FEATURE")
@click.argument("scenario", metavar="ID")
@dialect_option
@seed_option
def watch(file: str, scenario: str, *, dialect: str, seed: int) -> None:
    """Run the scenario ID of the file FEATURE, as volume/attach_root, on a cloud in this process.

    A line of JSON says which steps there are; one follows for each that ran, with what was asked
    and answered and how the cloud stands then; the last one is the verdict. Exits as `check` does.
    """
    path = Path(f"{file}.feature")
    chosen = _One(dialect, seed, ids=frozenset({scenario}), file=str(path))
    if path.is_absolute() or ".." in path.parts or not (chosen.home / path).is_file():
        msg = f"{file} is no feature of the specification"
        raise click.UsageError(msg)
    watcher = Watcher(sys.stdout)
    try:
        results = judged(chosen, [watcher], exchanges=True, out=io.StringIO())
    except CannotRun as no:
        sys.exit(cannot(*no.reasons))
    if not results.scenarios:
        sys.exit(cannot(f"{scenario} is no scenario of {file} in {dialect}"))
    record = results.scenarios[0]
    reason = record.reason.text if record.reason else ""
    watcher.write(verdict=record.verdict, reason=reason, why=record.why, again=record.again)
    sys.exit(0 if record.verdict == "passed" else 1)
