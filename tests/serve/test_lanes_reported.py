"""What lanes did is reported as what one process did, and so is what they were kept from."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from foreign_cloud import RUN, Env, inventory, rootswap
from test_foreign import env, served

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
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True) as running:
        while not served.call("listVirtualMachines", listall="true").body:
            time.sleep(0.05)
        busy = rootswap(env, "check", *words)
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate()
        assert running.returncode == 130, output
    begun, *_, ended = (line for line in errors.splitlines() if line.startswith("removing"))
    assert re.fullmatch(r"removing what was created: 0 of [1-9]\d*", begun), errors
    assert re.fullmatch(r"removing what was created: ([1-9]\d*) of \1", ended), errors
    assert (busy.returncode, busy.stderr.count("\n")) == (2, 1)
    found = json.loads(file.read_text())
    assert (found["run"]["stopped"], found["run"]["left_behind"]) == ("interrupted", [])
    assert found["summary"]["not_run"] > 0
    rows = [row["reason"] for row in found["scenarios"] if row["verdict"] == "not-run"]
    assert {reason["type"] for reason in rows} == {"interrupted"}
    assert served.call("listVirtualMachines", listall="true").body == {}


_ENDED = "def ended(*args, **more):\n    old(*args, **more)\n    raise KeyboardInterrupt\n"
_WHILE_REMOVING = "import conformance.running as c\nold = print\n" + _ENDED + "c.swept = ended\n"
_WHILE_ENDING = "import pytest\nold = pytest.main\n" + _ENDED + "pytest.main = ended\n"


@pytest.mark.parametrize(("when", "code"), [(_WHILE_REMOVING, 5), (_WHILE_ENDING, 130)])
def test_a_run_ended_twice_reports_and_is_swept(
    served: HttpCloud, env: Env, tmp_path: Path, when: str, code: int
) -> None:
    before, file = inventory(served), tmp_path / "r.json"
    words = ("--target", env["CLOUDSTACK_ENDPOINT"], "--scenario", "CS-DTD-001", "--json", file)
    main = f"{when}from conformance.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", main, "check", *words], env=env, check=False,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    found = json.loads(file.read_text())
    assert bool(found["run"]["left_behind"]) == (code == 5)
    assert found["summary"]["passed"] == 1
    assert "Traceback" not in done.stderr
    assert rootswap(env, "sweep", done.stdout.split()[1]).returncode == 0
    assert inventory(served) == before
