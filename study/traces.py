"""Submit offsets from a file, and the latencies that were measured for them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

import msgspec

from simulator.boot.lines import Path
from simulator.boot.reading import Faults, meant
from study.history import SUCCEEDED, BadHistory, History, Past, read_history, tells_of_jobs
from study.plan import WorkloadPart

COMMANDS = {
    "attach": ("attachVolume",),
    "detach": ("detachVolume",),
    "churn": ("attachVolume", "detachVolume"),
}
"""What a workflow stands for among the jobs of a server."""
_Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e9)]


@dataclass(frozen=True)
class Trace:
    """Submit offsets, and the latencies measured for them where there are any."""

    offsets_s: tuple[float, ...] = ()
    measured_s: tuple[float, ...] = ()


def read_trace(part: WorkloadPart, folder: FilePath, path: Path, faults: Faults) -> Trace:
    """Return what the file of a workload has; an empty trace and a fault if it has none."""
    name = folder / (part.file or "")
    trace = Trace()
    try:
        rows = _rows(name)
        if part.key is not None:
            trace = _keyed(rows, part.key, name, path, faults)
        elif rows is None or tells_of_jobs(rows):
            trace = _replayed(read_history(name), part.workflow, name, path, faults)
        else:
            trace = _listed(rows, str(name), path, faults)
    except BadHistory as no:
        for line in no.lines:
            faults.add((*path, "file"), line)
    except (OSError, RecursionError, msgspec.DecodeError) as no:
        faults.add((*path, "file"), f"{name}: {getattr(no, 'strerror', None) or no}")
    if part.speed == 1:
        return trace
    return Trace(tuple(at / part.speed for at in trace.offsets_s))


def _rows(name: FilePath) -> Any:
    """Return what a JSON file has; None for other files, DecodeError for one that is damaged."""
    content = name.read_bytes()
    try:
        return msgspec.json.decode(content)
    except msgspec.DecodeError:
        if content.lstrip()[:1] in {b"{", b"["} and name.suffix == ".json":
            raise
        return None


def _keyed(rows: Any, key: str, name: FilePath, path: Path, faults: Faults) -> Trace:
    table = rows if isinstance(rows, dict) else {}
    known = [key for key, value in table.items() if isinstance(value, list)]
    if key not in known:
        faults.add((*path, "key"), f"{key!r} is no list in {name}{meant(key, known)}")
        return Trace()
    return _listed(rows[key], f"{name}: {key}", path, faults)


def _listed(rows: Any, where: str, path: Path, faults: Faults) -> Trace:
    trace = _trace(rows)
    if not trace.offsets_s:
        faults.add((*path, "file"), f"{where} is no list of seconds, or of pairs of them")
    return trace


def _replayed(history: History, workflow: str, name: FilePath, path: Path, faults: Faults) -> Trace:
    """Return the jobs that *workflow* stands for, or note that there is none."""
    if workflow not in COMMANDS:
        known = ", ".join(COMMANDS)
        faults.add((*path, "workflow"), f"jobs of a server are replayed as one of {known}")
        return Trace()
    wanted = COMMANDS[workflow]
    jobs = [job for job in history.jobs if job.command in wanted]
    if not jobs:
        faults.add((*path, "file"), f"{name}: has no {' or '.join(wanted)}")
    return trace_of(jobs, history)


def trace_of(jobs: Sequence[Past], history: History) -> Trace:
    """Return some jobs of a history, its first at 0 s; those of one second evenly over it."""
    per_second = Counter(job.created_s for job in jobs)
    met: Counter[float] = Counter()
    offsets_s: list[float] = []
    for job in jobs:
        place = (met[job.created_s] + 0.5) / per_second[job.created_s]
        met[job.created_s] += 1
        since_s = job.created_s - history.jobs[0].created_s
        offsets_s.append(since_s + (place * history.resolution_s if history.coarse else 0.0))
    took = [job.completed_s - job.created_s for job in jobs if job.completed_s is not None]
    all_done = len(took) == len(jobs) and all(job.status == SUCCEEDED for job in jobs)
    return Trace(tuple(offsets_s), tuple(took) if all_done else ())


def _trace(rows: Any) -> Trace:
    try:
        return Trace(msgspec.convert(rows, tuple[_Seconds, ...]))
    except msgspec.ValidationError:
        pass
    try:
        pairs = msgspec.convert(rows, tuple[tuple[_Seconds, _Seconds], ...])
    except msgspec.ValidationError:
        return Trace()
    return Trace(tuple(at for at, _ in pairs), tuple(took for _, took in pairs))
