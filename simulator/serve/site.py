"""A site: one served cloud, whose time catches up before each call is judged."""

import asyncio
import sys
import time
import traceback
from collections.abc import Callable, Mapping

from simulator.api.clock import NAME as CLOCK
from simulator.api.clock import WALL
from simulator.api.refusals import refusal
from simulator.api.service import GONE, METHOD, Pending, SimulatedCloud
from simulator.api.signing import spoken
from simulator.domain.errors import Kind
from simulator.domain.records import User
from simulator.port import Reply
from simulator.serve.pace import Pace
from simulator.serve.pace import pace as pace_of

Ask = Callable[[SimulatedCloud, str, Mapping[str, str]], Pending]
"""Sends a caller's command with its parameters."""
_LONGEST_NAP_S = 1.0
"""A reply that waits looks at least as often, as a command may have moved its end."""


def ask(caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Pending:
    """Send a command and keep nothing."""
    return caller.begin(command, **text)


def on_standard_error(where: str, bug: Exception) -> None:
    """Tell of a bug and go on, as a server must."""
    sys.stderr.write(f"rootswap: {where} ended by a bug of the simulator:\n")
    traceback.print_exception(bug, file=sys.stderr)


class Site:
    """What the HTTP edge talks to; a *lenient* one takes a signed `~` either way.

    A bug in a job is told on standard error, and the site goes on; so is a command that is not
    served, and with *verbose* what is given in vain. The *pace* is that of the cloud's own
    rootswapClock once there was one; *wall* tells wall time, None where no time passes by it.
    """

    def __init__(
        self,
        cloud: SimulatedCloud,
        pace: Pace,
        ask: Ask = ask,
        *,
        lenient: bool = False,
        wall: Callable[[], float] | None = time.time,
    ) -> None:
        self.pace, self.ask, self.lenient, self.wall = pace, ask, lenient, wall
        self.verbose = False
        self.cloud = cloud
        self._follow()

    @property
    def cloud(self) -> SimulatedCloud:
        """The cloud that is served, as its root admin."""
        return self._cloud

    @cloud.setter
    def cloud(self, cloud: SimulatedCloud) -> None:
        self._cloud = cloud
        cloud.world.on_bug = on_standard_error
        cloud.world.notes.listen = self._tell

    def _tell(self, text: str, warning: bool) -> None:
        """Say once what is not served and, where that is wanted, what was ignored."""
        if warning or self.verbose:
            sys.stderr.write(f"rootswap: {text}\n")

    def send(self, parameters: Mapping[str, str], method: str = "POST") -> Pending:
        """Send a call that is signed by its *parameters* and came by an HTTP *method*."""
        self.pace.catch_up(self.cloud)
        caller = self.cloud.authenticate(parameters, lenient=self.lenient)
        if isinstance(caller, Reply):
            return Pending(self.cloud.world, caller)
        return self._run(caller, parameters, method)

    def speak(self, user: User, parameters: Mapping[str, str], method: str = "POST") -> Pending:
        """Send a call of *user*, who was identified without a signature."""
        self.pace.catch_up(self.cloud)
        return self._run(self.cloud.seen_by(user), parameters, method)

    def _run(self, caller: SimulatedCloud, parameters: Mapping[str, str], method: str) -> Pending:
        command, text = spoken(parameters)
        if method != "POST" and any(name.lower() == "userdata" for name in text):
            text[METHOD] = method  # only there it counts, and a journal keeps what is sent here
        if command == CLOCK:
            text = self._timed(text)
        pending = self.ask(caller, command, text)
        if command == CLOCK:
            self._follow()
        if self.pace.jumps:
            pending.reached()
        return pending

    def _timed(self, text: Mapping[str, str]) -> dict[str, str]:
        """Return parameters with the wall second, which only the server knows."""
        given = {name: value for name, value in text.items() if name.lower() != WALL}
        return given if self.wall is None else {**given, WALL: repr(self.wall())}

    def _follow(self) -> None:
        """Let time pass as the last rootswapClock says, if there was one."""
        for clock, started_at_s in self.cloud.world.pace.items():
            self.pace = pace_of(clock, self.wall or time.time, started_at_s)

    async def reply(self, pending: Pending) -> Reply:
        """Return the reply once it is due by the clock of this site."""
        while pending.reply is None:
            if pending.world is not self.cloud.world:
                return refusal(Kind.RUNTIME, GONE, "errorresponse")
            due_s = self.pace.left_s(pending.world.env.peek())
            await asyncio.sleep(min(max(due_s, 0.0), _LONGEST_NAP_S))
            self.pace.catch_up(self.cloud)
        return pending.reply
