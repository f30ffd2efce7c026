"""A cloud that others use is judged by its API alone, and is left as it was."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty_proxy import Fault, FaultyProxy, seeded
from foreign_cloud import RUN, Env, environment, inventory, rootswap, serving

from conformance.line import HttpCloud


@pytest.fixture
def env(tmp_path: Path) -> Env:
    """Give an environment in which ledgers go to a folder of the test."""
    return environment(tmp_path)


@pytest.fixture
def served(env: Env) -> Iterator[HttpCloud]:
    """Serve a cloud whose time passes by itself."""
    with serving(env, "120x", "acs-4.22") as cloud:
        yield cloud


def test_scenarios_are_judged_and_nothing_is_left(served: HttpCloud, env: Env) -> None:
    """What needs a stage is skipped with its reason; accounts serve one scenario after another."""
    before = inventory(served)

    done = rootswap(
        env, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--feature", "detach_data"
    )

    assert " 0 failed" in done.stdout, done.stdout + done.stderr
    assert "0 left behind" in done.stdout
    assert inventory(served) == before
    assert "no run" not in rootswap(env, "sweep", "--list").stdout


def test_lanes_run_side_by_side_and_leave_nothing(
    served: HttpCloud, env: Env, tmp_path: Path
) -> None:
    before = inventory(served)

    done = rootswap(env, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--lanes", "2",
                    "--feature", "attach_root", "--json", f"{tmp_path}/r.json")  # fmt: skip

    assert " 0 failed" in done.stdout, done.stdout + done.stderr
    assert "0 left behind" in done.stdout
    rows = json.loads((tmp_path / "r.json").read_text())["scenarios"]
    assert {"gw0", "gw1"} == {row["worker"] for row in rows}
    assert inventory(served) == before


def test_verdicts_are_right_over_a_bad_line_and_nothing_is_left(
    served: HttpCloud, env: Env, tmp_path: Path
) -> None:
    """Late, refused, garbled and lost answers: what is not judged is blocked, and run once more."""
    before = inventory(served)
    chances = {Fault.DELAY: 0.05, Fault.LIMITED: 0.03, Fault.UNAVAILABLE: 0.03, Fault.HTML: 0.01,
               Fault.DROPPED: 0.02, Fault.LOST: 0.01, Fault.HIDDEN: 0.01}  # fmt: skip
    with FaultyProxy(env["CLOUDSTACK_ENDPOINT"], seeded(7, chances)) as proxy:
        bad = {**env, "CLOUDSTACK_ENDPOINT": proxy.url}
        done = rootswap(bad, "check", "--target", proxy.url, "--feature", "detach_data",
                        "--rerun-failed", "--json", str(tmp_path / "r.json"))  # fmt: skip
        befallen = {passed.fault for passed in proxy.passed}

    assert befallen >= {Fault.LIMITED, Fault.DROPPED, Fault.LOST}
    assert "Traceback" not in done.stdout + done.stderr
    rows = json.loads((tmp_path / "r.json").read_text())["scenarios"]
    assert {row["verdict"] for row in rows} <= {"passed", "skipped", "blocked", "flaky"}
    assert "0 left behind" in done.stdout, done.stdout + done.stderr
    assert inventory(served) == before


def test_a_plan_counts_and_creates_nothing(served: HttpCloud, env: Env) -> None:
    """What it says is what a run does: the scenarios, and what they create."""
    before = inventory(served)
    plan = ["plan", "--target", env["CLOUDSTACK_ENDPOINT"], "--feature", "detach_data", "--json"]

    done = rootswap(env, *plan, "--lanes", "2")

    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["scenarios"], result["would_run"]) == (6, 4)
    assert result["calls_by_command"]["deployVirtualMachine"] >= 1
    assert result["minutes"] > 0
    assert inventory(served) == before

    targets = Path(env["XDG_CONFIG_HOME"], "targets.toml")
    url = env["CLOUDSTACK_ENDPOINT"]
    targets.write_text(f'[target.small]\nurl = "{url}"\n[target.small.budget]\nvms = 1\n')
    done = rootswap(env, "plan", "--target", "small", "--targets", str(targets),
                    "--feature", "attach_data")  # fmt: skip
    assert done.returncode == 4, done.stdout + done.stderr
    assert "beyond the budget: vms" in done.stdout


def test_a_user_judges_what_he_can(served: HttpCloud, env: Env) -> None:
    """His key plays the owner; what needs other accounts is skipped, with the reason."""
    person = {"username": "u", "password": "u", "firstname": "u", "lastname": "u",
              "email": "u@example.org", "accounttype": "0"}  # fmt: skip
    account = served.call("createAccount", **person).body["account"]
    keys = served.call("registerUserKeys", id=account["user"][0]["id"]).body["userkeys"]
    may = {"name": "allow.user.expunge.recover.vm", "value": "true"}
    assert served.call("updateConfiguration", **may).status == 200
    before = inventory(served)
    result = Path(env["XDG_CONFIG_HOME"], "r.json")

    done = rootswap(
        env, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--key", keys["apikey"],
        "--secret", keys["secretkey"], "--feature", "permissions", "--json", str(result),
    )  # fmt: skip

    assert " 0 failed" in done.stdout, done.stdout + done.stderr
    rows = json.loads(result.read_text())["scenarios"]
    skipped = [row for row in rows if row["verdict"] == "skipped"]
    assert skipped
    assert all(row["reason"]["hint"] for row in skipped)
    assert any(row["verdict"] == "passed" for row in rows), done.stdout + done.stderr
    assert "INCOMPLETE" in done.stdout
    assert done.returncode == 3, done.stderr
    assert inventory(served) == before


def test_what_a_user_may_not_expunge_keeps_its_name_from_no_scenario(
    served: HttpCloud, env: Env
) -> None:
    """A VM that was destroyed has its name until it is expunged: the next one has another."""
    person = {"username": "v", "password": "v", "firstname": "v", "lastname": "v",
              "email": "v@example.org", "accounttype": "0"}  # fmt: skip
    account = served.call("createAccount", **person).body["account"]
    keys = served.call("registerUserKeys", id=account["user"][0]["id"]).body["userkeys"]

    done = rootswap(
        env, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--key", keys["apikey"],
        "--secret", keys["secretkey"], "-k", "JOB-001 or VMT-001 or CRT-001", "--lanes", "3",
    )  # fmt: skip

    assert "3 of 4 scenarios passed" in done.stdout, done.stdout + done.stderr
    assert "0 failed, 1 skipped" in done.stdout
    assert "in one lane, as all scenarios share the key's own account" in done.stdout


def test_a_killed_run_is_swept_and_who_looks_alike_is_not(served: HttpCloud, env: Env) -> None:
    """SIGKILL in the middle: the ledger has it all; a decoy's names begin as the run's."""
    before = inventory(served)
    command = [*RUN, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--feature", "attach_root"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        run = running.stdout.readline().split()[1]
        while not served.call("listVirtualMachines", listall="true").body:
            time.sleep(0.05)
        os.kill(running.pid, signal.SIGKILL)
    domain = next(d for d in served.call("listDomains").body["domain"] if d["level"] == 0)
    decoy = served.call("createDomain", name=f"{run}-0x2-lane", parentdomainid=domain["id"])
    assert decoy.status == 200
    after_kill = inventory(served)
    assert after_kill["listVirtualMachines"] != before["listVirtualMachines"]

    done = rootswap(env, "sweep", run, "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["left"] == []
    left = inventory(served)
    name = decoy.body["domain"]["name"]
    assert [row for row in left["listDomains"] if row[2] == name]
    served.call("deleteDomain", id=decoy.body["domain"]["id"])
    served.sleep(1)
    assert inventory(served) == before


@pytest.mark.parametrize("run", ["rs00000000", "rsabcdefgh"])
def test_a_run_that_is_not_known_is_one_line(env: Env, run: str) -> None:
    done = rootswap(env, "sweep", run)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert run in done.stderr
