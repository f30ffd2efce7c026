"""A scenario that is run before one's eyes: its steps, what was asked, and the cloud after each."""

import json
from typing import Any

from nicegui import ui

from console.frame import heading
from console.looking import Row
from console.programs import Program
from console.slots import slots
from console.words import counted

_ICONS = {"passed": "check_circle", "failed": "cancel", "": "radio_button_unchecked"}


class Watched:
    """One run of a scenario, drawn where this is made; a step that is chosen shows its cloud."""

    def __init__(self, path: str, scenario_id: str, dialect: str) -> None:
        self.program = Program("watch", path, scenario_id, "--dialect", dialect)
        self.steps: list[Row] = []
        self.verdict: Row = {}
        self.at = 0
        self.status = ui.label("Starting").props('role="status" aria-live="polite"')
        self.status.classes("status")
        with ui.row().classes("watched"):
            self._list()
            self._after()

    async def run(self) -> None:
        """Run it to its end."""
        code = await self.program.run(self._line)
        if self.verdict:
            return
        errors = self.program.errors[-1:] or [f"It ended with code {code}."]
        self._say("Stopped." if code < 0 else errors[0], good=False)

    def _line(self, text: str) -> None:
        """Take in what the run says, and draw it."""
        line = json.loads(text)
        if "steps" in line:
            self.steps = [{**step, "status": ""} for step in line["steps"]]
            self.status.text = "Running"
        elif "step" in line:
            self.steps[line["step"]] |= line
            self.at = line["step"]
        else:
            self.verdict = line
            word = line["verdict"]
            self._say(f"{word.capitalize()}. {line['reason']}".strip(), good=word == "passed")
        self._list.refresh()
        self._after.refresh()

    def _say(self, text: str, *, good: bool) -> None:
        self.status.text = text
        self.status.classes("good" if good else "bad")

    def _choose(self, at: int) -> None:
        self.at = at
        self._list.refresh()
        self._after.refresh()

    @ui.refreshable_method
    def _list(self) -> None:
        with ui.element("ol").classes("steps").props('aria-label="Steps"'):
            for at, step in enumerate(self.steps):
                with ui.element("li"):
                    self._step(at, step)

    def _step(self, at: int, step: Row) -> None:
        words = f"{step['keyword']} {step['text']}"
        state = step["status"] or "not run yet"
        button = ui.button(on_click=lambda: self._choose(at)).props("flat no-caps align=left")
        button.classes("step" + (" chosen" if at == self.at else ""))
        button.props["aria-label"] = f"{words}: {state}"
        if at == self.at:
            button.props('aria-current="step"')
        with button:
            ui.icon(_ICONS[step["status"]]).classes(f"step-{step['status'] or 'left'}")
            ui.label(words)

    @ui.refreshable_method
    def _after(self) -> None:
        """Show what a step asked, and the cloud after it."""
        if self.at >= len(self.steps) or not self.steps[self.at]["status"]:
            return
        step = self.steps[self.at]
        with ui.element("section").classes("after").props('aria-label="After this step"'):
            if "now_s" in step:
                heading(f"The cloud after this step, at {step['now_s']:.6g} s", 2)
                _drawn(step)
            if step["status"] == "failed" and self.verdict:
                ui.code(self.verdict["why"], language="text").classes("why")
            asked = step["exchanges"]
            heading(f"Asked in this step: {counted(len(asked), 'call')}", 2)
            for exchange in asked:
                _exchange(exchange)
            if step["left_out"]:
                ui.label(f"{counted(step['left_out'], 'call')} more are not shown.")


def _drawn(step: Row) -> None:
    """Draw the VMs with their slots, and what is in none."""
    volumes: list[Row] = step["volume"]
    for vm in step["virtualmachine"]:
        heading(f"{vm['name']} · {vm['state']} · {vm['hypervisor']}", 3)
        slots([v for v in volumes if v.get("virtualmachineid") == vm["id"]], linked=False)
    loose = [v for v in volumes if "virtualmachineid" not in v]
    if loose:
        heading("Volumes of no virtual machine", 3)
        with ui.element("ul").classes("loose"):
            for volume in loose:
                with ui.element("li"):
                    ui.label(f"{volume['name']}: {volume['type']}, {volume['state']}")
    if not volumes and not step["virtualmachine"]:
        ui.label("It has no virtual machine and no volume.")


def _exchange(exchange: dict[str, Any]) -> None:
    often = f" · {exchange['times']} times" if exchange.get("times", 1) > 1 else ""
    title = f"{exchange['command']} · {exchange['status']}{often}"
    with ui.expansion(title).classes("exchange"):
        given = {"command": exchange["command"], **exchange["parameters"]}
        ui.label(f"Asked by {exchange.get('caller') or 'nobody'}").classes("small")
        ui.code(json.dumps(given, indent=2, ensure_ascii=False), language="json")
        ui.label("Answered").classes("small")
        ui.code(_pretty(exchange["body"]), language="json")


def _pretty(body: str) -> str:
    """Return JSON with a line for each field; one that was cut short stays as it is."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
