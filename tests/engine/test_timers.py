"""What happens in the background: expunge runs, cleanups, and work that blocks for too long."""

from math import inf

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.engine.cleaning import Cleaner
from simulator.engine.clock import Clock
from simulator.engine.latency import Timings, constant

DAY_S = 86_400.0


def cloud_of(**commands: float) -> SimulatedCloud:
    """Return a cloud whose hosts need so many seconds for some commands."""
    slow = {name: constant(seconds) for name, seconds in commands.items()}
    timings = Timings(commands={**Timings().commands, **slow})
    return boot("simulator", dialect="acs-4.22", timings=timings)


def deploy(cloud: SimulatedCloud, **text: str) -> tuple[str, str]:
    """Deploy a VM and return its id and its ROOT's."""
    store = cloud.world.store
    wanted = {
        "zoneid": next(iter(store.zones)),
        "templateid": next(iter(store.templates)),
        "serviceofferingid": next(iter(store.service_offerings)),
    }
    vm_id = str(cloud.call("deployVirtualMachine", **wanted | text).body["id"])
    cloud.settle()
    return vm_id, next(iter(store.volumes_of[vm_id]))


def destroy(cloud: SimulatedCloud, vm_id: str) -> None:
    cloud.call("destroyVirtualMachine", id=vm_id)
    cloud.settle()
    assert str(cloud.world.store.vms[vm_id].state) == "Destroyed"


def loose_disk(cloud: SimulatedCloud, vm_id: str) -> str:
    """Return a Ready data disk that is on no VM."""
    store = cloud.world.store
    small = next(iter(store.disk_offerings))
    made = cloud.call(
        "createVolume", name="d", diskofferingid=small, zoneid=next(iter(store.zones))
    )
    cloud.settle()
    disk = str(made.body["id"])
    cloud.call("attachVolume", id=disk, virtualmachineid=vm_id)
    cloud.settle()
    cloud.call("detachVolume", id=disk)
    cloud.settle()
    return disk


@pytest.mark.parametrize(("interval", "delay", "gone_s"), [("20", "20", 40), ("20", "45", 60)])
def test_a_destroyed_vm_goes_at_the_next_run_after_the_delay(
    interval: str, delay: str, gone_s: float
) -> None:
    cloud = cloud_of()
    vm_id, root = deploy(cloud)
    for name, value in (("expunge.interval", interval), ("expunge.delay", delay)):
        assert cloud.call("updateConfiguration", name=name, value=value).status == 200
    destroy(cloud, vm_id)
    assert cloud.now_s() < 15

    cloud.reach(gone_s - 0.001)
    assert cloud.call("listVirtualMachines", id=vm_id).body["count"] == 1
    cloud.reach(gone_s)
    assert cloud.call("listVirtualMachines", id=vm_id).body == {}
    (row,) = cloud.call("listVolumes", id=root).body["volume"]
    assert row["state"] == "Expunged"
    assert cloud.world.env.alarm_at("expunge") == inf


def test_by_default_it_takes_a_day_at_least() -> None:
    cloud = cloud_of()
    vm_id, _ = deploy(cloud)
    destroy(cloud, vm_id)
    cloud.reach(2 * DAY_S - 1)
    assert not cloud.world.store.vms[vm_id].removed
    cloud.sleep(1)
    assert cloud.world.store.vms[vm_id].removed


def test_a_recovered_vm_stays() -> None:
    cloud = cloud_of()
    vm_id, root = deploy(cloud)
    destroy(cloud, vm_id)
    cloud.call("recoverVirtualMachine", id=vm_id)
    cloud.sleep(3 * DAY_S)
    assert str(cloud.world.store.vms[vm_id].state) == "Stopped"
    assert not cloud.world.store.volumes[root].removed


def test_a_destroyed_volume_goes_with_the_cleanup_unless_it_is_off() -> None:
    cloud = cloud_of()
    vm_id, _ = deploy(cloud)
    one, two = loose_disk(cloud, vm_id), loose_disk(cloud, vm_id)
    cloud.configure("storage.cleanup.interval", "100")
    cloud.configure("storage.cleanup.delay", "30")
    cloud.configure("storage.cleanup.enabled", "false")
    cloud.call("destroyVolume", id=one)
    cloud.settle()
    cloud.sleep(500)
    assert str(cloud.world.store.volumes[one].state) == "Destroy"

    cloud.configure("storage.cleanup.enabled", "true")
    cloud.call("destroyVolume", id=two)
    cloud.settle()
    cloud.call("recoverVolume", id=two)
    cloud.sleep(200)
    gone, kept = cloud.world.store.volumes[one], cloud.world.store.volumes[two]
    assert (str(gone.state), gone.removed, gone.pool_id) == ("Expunged", True, None)
    assert str(kept.state) == "Ready"


