"""Guest networks."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, listing
from simulator.api.matching import equal_to, like
from simulator.api.owners import network_owner_of
from simulator.api.render import SUCCESS, Seen, seen
from simulator.api.render_network import NETWORK
from simulator.api.shape import Row
from simulator.api.submit import submit, submit_success
from simulator.domain import networks as net
from simulator.domain.access import may_use
from simulator.domain.guest_networks import (
    GONE_NETWORK,
    NEW_NETWORK,
    RESTART_NETWORK,
    UPDATE_NETWORK,
    GoneNetwork,
    NewNetwork,
    OnNetwork,
)
from simulator.domain.limits import Resource
from simulator.domain.lists import LIST_NETWORKS, SERVICES_ASKED, NetworkFilter, ServiceAsked
from simulator.domain.records import USER_KINDS
from simulator.domain.rules import Phase
from simulator.engine.jobs import Job
from simulator.engine.networking import add_network, drop_network
from simulator.engine.nics import guests_of
from simulator.engine.world import Flow

_FIXED_TEXT = {"traffictype": "Guest", "acltype": "Account"}
_FIXED_FLAGS = {
    "issystem": False,
    "restartrequired": False,
    "specifyipranges": False,
    "forvpc": False,
    "displaynetwork": True,
    "canusefordeploy": True,
}
"""Filters of networks -> what is true of every network here."""
_OWN_KINDS = frozenset({"all", "account", "accountdomain"})


def _shown(call: Call, record: net.Network) -> bool:
    """Return whether a network is of the type asked for; what never differs decides for all."""
    args, plan = call.args, call.world.store.network_offerings[record.offering_id]
    spelt = {**_FIXED_TEXT, "type": plan.kind}
    wanted = services_asked(call)
    return (
        all(equal_to(args.get(name, right))(right) for name, right in spelt.items())
        and all(args.get(name, right) == right for name, right in _FIXED_FLAGS.items())
        and args.get("networkfilter", "all").lower() in _OWN_KINDS
        and _on_vlan(args.get("vlan"), record.vlan)
        and all(any(equal_to(w)(s) for s in plan.services) for w in wanted)
    )


def services_asked(call: Call) -> list[str]:
    """Return the services that what is listed must have; Refused for one that is none."""
    spelt = [s.strip() for s in call.args.get("supportedservices", "").split(",")]
    for name in filter(None, spelt):
        known = any(equal_to(name)(service) for service in net.SERVICES)
        SERVICES_ASKED.require(Phase.REQUEST, ServiceAsked(call.world.dialect, name, known))
    return [name for name in spelt if name]


def _on_vlan(wanted: str | None, vlan: int | None) -> bool:
    if wanted is None:
        return True
    spelt = f"vlan://{vlan}" if vlan is not None else ""
    return equal_to(wanted)(spelt) or like(f"%://{wanted}")(spelt)


_LISTED = listing(
    "networks", "network", seen(NETWORK), by="name zoneid physicalnetworkid networkofferingid",
    owned=True, newest_first=True, also=_shown,
)  # fmt: skip


def list_networks(call: Call) -> Row:
    """listNetworks, newest first; system networks are none here."""
    args = call.args
    case = NetworkFilter(
        dialect=call.world.dialect,
        kind=args.get("networkfilter", "all"),
        system_of_somebody=call.is_root
        and bool(args.get("issystem"))
        and bool(args.keys() & {"account", "domainid"}),
    )
    LIST_NETWORKS.require(Phase.REQUEST, case)
    if not call.is_root:
        call = call._replace(args={k: v for k, v in args.items() if k != "issystem"})
    return _LISTED(call)


def create_network(call: Call) -> Row:
    """createNetwork, at once; it is implemented when its first VM runs."""
    args, world = call.args, call.world
    plan, zone, owner = args["networkofferingid"], args["zoneid"], network_owner_of(call)
    case = NewNetwork(
        dialect=world.dialect,
        offering=plan,
        caller_may=may_use(call.account, owner, world.store.domains),
        over_limit=world.over_limit(owner.id, Resource.NETWORK, 1),
        by_root=call.is_root,
        zone_enabled=zone.enabled,
        zone_id=zone.id,
        acl_type=args.get("acltype"),
        gateway=args.get("gateway"),
        netmask=args.get("netmask"),
        start_ip=args.get("startip"),
        end_ip=args.get("endip"),
        vlan=args.get("vlan"),
        domain=args.get("networkdomain"),
        narrowest=int(world.settings.number("network.guest.cidr.limit")),
    )
    NEW_NETWORK.require(Phase.REQUEST, case)
    made = add_network(world, plan, args["name"], owner.id, zone.id)
    made = made._replace(
        text=args.get("displaytext") or made.name,
        domain_name=case.domain or made.domain_name,
    )
    if case.block is not None:
        made = made.in_block(str(case.block), case.gateway)
    world.store.networks[made.id] = made
    return {"network": NETWORK.render(Seen(call, made))}


def _job(call: Call, flow: Flow) -> Row:
    """Start a job that answers with the network."""

    def show(network_id: str, job: Job) -> Row:
        shown = Seen(call, call.world.store.networks[network_id], job.id)
        return {"network": NETWORK.render(shown)}

    return submit(call, flow, "network", show, ("Network", call.args["id"].id))


def update_network(call: Call) -> Row:
    """updateNetwork: its name, its text and the DNS suffix of its guests."""
    args, store, network_id = call.args, call.world.store, call.args["id"].id

    def flow() -> Flow:
        yield call.world.spend("work")
        record = store.networks[network_id]
        domain = args.get("networkdomain")
        UPDATE_NETWORK.require(Phase.JOB, OnNetwork(call.world.dialect, record, domain))
        store.networks[network_id] = record._replace(
            name=args.get("name", record.name),
            text=args.get("displaytext", record.text),
            domain_name=domain or record.domain_name,
        )
        return network_id

    return _job(call, flow())


def restart_network(call: Call) -> Row:
    """restartNetwork: its router is there anew."""
    world, network_id = call.world, call.args["id"].id

    def flow() -> Flow:
        yield world.spend("work")
        record = world.store.networks[network_id]
        RESTART_NETWORK.require(Phase.JOB, OnNetwork(world.dialect, record))

    return submit_success(call, flow(), "network", ("Network", network_id))


def delete_network(call: Call) -> Row:
    """deleteNetwork: its router, its addresses and their rules go with it."""
    world, store, gone = call.world, call.world.store, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        used = sum(v.kind in USER_KINDS for v in guests_of(store, gone.id))
        forced = bool(call.args.get("forced"))
        GONE_NETWORK.require(Phase.JOB, GoneNetwork(world.dialect, used, forced, call.is_root))
        drop_network(world, gone.id)

    return submit_success(call, flow(), "network", ("Network", gone.id))


COMMANDS = (
    Command(
        "createNetwork",
        create_network,
        "name:text! networkofferingid:networkoffering! zoneid:zone! displaytext:text "
        "gateway:text netmask:text startip:text endip:text networkdomain:text acltype:text "
        "vlan:text^ account:text domainid:domain~ projectid:anyproject~",
        says="Creates an isolated guest network",
        answers=NETWORK,
    ),
    Command(
        "deleteNetwork",
        delete_network,
        "id:network!@ forced:bool",
        says="Deletes a network that no VM is on",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "updateNetwork",
        update_network,
        "id:network!@ name:text displaytext:text networkdomain:text",
        says="Changes the names of a network, or the DNS suffix of its guests",
        answers=NETWORK,
        is_async=True,
    ),
    Command(
        "restartNetwork",
        restart_network,
        "id:network!@",
        says="Restarts the router of a network",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "listNetworks",
        list_networks,
        "id:network~ name:text zoneid:zone~ type:text issystem:bool acltype:text traffictype:text "
        "physicalnetworkid:physicalnetwork~ supportedservices:text restartrequired:bool "
        "specifyipranges:bool canusefordeploy:bool forvpc:bool displaynetwork:bool^ "
        "networkofferingid:networkoffering~ networkfilter:text vlan:text^ "
        f"retrieveonlyresourcecount:bool tags:map {OWNED}",
        says="Lists the guest networks",
        answers=NETWORK,
        roles="ASDUR",
    ),
)
