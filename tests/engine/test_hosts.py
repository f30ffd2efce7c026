"""What a fault leaves behind: VMs in Error, reports of hosts, and what a checkpoint keeps."""

from typing import Any

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.records import Vm
from simulator.domain.states import VmState, VolumeState
from simulator.engine.freezer import freeze, freeze_history, marked, thaw
from simulator.engine.jobs import Jobs

PING_S = 60.0


def deploy(cloud: SimulatedCloud) -> Vm:
    """Deploy a VM, and return it once its job has ended."""
    store = cloud.world.store
    made = cloud.call(
        "deployVirtualMachine", zoneid=next(iter(store.zones)),
        templateid=next(iter(store.templates)),
        serviceofferingid=next(iter(store.service_offerings)),
    ).body  # fmt: skip
    cloud.settle()
    return store.vms[made["id"]]


def ended(cloud: SimulatedCloud, command: str, **text: str) -> Any:
    """Call and return the job once it has ended."""
    job = cloud.jobs.all[cloud.call(command, **text).body["jobid"]]
    cloud.settle()
    return job


def test_a_deploy_that_every_host_refuses_ends_in_error_and_is_expunged() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    cloud.configure("expunge.interval", "20")
    cloud.configure("expunge.delay", "20")
    cloud.strike("StartCommand", -1)

    vm = deploy(cloud)

    store = cloud.world.store
    (root,) = store.siblings(vm.id)
    assert (vm.state, root.state) == (VmState.ERROR, VolumeState.DESTROY)
    cloud.sleep(40)
    assert store.vms[vm.id].removed
    assert store.volumes[root.id].removed


def test_a_start_that_is_refused_goes_to_another_host_first_where_it_was_planned() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    vm = deploy(cloud)
    ended(cloud, "stopVirtualMachine", id=vm.id)
    told = len(cloud.world.sent)
    cloud.strike("StartCommand", 2)

    assert ended(cloud, "startVirtualMachine", id=vm.id).status == 1

    at = [host for _, host, command, _ in cloud.world.sent[told:] if command == "StartCommand"]
    assert at[0] == at[1] != at[2]


def test_a_start_on_a_given_host_is_not_tried_elsewhere() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    vm = deploy(cloud)
    ended(cloud, "stopVirtualMachine", id=vm.id)
    cloud.strike("StartCommand")

    job = ended(cloud, "startVirtualMachine", id=vm.id, hostid=vm.last_host_id or "")

    assert job.error[0] == 530
    assert cloud.world.store.vms[vm.id].state is VmState.STOPPED


def test_no_report_disturbs_a_vm_that_a_job_works_on() -> None:
    """A stop timed out, so the host says Stopped; meanwhile a reboot waits for its turn."""
    cloud = boot("simulator", dialect="acs-4.22")
    vm = deploy(cloud)
    cloud.strike("StopCommand", mode="timeout", seconds=12)
    ended(cloud, "stopVirtualMachine", id=vm.id)
    cloud.strike("RebootCommand", mode="slow", seconds=2 * PING_S)
    reboot = cloud.jobs.all[cloud.call("rebootVirtualMachine", id=vm.id).body["jobid"]]

    cloud.reach(PING_S)
    assert cloud.world.store.vms[vm.id].state is VmState.RUNNING
    cloud.settle()
    assert reboot.status == 1
    cloud.sleep(PING_S)
    assert cloud.world.store.vms[vm.id].state is VmState.STOPPED


@pytest.mark.parametrize("mode", ["fail", "timeout"])
def test_a_retry_makes_the_report_needless(mode: str) -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    vm = deploy(cloud)
    cloud.strike("StopCommand", mode=mode, seconds=12)
    ended(cloud, "stopVirtualMachine", id=vm.id, forced="true")

    assert ended(cloud, "stopVirtualMachine", id=vm.id).status == 1

    assert cloud.world.store.vms[vm.id].state is VmState.STOPPED
    cloud.sleep(2 * PING_S)
    assert cloud.world.store.vms[vm.id].state is VmState.STOPPED


def test_a_checkpoint_keeps_faults_and_what_hosts_have_to_report() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    start = marked(cloud.jobs)
    vm = deploy(cloud)
    cloud.strike("AttachCommand", 3, "timeout", 12)
    cloud.strike("StopCommand")
    ended(cloud, "stopVirtualMachine", id=vm.id, forced="true")
    assert cloud.world.store.vms[vm.id].state is VmState.STOPPING
    state, history = freeze(cloud.jobs), freeze_history(cloud.jobs, start)

    again = boot("simulator", dialect="acs-4.22")
    thaw(again.jobs, state, [history])

    assert again.world.faults == cloud.world.faults
    assert isinstance(again.jobs, Jobs)
    again.sleep(PING_S)
    assert again.world.store.vms[vm.id].state is VmState.RUNNING


