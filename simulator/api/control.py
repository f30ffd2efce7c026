"""The simulator's own commands, for root admins: its clock, its faults, what it saw.

No CloudStack has them; they let a test in another process do what the Stage does in this one.
"""

import json
from datetime import UTC, datetime
from typing import Any

from simulator.api.arrange import overwrite
from simulator.api.command import Call, Command
from simulator.api.dates import EPOCH
from simulator.domain.errors import CloudError, Kind
from simulator.domain.faults import Mode
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, TEN_YEARS_S, Staged
from simulator.engine import hosts

_LAST_S = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()
"""Dates have four digits for the year, and jobs that run then must still end."""


def advance(call: Call) -> dict[str, Any]:
    """rootswapAdvance: let *seconds* of simulated time pass."""
    seconds = call.args["seconds"]
    in_time = 0 <= seconds <= TEN_YEARS_S and call.world.env.now + seconds <= _LAST_S
    STAGE.require(Phase.REQUEST, Staged(call.world.dialect, in_time=in_time))
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
    kind, fields = call.args["kind"], _parsed(call.args["fields"])
    case = Staged(call.world.dialect, is_object=isinstance(fields, dict))
    STAGE.require(Phase.REQUEST, case)
    try:
        overwrite(call.world.store, kind, call.args["id"], fields)
    except (KeyError, ValueError) as error:
        case = case._replace(why=f"{kind} {call.args['id']}: {error!r}")
    STAGE.require(Phase.REQUEST, case)
    return {"success": True}


def _parsed(text: str) -> Any:
    """Return JSON as values, None for what is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def reset(_: Call) -> dict[str, Any]:
    """rootswapReset, which the server does; where it cannot, this says so."""
    text = "Only a cloud that is served, and kept in no file, can be made anew"
    raise CloudError(Kind.PARAM, text)


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
