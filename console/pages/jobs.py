"""Jobs over time: where each waited and ran, what waits in the queues, and the ticks."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from nicegui import events, ui

from console.bars import bar
from console.exchange import ExchangeDialog
from console.frame import Visit, heading, live, page
from console.looking import Row, rows
from console.part import Part
from console.timeline import Timeline, Window
from console.words import counted, seconds

_NEWEST = 40
"""So many jobs are drawn at most."""
_TICKS = 30
_LINES = 12
_CHOICES = 500
"""So many VMs may be chosen from: ten thousand take long to list, and longer to draw."""
_WINDOWS = {30: "30 seconds", 120: "2 minutes", 600: "10 minutes", 3600: "1 hour", 86400: "1 day"}
_FIRST_WINDOW_S = 120


@page("/jobs", "Jobs")
async def jobs(visit: Visit) -> None:
    """Show the jobs that the visitor sees; root admins see all, the queues and the ticks."""
    heading("Jobs")
    listed = await visit.visitor.call(
        "listVirtualMachines", listall=True, details="min", page=1, pagesize=_CHOICES
    )
    vms, every = listed.body.get("virtualmachine", []), listed.body.get("count", 0)
    label = "VM" if every <= _CHOICES else f"VM (the first {_CHOICES} of {every:,})"
    shown: _Jobs = _AllJobs(visit) if visit.visitor.is_root else _OwnJobs(visit)
    with ui.row().classes("filters"):
        names = {"": "All VMs", **{vm["id"]: vm["name"] for vm in vms}}
        _choice(label, names, "", partial(setattr, shown, "vm_id"), shown)
        _choice("Time", _WINDOWS, _FIRST_WINDOW_S, partial(setattr, shown, "window_s"), shown)
    shown.build()
    await shown.again()
    live(shown.again)


def _choice(
    label: str, options: dict[Any, str], value: Any, keep: Callable[[Any], None], shown: "_Jobs"
) -> None:
    async def choose(event: events.ValueChangeEventArguments[Any]) -> None:
        keep(event.value)
        await shown.again()

    ui.select(options, value=value, label=label, on_change=choose, with_input=len(options) > _LINES
              ).props("dense outlined").classes("states")  # fmt: skip


class _Jobs:
    """Jobs on a page."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.vm_id, self.window_s = visit, "", float(_FIRST_WINDOW_S)

    def build(self) -> None:
        """Add what shows them."""
        heading("Timeline", 2)
        ui.label(
            "Each job has a bar for the API job and one for each piece of work on a VM: hatched "
            "while it waits, full while it runs. A job's name opens its exchange."
        ).classes("small")
        dialog = ExchangeDialog(self.visit)
        self.timeline = Timeline(dialog.open)

    async def again(self) -> None:
        """Look, and draw what changed."""
        raise NotImplementedError

    def draw(self, now_s: float, jobs: list[Row], work: list[Row]) -> None:
        """Draw the newest jobs in the window."""
        window = Window(max(0.0, now_s - self.window_s), now_s)
        self.timeline.show(window, jobs[-_NEWEST:], work)


class _AllJobs(_Jobs):
    """What a root admin sees: all jobs with their work, the queues, the ticks."""

    def build(self) -> None:
        """Add what shows them."""
        with ui.element("div").classes("cards small-cards"):
            self.pools, self.lines, self.ticks = Part(), Part(), Part()
        super().build()

    async def again(self) -> None:
        """Look, and draw what changed."""
        since_s = max(0.0, self.visit.visitor.clock.now_s - self.window_s)
        asked = {"virtualmachineid": self.vm_id} if self.vm_id else {}
        reply = await self.visit.visitor.call("rootswapQueues", since=str(since_s), **asked)
        seen: Row = reply.body["queues"]
        self.pools.show(seen["threadpools"], partial(_pools, seen["threadpools"]))
        self.lines.show(seen["vmqueues"], partial(_lines, seen["vmqueues"]))
        newest = seen["ticks"][-_TICKS:]
        places, apart_s = seen["tickplaces"], seen["tickseconds"]
        self.ticks.show((newest, places), partial(_ticks, newest, places, apart_s))
        self.draw(seen["now"], seen["jobs"], seen["workjobs"])


