"""Network offerings: list, create, change, delete; and who provides the services."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGES, PAGING, Row, listing, paged
from simulator.api.matching import equal_to
from simulator.api.networks import services_asked
from simulator.api.render import SUCCESS, Seen, seen
from simulator.api.render_network import NETWORK_OFFERING, SERVICE_PROVIDER, ProviderAt
from simulator.domain import networks as net
from simulator.domain.offerings import (
    DELETE_NETWORK_OFFERING,
    OFFER_NETWORK,
    UPDATE_NETWORK_OFFERING,
    OfferNetwork,
    OnNetworkOffering,
)
from simulator.domain.rules import Phase

_KINDS = {kind.lower(): kind for kind in (net.ISOLATED, net.SHARED, net.L2)}
_SECURED = "securitygroup"
"""The service whose provider need not be named."""
_PROVIDERS = (("VirtualRouter", "Enabled"), ("SecurityGroupProvider", "Disabled"))


def create(call: Call) -> Row:
    """createNetworkOffering: Disabled until it is enabled."""
    store, args = call.world.store, call.args
    spelt = (s.strip() for s in args.get("supportedservices", "").split(","))
    services = tuple(s for s in spelt if s)
    kind = _KINDS.get(args["guestiptype"].lower(), args["guestiptype"])
    taken = {o.name for o in store.network_offerings.values() if not o.removed}
    ranges, free = bool(args.get("specifyipranges")), args["name"] not in taken
    provided = {
        row.get("service", "").lower(): row.get("provider", "")
        for row in args.get("serviceproviderlist", ())
    }
    chosen = tuple(provided[s.lower()] for s in services if s.lower() in provided)
    case = OfferNetwork(call.world.dialect, kind, services, free, ranges, chosen)
    OFFER_NETWORK.require(Phase.REQUEST, case)
    made = net.NetworkOffering(
        store.new_id(),
        store.new_row("networkoffering"),
        args["name"],
        args.get("displaytext") or args["name"],
        kind,
        services,
        availability=args.get("availability", "Optional"),
        specify_vlan=bool(args.get("specifyvlan")),
        rate_mbps=args.get("networkrate", 200),
        default=False,
        enabled=bool(args.get("enable")),
        ranges=ranges,
        unprovided=next((s for s in services if s.lower() not in {*provided, _SECURED}), ""),
    )
    store.network_offerings[made.id] = made
    return {"networkoffering": NETWORK_OFFERING.render(Seen(call, made))}


def update(call: Call) -> Row:
    """updateNetworkOffering: its names, its state, its availability."""
    args, offering = call.args, call.args["id"]
    state = args["state"].lower() if "state" in args else None
    case = OnNetworkOffering(call.world.dialect, offering, state)
    UPDATE_NETWORK_OFFERING.require(Phase.REQUEST, case)
    changed = offering._replace(
        name=args.get("name", offering.name),
        text=args.get("displaytext", offering.text),
        availability=args.get("availability", offering.availability),
        enabled=offering.enabled if state is None else state == "enabled",
    )
    call.world.store.network_offerings[changed.id] = changed
    return {"networkoffering": NETWORK_OFFERING.render(Seen(call, changed))}


def delete(call: Call) -> Row:
    """deleteNetworkOffering that no network has."""
    store, gone = call.world.store, call.args["id"]
    used = sum(n.offering_id == gone.id and not n.removed for n in store.networks.values())
    case = OnNetworkOffering(call.world.dialect, gone, networks=used)
    DELETE_NETWORK_OFFERING.require(Phase.REQUEST, case)
    store.network_offerings[gone.id] = gone._replace(removed=True)
    return SUCCESS.render(True)


def _shown(call: Call, record: net.NetworkOffering) -> bool:
    """Return whether an offering has the state and the services that are asked for."""
    args, state = call.args, "Enabled" if record.enabled else "Disabled"
    facts = {
        "specifyipranges": record.ranges or record.kind == net.SHARED,
        "sourcenatsupported": "SourceNat" in record.services,
        "forvpc": False,
    }
    spelt = {"traffictype": "Guest", "state": state}
    return (
        all(equal_to(args.get(name, right))(right) for name, right in spelt.items())
        and all(args.get(name, right) == right for name, right in facts.items())
        and all(any(equal_to(w)(s) for s in record.services) for w in services_asked(call))
        and ("zoneid" not in args or "SecurityGroup" not in record.services)
    )


_LISTED = listing(
    "network_offerings", "networkoffering", seen(NETWORK_OFFERING), like="displaytext",
    words="name text",
    by="name isdefault specifyvlan availability guestiptype", also=_shown,
)  # fmt: skip


def list_offerings(call: Call) -> Row:
    """listNetworkOfferings; with a zone those whose services it has."""
    services_asked(call)
    return _LISTED(call)


def list_providers(call: Call) -> Row:
    """listNetworkServiceProviders of each physical network."""
    args = call.args
    physical = args.get("physicalnetworkid")
    rows = [
        ProviderAt(name, state, network.id)
        for network in call.world.store.physical_networks.values()
        for name, state in _PROVIDERS
        if (physical is None or physical.id == network.id)
        and equal_to(args.get("name", name))(name)
        and equal_to(args.get("state", state))(state)
    ]
    return paged(call, "networkserviceprovider", rows, SERVICE_PROVIDER.render)


COMMANDS = (
    Command(
        "listNetworkOfferings",
        list_offerings,
        "id:networkoffering~ name:text displaytext:text traffictype:text isdefault:bool "
        "specifyvlan:bool availability:text state:text guestiptype:text supportedservices:text "
        f"sourcenatsupported:bool specifyipranges:bool forvpc:bool zoneid:zone {PAGING}",
        says="Lists the network offerings",
        answers=NETWORK_OFFERING,
        roles="ASDUR",
    ),
    Command(
        "createNetworkOffering",
        create,
        "name:text! guestiptype:text! traffictype:text! displaytext:text supportedservices:text "
        "availability:text networkrate:integer specifyvlan:bool "
        "specifyipranges:bool enable:bool serviceproviderlist:map",
        says="Creates a network offering, which has yet to be enabled",
        answers=NETWORK_OFFERING,
        roles="A",
    ),
    Command(
        "updateNetworkOffering",
        update,
        "id:networkoffering! name:text displaytext:text state:text availability:text",
        says="Changes a network offering, or whether networks can be made from it",
        answers=NETWORK_OFFERING,
        roles="A",
    ),
    Command(
        "deleteNetworkOffering",
        delete,
        "id:networkoffering!",
        says="Deletes a network offering that no network has",
        answers=SUCCESS,
        roles="A",
    ),
    Command(
        "listNetworkServiceProviders",
        list_providers,
        f"physicalnetworkid:physicalnetwork~ name:text state:text {PAGES}",
        says="Lists who provides the services of physical networks",
        answers=SERVICE_PROVIDER,
        roles="A",
    ),
)
