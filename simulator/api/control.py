"""The simulator's own commands, for root admins: its clock, its faults, what it saw.

No CloudStack has them; they let a test in another process do what the Stage does in this one.
"""

from typing import Any

from simulator.api.command import Call, Command
from simulator.domain.errors import Kind, Refused


def advance(call: Call) -> dict[str, Any]:
    """rootswapAdvance: let *seconds* of simulated time pass."""
    seconds = call.args["seconds"]
    if not 0 <= seconds < float("inf"):
        text = "Time only goes forward: seconds must be 0 or more"
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
    Command("rootswapAdvance", advance, "seconds:float!", roles="A"),
    Command("rootswapStrike", strike, "operation:text! times:long", roles="A"),
    Command("rootswapRestart", restart, roles="A"),
    Command("rootswapLog", log, roles="A", reads=True),
)
