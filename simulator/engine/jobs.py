"""Async jobs: an API thread runs a flow, and how it ended is remembered (semantics 5.1)."""

from collections.abc import Callable
from typing import Any

from simpy import Interrupt, Process

from simulator.domain.errors import CloudError, Refused
from simulator.engine.world import Flow, World


class Job:
    """One asynchronous job; *status* is 0 pending, 1 succeeded, 2 failed.

    *result* is what the flow returned, rendered; *error* is (code, text) of a failure, None
    when the management server went away under it.
    """

    __slots__ = (
        "account_id", "command", "completed_s", "created_s", "error", "id", "instance_id",
        "instance_type", "process", "result", "status", "user_id",
    )  # fmt: skip

    def __init__(self, job_id: str, command: str, account_id: str, user_id: str) -> None:
        self.id, self.command, self.account_id, self.user_id = job_id, command, account_id, user_id
        self.status = 0
        self.result: Any = None
        self.error: tuple[int, str] | None = None
        self.created_s = 0.0
        self.completed_s: float | None = None
        self.instance_type: str | None = None
        self.instance_id: str | None = None
        self.process: Process | None = None


class Jobs:
    """Starts flows and answers for them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.all: dict[str, Job] = {}
        self.running: dict[str, Job] = {}

    def submit(
        self,
        flow: Flow,
        command: str,
        account_id: str,
        user_id: str,
        render: Callable[[Any, Job], Any] | None = None,
        instance: tuple[str, str] | None = None,
    ) -> Job:
        """Start *flow* in an API thread and return its job; *render* makes its result."""
        job = Job(self.world.store.new_id(), command, account_id, user_id)
        job.created_s = self.world.env.now
        if instance:
            job.instance_type, job.instance_id = instance
        self.all[job.id] = self.running[job.id] = job
        job.process = self.world.env.process(self._run(job, flow, render))
        return job

    def settle(self) -> None:
        """Let time pass until no job is running."""
        while self.running:
            self.world.env.step()

    def restart(self) -> None:
        """Fail every running job as a restart of the management server does (semantics 5.4)."""
        for job in list(self.running.values()):
            if job.process is not None:
                job.process.interrupt()
        self.settle()
        self.world.open_for_business()

    def _run(self, job: Job, flow: Flow, render: Callable[[Any, Job], Any] | None) -> Flow:
        world, api = self.world, self.world.api
        slot = api.grab()
        try:
            if slot is not None:
                yield slot
            yield world.spend("api")
            value = yield from flow
            job.result, job.status = (render(value, job) if render else value), 1
        except CloudError as no:
            job.status, job.error = 2, (no.kind.job_code, no.text)
            if isinstance(no, Refused):
                world.refusals.append(no.rule_id)
        except Interrupt:
            job.status, job.error = 2, None
        finally:
            api.drop()
            del self.running[job.id]
            job.completed_s = world.env.now
