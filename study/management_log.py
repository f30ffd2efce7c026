"""The management server's log: what became of each job, and what its parts took, in ms.

Both spellings of a thread's context are read: `(API-Job-Executor-1:ctx-a job-7/job-8 ctx-b)` and
`(API-Job-Executor-1:[ctx-a, job-7/job-8, ctx-b])`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

Logged = tuple[str, float, float | None, int]
"""Command, created, completed, status."""

_LINE = re.compile(
    r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)[.,](\d{3})\S*\s+[A-Z]+\s+\[[^\]]*\]\s+"
    r"\(([^)]*)\)(?: \(logid:[^)]*\))? ?(.*)"
)
_IN_JOB = re.compile(r"job-(\d+)(?:/job-(\d+))?")
_SUBMIT = re.compile(r"submit async job-(\d+)\b.*?\bcmd\"?\s*:\s*\"?([\w.]+)")
_SYNC = re.compile(r"Sync job-(\d+) execution on object VmWorkJobQueue\.")
_PICK = re.compile(r"Execute sync-queue item: .*?\bcontentId\"?\s*[:=]\s*(\d+)")
_DONE = re.compile(r"Complete async job-(\d+)\b.*?\bjobStatus: (\w+)")
_SENT = re.compile(r"Seq ([\d-]+): Sending +\{ Cmd .*?\[\{\"([\w.]+)\"")
_ANSWER = re.compile(r"Seq ([\d-]+): (?:Processing|Received): +\{ Ans: ")


class _Log:
    """What the lines so far have told."""

    def __init__(self) -> None:
        self.submitted: dict[str, tuple[str, float]] = {}
        self.done: dict[str, tuple[float, int]] = {}
        self.queued: dict[str, tuple[str, float]] = {}  # work: its job, when
        self.picked: dict[str, float] = {}
        self.began: dict[str, float] = {}
        self.sent: dict[str, tuple[str, float, str]] = {}
        self.asked_s: dict[str, float] = defaultdict(float)  # work: seconds hosts had
        self.hosts: dict[str, list[float]] = defaultdict(list)

    def read(self, at_s: float, thread: str, said: str) -> None:
        inside = _IN_JOB.search(thread)
        work = inside[2] if inside else None
        if work is not None:
            self.began.setdefault(work, at_s)
        if found := _SUBMIT.search(said):
            self.submitted[found[1]] = found[2], at_s
        elif found := _SYNC.search(said):
            self.queued[found[1]] = inside[1] if inside else "", at_s
        elif found := _PICK.search(said):
            self.picked[found[1]] = at_s
        elif found := _DONE.search(said):
            self.done[found[1]] = at_s, 1 if found[2] == "SUCCEEDED" else 2
        elif found := _SENT.search(said):
            self.sent[found[1]] = found[2].rpartition(".")[2], at_s, work or ""
        elif (found := _ANSWER.search(said)) and found[1] in self.sent:
            command, sent_s, by = self.sent.pop(found[1])
            self.hosts[command].append(at_s - sent_s)
            self.asked_s[by] += at_s - sent_s

    def jobs(self) -> list[Logged]:
        """Return the jobs that were submitted for clients, not the work they queued."""
        found: list[Logged] = []
        for job, (kind, created_s) in self.submitted.items():
            if job not in self.queued and kind.endswith(("Cmd", "CmdByAdmin")):
                done_s, status = self.done.get(job, (None, 0))
                found.append((command_of(kind), created_s, done_s, status))
        return found

    def steps(self) -> dict[str, tuple[float, ...]]:
        """Return what parts of jobs took, by the key of a latency."""
        found: dict[str, list[float]] = {"api": [], "pickup": [], "work": [], **self.hosts}
        for work, (job, queued_s) in self.queued.items():
            if job in self.submitted:
                found["api"].append(queued_s - self.submitted[job][1])
            if work not in self.picked or work not in self.began:
                continue
            found["pickup"].append(self.began[work] - self.picked[work])
            done_s, status = self.done.get(work, (None, 0))
            if done_s is not None and status == 1:
                found["work"].append(done_s - self.began[work] - self.asked_s[work])
        return {key: tuple(took) for key, took in found.items() if took}


def command_of(name: str) -> str:
    """Return the command of a class of the product."""
    short = re.sub(r"Cmd(ByAdmin)?$", "", name.rpartition(".")[2])
    short = re.sub(r"VM$", "VirtualMachine", short)
    return short[:1].lower() + short[1:]


def read_log(lines: Iterable[str]) -> tuple[list[Logged], dict[str, tuple[float, ...]]]:
    """Return the jobs of a log, and what their parts took."""
    log = _Log()
    for line in lines:
        if "job-" not in line and "Seq " not in line and "sync-queue" not in line:
            continue
        found = _LINE.match(line)
        if found is not None:
            at = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
            log.read(at.timestamp() + int(found[2]) / 1000, found[3], found[4])
    return log.jobs(), log.steps()