class _OwnJobs(_Jobs):
    """What others see: their own jobs while they run, and the end of those seen running."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self.known: dict[str, Row] = {}

    async def again(self) -> None:
        """Look, and draw what changed."""
        running = {
            row["jobid"]: row for row in await rows(self.visit, "listAsyncJobs", "asyncjobs")
        }
        for job_id, row in self.known.items():
            if row["jobstatus"] == 0 and job_id not in running:
                reply = await self.visit.visitor.call("queryAsyncJobResult", jobid=job_id)
                running[job_id] = {**row, "jobstatus": 2, **reply.body}
        self.known |= running
        clock = self.visit.visitor.clock
        timed = [_timed(row, clock.now_s, clock.date) for row in self.known.values()]
        begun_s = clock.now_s - self.window_s
        here = [
            row for row in timed
            if row.get("ended", clock.now_s) >= begun_s
            and self.vm_id in {"", row.get("jobinstanceid")}
        ]  # fmt: skip
        self.draw(clock.now_s, here, [])


def _timed(row: Row, now_s: float, date: str) -> Row:
    """Return a row of listAsyncJobs with its dates in simulated seconds; it does not tell waits."""
    now = datetime.fromisoformat(date)
    named = (("submitted", "created"), ("started", "created"), ("ended", "completed"))
    times = {
        name: now_s - (now - datetime.fromisoformat(row[field])).total_seconds()
        for name, field in named
        if field in row
    }
    return {**row, **times}


def _pools(pools: list[Row]) -> None:
    with ui.element("section").classes("card").props('aria-label="Thread pools"'):
        heading("Thread pools", 2)
        for pool in pools:
            busy, capacity, text = pool["busy"], pool["capacity"], pool["name"]
            name = f"{text[0].upper()}{text[1:]}"
            ui.label(f"{name}: {pool['waiting']:,} waiting")
            bar(name, busy, capacity, f"{busy:,} of {capacity:,} busy")


def _lines(lines: list[Row]) -> None:
    with ui.element("section").classes("card").props('aria-label="Queues of VMs"'):
        heading("Queues of VMs", 2)
        waiting = sum(line["waiting"] for line in lines)
        busy = sum(line["busy"] for line in lines)
        ui.label(f"{waiting:,} waiting, {counted(busy, 'VM')} worked on")
        with ui.element("ul").classes("plain"):
            for line in sorted(lines, key=lambda line: -line["waiting"])[:_LINES]:
                name = str(line.get("name", line["virtualmachineid"]))
                goes_on = ", one goes on" if line["busy"] else ""
                with ui.element("li"):
                    ui.label(name).classes("clip")
                    ui.label(f"{line['waiting']:,} waiting{goes_on}").classes("small")
        if len(lines) > _LINES:
            ui.label(f"and {len(lines) - _LINES:,} more").classes("small")


def _ticks(ticks: list[Row], places: int, apart_s: float) -> None:
    with ui.element("section").classes("card").props('aria-label="Ticks"'):
        heading("Ticks", 2)
        if not ticks:
            ui.label(f"None yet: while work waits, one comes every {seconds(apart_s)}.")
            return
        ui.label(_tick(ticks[-1], places))
        with ui.element("ul").classes("ticks").props('aria-label="Places used in the last ticks"'):
            for tick in ticks:
                with ui.element("li") as item:
                    item.props["title"] = item.props["aria-label"] = _tick(tick, places)
                    height = 100 * tick["seen"] / places
                    ui.element("div").classes("fill").style(f"height: {height:.1f}%")


def _tick(tick: Row, places: int) -> str:
    return (
        f"At {seconds(tick['at'])}: {tick['seen']} of {places} places used, {tick['picked']} "
        f"picked, {tick['left']} left waiting"
    )
