"""What the rules of deployVirtualMachine look at, read from a call."""

from simulator.api.command import Call
from simulator.api.images import may_launch
from simulator.api.joins import networks_of
from simulator.api.ssh_keys import key_names, keys_of
from simulator.api.user_data import content_of
from simulator.domain.access import may_use
from simulator.domain.deploy import BOOT_MODES, BOOT_TYPES, Deploy
from simulator.domain.details import ROOT_SIZE, merged
from simulator.domain.furnish import Furnish
from simulator.domain.inventory import Hypervisor, Template
from simulator.domain.limits import Resource
from simulator.domain.networks import ISOLATED, SHARED, Network
from simulator.domain.records import Account, Role
from simulator.domain.registering import ISO
from simulator.engine.networking import default_network, guest_address
from simulator.engine.nics import free_address
from simulator.engine.store import Store
from simulator.engine.vm_names import taken


def details_of(call: Call) -> dict[str, str]:
    """Return the details that a call gives a VM; the parameters of the same meaning come last."""
    args = call.args
    found = merged(args.get("details", ()))
    kind, mode = (str(args.get(name, "")).strip().upper() for name in ("boottype", "bootmode"))
    if kind in BOOT_TYPES and mode in BOOT_MODES:
        found[kind] = mode
    if "rootdisksize" in args:
        found.setdefault(ROOT_SIZE, str(args["rootdisksize"]))
    return found


def hypervisor_asked(call: Call) -> Hypervisor:
    """Return the hypervisor a call asks for, NONE where it asks for none there is."""
    wanted = str(call.args.get("hypervisor", "")).lower()
    return next((h for h in Hypervisor if h.lower() == wanted), Hypervisor.NONE)


def deploy_case(call: Call, owner: Account) -> Deploy:
    """Return what the rules on whether, for whom and where look at."""
    args, store = call.args, call.world.store
    template, networks = args.get("templateid"), networks_of(call)
    barred = (n.id for n in networks if not may_join(store, owner, n))
    return Deploy(
        dialect=call.world.dialect,
        owner=owner,
        compute=args["serviceofferingid"],
        zone=args["zoneid"],
        template=template,
        caller_may=may_use(call.account, owner, store.domains),
        caller_is_root=call.is_root,
        name=call.text("name"),
        details=details_of(call),
        boot_type=args.get("boottype", ""),
        boot_mode=args.get("bootmode", ""),
        disk=args.get("diskofferingid"),
        hypervisor=hypervisor_asked(call),
        host=args.get("hostid"),
        placed_by_other="hostid" in args and not call.is_root,
        barred=next(barred, ""),
        isolated=0 if networks else isolated_of(store, owner, args["zoneid"].id),
        content=content_of(call, template),
    )


def may_join(store: Store, owner: Account, network: Network) -> bool:
    """Return whether VMs of *owner* may be on a network: its own, a project's, a shared one."""
    offering, holder = (
        store.network_offerings[network.offering_id],
        store.accounts[network.account_id],
    )
    return (
        owner.role is Role.ADMIN
        or network.account_id == owner.id
        or offering.kind == SHARED
        or (holder.role is Role.PROJECT and may_use(owner, holder, store.domains))
    )


def isolated_of(store: Store, owner: Account, zone_id: str) -> int:
    """Return how many isolated networks of its own an account has in a zone."""
    return sum(
        (n.account_id, n.zone_id, n.removed) == (owner.id, zone_id, False)
        and store.network_offerings[n.offering_id].kind == ISOLATED
        for n in store.networks.values()
    )


def furnish_case(call: Call, owner: Account, ahead: Deploy, template: Template) -> Furnish:
    """Return what the rules on disks and nic look at; *ahead* has passed its own."""
    world, args, settings = call.world, call.args, call.world.settings
    networks, keys = networks_of(call), key_names(args)
    strays = [n for n in networks if n.zone_id != ahead.zone.id]
    name, address = ahead.name, args.get("ipaddress")
    network = networks[0] if networks else default_network(world, owner.id, ahead.zone.id)
    case = Furnish(
        dialect=world.dialect,
        owner=owner,
        compute=ahead.compute.sized(tuple(ahead.details.items())),
        zone=ahead.zone,
        template=template,
        hypervisor=ahead.runs_on,
        iso=template.image_format == ISO,
        details=ahead.details,
        disk=ahead.disk,
        size_gib=args.get("size"),
        bounds_gib=(
            int(settings.number("custom.diskoffering.size.min")),
            int(settings.number("custom.diskoffering.size.max")),
        ),
        max_gib=int(settings.number("storage.max.volume.size")),
        may_launch=may_launch(call, owner, template),
        keys_known=len(keys_of(call, owner, keys)) == len(keys),
        stray=_spelt(call, strays[0]) if strays else "",
        network=_spelt(call, network),
        address=address,
        given=_address(call, network, address),
        taken=_taken(call, name, networks or [network]),
    )
    return _limited(call, case)


def _address(call: Call, network: Network, address: str | None) -> str | None:
    """Return the address a new VM gets, None where the network cannot give it, or any."""
    store = call.world.store
    if address is None:
        return guest_address(call.world, network, store.rows["vm"] + 1)
    return free_address(store, network, address)


def _spelt(call: Call, network: Network) -> str:
    offering = call.world.store.network_offerings[network.offering_id]
    return network.spelt(offering.db_id)


def _taken(call: Call, name: str | None, networks: list[Network]) -> str:
    if name is None:
        return ""
    return next(filter(None, (taken(call.world, name, n.id) for n in networks)), "")


def _limited(call: Call, case: Furnish) -> Furnish:
    """Return *case* with what its owner has no room for."""
    world, owner_id, root = call.world, case.owner.id, case.root_bytes
    over = world.over_limits(
        owner_id,
        (Resource.USER_VM, 1),
        (Resource.CPU, case.compute.cpu_count),
        (Resource.MEMORY, case.compute.memory_mib),
        (Resource.VOLUME, 1),
        (Resource.PRIMARY_STORAGE, root),
    )
    data = ""
    if case.data_disk is not None:
        data = world.over_limit(owner_id, Resource.VOLUME, 1, 1) or world.over_limit(
            owner_id, Resource.PRIMARY_STORAGE, case.data_bytes, root
        )
    return case._replace(over_limit=over, over_data_limit=data)
