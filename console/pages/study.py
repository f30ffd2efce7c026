"""Studies: a report to be opened, and the example studies to be run."""

import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from nicegui import ui

from console import reports
from console.frame import Visit, heading, page
from console.programs import Program

HOME = Path(__file__).resolve().parents[2] / "examples" / "studies"
_NEEDED = ("scipy", "matplotlib", "joblib")
"""What the extra `study` brings."""
_REFUSED = {
    "big": "This file is too big for a report.",
    "other": "This file is no report: rootswap study --out DIR writes DIR/report.html.",
}
_FEW = 3
"""Replications that are proposed: what a study asks for may take long."""
_FORM = """
<form method="post" action="/study/reports" enctype="multipart/form-data" class="upload">
<label for="report">A report.html of a study</label>
<input id="report" type="file" name="file" accept=".html,text/html" required>
<button>Open</button>
</form>
"""


class Example(NamedTuple):
    """An example study; *asks* is what its header says it answers."""

    file: Path
    asks: str
    replications: int


def examples() -> list[Example]:
    """Return the example studies, those with few VMs first."""
    sized = []
    for file in sorted(HOME.glob("*.toml")):
        text = file.read_text("utf-8")
        study = tomllib.loads(text)
        header = [line.lstrip("# ") for line in text.partition("\n\n")[0].splitlines()]
        asks = " ".join(line for line in header if not line.startswith(("rootswap ", "Pictures:")))
        example = Example(file, asks, study["run"].get("replications", _FEW))
        sized.append((study["cloud"].get("vms", 0), example))
    return [example for _, example in sorted(sized)]


def missing() -> list[str]:
    """Return what studies need and is not installed."""
    return [name for name in _NEEDED if find_spec(name) is None]


@page("/study", "Study")
async def study(visit: Visit, report: str = "", why: str = "") -> None:
    """Open reports and run studies, as a root admin."""
    heading("Study")
    if not visit.visitor.is_root:
        ui.label("Studies take this machine's processors: only root admins may start them.")
        return
    heading("Open a report", 2)
    ui.html(_FORM, sanitize=False)
    if why in _REFUSED:
        ui.label(_REFUSED[why]).props('role="alert"').classes("status bad")
    if report and not reports.is_there(report):
        ui.label("This report is no longer kept: open it again.").props('role="alert"')
    elif report:
        _framed(report)
    heading("Run an example", 2)
    runs = _Runs()
    runs.offer()


def _framed(token: str) -> None:
    """Show a report in a frame that may do nothing."""
    frame = ui.element("iframe").classes("report")
    frame.props(f'src="{reports.address(token)}" sandbox="" title="Report of a study"')


class _Runs:
    """The runs of example studies on a page, one at a time."""

    def __init__(self) -> None:
        self.examples = {example.file.stem: example for example in examples()}
        self.name = next(iter(self.examples), "")
        self.replications: float = _FEW
        self.program: Program | None = None
        self.cancelled = False

    def offer(self) -> None:
        """Let the visitor choose a study, and start it."""
        if lacking := missing():
            ui.label(f"Studies need {', '.join(lacking)}, which the extra brings:")
            ui.code("pip install 'rootswap[study]'", language="bash")
            return
        with ui.row().classes("filters"):
            ui.select([*self.examples], label="Study").props("dense outlined").classes(
                "query"
            ).bind_value(self, "name").on_value_change(self.about.refresh)
            ui.number("Replications", min=1, max=100, precision=0).props(
                "dense outlined"
            ).bind_value(self, "replications")
            self.start = ui.button("Run this study", on_click=self.run).props("no-caps")
            self.cancel = ui.button("Cancel", on_click=self.end).props("no-caps outline")
            self.cancel.disable()
        self.about()
        self.status = ui.label().props('role="status" aria-live="polite"').classes("status")
        self.bar = ui.linear_progress(0, show_value=False).props('aria-label="Progress"')
        self.bar.set_visibility(False)
        self.place = ui.column().classes("watching")

    @ui.refreshable_method
    def about(self) -> None:
        """Say what the chosen study asks."""
        example = self.examples[self.name]
        ui.label(example.asks)
        ui.label(f"Its file asks for {example.replications} replications.").classes("small")

    async def run(self) -> None:
        """Run the study in processes of its own, and show its report."""
        number = str(int(self.replications or _FEW))
        self._busy(True)
        self._say("Starting", good=None)
        self.place.clear()
        with tempfile.TemporaryDirectory() as out:
            file = str(self.examples[self.name].file)
            self.program = Program(
                "study", file, "--set", f"run.replications={number}", "--out", out
            )
            code = await self.program.run(lambda _: None, self._progress)
            made = Path(out) / "report.html"
            token = reports.keep(made.read_bytes()) if made.is_file() else ""
        self._busy(False)
        if token:
            self._say("Done.", good=True)
            with self.place:
                ui.link("Open this report alone", reports.address(token), new_tab=True)
                _framed(token)
        else:
            told = self.program.errors[-1:] or [f"It ended with code {code}."]
            self._say("Cancelled." if code < 0 or self.cancelled else told[0], good=False)

    def end(self) -> None:
        """End the run."""
        self.cancelled = True
        if self.program is not None:
            self.program.stop()

    def _progress(self, line: str) -> None:
        """Show how far it is, of a line as `replication 3 of 20, 5 s left`."""
        words = line.split()
        if words[:1] == ["replication"] and words[2:3] == ["of"]:
            self.bar.value = int(words[1]) / int(words[3].rstrip(","))
            self._say(line.capitalize(), good=None)

    def _say(self, text: str, *, good: bool | None) -> None:
        self.status.text = text
        self.status.classes(
            add="" if good is None else "good" if good else "bad", remove="good bad"
        )

    def _busy(self, busy: bool) -> None:
        self.start.set_enabled(not busy)
        self.cancel.set_enabled(busy)
        self.bar.set_visibility(busy)
        if busy:
            self.cancelled, self.bar.value = False, 0
