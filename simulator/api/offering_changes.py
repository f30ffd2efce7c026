"""updateServiceOffering and updateDiskOffering."""

from simulator.api.command import Call, Command
from simulator.api.offerings import tags_of
from simulator.api.render import Seen
from simulator.api.render_offering import DISK_OFFERING, SERVICE_OFFERING
from simulator.api.shape import Row
from simulator.domain.inventory import DiskOffering, ServiceOffering
from simulator.domain.lists import INACTIVE
from simulator.domain.offering_changes import REOFFER, ReofferDisk
from simulator.domain.records import Volume
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

_GONE = frozenset({VolumeState.DESTROY, VolumeState.EXPUNGING, VolumeState.EXPUNGED})
_NO_VM = frozenset({VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR})


def _case(
    call: Call, offering: DiskOffering, tags: str, volumes: tuple[Volume, ...]
) -> ReofferDisk:
    """Return the change of a disk offering, whose new tags the parameter *tags* holds."""
    store, args = call.world.store, call.args
    live = tuple(v for v in volumes if v.pool_id is not None and v.state not in _GONE)
    pools = dict.fromkeys(store.pools[v.pool_id] for v in live if v.pool_id is not None)
    return ReofferDisk(
        call.world.dialect,
        offering,
        call.account.role,
        call.user,
        state=args.get("state", ""),
        tags=tags_of(args[tags]) if tags in args else None,
        volumes=volumes,
        pools=tuple(pools),
    )


def _inactive(call: Call, *, now: bool) -> bool:
    state: str = call.args.get("state", "").strip().lower()
    return state == INACTIVE if state else now


def update_disk(call: Call) -> Row:
    """updateDiskOffering: what it is called, its storage tags, its state."""
    store, args, offering = call.world.store, call.args, call.args["id"]
    volumes = tuple(
        v for v in store.volumes.values() if v.disk_offering_id == offering.id and not v.removed
    )
    case = _case(call, offering, "tags", volumes)
    REOFFER.require(Phase.REQUEST, case)
    changed = offering._replace(
        name=args.get("name", offering.name),
        said=args.get("displaytext", offering.said),
        tags=offering.tags if case.tags is None else case.tags,
        inactive=_inactive(call, now=offering.inactive),
    )
    store.disk_offerings[changed.id] = changed
    return {"diskoffering": DISK_OFFERING.render(Seen(call, changed))}


def update_compute(call: Call) -> Row:
    """updateServiceOffering: what it is called, the tags of its pools and hosts, its state."""
    store, args, offering = call.world.store, call.args, call.args["id"]
    case = _case(call, offering.disk, "storagetags", _roots(call, offering))._replace(
        compute=offering,
        host_tags=tags_of(args["hosttags"]) if "hosttags" in args else None,
        hosts=tuple(
            store.hosts[host]
            for host in dict.fromkeys(
                vm.host_id or ""
                for vm in store.vms.values()
                if vm.service_offering_id == offering.id and vm.state not in _NO_VM
            )
            if host in store.hosts
        ),
    )
    REOFFER.require(Phase.REQUEST, case)
    traits = offering.traits
    if case.host_tags is not None:
        wanted = ",".join(tag.strip() for tag in args["hosttags"].split(","))
        traits = traits._replace(host_tags=wanted if case.host_tags else "")
    changed = offering._replace(
        name=args.get("name", offering.name),
        said=args.get("displaytext", offering.said),
        tags=offering.tags if case.tags is None else case.tags,
        inactive=_inactive(call, now=offering.inactive),
        traits=traits,
    )
    store.service_offerings[changed.id] = changed
    return {"serviceoffering": SERVICE_OFFERING.render(changed)}


def _roots(call: Call, offering: ServiceOffering) -> tuple[Volume, ...]:
    """Return the volumes that are made of the disk offering of a compute offering."""
    return tuple(
        v
        for v in call.world.store.volumes.values()
        if not v.removed
        and (v.disk_offering_id or (v.service_offering_id == offering.id and offering.disk_id))
        == offering.disk_id
    )


COMMANDS = (
    Command(
        "updateServiceOffering",
        update_compute,
        "id:service! displaytext:text name:text storagetags:text hosttags:text state:text",
        says="Changes what a compute offering is called, its tags or its state",
        answers=SERVICE_OFFERING,
        roles="ASD",
    ),
    Command(
        "updateDiskOffering",
        update_disk,
        "id:disk! displaytext:text name:text tags:text state:text",
        says="Changes what a disk offering is called, its tags or its state",
        answers=DISK_OFFERING,
        roles="ASD",
    ),
)
