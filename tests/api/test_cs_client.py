"""Both use cases with the real `cs` client against `rootswap serve`."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from cs import CloudStack, CloudStackApiException

MAIN = "from conformance.cli import main; main()"
DIALECTS = ("spec", "acs-4.22")


@pytest.fixture(scope="module", params=DIALECTS)
def served(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Serve a cloud, yield what it announced, and see it end cleanly on SIGTERM."""
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--dialect", request.param]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        lines = [server.stdout.readline().strip() for _ in range(3)]
        announced = dict(line.split("=", 1) for line in lines)
        try:
            yield announced
        finally:
            server.send_signal(signal.SIGTERM)
            rest, errors = server.communicate(timeout=20)
        assert (rest, errors) == ("", "")
        assert server.returncode in (0, -signal.SIGTERM)


@pytest.fixture(params=["get", "post"])
def cs(served: dict[str, str], request: pytest.FixtureRequest) -> CloudStack:
    """A `cs` client that waits for its jobs."""
    return CloudStack(
        endpoint=served["CLOUDSTACK_ENDPOINT"],
        key=served["CLOUDSTACK_KEY"],
        secret=served["CLOUDSTACK_SECRET"],
        method=request.param,
        fetch_result=True,
        poll_interval=0.01,
        job_timeout=20,
    )


def stopped_vm(cs: CloudStack, name: str) -> tuple[str, str]:
    """Deploy and stop a KVM VM with an unmanaged ROOT; return its id and its ROOT's."""
    zone = cs.listZones()["zone"][0]["id"]
    found = cs.listTemplates(templatefilter="featured", zoneid=zone)["template"]
    template = next(t["id"] for t in found if t["hypervisor"] == "KVM")
    offering = cs.listServiceOfferings()["serviceoffering"][0]["id"]
    for attempt in range(9):
        vm = cs.deployVirtualMachine(
            zoneid=zone, templateid=template, serviceofferingid=offering, name=f"{name}-{attempt}"
        )["virtualmachine"]
        root = the_root(cs, vm["id"])
        if "MANAGED" not in root["storage"]:
            cs.stopVirtualMachine(id=vm["id"])
            return vm["id"], root["id"]
    pytest.fail("every ROOT landed on the managed pool")


def the_root(cs: CloudStack, vm_id: str) -> dict[str, Any]:
    """Return the one ROOT of a VM."""
    (root,) = cs.listVolumes(virtualmachineid=vm_id, type="ROOT")["volume"]
    return dict(root)


def test_use_case_1_replace_the_root(cs: CloudStack) -> None:
    vm, old = stopped_vm(cs, f"one-{cs.method}")
    donor, new = stopped_vm(cs, f"donor-{cs.method}")
    assert cs.detachVolume(id=old)["volume"]["type"] == "DATADISK"
    assert cs.detachVolume(id=new)["volume"]["type"] == "DATADISK"
    with pytest.raises(CloudStackApiException) as refused:
        cs.startVirtualMachine(id=vm)
    assert refused.value.error["errorcode"] == 530
    attached = cs.attachVolume(id=new, virtualmachineid=vm, deviceid=0)["volume"]
    assert (attached["type"], attached["deviceid"]) == ("ROOT", 0)
    assert cs.startVirtualMachine(id=vm)["virtualmachine"]["state"] == "Running"
    assert the_root(cs, vm)["id"] == new
    assert cs.listVirtualMachines(id=donor)["virtualmachine"][0]["state"] == "Stopped"


def test_use_case_2_rescue_the_root_on_another_vm(cs: CloudStack) -> None:
    sick, root = stopped_vm(cs, f"sick-{cs.method}")
    doctor, _ = stopped_vm(cs, f"doctor-{cs.method}")
    cs.startVirtualMachine(id=doctor)
    cs.detachVolume(id=root)
    there = cs.attachVolume(id=root, virtualmachineid=doctor)["volume"]
    assert (there["type"], there["deviceid"]) == ("DATADISK", 1)
    assert cs.detachVolume(id=root)["volume"].get("virtualmachineid") is None
    back = cs.attachVolume(id=root, virtualmachineid=sick, deviceid=0)["volume"]
    assert (back["type"], back["virtualmachineid"]) == ("ROOT", sick)
    assert cs.startVirtualMachine(id=sick)["virtualmachine"]["state"] == "Running"


def test_wrong_secret_is_refused(served: dict[str, str]) -> None:
    wrong = CloudStack(
        endpoint=served["CLOUDSTACK_ENDPOINT"], key=served["CLOUDSTACK_KEY"], secret="wrong"
    )
    with pytest.raises(CloudStackApiException) as refused:
        wrong.listZones()
    assert refused.value.error["errorcode"] == 401
