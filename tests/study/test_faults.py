"""What each fault does to the jobs under way and to new ones."""

from pathlib import Path

import pytest
from faulty import OFF, fault, load, ran, states

from simulator.domain.states import VmState


def test_a_host_without_power_is_missed_after_its_pings(tmp_path: Path) -> None:
    """Its commands fail then, its VMs are Stopped, and those of the other host go on."""
    down = fault("host-down", 'target = "z0c0-host0"', 'at = "500ms"')
    run, found = ran(tmp_path, OFF + down)
    assert (found.row["b.done"], found.row["b.failed"]) == (20, 20)
    assert found.failures == {"b": {"530 host down": 20}}
    assert 90 < float(found.row["b.makespan_s"] or 0) < 211
    store = run.world.store
    run.world.advance(0)
    assert [h.state for h in store.hosts.values()] == ["Down", "Up"]
    vms = [vm for vm in store.vms.values() if vm.kind == "User"]
    assert sum(vm.state is VmState.STOPPED and vm.host_id is None for vm in vms) == 20
    assert states(run) == {"Running", "Stopped", "Ready"}
    assert run.world.claims.total() == 0


def test_nothing_is_asked_of_a_host_that_is_known_to_be_down(tmp_path: Path) -> None:
    """Its VMs are Stopped, and what can be done to those needs no host."""
    down = fault("host-down", 'target = "z0c0-host0"', 'at = "500ms"')
    run, found = ran(tmp_path, load("replace-root", 40, "5min") + down)
    assert found.failures == {"b": {}}
    assert found.row["b.done"] == 40
    store = run.world.store
    on = [store.hosts[v.host_id].name for v in store.vms.values() if v.kind == "User" and v.host_id]
    assert on == ["z0c0-host1"] * 20
    late = (fault("host-down", 'target = "*host0"', 'at = "1s"', 'duration = "10min"'),
            fault("host-down", 'target = "*host1"', 'at = "1s"', 'duration = "20min"'))  # fmt: skip
    run, found = ran(tmp_path, load("replace-root", 40, "15min") + "".join(late))
    assert found.row["b.done"] == 40
    assert [h.state for h in run.world.store.hosts.values()] == ["Up", "Down"]


def test_a_short_power_cut_stops_vms_that_nobody_missed(tmp_path: Path) -> None:
    """The agent is back before the server noticed: what it was asked before is lost."""
    cut = fault("host-down", 'target = "z0c0-host0"', 'at = "500ms"', 'duration = "30s"')
    run, found = ran(tmp_path, OFF + cut)
    assert found.failures == {"b": {"530 agent lost": 1}}  # one at a time, the rest waited
    stopped = [vm for vm in run.world.store.vms.values() if vm.state is VmState.STOPPED]
    assert len(stopped) == 20
    assert [h.state for h in run.world.store.hosts.values()] == ["Up", "Up"]


def test_an_agent_that_lost_its_connection_is_known_at_once(tmp_path: Path) -> None:
    """The tick is at 1 s; from 1.15 s on each host detaches one after the other."""
    lost = fault("agent-disconnect", 'target = "z0c0-host0"', 'at = "1.2s"')
    seen: list[str] = []
    run, found = ran(
        tmp_path, OFF + lost, lambda r: seen.extend(h.state for h in r.world.store.hosts.values()),
        2.0,
    )  # fmt: skip
    assert seen == ["Disconnected", "Up"]
    failed = found.failures["b"]["530 agent lost"]
    assert failed == 40 - int(found.row["b.done"] or 0)
    assert 15 <= failed <= 20
    assert states(run) == {"Running", "Ready"}
    run.world.advance(5)
    assert [h.state for h in run.world.store.hosts.values()] == ["Up", "Up"]
    _, after = ran(tmp_path, load("detach", 40, "10s") + lost)
    assert after.row["b.done"] == 40


def test_two_faults_of_a_host_end_with_the_later_one(tmp_path: Path) -> None:
    both = "".join(
        fault("agent-disconnect", 'target = "*0"', f'at = "{at_s}s"', 'duration = "60s"')
        for at_s in (1, 10)
    )
    seen: list[str] = []
    for at_s in (5, 63, 75):
        run, _ = ran(tmp_path, load("detach", 1, f"{at_s}s") + both)
        seen.append(next(iter(run.world.store.hosts.values())).state)
    assert seen == ["Disconnected", "Disconnected", "Up"]


def test_a_slow_pool_slows_its_disks_and_copies(tmp_path: Path) -> None:
    slow = fault("pool-slow", 'target = "*"', 'at = "0s"', "factor = 0.1")
    plain, slowed = (
        float(ran(tmp_path, OFF + text)[1].row["b.makespan_s"] or 0) for text in ("", slow)
    )
    assert 1.1 + (plain - 1.1) * 9 < slowed < 1.1 + (plain - 1.1) * 11
    end = fault("pool-slow", 'target = "*"', 'at = "0s"', "factor = 0.1", 'duration = "1s"')
    assert ran(tmp_path, OFF + end)[1].row["b.makespan_s"] == pytest.approx(plain)
    rates: list[float] = []
    ramp = fault("pool-slow", 'target = "*"', 'at = "0s"', "factor = 0.5", 'ramp = "100s"')
    for at_s in (50.01, 200.0):
        ran(tmp_path, load("detach", 1, "300s") + ramp, lambda r: rates.append(
            next(iter(r.world._bandwidth.values())).per_s), at_s)  # fmt: skip
    assert rates == pytest.approx([0.75 * 400e6, 0.5 * 400e6])


