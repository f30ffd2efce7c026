"""When faults come and go, and what a bad day leaves behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import OFF, TEXT, fault, load, ran, states

from simulator.domain.states import VolumeState
from study.reading import read_study
from study.replication import Replication


def test_faults_by_chance_come_and_go_at_each_target_by_itself(tmp_path: Path) -> None:
    chance = fault("agent-disconnect", 'target = "*"', 'mtbf = "10min"', 'mttr = "1min"')
    other = fault("db-slow", 'mtbf = "3min"', 'mttr = "1min"', "factor = 0.5")
    _, one = ran(tmp_path, load("detach", 1, "7199s") + chance)
    _, two = ran(tmp_path, load("detach", 1, "7199s") + other + chance)
    times = int(one.row["fault.agent-disconnect.times"] or 0)
    assert 10 < times < 40  # two hosts for two hours
    assert 0.4 < float(one.row["fault.agent-disconnect.lasted_s"] or 0) / 60 / times < 2.5
    for key in ("times", "lasted_s"):  # no fault disturbs another's dice
        assert one.row[f"fault.agent-disconnect.{key}"] == two.row[f"fault.agent-disconnect.{key}"]


def test_a_fault_comes_when_its_condition_does(tmp_path: Path) -> None:
    """40 wait for the first tick, then none, then 40 again."""
    text = OFF + load("attach", 40, "60s", "c")
    when = fault("db-slow", 'when = "queue > 30"', 'duration = "5s"', "factor = 0.1")
    _, found = ran(tmp_path, text.replace("[management]", "") + when)
    assert found.row["fault.db-slow.times"] == 2
    assert found.row["fault.db-slow.lasted_s"] == 10.0
    never = fault("db-slow", 'when = "queue > 40"', 'duration = "5s"', "factor = 0.1")
    assert ran(tmp_path, text + never)[1].row["fault.db-slow.times"] == 0


def test_every_volume_is_somewhere_after_a_bad_day(tmp_path: Path) -> None:
    """All faults at once, in short turns: no slot, claim or state is left half-way."""
    bad = "".join((
        fault("host-down", 'target = "*host0"', 'mtbf = "10min"', 'mttr = "4min"'),
        fault("agent-disconnect", 'target = "*"', 'mtbf = "5min"', 'mttr = "10s"'),
        fault("pool-full", 'target = "*PS0"', 'mtbf = "5min"', 'mttr = "3min"'),
        fault("pool-maintenance", 'target = "*"', 'mtbf = "15min"', 'mttr = "1min"'),
        fault("pool-slow", 'target = "*"', 'mtbf = "15min"', 'mttr = "5min"', "factor = 0.1"),
        fault("ms-restart", 'mtbf = "20min"', 'mttr = "1min"'),
        fault("lost-answer", 'at = "0s"', "probability = 0.02", 'wait = "5min"'),
        fault("db-slow", 'when = "jobs > 20"', "factor = 0.2", 'duration = "1min"'),
    ))  # fmt: skip
    loads = (
        load("churn", 300).replace("iterations", "sessions") + "sessions = 10\n"
        + load("replace-root", 30, name="c").replace("iterations", "sessions") + "sessions = 5\n"
    )  # fmt: skip
    run, found = ran(tmp_path, loads + bad)
    world, row = run.world, found.row
    for name in ("b", "c"):
        failed = sum(found.failures[name].values())
        assert row[f"{name}.failed"] == failed > 0
        assert row[f"{name}.unfinished"] == 0
    assert world.claims.total() == 0
    assert world.api.free == world.api.capacity
    assert world.queue.work.free == world.queue.work.capacity
    assert not any(asked for asked in (world.trouble._asked if world.trouble else {}).values())
    world.advance(2)
    settled = {VolumeState.READY, VolumeState.ALLOCATED, VolumeState.DESTROY, VolumeState.EXPUNGED}
    assert states(run) <= {"Running", "Stopped", *map(str, settled)}
    placed = {v.pool_id: 0 for v in world.store.volumes.values() if v.pool_id}
    for volume in world.store.volumes.values():
        if volume.pool_id and not volume.removed:
            placed[volume.pool_id] += volume.size_bytes
    assert {p: n for p, n in world.store.allocated_bytes.items() if n} == placed


def test_the_bytes_are_the_same_for_any_workers_and_hash_seed(tmp_path: Path) -> None:
    bad = "".join((
        fault("agent-disconnect", 'target = "*"', 'mtbf = "1min"', 'mttr = "10s"'),
        fault("ms-restart", 'when = "jobs > 8"', 'duration = "5s"'),
        fault("lost-answer", 'at = "0s"', "probability = 0.1", 'wait = "30s"'),
        fault("pool-slow", 'target = "*"', 'mtbf = "1min"', 'mttr = "1min"', "factor = 0.3"),
    ))  # fmt: skip
    keys = 'retry = { policy = "csi", every = "5s", max = 3 }\ngive_up = "40s"\npoll = "1s"\n'
    rescue = load("rescue", 6, "2min", "c") + 'think = "lognormal(20s, 0.5)"\n'
    file = tmp_path / "study.toml"
    file.write_text(
        TEXT.replace("seed = 3", "replications = 3") + load("detach", 20) + keys + rescue + bad
    )
    found = []
    for workers, hashes in (("1", "0"), ("3", "777")):
        done = subprocess.run(
            [sys.executable, "-c", "from conformance.cli import main; main()", "study", str(file),
             "--workers", workers, "--json"],
            capture_output=True, check=False, env=os.environ | {"PYTHONHASHSEED": hashes},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found.append(done.stdout)
    assert found[0] == found[1]
    figures = json.loads(found[0])["figures"]
    for key in ("b.failed", "b.retries", "c.done", "fault.ms-restart.times"):
        assert figures[key]["mean"] > 0, key


KINDS = {
    "pool-slow": ('target = "*"', 'at = "30s"', "factor = 0.1", 'duration = "1min"'),
    "db-slow": ('at = "30s"', "factor = 0.1", 'duration = "1min"'),
    "ms-restart": ('at = "31s"',),
    "host-down": ('target = "*0"', 'at = "30s"', 'duration = "10min"'),
    "agent-disconnect": ('target = "*0"', 'at = "31s"', 'duration = "1min"'),
    "lost-answer": ('at = "0s"', "probability = 0.1", 'wait = "60s"'),
    "stuck-job": ('at = "0s"', "count = 2"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_little_and_utilisation_laws_hold_whatever_breaks(tmp_path: Path, kind: str) -> None:
    loads = "".join(
        load(workflow, items, name=workflow).replace("iterations", "sessions") + keys
        for workflow, items, keys in (
            ("churn", 300, "sessions = 10\n"),
            ("replace-root", 30, "sessions = 5\n"),
            ("rescue", 20, 'sessions = 5\nthink = "constant(20s)"\n'),
        )
    )
    text = loads + fault(kind, *KINDS[kind])
    _, found = ran(tmp_path, text, given=("management.cores=4",))
    assert found.recorded is not None
    assert {law for law in found.recorded.laws if abs(law.residual) > 1e-9} == set()
    assert sum(map(len, found.failures.values())) > 0 or kind.endswith("slow")


def test_fifty_busy_vms_stop_all_others() -> None:
    """The example study; every head counts, be its VM busy or not (design 3.5)."""
    file = Path(__file__).parent.parent.parent / "examples" / "studies" / "head-of-line.toml"
    waits = {}
    for many in (25, 50):
        given = (f"workload.0.items={many}", f"fault.0.count={many}")
        waits[many] = Replication(read_study(file, given), 0).run().row["others.p99_s"] or 0
    assert waits[25] < 3
    assert waits[50] > 1600
