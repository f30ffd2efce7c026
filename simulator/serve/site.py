"""A site: one served cloud, whose time catches up before each call is judged."""

from collections.abc import Callable, Mapping

from simulator.api.service import SimulatedCloud, spoken
from simulator.port import Reply
from simulator.serve.pace import Pace

Ask = Callable[[SimulatedCloud, str, Mapping[str, str]], Reply]
"""Answers a caller's command with its parameters."""


def ask(caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Reply:
    """Answer and keep nothing."""
    return caller.call(command, **text)


class Site:
    """What the HTTP edge talks to."""

    def __init__(self, cloud: SimulatedCloud, pace: Pace, ask: Ask = ask) -> None:
        self.cloud, self.pace, self.ask = cloud, pace, ask

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Answer a call that is signed by its *parameters*."""
        self.pace.catch_up(self.cloud)
        caller = self.cloud.authenticate(parameters)
        if isinstance(caller, Reply):
            return caller
        command, text = spoken(parameters)
        return self.ask(caller, command, text)
