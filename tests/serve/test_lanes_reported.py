"""What lanes did is reported as what one process did, and so is what they were kept from."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from test_foreign import RUN, Env, env, rootswap, served

from conformance.line import HttpCloud

__all__ = ["env", "served"]


def test_records_come_from_every_lane(served: HttpCloud, env: Env, tmp_path: Path) -> None:
    assert served
    file = tmp_path / "r.json"
    words = ("--target", env["CLOUDSTACK_ENDPOINT"], "--feature", "detach_data", "--lanes", "2")
    done = rootswap(env, "check", *words, "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[1].split() == ["part", "detach_data", "4/6"]
    found = json.loads(file.read_text())
    assert {row["worker"] for row in found["scenarios"]} == {"gw0", "gw1"}
    passed = [row for row in found["scenarios"] if row["verdict"] == "passed"]
    assert all(step["status"] == "passed" for row in passed for step in row["steps"])
    sent = {e["command"] for row in passed for s in row["steps"] for e in s["exchanges"]}
    assert {"detachVolume", "queryAsyncJobResult"} <= sent
    skipped = [row["reason"] for row in found["scenarios"] if row["verdict"] == "skipped"]
    assert {reason["type"] for reason in skipped} == {"capability"}
    assert all(reason["hint"] for reason in skipped)
    assert env["CLOUDSTACK_SECRET"] not in file.read_text()
    assert found["verdict"] == "CONFORMANT"  # what needs a stage is not missed
    assert found["run"]["not_selected"] > 1000  # all other features


@pytest.mark.parametrize("lanes", ["1", "2"])
def test_a_run_ended_early_reports_and_leaves_nothing(
    served: HttpCloud, env: Env, tmp_path: Path, lanes: str
) -> None:
    file = tmp_path / "r.json"
    words = ("--target", env["CLOUDSTACK_ENDPOINT"], "--feature", "root", "--lanes", lanes)
    command = [*RUN, "check", *words, "--json", str(file)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:
        while not served.call("listVirtualMachines", listall="true").body:
            time.sleep(0.05)
        busy = rootswap(env, "check", *words)
        running.send_signal(signal.SIGINT)
        output = running.communicate()[0]
        assert running.returncode == 130, output
    assert (busy.returncode, busy.stderr.count("\n")) == (2, 1)
    found = json.loads(file.read_text())
    assert (found["run"]["stopped"], found["run"]["left_behind"]) == ("interrupted", [])
    assert found["summary"]["not_run"] > 0
    rows = [row["reason"] for row in found["scenarios"] if row["verdict"] == "not-run"]
    assert {reason["type"] for reason in rows} == {"interrupted"}
    assert served.call("listVirtualMachines", listall="true").body == {}
