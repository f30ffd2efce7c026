"""All jobs of a study, one row each, as Parquet or CSV."""

import csv
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from simulator.engine.timed import PHASES
from study.replication import Outcome

FORMS = (".parquet", ".csv")
COLUMNS = (
    "replication", "workload", "workflow", "command", "submitted_s", "begun_s", "dispatched_s",
    "done_s", "status", "code", "reason", *(f"{phase}_s" for phase in PHASES),
)  # fmt: skip
"""The times are seconds since the start of the load; the phases add up to done less submitted."""
_WHOLE = {"replication", "workflow", "status", "code"}
_WORDS = {"workload", "command", "reason"}


def refusal(file: Path) -> str:
    """Return why no table can be written to *file*, "" if one can."""
    if file.suffix not in FORMS:
        return f"{file} ends in none of {' and '.join(FORMS)}"
    if file.suffix == ".parquet" and find_spec("pyarrow") is None:
        return "Parquet needs the extra: pip install 'rootswap[parquet]'"
    return f"{file} is a folder" if file.is_dir() else ""


def rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[Any, ...]]:
    """Return a row for each job, in the order of replications and of their ends."""
    for number, outcome in enumerate(outcomes):
        for job in outcome.recorded.jobs if outcome.recorded else ():
            phases = (job.phases_s.get(phase, 0.0) for phase in PHASES)
            yield (
                number, job.workload, job.number, job.command, job.submitted_s, job.begun_s,
                job.dispatched_s, job.done_s, job.status, job.code, job.reason, *phases,
            )  # fmt: skip


def write(file: Path, outcomes: Sequence[Outcome]) -> None:
    """Write all jobs to *file*; its name says in which form."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".parquet":
        _write_parquet(file, outcomes)
        return
    with file.open("w", encoding="utf-8", newline="") as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(outcomes))


def _write_parquet(file: Path, outcomes: Sequence[Outcome]) -> None:
    """Write a row group for each replication, so that no more is held twice at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    kinds = [pa.int64() if c in _WHOLE else pa.string() if c in _WORDS else pa.float64()
             for c in COLUMNS]  # fmt: skip
    schema = pa.schema(list(zip(COLUMNS, kinds, strict=True)))
    with parquet.ParquetWriter(file, schema) as writer:
        for number, outcome in enumerate(outcomes):
            found = [(number, *row[1:]) for row in rows([outcome])]
            columns = list(zip(*found, strict=True)) or [()] * len(COLUMNS)
            arrays = [pa.array(c, kind) for c, kind in zip(columns, kinds, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
