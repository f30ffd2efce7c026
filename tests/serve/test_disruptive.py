"""What changes what others use runs alone, after all else, and all is as it was before."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from faulty_proxy import FaultyProxy, scripted
from foreign_cloud import RUN, Env, inventory, rootswap
from test_foreign import env, served

from conformance.line import HttpCloud

__all__ = ["env", "served"]

FEATURE = """
Feature: Beside and alone

  Scenario: A pool is disabled
    When the root admin calls updateStoragePool with
      | id      | pool:a-pool |
      | enabled | false       |
    Then the request succeeds

  Scenario: The pool is Up again
    When the root admin calls updateStoragePool with
      | id      | pool:a-pool |
      | enabled | true        |
    Then the request is refused because pool-is-up

  Scenario: A setting is again what it was at first
    Given the setting "expunge.delay" is "77"
    And a stopped VM "vm1" with ROOT volume "r1"
    When the root admin calls resetConfiguration with
      | name | expunge.delay |
    Then the answer shows
      | value | 86400 |

  Scenario Outline: VM <number> starts
    Given a stopped VM "vm<number>" with ROOT volume "r1"
    When the owner starts VM "vm<number>"
    Then the request succeeds
    And VM "vm<number>" is Running

    Examples:
      | number |
      | 1      |
      | 2      |

  Scenario: Nothing of the cloud is deleted
    When the root admin calls deleteDiskOffering with
      | id | disk:Custom |
    Then the request succeeds
"""
LISTS = {
    "listConfigurations": "configuration", "listHosts": "host", "listStoragePools": "storagepool",
    "listDiskOfferings": "diskoffering", "listHypervisorCapabilities": "hypervisorCapabilities",
}  # fmt: skip


@pytest.fixture
def features(tmp_path: Path) -> Path:
    """Give a folder with scenarios of both kinds."""
    folder = tmp_path / "features"
    folder.mkdir()
    (folder / "alone.feature").write_text(FEATURE)
    return folder


def shared(cloud: HttpCloud) -> dict[str, Any]:
    """Return what others use."""
    every = {"listall": "true", "pagesize": "-1"}
    rows = {name: cloud.call(name, **every).body[key] for name, key in LISTS.items()}
    for host in rows["listHosts"]:
        for field in [f for f in host if "cpu" in f or "memory" in f or f == "lastpinged"]:
            del host[field]
    return rows


def test_it_runs_alone_and_all_is_as_it_was(
    served: HttpCloud, env: Env, tmp_path: Path, features: Path
) -> None:
    """A setting that was not at its default is at neither value afterwards."""
    assert served.call("updateConfiguration", name="expunge.delay", value="999").status == 200
    before = shared(served), inventory(served)
    file = tmp_path / "r.json"

    with FaultyProxy(env["CLOUDSTACK_ENDPOINT"], scripted()) as proxy:
        done = rootswap({**env, "CLOUDSTACK_ENDPOINT": proxy.url}, "check", "--target", proxy.url,
                        "--features", str(features), "--allow", "disruptive", "--lanes", "2",
                        "--json", str(file))  # fmt: skip
        sent = [passed.command for passed in proxy.passed]

    assert done.returncode == 0, done.stdout + done.stderr
    assert (shared(served), inventory(served)) == before
    assert "; touched 1 setting, 2 storage pools; 0 left behind" in done.stdout
    rows = {row["name"]: row for row in json.loads(file.read_text())["scenarios"]}
    assert len(rows) == 6
    reason = rows.pop("Nothing of the cloud is deleted")["reason"]
    assert (reason["type"], reason["text"]) == ("risk", "lasting: deleteDiskOffering")
    assert {row["verdict"] for row in rows.values()} == {"passed"}
    workers = {name: row["worker"] for name, row in rows.items()}
    beside = {name: worker for name, worker in workers.items() if name.startswith("VM ")}
    assert set(beside.values()) == {"gw0", "gw1"}
    assert {worker for name, worker in workers.items() if name not in beside} == {""}
    changes = [n for n, c in enumerate(sent) if c.startswith(("updateS", "updateC", "resetC"))]
    starts = [n for n, c in enumerate(sent) if c == "startVirtualMachine"]
    assert max(starts) < min(changes)
    assert "deleteDiskOffering" not in sent


def test_without_leave_nothing_of_it_is_touched(
    served: HttpCloud, env: Env, features: Path
) -> None:
    before = shared(served)
    with FaultyProxy(env["CLOUDSTACK_ENDPOINT"], scripted()) as proxy:
        done = rootswap({**env, "CLOUDSTACK_ENDPOINT": proxy.url}, "check", "--target", proxy.url,
                        "--features", str(features), "-k", "pool or setting")  # fmt: skip
        sent = {passed.command for passed in proxy.passed}
    assert done.returncode == 2, done.stdout + done.stderr
    assert all(command.startswith("list") for command in sent)
    assert shared(served) == before


def test_a_run_that_is_killed_is_put_back_by_a_sweep(
    served: HttpCloud, env: Env, features: Path
) -> None:
    before = shared(served), inventory(served)
    command = [*RUN, "check", "--target", env["CLOUDSTACK_ENDPOINT"], "--features", str(features),
               "--allow", "disruptive", "-k", "setting"]  # fmt: skip
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        run = running.stdout.readline().split()[1]
        while not served.call("listVirtualMachines", listall="true").body:
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGKILL)
    assert shared(served)["listConfigurations"] != before[0]["listConfigurations"]

    done = rootswap(env, "sweep", run)

    assert done.returncode == 0, done.stdout + done.stderr
    served.sleep(1)
    assert (shared(served), inventory(served)) == before
