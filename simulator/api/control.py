"""The simulator's own commands, for root admins: its clock, its faults, what it saw.

No CloudStack has them; they let a test in another process do what the Stage does in this one.
"""

import json
from datetime import UTC, datetime
from typing import Any

from simulator.api.arrange import overwrite
from simulator.api.command import Call, Command
from simulator.api.render import EPOCH
from simulator.domain.errors import Kind, Refused
from simulator.domain.faults import Mode
from simulator.engine import hosts

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
    """rootswapStrike: let a fault befall the next *times* agent commands called *operation*."""
    args, mode = call.args, call.text("mode") or Mode.FAIL
    hosts.strike(
        call.world, args["operation"], int(args.get("times", 1)), mode, args.get("seconds")
    )
    return {"success": True}


def restart(call: Call) -> dict[str, Any]:
    """rootswapRestart: restart the management server; running jobs fail."""
    call.jobs.restart()
    return _now(call)


def log(call: Call) -> dict[str, Any]:
    """rootswapLog: what hosts were sent, which rules refused, bugs, and what was ignored."""
    sent = [
        {"at": at_s, "host": host, "command": command, "subject": subject}
        for at_s, host, command, subject in call.world.sent
    ]
    bugs = [
        {"at": at_s, "command": command, "error": error} for at_s, command, error in call.world.bugs
    ]
    return {
        "log": {
            "agentcommands": sent,
            "refusals": list(call.world.refusals),
            "bugs": bugs,
            "notes": [{"text": t, "count": n} for t, n in call.world.notes.count.items()],
        }
    }


def arrange(call: Call) -> dict[str, Any]:
    """rootswapArrange: overwrite fields of a record, given as a JSON object."""
    kind, fields = call.args["kind"], _object(call.args["fields"])
    try:
        overwrite(call.world.store, kind, call.args["id"], fields)
    except (KeyError, ValueError) as no:
        text = f"Unable to arrange {kind} {call.args['id']}: {no!r}"
        raise Refused(Kind.PARAM, text, "REQ-02") from None
    return {"success": True}


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(Kind.PARAM, "fields must be a JSON object", "REQ-02")
    return found


def reset(_: Call) -> dict[str, Any]:
    """rootswapReset, which the server does; where it cannot, this says so."""
    text = "Only a cloud that is served, and kept in no file, can be made anew"
    raise Refused(Kind.PARAM, text, "REQ-02")


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
        "operation:text! times:long mode:text seconds:float",
        roles="A",
        says="Makes the next commands of a name that hosts are sent fail, too late or slow",
        answers="success",
    ),
    Command(
        "rootswapArrange",
        arrange,
        "kind:text! id:text! fields:text!",
        roles="A",
        says="Overwrites fields of a record, as no other command can",
        answers="success",
    ),
    Command(
        "rootswapReset",
        reset,
        "preset:text dialect:text seed:long clock:text",
        roles="A",
        says="Makes the cloud anew, with the same keys of the root admin",
        answers="success",
        reads=True,
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
        says="Shows what hosts were sent, which rules refused, bugs, and what was ignored",
        answers="log",
        reads=True,
    ),
)