def test_the_cleanup_spares_the_root_of_a_vm_that_can_be_recovered() -> None:
    cloud = cloud_of()
    vm_id, root = deploy(cloud)
    for name, value in (
        ("storage.cleanup.interval", "100"),
        ("storage.cleanup.delay", "0"),
        ("expunge.delay", "999999"),
        ("destroy.root.volume.on.vm.destruction", "true"),
    ):
        cloud.configure(name, value)
    destroy(cloud, vm_id)
    assert str(cloud.world.store.volumes[root].state) == "Destroy"
    cloud.sleep(500)
    assert not cloud.world.store.volumes[root].removed
    cloud.call("recoverVirtualMachine", id=vm_id)
    assert str(cloud.world.store.volumes[root].state) == "Ready"


def test_what_waits_costs_no_event_and_moves_no_clock() -> None:
    cloud = cloud_of()
    vm_id, _ = deploy(cloud)
    destroy(cloud, vm_id)
    before = cloud.now_s()
    cloud.settle()

    assert cloud.world.env.peek() == inf
    assert cloud.now_s() == before
    deploy(cloud)
    assert cloud.now_s() < before + 60


def test_the_timers_follow_from_the_records_alone() -> None:
    cloud = cloud_of()
    vm_id, _ = deploy(cloud)
    destroy(cloud, vm_id)
    disk = loose_disk(cloud, deploy(cloud)[0])
    cloud.call("destroyVolume", id=disk)
    cloud.settle()
    env = cloud.world.env
    set_for = [env.alarm_at(name) for name in ("expunge", "storage.cleanup")]
    assert inf not in set_for
    for name in ("expunge", "storage.cleanup"):
        env.silence(name)

    cloud.jobs.arm()
    assert [env.alarm_at(name) for name in ("expunge", "storage.cleanup")] == set_for
    cloud.restart()
    assert [env.alarm_at(name) for name in ("expunge", "storage.cleanup")] == set_for


def test_settings_without_end_mean_never() -> None:
    cloud = cloud_of()
    vm_id, _ = deploy(cloud)
    cloud.configure("expunge.delay", "9" * 400)
    destroy(cloud, vm_id)
    assert cloud.world.env.alarm_at("expunge") == inf
    cloud.configure("expunge.delay", "-5")
    cloud.configure("expunge.interval", "0")
    cloud.sleep(2)
    assert cloud.world.store.vms[vm_id].removed
    assert isinstance(cloud.jobs.cleaner, Cleaner)


def test_work_that_blocks_for_an_hour_is_given_up_and_the_next_begins() -> None:
    cloud = cloud_of(StopCommand=7200)
    vm_id, root = deploy(cloud)
    began_s = cloud.now_s()
    stop = cloud.call("stopVirtualMachine", id=vm_id).body["jobid"]
    snapshot = cloud.call("createSnapshot", volumeid=root).body["jobid"]

    def status(job_id: str) -> dict[str, object]:
        return cloud.call("queryAsyncJobResult", jobid=job_id).body

    cloud.sleep(3600)
    assert [status(j)["jobstatus"] for j in (stop, snapshot)] == [0, 0]
    cloud.sleep(20)
    failed = status(stop)
    assert (failed["jobstatus"], failed["jobresultcode"]) == (2, 530)
    assert "blocking others" in str(failed["jobresult"])
    assert cloud.world.api.busy == len(cloud.jobs.running)
    cloud.settle()
    assert status(snapshot)["jobstatus"] == 1
    assert cloud.now_s() < began_s + 3700
    assert str(cloud.world.store.vms[vm_id].state) == "Stopping"

    cloud.sleep(4000)
    assert str(cloud.world.store.vms[vm_id].state) == "Stopped"
    assert status(stop) == failed
    assert cloud.jobs._given_up == {}
    assert cloud.world.queue.work.busy == 0


def test_the_threshold_is_a_setting() -> None:
    cloud = cloud_of(StopCommand=7200)
    vm_id, _ = deploy(cloud)
    cloud.configure("job.cancel.threshold.minutes", "1")
    cloud.call("stopVirtualMachine", id=vm_id)
    cloud.sleep(80)
    assert not cloud.jobs.running


def test_a_restart_ends_what_was_given_up() -> None:
    cloud = cloud_of(StopCommand=7200)
    vm_id, _ = deploy(cloud)
    cloud.call("stopVirtualMachine", id=vm_id)
    cloud.sleep(3700)
    cloud.restart()
    assert str(cloud.world.store.vms[vm_id].state) == "Running"
    cloud.sleep(4000)
    assert str(cloud.world.store.vms[vm_id].state) == "Running"


def test_an_alarm_rings_once_after_all_else_of_its_second() -> None:
    clock = Clock()
    heard: list[str] = []
    clock.timeout(5).callbacks.append(lambda _: heard.append("event"))
    clock.wake("a", 5.0, lambda: heard.append("alarm"))
    clock.wake("a", 7.0, lambda: heard.append("late"))
    clock.wake("b", 6.0, lambda: heard.append("b"))
    clock.reach(5.0)
    assert heard == ["event", "alarm"]
    clock.silence("b")
    clock.reach(100.0)
    assert heard == ["event", "alarm"]
    assert clock.now == 100.0
