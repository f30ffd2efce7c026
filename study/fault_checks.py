"""What must hold between the keys of a fault, and with its study and cloud."""

from simulator.boot.reading import Faults, meant
from simulator.engine.store import Store
from study.fault_plan import AT_HOSTS, AT_POOLS, SLOWS, STRIKES, FaultPart, named
from study.faults import targets_of

_ANSWERS = frozenset({"lost-answer", "mock"})
_KEYS: dict[str, frozenset[str]] = {
    "target": AT_HOSTS | AT_POOLS | _ANSWERS,
    "factor": SLOWS,
    "ramp": SLOWS,
    "command": _ANSWERS,
    "probability": STRIKES,
    "count": STRIKES,
    "wait": _ANSWERS,
    "result": frozenset({"mock"}),
}
"""Which kinds each key is for; the others are for all."""
_WAYS = ("at", "mtbf", "when")


def check_faults(parts: tuple[FaultPart, ...], horizon_s: float | None, faults: Faults) -> None:
    """Note what contradicts itself in the faults of a study."""
    names = named(parts)
    for n, part in enumerate(parts):
        path = ("fault", n)
        if part.name is not None and names.count(part.name) > 1:
            faults.add((*path, "name"), f"there is another fault called {part.name!r}")
        for key, kinds in _KEYS.items():
            if getattr(part, key) and part.kind not in kinds:
                faults.add((*path, key), f"is not for kind {part.kind}")
        if part.kind in AT_HOSTS | AT_POOLS and part.target is None:
            faults.add(path, f"needs target, as its kind is {part.kind}")
        if part.kind in SLOWS and part.factor is None:
            faults.add(path, f"needs factor, as its kind is {part.kind}")
        if part.kind == "mock" and part.wait is None and part.result is None:
            faults.add(path, "needs wait or result, as its kind is mock")
        _when(part, n, horizon_s, faults)


def _when(part: FaultPart, n: int, horizon_s: float | None, faults: Faults) -> None:
    path = ("fault", n)
    ways = [key for key in _WAYS if getattr(part, key) is not None]
    if len(ways) != 1:
        said = f"not {' and '.join(ways)}" if ways else "none is there"
        faults.add(path, f"needs one of {', '.join(_WAYS)}: {said}")
    if part.mtbf is not None and part.mttr is None:
        faults.add(path, "needs mttr, as it has mtbf")
    if part.mttr is not None and part.mtbf is None:
        faults.add((*path, "mttr"), "is not for a fault without mtbf")
    if part.duration is not None and part.mtbf is not None:
        faults.add((*path, "duration"), "is not for a fault with mtbf: mttr says how long")
    if part.at is not None and horizon_s is not None and part.at >= horizon_s:
        faults.add((*path, "at"), "is not before the horizon")


def check_targets(parts: tuple[FaultPart, ...], store: Store, faults: Faults) -> None:
    """Note each fault whose target is nothing in the cloud."""
    for n, part in enumerate(parts):
        if part.target is None or targets_of(part, store):
            continue
        what = "pool" if part.kind in AT_POOLS else "host"
        rows = store.pools.values() if what == "pool" else store.hosts.values()
        near = meant(part.target, [row.name for row in rows])
        faults.add(("fault", n, "target"), f"{part.target!r} is no {what}{near}")
