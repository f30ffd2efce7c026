"""Those who ask for the jobs of a workflow: they wait, look, ask again, or give up."""

from collections.abc import Callable
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from simulator.engine.draws import Draws
from simulator.engine.jobs import Job
from study.targets import Target
from study.workflows import Ask

if TYPE_CHECKING:
    from study.sources import Source

_TRIES = 256
"""Places among a workflow's random numbers from one step to the next: more than one can try."""
_ROUNDING = 1e-9


class Client:
    """Who has one workflow done on one target; *after* is called when that is over.

    A step that is tried again takes nothing from the random numbers of the next.
    """

    __slots__ = (
        "after", "ask", "begun_s", "gone", "number", "over", "pending", "run", "source", "step",
        "steps", "target", "tries", "under_way", "waiting",
    )  # fmt: skip

    def __init__(
        self, source: "Source", number: int, target: Target, after: Callable[[], None] | None
    ) -> None:
        self.source, self.number, self.target, self.after = source, number, target, after
        self.run = source.run
        self.begun_s = self.run.now_s
        self.steps = self.run.workflows.steps(source.part.workflow, target)
        self.ask: Ask | None = None
        self.step, self.tries = -1, 0
        self.under_way = self.waiting = 0
        self.over = self.gone = self.pending = False

    def begin(self) -> None:
        """Do the first step."""
        self.run.working += 1
        if self.source.part.give_up is not None:
            self.run.world.later(self.source.part.give_up, self._give_up)
        self._next()

    def _draws(self, tried: int = 0) -> Draws:
        return self.source.draws.job(self.number, self.step * _TRIES + tried)

    def _next(self) -> None:
        """Do the next step, or end well."""
        if self.over:
            return
        self.step += 1
        draws = self.run.world.draws = self._draws()
        step = next(self.steps, None)
        if step is None:
            self._end("")
        elif isinstance(step, Ask):
            self.ask, self.tries, self.waiting = step, 0, 0
            self._submit(step, draws)
        else:
            self.run.world.later(self.source.think_s(draws), self._next)

    def _retry(self, step: int) -> None:
        """Ask for the job of a step again, unless the step is done by now."""
        if self.over or step != self.step or self.ask is None:
            return
        self.source.tally.retries += self._counts
        self._submit(self.ask, self._draws(self.tries))

    def _submit(self, ask: Ask, draws: Draws) -> None:
        """Ask now, or when the server is there again."""
        self.tries += 1
        self.under_way += 1
        self.waiting += 1
        heard = partial(self._heard, self.step, self.run.now_s)
        self.pending = self.source.policy == "csi" and self._again()
        if self.run.away:
            self.run.knock(partial(self._found, self.step, partial(self._send, ask, draws, heard)))
        else:
            self._send(ask, draws, heard)

    def _send(self, ask: Ask, draws: Draws, heard: Callable[[Job], None]) -> None:
        self.run.submit(ask.command, ask.flow(), draws, heard)

    def _found(self, step: int, send: Callable[[], None]) -> None:
        """Have the server back: ask what is still to be asked."""
        if not self.over and step == self.step:
            send()
            return
        self.under_way -= 1
        if self.over and not self.under_way:
            self._leave()

    @property
    def _counts(self) -> bool:
        return self.begun_s >= self.run.counted_s

    def _again(self) -> bool:
        """See to it that the step is tried again; return whether it may be."""
        retry = self.source.part.retry
        if retry is None or self.tries > retry.max:
            return False
        if self.run.now_s + retry.every >= self.source.due_s:
            return False
        self.run.world.later(retry.every, partial(self._retry, self.step))
        return True

    def _heard(self, step: int, asked_s: float, job: Job) -> None:
        """Learn how a job ended, now or when the client looks next."""
        failure = job.failure if job.status != 1 else ""
        self.run.recorder.ended(self.source.part.name, self.number, job, failure)
        poll_s = self.source.part.poll
        if poll_s is None:
            self._learn(step, job)
            return
        took_s = self.run.now_s - asked_s
        look_s = ceil(took_s / poll_s - _ROUNDING) * poll_s
        self.run.world.later(max(0.0, look_s - took_s), partial(self._learn, step, job))

    def _learn(self, step: int, job: Job) -> None:
        if self.source.part.poll is not None and self.run.away:
            self.run.world.later(self.source.part.poll, partial(self._learn, step, job))
            return
        self.under_way -= 1
        if self.over:
            if not self.under_way:
                self._leave()
        elif step == self.step and job.status == 1:
            self._next()
        elif step == self.step:
            self.waiting -= 1
            if self.pending or self.waiting or (self.source.policy == "failed" and self._again()):
                return
            self._end(job.failure)

    def _end(self, failure: str) -> None:
        """Be done, well or not."""
        self.over = True
        self._leave()
        source, now_s = self.source, self.run.now_s
        if self._counts:
            offset_s = self.begun_s - source.start_s
            source.tally.add(offset_s, now_s - self.begun_s, failure)
            source.tally.late += now_s > source.due_s
        if self.after is not None:
            self.after()

    def _give_up(self) -> None:
        """Wait no longer; what was asked for goes on."""
        if self.over:
            return
        self.over = True
        self.source.tally.gave_up += self._counts
        if not self.under_way:
            self._leave()
        if self.after is not None:
            self.after()

    def _leave(self) -> None:
        """Let others have the target; who gave up does when no job of his is at it any more."""
        if not self.gone:
            self.gone = True
            self.run.working -= 1
            self.run.targets.put_back(self.target)
