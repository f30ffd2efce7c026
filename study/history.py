"""Jobs of a real server, from answers of listAsyncJobs and listEvents or from its log."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from study.management_log import command_of, read_log

SUCCEEDED, FAILED = 1, 2
_HEAD = 1024
EVENTS = {
    "VOLUME.ATTACH": "attachVolume",
    "VOLUME.DETACH": "detachVolume",
    "VOLUME.CREATE": "createVolume",
    "VOLUME.DELETE": "deleteVolume",
    "VOLUME.RESIZE": "resizeVolume",
    "VOLUME.MIGRATE": "migrateVolume",
    "VM.CREATE": "deployVirtualMachine",
    "VM.START": "startVirtualMachine",
    "VM.STOP": "stopVirtualMachine",
    "VM.REBOOT": "rebootVirtualMachine",
    "VM.MIGRATE": "migrateVirtualMachine",
    "VM.DESTROY": "destroyVirtualMachine",
    "VMSNAPSHOT.CREATE": "createVMSnapshot",
    "VMSNAPSHOT.DELETE": "deleteVMSnapshot",
}
"""The command behind each type of event that is read."""


class BadHistory(ValueError):
    """A file that says nothing about jobs, or something that cannot be; *lines* say what."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Past(NamedTuple):
    """One job; *completed_s* is None while it is not done."""

    command: str
    created_s: float
    completed_s: float | None
    status: int


class History(NamedTuple):
    """All jobs of one file, oldest first.

    *resolution_s* is what its times are cut to; *steps* are durations that a log has of parts of
    jobs and of hosts' commands, by the key of `[latency]`.
    """

    kind: str
    name: str
    sha256: str
    jobs: tuple[Past, ...]
    resolution_s: float = 1.0
    steps: dict[str, tuple[float, ...]] = {}  # noqa: RUF012 - never changed

    @property
    def coarse(self) -> bool:
        """Return whether its times are whole seconds."""
        return self.resolution_s >= 1

    def span(self) -> tuple[str, str]:
        """Return the dates of its first and last jobs."""
        first, last = self.jobs[0].created_s, self.jobs[-1].created_s
        return f"{datetime.fromtimestamp(first, UTC):%F}", f"{datetime.fromtimestamp(last, UTC):%F}"


def read_history(path: Path) -> History:
    """Return what a file says about jobs; BadHistory if it says nothing."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            if file.read(_HEAD).lstrip()[:1] in {b"{", b"["}:
                file.seek(0)
                kind, jobs = history_of(_decoded(file.read(), path), str(path))
                return History(kind, path.name, digest, jobs)
            file.seek(0)  # a log may be long: it is never in memory as a whole
            logged, steps = read_log(line.decode("utf-8", "replace") for line in file)
    except (OSError, EOFError, zlib.error) as no:
        raise BadHistory([f"{path}: {getattr(no, 'strerror', None) or no}"]) from None
    jobs = tuple(sorted((Past(*job) for job in logged), key=lambda job: job.created_s))
    if not jobs:
        raise BadHistory([f"{path}: neither answers in JSON nor a log with jobs"])
    return History("management log", path.name, digest, jobs, 0.001, steps)


def _decoded(content: bytes, path: Path) -> Any:
    """Return a JSON document, or a list of the documents of its lines."""
    try:
        return msgspec.json.decode(content)
    except RecursionError:
        raise BadHistory([f"{path}: is nested too deep"]) from None
    except msgspec.DecodeError as no:
        lines = content.splitlines()
        if len(lines) < 2:
            raise BadHistory([f"{path}: {no}"]) from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found += [msgspec.json.decode(line)] if line.strip() else []
        except (msgspec.DecodeError, RecursionError) as no:
            raise BadHistory([f"{path}:{number}: {no}"]) from None
    return found


def tells_of_jobs(told: Any) -> bool:
    """Return whether a JSON document has jobs or events."""
    return next(_rows(told), None) is not None


def history_of(told: Any, name: str) -> tuple[str, tuple[Past, ...]]:
    """Return what decoded answers say about jobs, and which kind they are."""
    jobs: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for row in _rows(told):
        (jobs if "cmd" in row else events).append(row)
    if jobs:
        # an answer may have been asked for more than once: the last counts
        unique = {str(row.get("jobid", f"row {n}")): row for n, row in enumerate(jobs)}
        kind, found = "jobs", [_job(row, f"{name}: job {n}") for n, row in unique.items()]
    elif events:
        kind, found = "events", _pairs(events, name)
    else:
        raise BadHistory([f"{name}: has neither jobs (cmd, created) nor events (type, state)"])
    if not found:
        raise BadHistory([f"{name}: no event in it is of a command that is known"])
    return kind, tuple(sorted(found, key=lambda job: job.created_s))


def _rows(told: Any) -> Iterator[dict[str, Any]]:
    """Return the jobs and events of answers, however they are wrapped."""
    if isinstance(told, list):
        for one in told:
            yield from _rows(one)
    elif isinstance(told, dict):
        if "created" in told and ("cmd" in told or ("type" in told and "state" in told)):
            yield told
        else:
            for key, inner in told.items():
                if key in {"asyncjobs", "event", "body"} or key.endswith("response"):
                    yield from _rows(inner)


def _job(row: dict[str, Any], where: str) -> Past:
    status = row.get("jobstatus", 0)
    if isinstance(status, bool) or status not in (0, SUCCEEDED, FAILED):
        raise BadHistory([f"{where}: jobstatus: {status!r} is none of 0, 1 and 2"])
    created_s = _seconds(row["created"], f"{where}: created")
    done_s = None
    if status:
        done_s = _seconds(row.get("completed"), f"{where}: completed")
        if done_s < created_s:
            raise BadHistory([f"{where}: is completed before it is created"])
    return Past(command_of(str(row["cmd"])), created_s, done_s, status)


def _pairs(rows: list[dict[str, Any]], name: str) -> list[Past]:
    """Return a job for each chain of events: Scheduled or Started, then Completed."""
    begun: dict[str, float] = {}
    ended: dict[str, tuple[float, int]] = {}
    command: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        kind, state = EVENTS.get(str(row["type"])), str(row["state"])
        if kind is None:
            continue
        chain = str(row.get("parentid") or row.get("id") or number)
        at_s = _seconds(row["created"], f"{name}: event {number}: created")
        command[chain] = kind
        if state == "Completed":
            ended[chain] = at_s, FAILED if row.get("level") == "ERROR" else SUCCEEDED
        else:
            begun[chain] = min(at_s, begun.get(chain, at_s))
    found = []
    for chain, created_s in begun.items():
        done_s, status = ended.get(chain, (None, 0))
        if done_s is not None and done_s < created_s:
            raise BadHistory([f"{name}: event {chain}: is completed before it is started"])
        found.append(Past(command[chain], created_s, done_s, status))
    return found


def _seconds(text: Any, where: str) -> float:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        raise BadHistory([f"{where}: {text!r} is no time like 2026-01-31T10:00:00+0000"]) from None
