"""All jobs of a study as a table."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyarrow import parquet

from conformance.studying import study
from study import job_table

STUDY = """\
[run]
replications = 2
horizon = "20s"
[cloud]
vms = 8
disks = "attached"
[management]
api_threads = 2
[[workload]]
name = "w"
workflow = "churn"
executor = "arrival-rate"
rate = "2/s"
"""


def run(tmp_path: Path, *options: str) -> tuple[int, str]:
    (tmp_path / "study.toml").write_text(STUDY)
    told = [str(tmp_path / "study.toml"), "--engine", "serial", *options]
    done = CliRunner().invoke(study, told)
    return done.exit_code, done.output


@pytest.mark.parametrize("form", job_table.FORMS)
def test_every_job_has_a_row_and_its_phases_add_up(tmp_path: Path, form: str) -> None:
    file = tmp_path / "new" / f"jobs{form}"
    assert run(tmp_path, "--jobs", str(file))[0] == 0
    if form == ".csv":
        with file.open(newline="") as lines:
            rows = [dict(row) for row in csv.DictReader(lines)]
    else:
        rows = parquet.read_table(file).to_pylist()
    assert list(rows[0]) == list(job_table.COLUMNS)
    assert {int(row["replication"]) for row in rows} == {0, 1}
    assert len(rows) > 40
    for row in rows:
        spent_s = sum(float(row[c]) for c in job_table.COLUMNS[11:])
        assert spent_s == pytest.approx(float(row["done_s"]) - float(row["submitted_s"]))
        assert (row["workload"], int(row["status"]), row["reason"]) == ("w", 1, "")
        assert float(row["submitted_s"]) <= float(row["begun_s"]) < float(row["dispatched_s"])
    numbers = [int(row["workflow"]) for row in rows if int(row["replication"]) == 1]
    assert len(set(numbers)) == len(numbers)  # one job a workflow


def test_parquet_is_the_same_each_time(tmp_path: Path) -> None:
    found = []
    for name in ("a.parquet", "b.parquet"):
        assert run(tmp_path, "--jobs", str(tmp_path / name))[0] == 0
        found.append((tmp_path / name).read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "told"),
    [("jobs.txt", "ends in none of"), ("study.toml/jobs.csv", "is no folder"), ("d.csv", "is a f")],
)
def test_a_file_that_cannot_be_is_refused(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "study.toml").write_text(STUDY)
    code, output = run(tmp_path, "--jobs", str(tmp_path / name))
    assert code == 2
    assert told in output
    assert {path.name for path in tmp_path.iterdir()} == {"d.csv", "study.toml"}


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_table, "find_spec", lambda _: None)
    code, output = run(tmp_path, "--jobs", str(tmp_path / "jobs.parquet"))
    assert code == 2
    assert "rootswap[parquet]" in output
    assert run(tmp_path, "--jobs", str(tmp_path / "jobs.csv"))[0] == 0
