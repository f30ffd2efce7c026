"""Jobs and their work over time: a row for each job, bars for where its time went.

The bars say in simulated seconds where they begin and end; where that is on the page the style
sheet works out from the window, so that time passes by a change of one element.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from nicegui import ui

from console.looking import Row
from console.words import seconds

_PENDING = 0
_STATES = {0: "running", 1: "succeeded", 2: "failed"}
_MARKS = 4
"""The axis has so many pieces."""


class Window(NamedTuple):
    """The simulated seconds that are in view."""

    from_s: float
    now_s: float


class Timeline:
    """Rows of jobs, the newest first; *opened* is called with the id of the one clicked on."""

    def __init__(self, opened: Callable[[str], Awaitable[None]]) -> None:
        self._opened = opened
        self._rows: dict[str, _JobRow] = {}
        with ui.element("div").classes("timeline") as self._place:
            with ui.element("div").classes("axis").props('aria-hidden="true"'):
                self._marks = [ui.label() for _ in range(_MARKS + 1)]
            self._list = ui.element("ul").props('aria-label="Timeline"')
        self._nothing = ui.label("No job in this time.")

    def show(self, window: Window, jobs: Sequence[Row], work: Sequence[Row]) -> None:
        """Draw what changed of *jobs*, oldest first, and of the *work* that belongs to them."""
        span_s = max(window.now_s - window.from_s, 1.0)
        self._place.style(f"--from: {window.from_s:.3f}; --now: {window.now_s:.3f}; "
                          f"--span: {span_s:.3f}")  # fmt: skip
        for number, mark in enumerate(self._marks):
            mark.text = seconds(window.from_s + span_s * number / _MARKS)
        by_job: dict[str, list[Row]] = {}
        for piece in work:
            by_job.setdefault(piece.get("jobid", ""), []).append(piece)
        self._drop({job["jobid"] for job in jobs})
        for job in jobs:
            job_id = job["jobid"]
            if job_id not in self._rows:
                with self._list:
                    self._rows[job_id] = _JobRow(partial(self._opened, job_id))
            self._rows[job_id].show(job, by_job.get(job_id, []))
        self._nothing.set_visibility(not jobs)

    def _drop(self, kept: set[str]) -> None:
        for job_id in self._rows.keys() - kept:
            self._rows.pop(job_id).place.delete()


class _JobRow:
    """A job and its work."""

    def __init__(self, opened: Callable[[], Awaitable[None]]) -> None:
        self._seen: object = None
        with ui.element("li").classes("job") as self.place:
            self._button = ui.button(on_click=opened, color=None).props(
                "flat dense no-caps align=left"
            )
            with self._button:
                self._name = ui.label().classes("clip")
                self._state = ui.label().classes("small")
            self._track = ui.element("div").classes("lanes")
        self.place.move(target_index=0)

    def show(self, job: Row, work: Sequence[Row]) -> None:
        """Draw it, unless that is drawn already."""
        if (job, work) == self._seen:
            return
        self._seen = (job, work)
        name, state = named(job, work), _STATES[job["jobstatus"]]
        self._name.text, self._state.text = name, state
        self._button.props["aria-label"] = f"{name}, {state}: show the exchange"
        self.place.classes(remove="running succeeded failed", add=state)
        self._track.clear()
        with self._track:
            for kind, row in (("API job", job), *(("Work", piece) for piece in work)):
                _lane(kind, name, row)


def named(job: Row, work: Sequence[Row] = ()) -> str:
    """Return what a job does, and to what, as far as that is known."""
    command = str(job["cmd"]).rpartition(".")[2].removesuffix("ByAdmin").removesuffix("Cmd")
    names = [row["name"] for row in (job, *work) if "name" in row]
    return " · ".join([command, *dict.fromkeys(names)])


def _lane(kind: str, name: str, row: Row) -> None:
    """Draw how long something waited and ran."""
    submitted, started, ended = row["submitted"], row.get("started"), row.get("ended")
    wait_end = ended if started is None else started
    with ui.element("div").classes("lane"):
        if wait_end is None or wait_end > submitted:
            _bar("wait", f"{kind} {name}: waited", submitted, wait_end)
        if started is not None:
            _bar("run", f"{kind} {name}: ran", started, ended)


def _bar(kind: str, name: str, from_s: float, to_s: float | None) -> None:
    """Draw a bar; one without an end reaches to now."""
    long = f"since {seconds(from_s)}" if to_s is None else seconds(to_s - from_s)
    bar = ui.element("div").classes(f"bar-{kind}").props('role="img"')
    bar.props["aria-label"] = bar.props["title"] = f"{name} {long}"
    end = "var(--now)" if to_s is None else f"{to_s:.3f}"
    bar.style(f"--a: {from_s:.3f}; --b: {end}")
