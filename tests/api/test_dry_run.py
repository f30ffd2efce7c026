"""What a dry run foresees is what becomes of the call, over many states of many clouds."""

import itertools
from random import Random

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.port import Obstacle


def _ended(cloud: SimulatedCloud, command: str, asked: dict[str, str]) -> Obstacle | None:
    """Return how a call ends, as a dry run tells it."""
    before = len(cloud.refusals())
    reply = cloud.call(command, **asked)
    if "jobid" in reply.body:
        cloud.settle()
        reply = cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"])
        code = reply.body["jobresult"].get("errorcode")
        text = reply.body["jobresult"].get("errortext", "")
    else:
        code, text = reply.body.get("errorcode"), reply.body.get("errortext", "")
    rules = cloud.refusals()[before:]
    return Obstacle(rules[-1] if rules else "", text, code) if code else None


def _populated(preset: str, dialect: str = "spec") -> SimulatedCloud:
    """Boot a cloud with VMs of every template, loose volumes of every disk offering."""
    cloud = boot(preset, seed=3, dialect=dialect)
    body = cloud.call("listTemplates", templatefilter="all", listall=True).body["template"]
    offering = cloud.call("listServiceOfferings").body["serviceoffering"][0]["id"]
    for template in body[:8]:
        zone = template["zoneid"]
        for _ in range(2):
            cloud.call("deployVirtualMachine", templateid=template["id"], zoneid=zone,
                       serviceofferingid=offering)  # fmt: skip
    disks = cloud.call("listDiskOfferings").body["diskoffering"]
    zones = cloud.call("listZones").body["zone"]
    for disk, zone in itertools.product(disks[:4], zones):
        size = {"size": "5"} if disk["iscustomized"] else {}
        cloud.call(
            "createVolume", name="data", diskofferingid=disk["id"], zoneid=zone["id"], **size
        )
    cloud.settle()
    return cloud


def _drawn(cloud: SimulatedCloud, rng: Random) -> tuple[str, dict[str, str]]:
    """Draw a call, valid or not."""
    listed = {"listall": "true"}
    vms = cloud.call("listVirtualMachines", **listed).body["virtualmachine"]
    volumes = cloud.call("listVolumes", **listed).body["volume"]
    vm, volume = rng.choice(vms), rng.choice(volumes)
    command = rng.choice(
        ["attachVolume"] * 3 + ["detachVolume"] * 2 + ["startVirtualMachine", "stopVirtualMachine"]
    )
    if command == "attachVolume":
        loose = [row for row in volumes if "virtualmachineid" not in row]
        volume = rng.choice(loose) if loose and rng.random() < 0.9 else volume
        device = rng.choice(["", "0", "0", "1", "3", "5", "99"])
        wanted = {"deviceid": device} if device else {}
        return command, {"id": volume["id"], "virtualmachineid": vm["id"], **wanted}
    if command == "detachVolume":
        if rng.random() < 0.2:
            return command, {"virtualmachineid": vm["id"], "deviceid": rng.choice(["0", "7"])}
        return command, {"id": volume["id"]}
    return command, {"id": vm["id"]}


def _arrange(cloud: SimulatedCloud, rng: Random) -> None:
    """Bring about, now and then, what makes rows refuse that a quiet cloud never breaks."""
    kind = rng.choice(["pool", "volume", "vm", "", "", "", ""])
    if not kind:
        return
    command, key, states = {
        "pool": ("listStoragePools", "storagepool", ["Up", "Maintenance"]),
        "volume": ("listVolumes", "volume", ["Ready", "Ready", "Allocated", "Uploaded", "Destroy"]),
        "vm": ("listVirtualMachines", "virtualmachine", ["Stopped", "Stopped", "Running", "Error"]),
    }[kind]
    row = rng.choice(cloud.call(command, listall=True).body[key])
    cloud.arrange(kind, row["id"], state=rng.choice(states))


@pytest.mark.parametrize(
    ("preset", "dialect"),
    list(itertools.product(["mixed", "kvm", "simulator"], ["spec", "acs-4.22", "4.18.0"])),
)
def test_a_dry_run_foresees_how_a_call_ends(preset: str, dialect: str) -> None:
    cloud, rng = _populated(preset, dialect), Random(11)
    rules: set[str] = set()
    for _ in range(250):
        _arrange(cloud, rng)
        command, asked = _drawn(cloud, rng)
        foreseen = cloud.dry_run(command, **asked)
        ended = _ended(cloud, command, asked)

        assert foreseen == ended, (command, asked)
        rules.add(foreseen.rule if foreseen else "")

    assert len(rules) > 5
    assert "" in rules


def test_a_dry_run_changes_nothing() -> None:
    cloud, twin = _populated("mixed"), _populated("mixed")
    rng = Random(5)
    calls = [_drawn(cloud, rng) for _ in range(200)]
    for command, asked in calls:
        cloud.dry_run(command, **asked)

    assert cloud.refusals() == twin.refusals()
    for command, asked in calls:
        assert _ended(cloud, command, asked) == _ended(twin, command, asked)
    assert cloud.call("listVolumes", listall=True) == twin.call("listVolumes", listall=True)


def test_what_is_not_foreseen_is_said() -> None:
    with pytest.raises(ValueError, match="deployVirtualMachine is not judged before it is sent"):
        boot("mixed").dry_run("deployVirtualMachine")
