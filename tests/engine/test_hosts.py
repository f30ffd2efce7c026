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
