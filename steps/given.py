"""What a scenario starts from."""

from collections.abc import Iterable
from typing import Any

from pytest_bdd import given

from steps.needs import STAGE, STOCK, Need, needs
from steps.places import MANAGED
from steps.spares import WITH_DATA, WITH_ROOT, Spare
from steps.words import words
from steps.world import KEY, World


def _stock(given: dict[str, Any]) -> Iterable[Need]:
    offering = given.get("offering", "Small")
    if offering in STOCK["disk"]:
        yield Need("offering", f"disk:{offering}")
    if offering == MANAGED:
        yield Need("place", "a-managed-pool")


def make_volume(world: World, volume: str, offering: str = "Small", who: str = "owner") -> None:
    """Create a volume row that no storage holds yet."""
    made = world.must(
        who,
        "createVolume",
        name=world.name(),
        diskofferingid=world.pick("disk", offering),
        zoneid=world.pick("zone", "a-zone"),
        **world.within(who),
    )
    world.volumes[volume], world.owners[volume] = made["id"], who
    world.starts[volume] = world.volume(volume)


_SPARE_STATES = frozenset({"stopped", "running"})


@given(words('a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}"'))
@given(
    words(
        'a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" '
        'and data volume "{data:alias}"'
    )
)
@given(words('a {state:alias} {hypervisor:alias} VM "{vm:alias}" with ROOT volume "{root:alias}"'))
@given(words('a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" of the {who:who}'))
@given(
    words(
        'a {state:alias} VM "{vm:alias}" with ROOT volume "{root:alias}" '
        '{where:where} "{place:alias}"'
    )
)
@needs(of=lambda given: [Need("hypervisor", h) for h in [given.get("hypervisor")] if h])
def deploy(
    world: World,
    state: str,
    vm: str,
    root: str,
    data: str = "",
    hypervisor: str = "usual",
    who: str = "owner",
    where: str = "in zone",
    place: str = "a-zone",
) -> None:
    """Deploy a VM and stop it unless it is to run; "fresh" is one never started.

    Where one is spare, the first usual VM of the owner is that one. It is on the network that the
    scenario made before, if it made one: there may be more.
    """
    usual = (hypervisor, who, place) == ("usual", "owner", "a-zone") and state in _SPARE_STATES
    shelf = world.site.shelf if usual and who not in world.networks else None
    form = WITH_DATA if data else WITH_ROOT
    spare = shelf.take(form) if shelf else None
    if spare is None:
        extra = {"startvm": "false"} if state == "fresh" else {}
        vm_id = _deployed(world, who, hypervisor, where == "on host", place, bool(data), extra)
        shown = world.rows("listVolumes", "volume", virtualmachineid=vm_id, **world.within(who))
        ids = tuple(row["id"] for row in sorted(shown, key=lambda row: row["type"] != "ROOT"))
    else:
        vm_id, ids = spare.vm_id, spare.volume_ids
        world.site.created |= {*spare.ids}
    world.vms[vm], world.owners[vm] = vm_id, who
    world.volumes |= dict(zip((root, data) if data else (root,), ids, strict=True))
    if state == "stopped" and spare is None:
        world.must(who, "stopVirtualMachine", id=vm_id)
    elif state == "running" and spare is not None:
        world.must(who, "startVirtualMachine", id=vm_id)
    world.starts |= {vm: world.vm(vm), root: world.volume(root)}
    if data:
        world.starts[data] = world.volume(data)
    if shelf and state == "stopped" and spare is None:
        rows = [world.starts[alias] for alias in (vm, root, data) if alias]
        shelf.leave(Spare(form, vm_id, ids, {row["id"]: row for row in rows}))


def _deployed(
    world: World,
    who: str,
    hypervisor: str,
    on_host: bool,
    place: str,
    with_data: bool,
    extra: dict[str, str],
) -> str:
    """Deploy a VM and return its id."""
    extra = extra | world.within(who)
    if with_data:
        extra["diskofferingid"] = world.pick("disk", "Small")
    if on_host:
        account = world.account(who)
        extra |= {"account": account["name"], "domainid": account["domainid"]}
        extra["hostid"] = world.pick("host", place)
    if who in world.networks and not world.vms and place == "a-zone":
        extra["networkids"] = world.networks[who]
    elif world.vms and not extra.get("projectid"):
        extra |= _network_of(world, who)
    zone = "a-zone" if on_host else place
    zone_id = world.pick("zone", zone)
    usual_there = hypervisor == "usual" and zone != "a-zone"
    made = world.must(
        KEY if on_host else who,
        "deployVirtualMachine",
        name=world.name(),
        zoneid=zone_id,
        templateid=world.places.usual_template(zone_id)
        if usual_there
        else world.pick("template", hypervisor),
        serviceofferingid=world.pick("service", "Small Instance"),
        **extra,
    )
    return str(made["id"])


