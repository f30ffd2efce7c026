"""A site: one served cloud, whose time catches up before each call is judged."""

from collections.abc import Callable, Mapping

from simulator.api.service import SimulatedCloud, spoken
from simulator.domain.records import User
from simulator.port import Reply
from simulator.serve.pace import Pace

Ask = Callable[[SimulatedCloud, str, Mapping[str, str]], Reply]
"""Answers a caller's command with its parameters."""


def ask(caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Reply:
    """Answer and keep nothing."""
    return caller.begin(command, **text)


class Site:
    """What the HTTP edge talks to; a *lenient* one takes a signed `~` either way."""

    def __init__(
        self, cloud: SimulatedCloud, pace: Pace, ask: Ask = ask, *, lenient: bool = False
    ) -> None:
        self.cloud, self.pace, self.ask, self.lenient = cloud, pace, ask, lenient
        self._due_s = 0.0

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Answer a call that is signed by its *parameters*."""
        self.pace.catch_up(self.cloud)
        caller = self.cloud.authenticate(parameters, lenient=self.lenient)
        if isinstance(caller, Reply):
            return caller
        return self._run(caller, parameters)

    def speak(self, user: User, parameters: Mapping[str, str]) -> Reply:
        """Answer a call of *user*, who was identified without a signature."""
        self.pace.catch_up(self.cloud)
        return self._run(self.cloud.seen_by(user), parameters)

    def _run(self, caller: SimulatedCloud, parameters: Mapping[str, str]) -> Reply:
        command, text = spoken(parameters)
        reply = self.ask(caller, command, text)
        self._due_s = self.cloud.world.reply_at_s
        return reply

    def hold_s(self) -> float:
        """Return for how many seconds of wall time the last reply must wait, once."""
        due_s, self._due_s = self._due_s, 0.0
        return self.pace.left_s(due_s) if due_s else 0.0
