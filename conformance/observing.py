"""Observes what is asked of a cloud and what it answers, for the report of a scenario."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from conformance.redaction import Redactor, shortened
from conformance.results import Exchange, Job
from simulator.port import Cloud, Reply, Value
from simulator.serve.recorder import HIDDEN

_POLL = "queryAsyncJobResult"
_ENDS = {1: "succeeded", 2: "failed"}
_MOST_FIRST, _MOST_LAST = 40, 20
"""Of the exchanges of a step; what is between is counted."""


_LONGEST_VALUE = 160


class _Raw(NamedTuple):
    """One exchange as it was."""

    command: str
    parameters: Mapping[str, Any]
    reply: Reply
    seconds: float
    at_s: float
    caller: str


class Reel:
    """The exchanges of one step: the first and the last ones."""

    def __init__(self) -> None:
        self.first: list[_Raw] = []
        self.last: deque[_Raw] = deque(maxlen=_MOST_LAST)
        self.count = 0

    def add(self, raw: _Raw) -> None:
        """Keep an exchange, or drop one of those in the middle."""
        self.count += 1
        (self.first if len(self.first) < _MOST_FIRST else self.last).append(raw)

    @property
    def left_out(self) -> int:
        """How many exchanges were dropped."""
        return self.count - len(self.first) - len(self.last)

    def shown(self, redactor: Redactor, longest: int) -> list[Exchange]:
        """Return the exchanges as they are reported, with bodies of *longest* letters at most.

        Equal neighbours are one.
        """
        rows: list[Exchange] = []
        for raw in (*self.first, *self.last):
            row = Exchange(
                raw.command, _given(raw.parameters, redactor), raw.reply.status,
                redactor.cut(raw.reply.body, longest), raw.seconds, raw.at_s, raw.caller,
            )  # fmt: skip
            if rows and _same(rows[-1], row):
                rows[-1].times += 1
                rows[-1].seconds += row.seconds
            else:
                rows.append(row)
        for row in rows:
            row.seconds, row.at_s = round(row.seconds, 6), round(row.at_s, 3)
        return rows


def _given(parameters: Mapping[str, Any], redactor: Redactor) -> dict[str, str]:
    """Return the parameters of a request as they are shown: none of what a user put into a VM."""
    plain = {n: HIDDEN if n.lower() == "userdata" else str(v) for n, v in parameters.items()}
    return {n: shortened(v, _LONGEST_VALUE) for n, v in redactor.parameters(plain).items()}


def _same(a: Exchange, b: Exchange) -> bool:
    return (a.command, a.caller, a.parameters, a.status, a.body) == (
        b.command, b.caller, b.parameters, b.status, b.body,
    )  # fmt: skip


class Tape:
    """All exchanges and jobs of one scenario.

    Its time is the cloud's own where *clock* tells it, else what passed plus what was slept.
    """

    def __init__(self) -> None:
        self.reel = Reel()
        self.jobs: dict[str, Job] = {}
        self.callers = 0
        self.redactor = Redactor()
        self._began_s, self._apart_s = time.perf_counter(), 0.0
        self.clock: Callable[[], float] | None = None

    def now_s(self) -> float:
        """Return the seconds since the scenario began."""
        if self.clock is not None:
            return self.clock()
        return time.perf_counter() - self._began_s + self._apart_s

    def slept(self, seconds: float, took_s: float) -> None:
        """Count time that passed for the cloud and not here."""
        self._apart_s += max(seconds - took_s, 0.0)

    def add(
        self, command: str, parameters: Mapping[str, Any], reply: Reply, began_s: float, caller: str
    ) -> None:
        """Keep an exchange that began at *began_s*, and what it says of a job."""
        at_s = self.now_s()
        took_s = time.perf_counter() - began_s
        self.reel.add(_Raw(command, parameters, reply, took_s, at_s, caller))
        job_id = str(reply.body.get("jobid", "")) if isinstance(reply.body, dict) else ""
        if not job_id or reply.status != 200:
            return
        if command != _POLL:
            self.jobs.setdefault(job_id, Job(job_id, command, round(at_s, 3)))
        elif (end := _ENDS.get(reply.body.get("jobstatus", 0))) and job_id in self.jobs:
            job = self.jobs[job_id]
            if job.to_s is None:
                job.to_s, job.status = round(at_s, 3), end


class Observed:
    """A cloud whose exchanges are kept on a tape."""

    def __init__(self, cloud: Cloud, tape: Tape, caller: str = "root admin") -> None:
        self.observed, self.tape, self.caller = cloud, tape, caller

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*; refusals come back as replies."""
        return self._kept(command, parameters, lambda: self.observed.call(command, **parameters))

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are."""
        command = parameters.get("command", "")
        return self._kept(command, parameters, lambda: self.observed.send(parameters))

    def _kept(self, command: str, given: Mapping[str, Any], ask: Callable[[], Reply]) -> Reply:
        began_s = time.perf_counter()
        try:
            reply = ask()
        except Exception as no:
            lost = Reply(0, {"error": f"{type(no).__name__}: {no}"})
            self.tape.add(command, given, lost, began_s, self.caller)
            raise
        self.tape.add(command, given, reply, began_s, self.caller)
        return reply

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass."""
        began_s = time.perf_counter()
        self.observed.sleep(seconds)
        self.tape.slept(seconds, time.perf_counter() - began_s)

    def sign_in(self, apikey: str, secretkey: str) -> "Observed":
        """Return the same cloud as another caller."""
        self.tape.callers += 1
        self.tape.redactor.learn(apikey, secretkey)
        inner = self.observed.sign_in(apikey, secretkey)
        return Observed(inner, self.tape, f"user {self.tape.callers}")
