"""The real `cs` client against `rootswap serve`: GET, POST, and signatures of both versions."""

import re
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


def client_of(served: dict[str, str], method: str, expiration_s: int = 600) -> CloudStack:
    """Return a `cs` client that waits for its jobs; 600 s is what `cs` takes by default."""
    return CloudStack(
        endpoint=served["CLOUDSTACK_ENDPOINT"],
        key=served["CLOUDSTACK_KEY"],
        secret=served["CLOUDSTACK_SECRET"],
        method=method,
        expiration=expiration_s,
        fetch_result=True,
        poll_interval=0.01,
        job_timeout=20,
    )


@pytest.fixture(params=["get", "post"])
def cs(served: dict[str, str], request: pytest.FixtureRequest) -> CloudStack:
    return client_of(served, request.param)


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


def test_a_data_volume_from_create_to_delete(cs: CloudStack) -> None:
    vm, root = stopped_vm(cs, f"data-{cs.method}")
    zone = cs.listZones()["zone"][0]["id"]
    offering = cs.listDiskOfferings(name="Small")["diskoffering"][0]["id"]
    made = cs.createVolume(name="a data disk", zoneid=zone, diskofferingid=offering)["volume"]
    assert (made["type"], made["state"]) == ("DATADISK", "Allocated")
    there = cs.attachVolume(id=made["id"], virtualmachineid=vm)["volume"]
    assert (there["deviceid"], there["state"]) == (1, "Ready")
    assert {v["id"] for v in cs.listVolumes(virtualmachineid=vm)["volume"]} == {root, made["id"]}
    with pytest.raises(CloudStackApiException) as refused:
        cs.deleteVolume(id=made["id"])
    assert (refused.value.error["errorcode"], refused.value.error["cserrorcode"]) == (431, 4350)
    assert "deviceid" not in cs.detachVolume(id=made["id"])["volume"]
    assert cs.deleteVolume(id=made["id"]) == {"success": True}
    assert cs.listVolumes(id=made["id"]) == {}
    cs.destroyVirtualMachine(id=vm, expunge=True)
    assert cs.listVirtualMachines(id=vm) == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("expiration_s", "version"), [(600, "3"), (-1, None)])
def test_signatures_of_both_versions(
    served: dict[str, str],
    method: str,
    expiration_s: int,
    version: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = client_of(served, method, expiration_s)
    client.trace = True
    assert client.listVolumes(name="a b+c*d/é", listall=True) == {}
    sent = capsys.readouterr().err
    found = re.search("signatureVersion=([^&]+)", sent)
    assert (found and found[1]) == version
    assert ("expires=" in sent) == (version is not None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_version_3_refuses_what_has_expired_and_what_never_does(
    served: dict[str, str], method: str
) -> None:
    client = client_of(served, method, -1)
    for more in ({"expires": "2020-01-01T00:00:00+0000"}, {"expires": "soon"}, {}):
        with pytest.raises(CloudStackApiException) as refused:
            client.listZones(signatureVersion="3", **more)
        assert refused.value.error["errorcode"] == 401
