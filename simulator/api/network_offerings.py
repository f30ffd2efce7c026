"""Network offerings: list, create, change, delete; and who provides the services."""

from uuid import UUID, uuid5

from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.lists import PAGES, PAGING, Row, listing, paged
from simulator.api.matching import equal_to
from simulator.api.networks import services_asked
from simulator.api.rows import present
from simulator.domain import networks as net
from simulator.domain.offerings import (
    DELETE_NETWORK_OFFERING,
    OFFER_NETWORK,
    UPDATE_NETWORK_OFFERING,
    OfferNetwork,
    OnNetworkOffering,
)
from simulator.domain.rules import Phase

_NEVER = (
    "forvpc",
    "fornsx",
    "fortungsten",
    "ispersistent",
    "egressdefaultpolicy",
    "supportsstrechedl2subnet",
    "supportspublicaccess",
    "supportsinternallb",
)
"""Fields of a network offering that are false for all of them."""
_KINDS = {kind.lower(): kind for kind in (net.ISOLATED, net.SHARED, net.L2)}
_SECURED = "securitygroup"
"""The service whose provider need not be named."""
_PROVIDERS = (("VirtualRouter", "Enabled"), ("SecurityGroupProvider", "Disabled"))


def render(call: Call, record: net.NetworkOffering) -> Row:
    """Return NetworkOfferingResponse."""
    offerings = call.world.store.service_offerings.values()
    router = next((o.id for o in offerings if o.name.endswith("Software Router")), None)
    services = [
        {"name": name, "provider": [{"name": record.provides(name)}]} for name in record.services
    ]
    body: Row = {
        "id": record.id,
        "name": record.name,
        "displaytext": record.text,
        "created": date(0),
        "traffictype": "Guest",
        "isdefault": record.default,
        "specifyvlan": record.specify_vlan,
        "conservemode": True,
        "specifyipranges": record.ranges or record.kind == net.SHARED,
        "availability": record.availability,
        "networkrate": record.rate_mbps,
        "state": "Enabled" if record.enabled else "Disabled",
        "guestiptype": record.kind,
        "serviceofferingid": router,
        "service": services,
    }
    body |= dict.fromkeys(_NEVER, False)
    return present(
        body | {"internetprotocol": "IPv4", "specifyasnumber": False, "hasannotations": False}
    )


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
    return {"networkoffering": render(call, made)}


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
    return {"networkoffering": render(call, changed)}


def delete(call: Call) -> Row:
    """deleteNetworkOffering that no network has."""
    store, gone = call.world.store, call.args["id"]
    used = sum(n.offering_id == gone.id and not n.removed for n in store.networks.values())
    case = OnNetworkOffering(call.world.dialect, gone, networks=used)
    DELETE_NETWORK_OFFERING.require(Phase.REQUEST, case)
    store.network_offerings[gone.id] = gone._replace(removed=True)
    return {"success": True}


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
    "network_offerings", "networkoffering", render, like="displaytext", words="name text",
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
        {
            "name": name,
            "physicalnetworkid": network.id,
            "destinationphysicalnetworkid": "0",
            "state": state,
            "id": str(uuid5(UUID(network.id), name)),
            "servicelist": [s.name for s in net.SERVICES.values() if s.provider == name],
            "canenableindividualservice": name == "VirtualRouter",
        }
        for network in call.world.store.physical_networks.values()
        for name, state in _PROVIDERS
        if (physical is None or physical.id == network.id)
        and equal_to(args.get("name", name))(name)
        and equal_to(args.get("state", state))(state)
    ]
    return paged(call, "networkserviceprovider", rows)


COMMANDS = (
    Command(
        "listNetworkOfferings",
        list_offerings,
        "id:networkoffering~ name:text displaytext:text traffictype:text isdefault:bool "
        "specifyvlan:bool availability:text state:text guestiptype:text supportedservices:text "
        f"sourcenatsupported:bool specifyipranges:bool forvpc:bool zoneid:zone {PAGING}",
        says="Lists the network offerings",
        answers="networkoffering",
        roles="ASDUR",
    ),
    Command(
        "createNetworkOffering",
        create,
        "name:text! guestiptype:text! traffictype:text! displaytext:text supportedservices:text "
        "availability:text networkrate:integer specifyvlan:bool "
        "specifyipranges:bool enable:bool serviceproviderlist:map",
        says="Creates a network offering, which has yet to be enabled",
        answers="networkoffering",
        roles="A",
    ),
    Command(
        "updateNetworkOffering",
        update,
        "id:networkoffering! name:text displaytext:text state:text availability:text",
        says="Changes a network offering, or whether networks can be made from it",
        answers="networkoffering",
        roles="A",
    ),
    Command(
        "deleteNetworkOffering",
        delete,
        "id:networkoffering!",
        says="Deletes a network offering that no network has",
        answers="success",
        roles="A",
    ),
    Command(
        "listNetworkServiceProviders",
        list_providers,
        f"physicalnetworkid:physicalnetwork~ name:text state:text {PAGES}",
        says="Lists who provides the services of physical networks",
        answers="networkserviceprovider",
        roles="A",
    ),
)
