"""The program under test: it hangs the ROOT of a broken VM on another VM to repair it."""

from typing import Any

from cs import CloudStack


def machine(client: CloudStack, name: str) -> dict[str, Any]:
    """Return the VM called *name*."""
    (found,) = client.listVirtualMachines(listall=True, name=name)["virtualmachine"]
    return dict(found)


def root_of(client: CloudStack, vm_id: str) -> dict[str, Any]:
    """Return the ROOT volume of a VM."""
    (found,) = client.listVolumes(listall=True, virtualmachineid=vm_id, type="ROOT")["volume"]
    return dict(found)


def rescue(client: CloudStack, broken: str, helper: str) -> dict[str, Any]:
    """Move the ROOT of *broken* to *helper* and return it as a disk there."""
    root = root_of(client, machine(client, broken)["id"])
    client.detachVolume(id=root["id"], fetch_result=True)
    done = client.attachVolume(
        id=root["id"], virtualmachineid=machine(client, helper)["id"], fetch_result=True
    )
    return dict(done["volume"])
