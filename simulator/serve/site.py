"""A site: one served cloud, whose time catches up before each call is judged."""

from collections.abc import Mapping

from simulator.api.service import SimulatedCloud, spoken
from simulator.port import Reply
from simulator.serve.pace import Pace


class Site:
    """What the HTTP edge talks to."""

    def __init__(self, cloud: SimulatedCloud, pace: Pace) -> None:
        self.cloud, self.pace = cloud, pace

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Answer a call that is signed by its *parameters*."""
        self.pace.catch_up(self.cloud)
        caller = self.cloud.authenticate(parameters)
        if isinstance(caller, Reply):
            return caller
        command, text = spoken(parameters)
        return caller.call(command, **text)
