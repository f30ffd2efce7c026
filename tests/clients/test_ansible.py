"""The real collection ngine_io.cloudstack in a playbook, as its users write them."""

import json
import os
import subprocess
import sys
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from rootswap import RunningCloud, running_cloud

FOUND = util.find_spec("ansible_collections")
MODULES = [
    module.stem
    for folder in (FOUND and FOUND.submodule_search_locations) or ()
    for module in Path(folder, "ngine_io", "cloudstack", "plugins", "modules").glob("*.py")
]
if not MODULES:
    pytest.skip("pip install '.[clients]'", allow_module_level=True)

PREFIX = "cs_" if "cs_volume" in MODULES else ""  # dropped by version 3 of the collection
ZONE, TEMPLATE, SIZE = "zone1", "CentOS 5.6 (64-bit) no GUI (KVM)", "Small Instance"
Task = dict[str, Any]


def instance(name: str, state: str = "present") -> Task:
    wanted = {"zone": ZONE, "name": name, "state": state}
    if state == "present":
        wanted |= {"template": TEMPLATE, "service_offering": SIZE}
    return {f"ngine_io.cloudstack.{PREFIX}instance": wanted}


def volume(name: str, state: str, **more: Any) -> Task:
    wanted = {"zone": ZONE, "name": name, "state": state, **more}
    return {f"ngine_io.cloudstack.{PREFIX}volume": wanted, "register": "volume"}


def detach_root(vm: str) -> list[Task]:
    """Detach a ROOT with `cs`: the collection's volume module sees no volume of type ROOT.

    Its name stands in the fact *vm* from then on; as a DATADISK the module does find it.
    """
    info = {f"ngine_io.cloudstack.{PREFIX}instance_info": {"name": vm}, "register": "found"}
    name = "{{ (found.instances[0].volumes | selectattr('type', 'eq', 'ROOT') | first).name }}"
    cs = "{{ ansible_python_interpreter }} -m cs"
    listed = {
        "ansible.builtin.command": f"{cs} listVolumes name={{{{ {vm} }}}}",
        "register": "listed",
    }
    ident = "{{ (listed.stdout | from_json).volume[0].id }}"
    return [
        info,
        {"ansible.builtin.set_fact": {vm: name}},
        listed,
        {"ansible.builtin.command": f"{cs} --post detachVolume id={ident}"},
    ]


def expect(*that: str) -> Task:
    return {"ansible.builtin.assert": {"that": list(that), "quiet": True}}


def play(cloud: RunningCloud, folder: Path, tasks: list[Task]) -> str:
    """Run *tasks* on localhost, and return what ansible-playbook printed."""
    book = folder / "book.json"
    head = {"hosts": "localhost", "connection": "local", "gather_facts": False}
    book.write_text(json.dumps([{**head, "tasks": tasks}]))
    settings = {
        "ANSIBLE_HOME": str(folder),
        "ANSIBLE_LOCALHOST_WARNING": "0",
        "ANSIBLE_PIPELINING": "1",
        "CLOUDSTACK_POLL_INTERVAL": "0.01",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "ansible.cli.playbook", "-i", "localhost,", str(book)]
    done = subprocess.run(
        [*command, "-e", f"ansible_python_interpreter={sys.executable}"],
        env={**os.environ, **cloud.env, **settings},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_a_data_volume_from_create_to_delete(tmp_path: Path) -> None:
    tasks = [
        instance("web"),
        volume("a data disk", "present", disk_offering="Small"),
        expect("volume is changed", "volume.type == 'DATADISK'", "volume.attached is not defined"),
        volume("a data disk", "attached", vm="web"),
        expect("volume.vm == 'web'", "volume.device_id == 1", "volume.attached is defined"),
        volume("a data disk", "attached", vm="web"),
        expect("volume is not changed"),
        volume("a data disk", "absent") | {"failed_when": "'is attached' not in volume.msg"},
        volume("a data disk", "detached"),
        expect("volume is changed", "volume.vm is not defined", "volume.attached is not defined"),
        volume("a data disk", "absent"),
        volume("a data disk", "absent"),
        expect("volume is not changed"),
        instance("web", "expunged"),
    ]
    with running_cloud("kvm") as cloud:
        assert play(cloud, tmp_path, tasks) == ""
        assert cloud.call("listVirtualMachines").body == {}
        assert cloud.call("listVolumes", name="a data disk").body == {}


def test_use_case_1_replace_the_root(tmp_path: Path) -> None:
    tasks = [
        *(instance(name) for name in ("web", "donor")),
        *(instance(name, "stopped") for name in ("web", "donor")),
        *detach_root("web"),
        *detach_root("donor"),
        instance("web", "started") | {"register": "refused", "failed_when": "not refused.failed"},
        expect("'no usable volumes found' in refused.msg"),
        volume("{{ donor }}", "attached", vm="web", device_id=0),
        expect("volume.type == 'ROOT'", "volume.device_id == 0", "volume.vm == 'web'"),
        instance("web", "started") | {"register": "started"},
        expect("started.state == 'Running'"),
        volume("{{ web }}", "absent"),
    ]
    with running_cloud("kvm") as cloud:
        assert play(cloud, tmp_path, tasks) == ""
        vm = cloud.call("listVirtualMachines", name="web").body["virtualmachine"][0]
        (root,) = cloud.call("listVolumes").body["volume"]
        assert (root["type"], root["virtualmachineid"]) == ("ROOT", vm["id"])


def test_use_case_2_rescue_the_root_on_another_vm(tmp_path: Path) -> None:
    tasks = [
        *(instance(name) for name in ("sick", "doctor")),
        instance("sick", "stopped"),
        *detach_root("sick"),
        volume("{{ sick }}", "attached", vm="doctor"),
        expect("volume.type == 'DATADISK'", "volume.device_id == 1", "volume.vm == 'doctor'"),
        volume("{{ sick }}", "detached"),
        volume("{{ sick }}", "attached", vm="sick", device_id=0),
        expect("volume.type == 'ROOT'", "volume.device_id == 0", "volume.vm == 'sick'"),
        instance("sick", "started") | {"register": "started"},
        expect("started.state == 'Running'"),
    ]
    with running_cloud("kvm") as cloud:
        assert play(cloud, tmp_path, tasks) == ""
        vms = cloud.call("listVirtualMachines").body["virtualmachine"]
        assert sorted(vm["state"] for vm in vms) == ["Running", "Running"]
