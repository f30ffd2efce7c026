"""The simulator's own commands, for root admins: its clock, its faults, its records.

No CloudStack has them; they let a test in another process do what the Stage does in this one.
"""

import json
from datetime import UTC, datetime
from math import nan
from typing import Any

from simulator.api.arrange import overwrite
from simulator.api.command import Call, Command
from simulator.api.dates import EPOCH
from simulator.api.render import SUCCESS
from simulator.api.shape import Shape, decimal, integer
from simulator.domain.errors import CloudError, Kind
from simulator.domain.faults import Mode
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, TEN_YEARS_S, Staged
from simulator.engine import hosts
from simulator.engine.pools import slow as slow_pool

_LAST_S = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()
"""Dates have four digits for the year, and jobs that run then must still end."""
_SLOWEST = 0.001


CLOCK = Shape[Call](
    "clock",
    decimal("now", "simulated seconds since boot", lambda call: call.world.env.now),
    integer("runningjobs", "how many jobs are pending", lambda call: len(call.jobs.running)),
)


def advance(call: Call) -> dict[str, Any]:
    """rootswapAdvance: let *seconds* of simulated time pass, or whatever is left *until* then."""
    args, now = call.args, call.world.env.now
    given = [name for name in ("seconds", "until") if name in args]
    until_s = args["until"] if given == ["until"] else now + args.get("seconds", nan)
    in_time = len(given) == 1 and now <= until_s <= min(now + TEN_YEARS_S, _LAST_S)
    STAGE.require(Phase.REQUEST, Staged(call.world.dialect, in_time=in_time))
    call.world.env.reach(until_s)
    return _now(call)


def _now(call: Call) -> dict[str, Any]:
    return {"clock": CLOCK.render(call)}


def strike(call: Call) -> dict[str, Any]:
    """rootswapStrike: let a fault befall the next *times* agent commands called *operation*."""
    args, mode = call.args, call.text("mode") or Mode.FAIL
    hosts.strike(
        call.world, args["operation"], int(args.get("times", 1)), mode, args.get("seconds")
    )
    return SUCCESS.render(True)


def slow(call: Call) -> dict[str, Any]:
    """rootswapSlow: have a pool copy at a *speed*, 1 being what it is when all is well."""
    world, speed = call.world, call.args["speed"]
    off = "" if _SLOWEST <= speed <= 1 else f"speed must be from {_SLOWEST:g} to 1"
    STAGE.require(Phase.REQUEST, Staged(world.dialect, off=off))
    slow_pool(world, call.args["id"].id, speed)
    return SUCCESS.render(True)


def restart(call: Call) -> dict[str, Any]:
    """rootswapRestart: restart the management server; running jobs fail."""
    call.jobs.restart()
    return _now(call)


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
    return SUCCESS.render(True)


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
        "seconds:float until:float",
        roles="A",
        says="Lets simulated time pass: so many seconds, or until a second since boot",
        answers=CLOCK,
    ),
    Command(
        "rootswapStrike",
        strike,
        "operation:text! times:long mode:text seconds:float",
        roles="A",
        says="Makes the next commands of a name that hosts are sent fail, too late or slow",
        answers=SUCCESS,
    ),
    Command(
        "rootswapSlow",
        slow,
        "id:pool! speed:float!",
        roles="A",
        says="Has a pool copy at a part of its speed, or at all of it again",
        answers=SUCCESS,
    ),
    Command(
        "rootswapArrange",
        arrange,
        "kind:text! id:text! fields:text!",
        roles="A",
        says="Overwrites fields of a record, as no other command can",
        answers=SUCCESS,
    ),
    Command(
        "rootswapReset",
        reset,
        "preset:text dialect:text seed:long clock:text",
        roles="A",
        says="Makes the cloud anew, with the same keys of the root admin",
        answers=SUCCESS,
        reads=True,
    ),
    Command(
        "rootswapRestart",
        restart,
        roles="A",
        says="Restarts the management server: running jobs fail",
        answers=CLOCK,
    ),
)
