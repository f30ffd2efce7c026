"""Asking the cloud to do something: the call, its job, its end in words, and a record of it all."""

import asyncio
import json
import shlex
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nicegui import ui

from console.frame import Visit
from simulator.port import Obstacle, Reply, Value, as_text

_POLL_S = 0.1
"""A job's end shows within this, and the time to draw it."""
_PENDING = 0


@dataclass(slots=True)
class Exchange:
    """A call, what it was answered, and the row of its job once that has ended."""

    command: str
    parameters: dict[str, str]
    reply: Reply
    job: dict[str, Any] = field(default_factory=dict)

    @property
    def error(self) -> str:
        """What refused the call or its job; "" while nothing did."""
        body = self.job.get("jobresult", {}) if self.job else self.reply.body
        return str(body.get("errortext", "")) if "errorcode" in body else ""

    @property
    def result(self) -> dict[str, Any]:
        """What the call or its job answered at last."""
        result: dict[str, Any] = self.job.get("jobresult", {}) if self.job else self.reply.body
        return result


class Calls:
    """What a page had the cloud do, newest last, shown where this is made."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._status = ui.label().props('role="status" aria-live="polite"').classes("status")
        self._shown = ui.column().classes("calls")

    async def send(self, command: str, /, **parameters: Value) -> Exchange:
        """Send a call and wait for the end of its job; say how it ended.

        While a job runs, the page stays usable.
        """
        visitor = self.visit.visitor
        reply = await visitor.call(command, **parameters)
        exchange = Exchange(command, as_text(command, parameters), reply)
        self._status.text = f"{command}: sent"
        while "jobid" in reply.body and "errorcode" not in reply.body:
            looked = await visitor.call("queryAsyncJobResult", jobid=reply.body["jobid"])
            if looked.body.get("jobstatus", 1) != _PENDING:
                exchange.job = looked.body
                break
            self._status.text = f"{command}: its job is running"
            await asyncio.sleep(_POLL_S)
        self._tell(exchange)
        return exchange

    def _tell(self, exchange: Exchange) -> None:
        if exchange.error:
            self._status.text = f"{exchange.command} was refused: {exchange.error}"
            self._status.classes(add="bad", remove="good")
        else:
            self._status.text = f"{exchange.command}: done"
            self._status.classes(add="good", remove="bad")
        with self._shown:
            _exchange(self.visit, exchange)


def _exchange(visit: Visit, exchange: Exchange) -> None:
    """Show a call and its answer, closed."""
    ended = "refused" if exchange.error else "done"
    with ui.expansion(f"{exchange.command} · {ended}").classes("exchange"):
        spelt_ways(visit, exchange.command, exchange.parameters)
        ui.label("Asked").classes("small")
        ui.code(
            json.dumps({"command": exchange.command, **exchange.parameters}, indent=2),
            language="json",
        )
        ui.label("Answered").classes("small")
        answer = exchange.job or exchange.reply.body
        ui.code(json.dumps(answer, indent=2, ensure_ascii=False), language="json")


def spelt_ways(visit: Visit, command: str, parameters: dict[str, str]) -> None:
    """Offer a call as cs, cmk and curl spell it, for the clipboard."""
    with ui.row().classes("ways"):
        ui.label("Copy as").classes("small")
        for name, text in spelt(visit, command, parameters).items():
            ui.button(name, on_click=partial(_copy, name, text)).props(
                f'flat dense no-caps aria-label="Copy {command} as {name}"'
            )


def copier(visit: Visit, command: str, parameters: Mapping[str, Value]) -> None:
    """Add a small button by which a call is copied before anybody sends it."""
    text = as_text(command, parameters)
    icon = ui.button(icon="content_copy").props("flat round dense size=sm")
    icon.props('aria-label="Copy the call"')
    with icon, ui.menu():
        for name, spelling in spelt(visit, command, text).items():
            ui.menu_item(f"as {name}", partial(_copy, name, spelling))


def _copy(name: str, text: str) -> None:
    ui.clipboard.write(text)
    ui.notify(f"Copied for {name}")


def spelt(visit: Visit, command: str, parameters: dict[str, str]) -> dict[str, str]:
    """Return a call as each of the usual clients spells it; curl's is signed."""
    pairs = " ".join(f"{name}={shlex.quote(value)}" for name, value in parameters.items())
    at = next((n for n, letter in enumerate(command) if letter.isupper()), len(command))
    base = str(visit.request.base_url).rstrip("/")
    query = visit.visitor.signed(command, parameters)
    ways = {
        "cs": f"cs {command} {pairs}".rstrip(),
        "cmk": f"cmk {command[:at]} {command[at:].lower()} {pairs}".rstrip(),
    }
    return ways | ({"curl": f"curl {shlex.quote(f'{base}/client/api?{query}')}"} if query else {})


def offer(
    label: str,
    obstacle: Obstacle | None,
    act: Callable[[], Awaitable[Any]],
    *,
    copy: Callable[[], None] | None = None,
) -> None:
    """Add a button for an action, or, where something refuses it, a dead one with the reason.

    *copy* adds what copies its call.
    """
    with ui.row().classes("offer"):
        button = ui.button(label, on_click=act).props("outline no-caps")
        if copy is not None:
            copy()
        if obstacle is not None:
            button.disable()
            why = ui.label(reason(obstacle)).classes("reason")
            why.props(f'id="why-{button.id}"')
            button.props(f'aria-describedby="why-{button.id}"')


def reason(obstacle: Obstacle) -> str:
    """Return why something is refused, as the cloud words it."""
    return f"{obstacle.text} ({obstacle.rule or obstacle.code})"
