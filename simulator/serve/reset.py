"""A served cloud that can be made anew, for suites that want a fresh one each time."""

import time
from collections.abc import Mapping
from dataclasses import replace

from simulator.api.refusals import refusal
from simulator.api.service import Pending, SimulatedCloud
from simulator.boot import PRESETS
from simulator.domain.dialect import dialect_of
from simulator.domain.errors import Kind
from simulator.domain.records import Role
from simulator.port import Reply
from simulator.serve.journal import Header
from simulator.serve.pace import pace
from simulator.serve.replay import booted
from simulator.serve.site import Site

RESET = "rootswapReset"
_ROOT = f"{RESET.lower()}response"


class Resetter:
    """Makes the cloud of its *site*, as *header* says at first and as each reset asks for after."""

    def __init__(self, header: Header, *, lenient: bool = False) -> None:
        self.header = header
        speed = pace(header.clock, time.time, header.started_at_s)
        self.site = Site(booted(header), speed, self.ask, lenient=lenient)

    def ask(self, caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Pending:
        """Send a command; a root admin's reset makes another cloud, with the same keys."""
        if command != RESET or caller.account.role is not Role.ADMIN:
            return caller.begin(command, **text)
        try:
            wanted = self._wanted({name.lower(): value for name, value in text.items()})
            speed = pace(wanted.clock, time.time, wanted.started_at_s)
        except ValueError as no:
            return Pending(caller.world, refusal(Kind.PARAM, str(no), _ROOT))
        clock = self.site.cloud.clock
        self.site.cloud, self.site.pace = booted(wanted), speed
        self.site.cloud.clock = clock
        return Pending(caller.world, Reply(200, {"success": True}, _ROOT))

    def _wanted(self, text: Mapping[str, str]) -> Header:
        """Return what the next cloud is made from; ValueError for what there is not."""
        user, asked = self.site.cloud.user, self.header
        if text.get("preset", PRESETS[0]) not in PRESETS:
            msg = f"{text['preset']!r} is no preset: one of {', '.join(PRESETS)}"
            raise ValueError(msg)
        return replace(
            asked,
            preset=text.get("preset", asked.preset),
            cloud=None if "preset" in text else asked.cloud,
            dialect=dialect_of(text.get("dialect", asked.dialect)).name,
            seed=int(text.get("seed", asked.seed)),
            clock=text.get("clock", asked.clock),
            admin_key=user.api_key,
            admin_secret=user.secret_key,
            started_at_s=time.time(),
        )