@pytest.mark.parametrize("kind", ["pool-full", "pool-maintenance"])
def test_a_shut_pool_takes_no_new_volume_and_keeps_what_it_has(tmp_path: Path, kind: str) -> None:
    shut = fault(kind, 'target = "*"', 'at = "0s"', 'duration = "10s"')
    _, kept = ran(tmp_path, OFF + shut)
    assert kept.row["b.done"] == 40
    run, found = ran(
        tmp_path, load("replace-root", 10) + load("replace-root", 10, "60s", "c") + shut
    )
    assert (found.row["b.failed"], found.row["c.done"]) == (10, 10)
    assert [why.split()[1][:3] for why in found.failures["b"]] == ["PLC"]
    assert {p.state for p in run.world.store.pools.values()} == {"Up"}
    assert min(p.capacity_bytes for p in run.world.store.pools.values()) > 0


def test_one_pool_of_two_takes_what_the_other_does_not(tmp_path: Path) -> None:
    shut = fault("pool-full", 'target = "Z0C0PS0"', 'at = "0s"')
    run, found = ran(tmp_path, load("replace-root", 10) + shut)
    assert found.row["b.done"] == 10
    store = run.world.store
    new = [v for v in store.volumes.values() if v.name.startswith("root-")]
    assert {store.pools[v.pool_id or ""].name for v in new} == {"Z0C0PS1"}


def test_a_restart_fails_all_jobs_and_calls_wait_for_the_server(tmp_path: Path) -> None:
    text = load("detach", 20) + load("detach", 10, "30s", "c") + fault("ms-restart", 'at = "1.2s"')
    seen: list[int] = []
    run, found = ran(tmp_path, text, lambda r: seen.append(len(r._jobs.running)), 1.21)
    assert seen == [0]
    assert found.failures["b"] == {"530 restart": 20 - int(found.row["b.done"] or 0)}
    assert found.row["b.makespan_s"] == pytest.approx(1.2)
    assert found.row["c.done"] == 10
    assert 31.2 < float(found.row["c.p50_s"] or 0) < 36  # from its call on, not from its answer
    assert run.world.api.free == run.world.api.capacity
    assert run.world.queue.work.free == run.world.queue.work.capacity
    assert found.row["fault.ms-restart.times"] == 1


def test_sessions_go_on_after_a_restart(tmp_path: Path) -> None:
    """A session hears of the failure while the server goes down, and asks at once again."""
    text = load("churn", 60).replace("iterations", "sessions") + "sessions = 10\n"
    run, found = ran(tmp_path, text + fault("ms-restart", 'at = "5s"', 'duration = "10s"'))
    assert found.row["b.begun"] == 60
    assert found.failures["b"] == {"530 restart": 10}
    assert run.world.api.free == run.world.api.capacity


def test_a_lost_answer_is_waited_for_in_vain(tmp_path: Path) -> None:
    text = OFF + fault("lost-answer", 'at = "0s"', 'command = "DettachCommand"', "count = 1")
    run, found = ran(tmp_path, text)
    assert found.failures["b"] == {"530 no answer": 1}
    assert 1801 < float(found.row["b.makespan_s"] or 0) < 1804
    assert sum(v.vm_id is not None and v.type == "DATADISK"
               for v in run.world.store.volumes.values()) == 1  # fmt: skip
    assert found.row["b.done"] == 39
    few = text.replace("count = 1", 'probability = 0.25\nwait = "20s"')
    _, found = ran(tmp_path, few)
    assert 3 <= found.failures["b"]["530 no answer"] <= 18


def test_stuck_work_is_given_up_after_an_hour_and_keeps_its_thread(tmp_path: Path) -> None:
    text = OFF + fault("stuck-job", 'at = "0s"', "count = 2")
    run, found = ran(tmp_path, text)
    assert found.failures["b"] == {"530 blocked": 2}
    assert 3601 < float(found.row["b.makespan_s"] or 0) <= 3612
    assert run.world.queue.work.busy == 2
    assert run.world.api.free == run.world.api.capacity


def test_a_slow_database_slows_every_step(tmp_path: Path) -> None:
    slow = fault("db-slow", 'at = "0s"', "factor = 0.5")
    _, found = ran(tmp_path, load("detach", 1) + slow)
    took = float(found.row["b.max_s"] or 0) - 1.2
    _, plain = ran(tmp_path, load("detach", 1))
    assert took == pytest.approx(float(plain.row["b.max_s"] or 0) - 1.1)


def test_mocks_are_those_of_configure_simulator(tmp_path: Path) -> None:
    wait = fault("mock", 'at = "0s"', 'command = "DettachCommand"', 'wait = "7s"', "count = 1")
    _, plain = ran(tmp_path, load("detach", 1))
    _, found = ran(tmp_path, load("detach", 1) + wait)
    assert float(found.row["b.max_s"] or 0) == pytest.approx(float(plain.row["b.max_s"] or 0) + 7)
    fail = fault("mock", 'at = "0s"', 'result = "fault"', "count = 3", 'target = "*host1"')
    _, found = ran(tmp_path, OFF + fail)
    assert found.failures["b"] == {"530 mock": 3}
    none = fault("mock", 'at = "0s"', 'result = "fail"', 'command = "AttachCommand"')
    assert ran(tmp_path, OFF + none)[1].row["b.failed"] == 0
