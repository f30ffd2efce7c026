"""The clock and the faults of the cloud, for root admins: what no cloud's API can do."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from nicegui import ui

from console.asking import Calls
from console.frame import Visit, heading, live, page
from console.looking import Row, places
from console.part import Part
from console.words import counted, day, seconds

_SPEEDS = (
    ("manual", "Pause"), ("real", "Real time"), ("10x", "10 times"), ("60x", "60 times"),
    ("600x", "600 times"), ("instant", "Instant"),
)  # fmt: skip
_LAST = 12
"""So many of the newest of each log are shown."""
_MODES = {"fail": "is refused", "timeout": "is answered too late", "slow": "is answered late"}


@page("/clock", "Clock and faults")
async def clock(visit: Visit) -> None:
    """Move the clock, let things go wrong, and see what came of it."""
    heading("Clock and faults")
    if not visit.visitor.is_root:
        ui.label("Only root admins move the clock of a cloud and let things go wrong in it.")
        return
    shown = _Stage(visit)
    await shown.look()
    shown.build()
    shown.draw()
    live(shown.again)


class _Stage:
    """The clock, the faults and the logs on a page."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.log: Row = {}
        self.speeds: dict[str, ui.button] = {}
        self._kind = ""
        self.next_s: float | None = None
        self.hosts: list[Row] = []
        self.pools: list[Row] = []

    async def look(self) -> None:
        """Read the logs and the states of hosts and pools."""
        call = self.visit.visitor.call
        self.log = (await call("rootswapLog", last=_LAST)).body["log"]
        queues = (await call("rootswapQueues", since=str(self.visit.visitor.clock.now_s))).body
        self.next_s = queues["queues"].get("next")
        self.hosts = await places(self.visit, "listHosts", "host", type="Routing")
        self.pools = await places(self.visit, "listStoragePools", "storagepool")

    async def again(self) -> None:
        """Look once more, and draw what changed."""
        await self.look()
        self.draw()

    async def do(self, command: str, **parameters: str) -> bool:
        """Have the cloud do something, and draw what came of it; return whether it was done."""
        exchange = await self.calls.send(command, **parameters)
        if exchange.error:
            ui.notify(exchange.error, type="negative")
        await self.again()
        return not exchange.error

    def build(self) -> None:
        """Add what stays, with places for what changes."""
        with ui.element("div").classes("cards"):
            with _card("Clock"):
                self._time = Part()
                _moving(self)
            with _card("Management server"):
                _server(self)
            with _card("Hosts"):
                _hosts(self)
                self._hosts = Part()
            with _card("Pools"):
                _pools(self)
                self._pools = Part()
            with _card("Next commands to hosts"):
                _faults(self)
                self._faults = Part()
        heading("Asked", 2)
        self.calls = Calls(self.visit)
        heading("Seen", 2)
        with ui.element("div").classes("cards"):
            self._sent, self._refused, self._noted = Part(), Part(), Part()

    def draw(self) -> None:
        """Draw what changed."""
        time, log = self.visit.visitor.clock, self.log
        self._time.show((time, self.next_s), lambda: _time(*time, self.next_s))
        if time.kind != self._kind:
            self._kind = time.kind
            for kind, button in self.speeds.items():
                _press(button, pressed=kind == time.kind)
        away = [(host["name"], host["state"]) for host in self.hosts if host["state"] != "Up"]
        self._hosts.show(away, partial(_unusual, away, "All hosts are up."))
        speeds = {row["id"]: row["speed"] for row in log["slowpools"]}
        odd = [
            (pool["name"], _pool_state(pool, speeds.get(pool["id"])))
            for pool in self.pools
            if pool["state"] != "Up" or pool["id"] in speeds
        ]
        self._pools.show(odd, partial(_unusual, odd, "All pools are up and well."))
        self._faults.show(log["faults"], partial(_waiting, log["faults"], self))
        sent = [f"{seconds(c['at'])}: {c['command']} to {c['host']}" for c in log["agentcommands"]]
        self._sent.show(sent, partial(_listed, "Commands that hosts were sent", sent))
        refused = log["refusals"]
        self._refused.show(refused, partial(_listed, "Rules that refused", refused))
        notes = [f"{n['text']} ({counted(n['count'], 'time')})" for n in log["notes"]]
        notes += [f"Bug at {seconds(b['at'])}: {b['command']}: {b['error']}" for b in log["bugs"]]
        self._noted.show(notes, partial(_listed, "Ignored or not served", notes))


def _card(name: str) -> ui.element:
    section = ui.element("section").classes("card stage")
    section.props["aria-label"] = name
    with section:
        heading(name, 2)
    return section


def _button(text: str, act: Callable[[], Awaitable[Any]]) -> ui.button:
    return ui.button(text, on_click=act).props("outline no-caps")


def _press(button: ui.button, *, pressed: bool) -> None:
    """Show whether what a button is for is so already."""
    button.props(f'aria-pressed="{str(pressed).lower()}"')
    button.props(remove="outline") if pressed else button.props("outline")


def _field(label: str, value: str) -> ui.input:
    return ui.input(label, value=value).props("dense outlined").classes("number")


def _time(now_s: float, date: str, kind: str, jobs: int, next_s: float | None) -> None:
    """Say where time stands, how it passes and what comes next."""
    ui.label(f"{day(date)} · {seconds(now_s)} since boot")
    passes = {"manual": "Time stands still", "instant": "Whatever is in flight ends at once"}
    ui.label(f"{passes.get(kind, f'Time passes: {kind}')}; {counted(jobs, 'job')} running.")
    if next_s is None:
        ui.label("Nothing is due.").classes("small")
    else:
        ui.label(f"Due next at {seconds(next_s)}.").classes("small")


