"""Submit offsets from a JSON file, and the latencies that were measured for them."""

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any

import msgspec

from simulator.boot.lines import Path
from simulator.boot.reading import Faults, meant
from study.plan import WorkloadPart

_Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e9)]


@dataclass(frozen=True)
class Trace:
    """Submit offsets, and the latencies measured for them where there are any."""

    offsets_s: tuple[float, ...] = ()
    measured_s: tuple[float, ...] = ()


def read_trace(part: WorkloadPart, folder: FilePath, path: Path, faults: Faults) -> Trace:
    """Return what the file of a workload has; an empty trace and a fault if it has none."""
    name = folder / (part.file or "")
    try:
        rows = msgspec.json.decode(name.read_bytes())
    except OSError as no:
        faults.add((*path, "file"), f"{name}: {no.strerror}")
        return Trace()
    except msgspec.DecodeError as no:
        faults.add((*path, "file"), f"{name}: {no}")
        return Trace()
    if part.key is not None:
        table = rows if isinstance(rows, dict) else {}
        known = [key for key, value in table.items() if isinstance(value, list)]
        if part.key not in known:
            told = f"{part.key!r} is no list in {name}{meant(part.key, known)}"
            faults.add((*path, "key"), told)
            return Trace()
        rows = rows[part.key]
    trace = _trace(rows)
    if not trace.offsets_s:
        where = f"{name}: {part.key}" if part.key else name
        faults.add((*path, "file"), f"{where} is no list of seconds, or of pairs of them")
    return trace


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