def test_a_timeout_is_as_long_as_the_settings_say() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    vm = deploy(cloud)
    cloud.configure("wait", "50")
    for settings, waited_s in (("RebootCommand=6, StopCommand=1", 12), ("StopCommand=x", 100)):
        cloud.configure("commands.timeout", settings)
        cloud.strike("RebootCommand", mode="timeout")
        began_s = cloud.now_s()
        assert ended(cloud, "rebootVirtualMachine", id=vm.id).error[0] == 530
        assert waited_s < cloud.now_s() - began_s < waited_s + 3


def disk_with(cloud: SimulatedCloud, vm: Vm) -> str:
    """Return the id of a Ready data volume, detached again from *vm*."""
    store = cloud.world.store
    small = next(d.id for d in store.disk_offerings.values() if d.name == "Small")
    made = cloud.call("createVolume", name="d", diskofferingid=small, zoneid=vm.zone_id).body["id"]
    cloud.settle()
    ended(cloud, "attachVolume", id=made, virtualmachineid=vm.id)
    ended(cloud, "detachVolume", id=made)
    return str(made)


@pytest.mark.parametrize("by", ["refusal", "restart"])
def test_a_snapshot_that_failed_is_in_error_until_the_storage_is_cleaned(by: str) -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    cloud.configure("storage.cleanup.interval", "40")
    disk = disk_with(cloud, deploy(cloud))
    if by == "refusal":
        cloud.strike("CreateObjectCommand")
        made = ended(cloud, "createSnapshot", volumeid=disk).instance_id
    else:
        cloud.strike("CopyCommand", mode="slow", seconds=300)
        made = cloud.call("createSnapshot", volumeid=disk).body["id"]
        cloud.sleep(5)
        cloud.restart()
    store = cloud.world.store
    assert (store.snapshots[made].state, store.volumes[disk].state) == ("Error", VolumeState.READY)
    cloud.sleep(40)
    assert store.snapshots[made].removed


def test_a_snapshot_that_is_not_copied_is_gone_at_once() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    disk = disk_with(cloud, deploy(cloud))
    cloud.strike("CopyCommand")

    job = ended(cloud, "createSnapshot", volumeid=disk)

    assert cloud.world.store.snapshots[job.instance_id].removed


def test_a_restart_takes_the_volume_that_was_made_from_a_snapshot() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    disk = disk_with(cloud, deploy(cloud))
    snapshot = ended(cloud, "createSnapshot", volumeid=disk).instance_id
    cloud.strike("CopyCommand", mode="slow", seconds=300)
    made = cloud.call("createVolume", name="n", snapshotid=snapshot).body["id"]
    cloud.sleep(5)
    assert cloud.world.store.volumes[made].state is VolumeState.CREATING

    cloud.restart()

    assert cloud.world.store.volumes[made].removed


def test_a_restart_leaves_a_vm_that_was_being_deployed_without_a_destination() -> None:
    cloud = boot("simulator", dialect="acs-4.22")
    store = cloud.world.store
    cloud.strike("StartCommand", mode="slow", seconds=300)
    made = cloud.call(
        "deployVirtualMachine", zoneid=next(iter(store.zones)),
        templateid=next(iter(store.templates)),
        serviceofferingid=next(iter(store.service_offerings)),
    ).body  # fmt: skip
    cloud.sleep(5)
    assert store.vms[made["id"]].state is VmState.STARTING

    cloud.restart()

    (root,) = store.siblings(made["id"])
    assert store.vms[made["id"]].state is VmState.STOPPED
    assert (root.state, root.pool_id is not None) == (VolumeState.ALLOCATED, True)
    job = cloud.call("queryAsyncJobResult", jobid=made["jobid"]).body
    assert (job["jobstatus"], job["jobresultcode"]) == (2, 530)
    assert not {"jobresult", "jobresulttype"} & set(job)
    assert {"managementserverid", "managementservername"} <= set(job)
    start = ended(cloud, "startVirtualMachine", id=made["id"])
    assert start.error[0] == 533
    assert start.error[1].startswith("No destination found for a deployment for VM instance {")
    assert ended(cloud, "destroyVirtualMachine", id=made["id"], expunge="true").status == 1
    assert store.vms[made["id"]].removed