def _moving(stage: _Stage) -> None:
    """Let the visitor choose how time passes, and move it."""

    async def advance(**how: str) -> None:
        kind = stage.visit.visitor.clock.kind
        if await stage.do("rootswapAdvance", **how) and kind not in {"manual", "instant"}:
            # else it would stand still until wall time has come as far
            await stage.do("rootswapClock", clock=kind)

    async def step() -> None:
        await stage.look()
        if stage.next_s is None:
            ui.notify("Nothing is due")
        else:
            await advance(until=repr(stage.next_s))

    with ui.row().classes("controls"):
        for kind, name in _SPEEDS:
            stage.speeds[kind] = _button(name, partial(stage.do, "rootswapClock", clock=kind))
    with ui.row().classes("controls"):
        speed = _field("Speed, like 5x", "5x")
        _button("Set the speed", lambda: stage.do("rootswapClock", clock=speed.value))
    with ui.row().classes("controls"):
        number = _field("Seconds", "60")
        _button("Advance", lambda: advance(seconds=number.value))
        _button("Step to what is due next", step)


def _server(stage: _Stage) -> None:
    ui.label("A restart fails the jobs that run and forgets what waits in the queues.")
    with ui.row().classes("controls"):
        _button("Restart the management server", partial(stage.do, "rootswapRestart"))


def _choice(label: str, options: Sequence[Row]) -> ui.select:
    names = {row["id"]: row["name"] for row in options}
    first = next(iter(names), None)
    select = ui.select(names, value=first, label=label, with_input=True)
    return select.props("dense outlined").classes("chosen")


def _hosts(stage: _Stage) -> None:
    """Let a host be down, and up again."""
    ui.label("Nothing is placed on a host that is not up; what runs on it stays as it is.")
    with ui.row().classes("controls"):
        host = _choice("Host", stage.hosts)

        async def put(state: str) -> None:
            fields = f'{{"state": "{state}"}}'
            await stage.do("rootswapArrange", kind="host", id=str(host.value), fields=fields)

        _button("Down", partial(put, "Down"))
        _button("Up", partial(put, "Up"))


def _pools(stage: _Stage) -> None:
    """Let a pool be in maintenance or slow, and well again."""
    ui.label(
        "Nothing is placed on a pool in maintenance; a slow one copies at a part of its speed."
    )
    with ui.row().classes("controls"):
        pool = _choice("Pool", stage.pools)

        async def put(state: str) -> None:
            fields = f'{{"state": "{state}"}}'
            await stage.do("rootswapArrange", kind="pool", id=str(pool.value), fields=fields)

        async def slow(speed: str) -> None:
            await stage.do("rootswapSlow", id=str(pool.value), speed=speed)

        async def well() -> None:
            await put("Up")
            await slow("1")

        _button("Maintenance", partial(put, "Maintenance"))
        _button("Well again", well)
    with ui.row().classes("controls"):
        speed = _field("Part of its speed", "0.1")
        _button("Slow", lambda: slow(speed.value))


def _faults(stage: _Stage) -> None:
    """Let the next commands of a name fail."""
    with ui.row().classes("controls"):
        operations = stage.log["operations"]
        first = "AttachCommand" if "AttachCommand" in operations else operations[0]
        operation = ui.select(operations, value=first, label="Command", with_input=True)
        operation.props("dense outlined").classes("chosen")
        mode = ui.select(_MODES, value="fail", label="How").props("dense outlined")
        mode.classes("chosen")
        times = _field("Times, -1 for always", "1")
        late = _field("Seconds, if late", "")

        async def fail_next() -> None:
            given = {"seconds": late.value} if late.value else {}
            await stage.do(
                "rootswapStrike", operation=str(operation.value), mode=str(mode.value),
                times=times.value, **given,
            )  # fmt: skip

        _button("Let it fail", fail_next)


def _waiting(faults: Sequence[Row], stage: _Stage) -> None:
    """Draw the faults that wait, each to be taken back."""
    if not faults:
        ui.label("No fault waits.").classes("small")
    with ui.element("ul").classes("plain"):
        for fault in faults:
            times, name = fault["times"], fault["operation"]
            often = "always" if times < 0 else counted(times, "time")
            late = f" by {seconds(fault['seconds'])}" if "seconds" in fault else ""
            with ui.element("li"):
                ui.label(f"{name} {_MODES[fault['mode']]}{late}, {often}")
                take = partial(stage.do, "rootswapStrike", operation=name, times="0")
                _button("Take back", take).props["aria-label"] = f"Take back: {name}"


def _pool_state(pool: Row, speed: float | None) -> str:
    slow = "" if speed is None else f", {speed:g} of its speed"
    return f"{pool['state']}{slow}"


def _unusual(odd: Sequence[tuple[str, str]], usual: str) -> None:
    """Draw what is not as it should be, or say that all is."""
    if not odd:
        ui.label(usual).classes("small")
    with ui.element("ul").classes("plain"):
        for name, state in odd:
            with ui.element("li"):
                ui.label(name).classes("clip")
                ui.label(state).classes("small unusual")


def _listed(name: str, lines: Sequence[str]) -> None:
    """Draw the newest lines of a log, the newest first."""
    with _card(name), ui.element("ol").classes("seen"):
        for line in reversed(lines):
            with ui.element("li"):
                ui.label(line)
        if not lines:
            with ui.element("li"):
                ui.label("None")
