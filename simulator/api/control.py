"""The simulator's own commands, for root admins: its clock, its faults, what it saw.

No CloudStack has them; they let a test in another process do what the Stage does in this one.
"""

from datetime import UTC, datetime
from typing import Any

from simulator.api.command import Call, Command
from simulator.api.render import EPOCH
from simulator.domain.errors import Kind, Refused

_TEN_YEARS_S = 315_360_000
_LAST_S = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()
"""Dates have four digits for the year, and jobs that run then must still end."""


def advance(call: Call) -> dict[str, Any]:
    """rootswapAdvance: let *seconds* of simulated time pass."""
    seconds = call.args["seconds"]
    if not 0 <= seconds <= _TEN_YEARS_S or call.world.env.now + seconds > _LAST_S:
        text = f"Time only goes forward: seconds must be from 0 to {_TEN_YEARS_S}, before year 9000"
        raise Refused(Kind.PARAM, text, "REQ-02")
    call.world.advance(seconds)
    return _now(call)


def _now(call: Call) -> dict[str, Any]:
    return {"clock": {"now": call.world.env.now, "runningjobs": len(call.jobs.running)}}


def strike(call: Call) -> dict[str, Any]:
    """rootswapStrike: make the next *times* agent commands called *operation* fail."""
    operation, times = call.args["operation"], call.args.get("times", 1)
    if operation not in call.world.timings.commands:
        known = ", ".join(sorted(call.world.timings.commands))
        text = f"No host is ever sent {operation}: one of {known}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    call.world.faults[operation] = max(0, call.world.faults[operation] + times)
    return {"success": True}


def restart(call: Call) -> dict[str, Any]:
    """rootswapRestart: restart the management server; running jobs fail."""
    call.jobs.restart()
    return _now(call)


def log(call: Call) -> dict[str, Any]:
    """rootswapLog: the commands hosts were sent, and the rules that refused."""
    sent = [
        {"at": at_s, "host": host, "command": command, "subject": subject}
        for at_s, host, command, subject in call.world.sent
    ]
    return {"log": {"agentcommands": sent, "refusals": list(call.world.refusals)}}


COMMANDS = (
    Command(
        "rootswapAdvance",
        advance,
        "seconds:float!",
        roles="A",
        says="Lets simulated time pass",
        answers="clock",
    ),
    Command(
        "rootswapStrike",
        strike,
        "operation:text! times:long",
        roles="A",
        says="Makes the next commands of a name that hosts are sent fail",
        answers="success",
    ),
    Command(
        "rootswapRestart",
        restart,
        roles="A",
        says="Restarts the management server: running jobs fail",
        answers="clock",
    ),
    Command(
        "rootswapLog",
        log,
        roles="A",
        says="Shows what hosts were sent and which rules refused",
        answers="log",
        reads=True,
    ),
)
