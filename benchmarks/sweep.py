"""B6: what engines add to 1,000 replications of about 10 ms, on two workers."""

import hashlib
import tempfile
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import psutil
from meter import say

from study.engines import Engine, Task, opened, results
from study.reading import Study, read_study

REPLICATIONS, WORKERS = 1000, 2
PLAN = f"""
[run]
replications = {REPLICATIONS}
seed = 1
[cloud]
vms = 60
state = "Stopped"
[[workload]]
name = "attach"
workflow = "attach"
executor = "iterations"
items = 60
"""


class Swept(NamedTuple):
    """Wall and CPU seconds of all replications, memory of all processes, and what came out."""

    start_s: float
    wall_s: float
    cpu_s: float
    mib: float
    digest: str


def plan() -> Study:
    """Return the study."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sweep.toml"
        file.write_text(PLAN)
        return read_study(file)


def swept(study: Study, engine: Engine) -> Swept:
    """Return what all replications take once the engine stands."""
    begun_s = perf_counter()
    with opened(engine, REPLICATIONS) as processes:
        _computed(study, 2 * WORKERS, processes)
        started_s, cpu_s = perf_counter(), _cpu_s()
        digest = _computed(study, REPLICATIONS, processes)
        wall_s = perf_counter() - started_s
        return Swept(started_s - begun_s, wall_s, _cpu_s() - cpu_s, _mib(), digest)


def _computed(study: Study, count: int, processes: int) -> str:
    """Return a hash of the first *count* replications in order."""
    tasks = (Task(0, study, number) for number in range(count))
    found = {number: body for _, number, body in results(tasks, processes)}
    return hashlib.sha256(b"".join(found[number] for number in range(count))).hexdigest()


def _family() -> list[psutil.Process]:
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def _cpu_s() -> float:
    times = [process.cpu_times() for process in _family()]
    return float(sum(spent.user + spent.system for spent in times))


def _mib() -> float:
    return float(sum(process.memory_info().rss for process in _family())) / 2**20


def sweep() -> None:
    """Print what each engine takes beside none."""
    study = plan()
    say(f"B6 sweep, {REPLICATIONS} replications; bar: CPU of all processes +5 % loky, +15 % dask")
    before = swept(study, Engine("serial"))
    rows = [(kind, swept(study, Engine(kind, WORKERS))) for kind in ("loky", "dask")]
    after = swept(study, Engine("serial"))
    serial_s = (before.cpu_s + after.cpu_s) / 2
    say(f"  {'engine':8}{'start s':>9}{'wall s':>9}{'CPU s':>9}{'more':>9}{'MiB':>7}  same bytes")
    for kind, row in (("serial", before), *rows, ("serial", after)):
        more = f"{(row.cpu_s / serial_s - 1) * 100:+.1f} %"
        same = "yes" if row.digest == before.digest else "NO"
        say(
            f"  {kind:8}{row.start_s:9.2f}{row.wall_s:9.2f}{row.cpu_s:9.2f}{more:>9}"
            f"{row.mib:7.0f}  {same}"
        )


if __name__ == "__main__":
    sweep()
