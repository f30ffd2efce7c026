"""What a scenario starts from."""

from typing import Any

from pytest_bdd import given

from steps.words import words
from steps.world import World


def make_volume(world: World, volume: str, offering: str = "Small", who: str = "owner") -> None:
    """Create a volume row that no storage holds yet."""
    made = world.must(
        who,
        "createVolume",
        name=world.name(),
        diskofferingid=world.pick("listDiskOfferings", "diskoffering", "name", offering),
        zoneid=world.pick("listZones", "zone", "name", "zone1"),
    )
    world.volumes[volume] = made["id"]
    world.starts[volume] = world.volume(volume)


@given(words('a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}"'))
@given(
    words(
        'a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" '
        'and data volume "{data:alias}"'
    )
)
@given(words('a {state:alias} {hypervisor:alias} VM "{vm:alias}" with ROOT volume "{root:alias}"'))
@given(
    words(
        'a {state:alias} {hypervisor:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" '
        'and data volume "{data:alias}"'
    )
)
@given(words('a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" of the {who:who}'))
@given(
    words('a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" in zone "{zone:alias}"')
)
def deploy(
    world: World,
    state: str,
    vm: str,
    root: str,
    data: str = "",
    hypervisor: str = "KVM",
    who: str = "owner",
    zone: str = "zone1",
) -> None:
    """Deploy a VM and stop it unless it is to run; "fresh" is one never started."""
    extra = {} if state != "fresh" else {"startvm": "false"}
    if data:
        extra["diskofferingid"] = world.pick("listDiskOfferings", "diskoffering", "name", "Small")
    made = world.must(
        who,
        "deployVirtualMachine",
        name=world.name(),
        zoneid=world.pick("listZones", "zone", "name", zone),
        templateid=world.pick("listTemplates", "template", "hypervisor", hypervisor),
        serviceofferingid=world.pick(
            "listServiceOfferings", "serviceoffering", "name", "Small Instance"
        ),
        **extra,
    )
    world.vms[vm], world.owners[vm] = made["id"], who
    for row in world.rows("listVolumes", "volume", virtualmachineid=made["id"]):
        world.volumes[root if row["type"] == "ROOT" else data] = row["id"]
    if state == "stopped":
        world.must(who, "stopVirtualMachine", id=made["id"])
    world.starts[root] = world.volume(root)
    if data:
        world.starts[data] = world.volume(data)


@given(words('an Allocated data volume "{volume:alias}"'))
@given(words('an Allocated data volume "{volume:alias}" with disk offering "{offering:alias}"'))
def allocated(world: World, volume: str, offering: str = "Small") -> None:
    """Create a data volume that was never attached."""
    make_volume(world, volume, offering)


@given(words('a Ready data volume "{volume:alias}" made on VM "{vm:alias}"'))
@given(
    words(
        'a Ready data volume "{volume:alias}" with disk offering "{offering:alias}" '
        'made on VM "{vm:alias}"'
    )
)
def ready(world: World, volume: str, vm: str, offering: str = "Small") -> None:
    """Create a data volume and give it storage by one attach and detach."""
    who = world.owners[vm]
    make_volume(world, volume, offering, who)
    world.must(who, "attachVolume", id=world.volumes[volume], virtualmachineid=world.vms[vm])
    world.must(who, "detachVolume", id=world.volumes[volume])
    assert world.volume(volume)["state"] == "Ready"
    world.starts[volume] = world.volume(volume)


@given(words('volume "{volume:alias}" has been detached'))
def has_been_detached(world: World, volume: str) -> None:
    """Detach as the root admin."""
    world.must("root admin", "detachVolume", id=world.volumes[volume])


@given(words('volume "{volume:alias}" has been attached to VM "{vm:alias}" as device {device:d}'))
def has_been_attached(world: World, volume: str, vm: str, device: int) -> None:
    """Attach as the root admin."""
    world.must(
        "root admin",
        "attachVolume",
        id=world.volumes[volume],
        virtualmachineid=world.vms[vm],
        deviceid=str(device),
    )


_WAYS = {"Running": "start", "Stopped": "stop", "Destroyed": "destroy"}


@given(words('VM "{vm:alias}" is {state:alias}'))
def vm_in_state(world: World, vm: str, state: str) -> None:
    """Bring a VM into a state, by the stage where no API leads there."""
    if world.vm(vm)["state"] == state:
        return
    if state in _WAYS:
        world.must("root admin", f"{_WAYS[state]}VirtualMachine", id=world.vms[vm])
    else:
        world.stage.arrange("vm", world.vms[vm], state=state)


@given(words('volume "{volume:alias}" is in state {state:alias}'))
def volume_in_state(world: World, volume: str, state: str) -> None:
    """Put a volume into a state by the stage."""
    world.stage.arrange("volume", world.volumes[volume], state=state)


@given(words('volume "{volume:alias}" lies on managed storage'))
def on_managed(world: World, volume: str) -> None:
    """Make the volume's pool a managed one."""
    world.stage.arrange("pool", world.volume(volume)["storageid"], managed=True)


@given(words('VM "{vm:alias}" has a VM snapshot'))
def has_vm_snapshot(world: World, vm: str) -> None:
    """Take a VM snapshot."""
    world.must(world.owners[vm], "createVMSnapshot", virtualmachineid=world.vms[vm])


@given(words('VM "{vm:alias}" has backups'))
def has_backups(world: World, vm: str) -> None:
    """Assign a backup offering by the stage."""
    world.stage.arrange("vm", world.vms[vm], backup_offering_id="gold")


@given(words('VM "{vm:alias}" is a {kind:alias} machine'))
def of_kind(world: World, vm: str, kind: str) -> None:
    """Make the VM one of the cloud's own kind by the stage."""
    fields: dict[str, Any] = {"kind": kind}
    world.stage.arrange("vm", world.vms[vm], **fields)


@given(words('the setting "{name:any}" is "{value:any}"'))
def setting(world: World, name: str, value: str) -> None:
    """Change a global setting."""
    world.stage.configure(name, value)


@given(words('disk offering "{offering:alias}" is for local storage'))
def local_offering(world: World, offering: str) -> None:
    """Make a disk offering local by the stage."""
    disk = world.pick("listDiskOfferings", "diskoffering", "name", offering)
    world.stage.arrange("disk", disk, local=True)


@given(words('VM "{vm:alias}" has {count:d} more data volumes'))
def many_volumes(world: World, vm: str, count: int) -> None:
    """Attach fresh data volumes, called extra1, extra2, ..."""
    for number in range(1, count + 1):
        alias, who = f"extra{number}", world.owners[vm]
        make_volume(world, alias, who=who)
        world.must(who, "attachVolume", id=world.volumes[alias], virtualmachineid=world.vms[vm])


@given(words("the next {command:alias} of a host fails"))
def strike(world: World, command: str) -> None:
    """Let a host refuse once."""
    world.stage.strike(command)