@given(words('an Allocated data volume "{volume:alias}"'))
@given(words('an Allocated data volume "{volume:alias}" with disk offering "{offering:alias}"'))
@needs(of=_stock)
def allocated(world: World, volume: str, offering: str = "Small") -> None:
    """Create a data volume that was never attached."""
    make_volume(world, volume, offering)


@given(words('a Ready data volume "{volume:alias}" made {origin:origin} "{name:alias}"'))
@given(
    words(
        'a Ready data volume "{volume:alias}" with disk offering "{offering:alias}" '
        'made {origin:origin} "{name:alias}"'
    )
)
@needs(of=_stock)
def ready(world: World, volume: str, origin: str, name: str, offering: str = "Small") -> None:
    """Create a data volume and give it storage, by one attach and detach or from a snapshot."""
    if origin == "on VM":
        who = world.owners[name]
        make_volume(world, volume, offering, who)
        world.must(who, "attachVolume", id=world.volumes[volume], virtualmachineid=world.vms[name])
        world.must(who, "detachVolume", id=world.volumes[volume])
    else:
        made = world.must("owner", "createVolume", snapshotid=world.snapshots[name])
        world.volumes[volume] = made["id"]
    assert world.volume(volume)["state"] == "Ready"
    world.starts[volume] = world.volume(volume)


@given(words('volume "{volume:alias}" has been {done:alias}'))
def has_been(world: World, volume: str, done: str) -> None:
    """Detach, delete or destroy a volume as who runs the scenarios."""
    commands = {"detached": "detachVolume", "deleted": "deleteVolume", "destroyed": "destroyVolume"}
    world.must(KEY, commands[done], id=world.volumes[volume])


@given(words('volume "{volume:alias}" has been attached to VM "{vm:alias}" as device {device:d}'))
def has_been_attached(world: World, volume: str, vm: str, device: int) -> None:
    """Attach as who runs the scenarios."""
    world.must(
        KEY,
        "attachVolume",
        id=world.volumes[volume],
        virtualmachineid=world.vms[vm],
        deviceid=str(device),
    )


@given(words('VM "{vm:alias}" has {count:d} more data volumes'))
def many_volumes(world: World, vm: str, count: int) -> None:
    """Attach fresh data volumes, called extra1, extra2, ...

    They are created at different seconds: a real server lists those of one second in any order,
    which shows one on two pages.
    """
    for number in range(1, count + 1):
        if world.site.stage is None:
            world.cloud.sleep(1)
        alias, who = f"extra{number}", world.owners[vm]
        make_volume(world, alias, who=who)
        world.must(who, "attachVolume", id=world.volumes[alias], virtualmachineid=world.vms[vm])


_WAYS = {"Running": "start", "Stopped": "stop", "Destroyed": "destroy"}


@given(words('VM "{vm:alias}" is {state:alias}'))
@needs(of=lambda given: [] if given["state"] in _WAYS else [STAGE])
def vm_in_state(world: World, vm: str, state: str) -> None:
    """Bring a VM into a state, by the stage where no API leads there."""
    if world.vm(vm)["state"] == state:
        return
    if state in _WAYS:
        world.must(KEY, f"{_WAYS[state]}VirtualMachine", id=world.vms[vm])
    else:
        world.stage.arrange("vm", world.vms[vm], state=state)


@given(words('VM "{vm:alias}" has a VM snapshot'))
def has_vm_snapshot(world: World, vm: str) -> None:
    """Take a VM snapshot, called by the name of its VM."""
    taken = world.must(world.owners[vm], "createVMSnapshot", virtualmachineid=world.vms[vm])
    world.snapshots[vm] = taken["id"]


@given(words('a snapshot "{snapshot:alias}" of volume "{volume:alias}"'))
def has_snapshot(world: World, snapshot: str, volume: str) -> None:
    """Take a snapshot of a volume for the owner."""
    taken = world.must("owner", "createSnapshot", volumeid=world.volumes[volume])
    world.snapshots[snapshot] = taken["id"]


def _network_of(world: World, who: str) -> dict[str, str]:
    """Return the parameter that names the default one of several networks of *who*."""
    if who not in world.people.accounts:
        return {}
    account = world.account(who)
    name, domain = account["name"], account["domainid"]
    own = world.rows("listNetworks", "network", account=name, domainid=domain)
    first = next((n["id"] for n in own if n["name"] == f"{name}-network"), "")
    return {"networkids": first} if len(own) > 1 and first else {}
