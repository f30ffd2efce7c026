"""rootswapClock: how simulated time follows wall time from now on."""

from typing import Any

from simulator.api.command import Call, Command
from simulator.api.control import CLOCK
from simulator.domain.errors import CloudError, Kind
from simulator.domain.pacing import speed
from simulator.domain.rules import Phase
from simulator.domain.stage import STAGE, Staged
from simulator.engine.world import World

NAME = "rootswapClock"
WALL = "walltime"
"""Parameter that carries the wall second of the call, as the server sets it for its journal."""


def clock(call: Call) -> dict[str, Any]:
    """rootswapClock: let time pass as *clock* says, from the second at which it stands."""
    text, wall_s = call.args["clock"], call.args.get(WALL)
    wanted = speed(text)
    STAGE.require(
        Phase.REQUEST, Staged(call.world.dialect, clock=text, is_clock=wanted is not None)
    )
    if wanted is None or wall_s is None:
        raise CloudError(Kind.PARAM, "Only a cloud that is served has a clock that can be set")
    follows = 0 < wanted < float("inf")
    if not follows:
        _answer_all(call.world)
    started_at_s = wall_s - call.world.env.now / wanted if follows else wall_s
    call.world.pace = {text: started_at_s}
    return {"clock": CLOCK.render(call)}


def _answer_all(world: World) -> None:
    """Let time pass until every caller has a reply: on a clock that jumps, nobody waits."""
    while world.exchanges and not world.env.only_alarms:
        world.env.forward()
    world.advance(0)


COMMANDS = (
    Command(
        NAME,
        clock,
        f"clock:text! {WALL}:float",
        roles="A",
        says="Lets time pass otherwise: instant, manual, real, or at a speed like 60x",
        answers=CLOCK,
    ),
)
