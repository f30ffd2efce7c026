"""The ready clouds: there is what their files say, and a real caller can use it."""

from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.boot import PRESETS, preset_file
from simulator.domain.hypervisors import capability


def job(cloud: SimulatedCloud, command: str, **text: str) -> dict[str, Any]:
    """Return how the job of a command ended."""
    reply = cloud.call(command, **text)
    assert reply.status == 200, reply
    cloud.settle()
    return cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"]).body


def one(cloud: SimulatedCloud, kind: str, name: str) -> dict[str, Any]:
    """Return the VM or volume of a name."""
    command = {"virtualmachine": "listVirtualMachines", "volume": "listVolumes"}[kind]
    (found,) = cloud.call(command, listall="true", name=name).body[kind]
    return dict(found)


@pytest.mark.parametrize("preset", PRESETS)
def test_it_is_ready_and_takes_a_vm_more(preset: str) -> None:
    cloud = boot(preset)
    zone = cloud.call("listZones").body["zone"][0]["id"]
    template = cloud.call("listTemplates", templatefilter="all").body["template"][0]["id"]
    offering = cloud.call("listServiceOfferings").body["serviceoffering"][0]["id"]
    done = job(
        cloud,
        "deployVirtualMachine",
        zoneid=zone,
        templateid=template,
        serviceofferingid=offering,
    )
    assert done["jobresult"]["virtualmachine"]["state"] == "Running"


def test_a_vm_of_a_preset_gives_its_root_and_starts_again() -> None:
    for preset in ("kvm", "vmware", "xenserver"):
        cloud = boot(preset)
        vm = one(cloud, "virtualmachine", "old")
        root = one(cloud, "volume", f"ROOT-{cloud.world.store.vms[vm['id']].db_id}")
        assert (root["type"], root["deviceid"], root["state"]) == ("ROOT", 0, "Ready")
        assert job(cloud, "detachVolume", id=root["id"])["jobstatus"] == 1
        back = {"id": root["id"], "virtualmachineid": vm["id"], "deviceid": "0"}
        assert job(cloud, "attachVolume", **back)["jobstatus"] == 1
        assert job(cloud, "startVirtualMachine", id=vm["id"])["jobstatus"] == 1


def test_a_root_on_managed_storage_stays() -> None:
    cloud = boot("managed")
    codes = []
    for name in ("on-managed", "on-nfs"):
        vm = one(cloud, "virtualmachine", name)
        roots = cloud.call("listVolumes", virtualmachineid=vm["id"], type="ROOT").body["volume"]
        codes.append(job(cloud, "detachVolume", id=roots[0]["id"]).get("jobresultcode"))
    assert (codes, cloud.refusals()) == ([431, 0], ["DET-12"])


def test_the_large_one_holds_what_it_says_and_has_room() -> None:
    cloud = boot("large")
    store = cloud.world.store
    vms = cloud.call("listVirtualMachines", listall="true", page="1", pagesize="1").body["count"]
    volumes = cloud.call("listVolumes", listall="true", page="1", pagesize="1").body["count"]
    assert (vms, volumes) == (10_000, 12_500)
    most = {h.id: capability(h.hypervisor, h.version) for h in store.hosts.values()}
    free = [row.max_guests - len(store.vms_on[i]) for i, row in most.items() if row]
    assert min(free) >= 0
    assert sum(free) > 300
    room = cloud.world.room()
    assert all(room.fits(pool, 100 << 30) for pool in store.pools.values())
    addresses = {host.address for host in store.hosts.values()}
    assert len(addresses) == len(store.hosts) == 224


def test_one_seed_gives_one_cloud() -> None:
    same = [boot("kvm", seed=4).world.store for _ in range(2)]
    other = boot("kvm", seed=5).world.store
    assert same[0].vms == same[1].vms
    assert same[0].users == same[1].users
    assert not set(same[0].vms) & set(other.vms)


def test_the_command_lists_and_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(PRESETS)
    assert run("large") == 0
    assert capsys.readouterr().out == preset_file("large").text
    assert run("lage") == 2


def test_a_good_file_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "my.toml"
    file.write_text(preset_file("large").text)
    assert run("--check", str(file)) == 0
    counts = "zones 1, hosts 224, pools 32, accounts 11, VMs 10000, volumes 12500"
    assert capsys.readouterr().out == f"{file}: good: {counts}\n"


def run(*args: str) -> int | str | None:
    """Return the exit code of `rootswap presets`."""
    with pytest.raises(SystemExit) as end:
        main(["presets", *args])
    return end.value.code


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"preset": "nope"}, "'nope' is no preset: one of kvm, "),
        ({"preset": "KVMM"}, r"'KVMM' is no preset \(did you mean kvm\?\)"),
        ({"preset": None}, "None is no preset: one of kvm, "),
        ({"dialect": "acs-4.2"}, r"'acs-4.2' is no dialect \(did you mean acs-4.22\?\)"),
        ({"dialect": "x"}, "'x' is no dialect: one of spec, acs-4.18.0"),
        ({"cloud": "/no-such.toml"}, "/no-such.toml: No such file"),
    ],
)
def test_a_cloud_that_is_none_is_told(words: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        boot(**words)


@pytest.mark.parametrize("seed", [None, "7", 1.0])
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    with pytest.raises(TypeError, match="a seed is a whole number, not"):
        boot(seed=seed)


def test_parameters_are_str_int_or_bool() -> None:
    cloud = boot("kvm")
    every = cloud.call("listVolumes", listall="true", page="1", pagesize="2").body
    assert cloud.call("listVolumes", listall=True, page=1, pagesize=2).body == every
    assert "volume" not in cloud.call("listVolumes", listall=False).body


@pytest.mark.parametrize("value", [None, 1.5, b"true", ["true"], {"a": "b"}])
def test_a_parameter_of_another_type_is_told_by_name(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^listVolumes: listall=.* is of type \w+: give str, int"):
        boot("kvm").call("listVolumes", id="x", listall=value)
