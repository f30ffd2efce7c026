"""Networks, their offerings and addresses."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, listing, paged
from simulator.api.owners import owner_of
from simulator.api.render import Row, date, owner, present, tags, zone_of
from simulator.domain import networks as net
from simulator.domain.errors import Kind, Refused
from simulator.domain.management import SecurityGroup
from simulator.engine.networking import add_network

_MASK = "255.255.255.0"
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


def service(row: net.Service, *, full: bool) -> Row:
    """Return ServiceResponse; *full* names its capabilities."""
    body: Row = {"name": row.name, "provider": [{"name": row.provider}]}
    if full:
        body["capability"] = [
            {"name": name, "value": value, "canchooseservicecapability": free}
            for name, value, free in row.facts
        ]
    return body


def offering(call: Call, record: net.NetworkOffering) -> Row:
    """Return NetworkOfferingResponse."""
    offerings = call.world.store.service_offerings.values()
    router = next((o.id for o in offerings if o.name.endswith("Software Router")), None)
    body: Row = {
        "id": record.id,
        "name": record.name,
        "displaytext": record.text,
        "created": date(0),
        "traffictype": "Guest",
        "isdefault": record.default,
        "specifyvlan": record.specify_vlan,
        "conservemode": True,
        "specifyipranges": record.kind == net.SHARED,
        "availability": record.availability,
        "networkrate": record.rate_mbps,
        "state": "Enabled" if record.enabled else "Disabled",
        "guestiptype": record.kind,
        "serviceofferingid": router,
        "service": [service(net.SERVICES[name], full=False) for name in record.services],
    }
    body |= dict.fromkeys(_NEVER, False)
    return present(
        body | {"internetprotocol": "IPv4", "specifyasnumber": False, "hasannotations": False}
    )


def network(call: Call, record: net.Network) -> Row:
    """Return NetworkResponse; its VLAN is shown once a VM has run on it."""
    store = call.world.store
    plan = store.network_offerings[record.offering_id]
    uri = f"vlan://{record.vlan}" if record.vlan is not None else None
    body: Row = {
        "id": record.id,
        "name": record.name,
        "displaytext": record.text,
        "broadcastdomaintype": "Vlan",
        "traffictype": "Guest",
        "gateway": record.gateway,
        "netmask": record.netmask,
        "cidr": record.cidr,
        **zone_of(call, record.zone_id),
        "networkofferingid": plan.id,
        "networkofferingname": plan.name,
        "networkofferingdisplaytext": plan.text,
        "networkofferingconservemode": True,
        "networkofferingavailability": plan.availability,
        "issystem": False,
        "state": record.state,
        "related": record.id,
        "broadcasturi": uri,
        "dns1": store.zones[record.zone_id].dns,
        "type": plan.kind,
        "vlan": str(record.vlan) if uri else None,
        "acltype": "Account",
        **owner(call, record.account_id),
        "service": [service(net.SERVICES[name], full=True) for name in plan.services],
        "networkdomain": record.domain_name,
        "physicalnetworkid": record.physical_id,
        **_traits(record),
        "tags": tags(call, record.id),
        "hasannotations": False,
    }
    return present(body)


def _traits(record: net.Network) -> Row:
    return {
        "restartrequired": False,
        "specifyvlan": False,
        "specifyipranges": False,
        "canusefordeploy": True,
        "ispersistent": False,
        "details": {},
        "displaynetwork": True,
        "strechedl2subnet": False,
        "redundantrouter": False,
        "supportsvmautoscaling": True,
        "created": date(record.created_s),
        "receivedbytes": 0,
        "sentbytes": 0,
        "egressdefaultpolicy": False,
        "publicmtu": 1500,
        "privatemtu": 1500,
    }


def create_network(call: Call) -> Row:
    """createNetwork, at once; it is implemented when its first VM runs."""
    args, store = call.args, call.world.store
    plan, zone = args["networkofferingid"], args["zoneid"]
    if plan.kind != net.ISOLATED:
        text = "Only isolated networks can be created here"
        raise Refused(Kind.PARAM, text, "REQ-02")
    made = add_network(call.world, plan, args["name"], owner_of(call).id, zone.id)
    made = made._replace(text=args.get("displaytext") or made.name)
    store.networks[made.id] = made
    return {"network": network(call, made)}


def physical_network(call: Call, record: net.PhysicalNetwork) -> Row:
    """Return PhysicalNetworkResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "broadcastdomainrange": "ZONE",
        **zone_of(call, record.zone_id),
        "state": "Enabled",
        "vlan": f"{record.first_vlan}-{record.last_vlan}",
        "isolationmethods": "VLAN",
    }


def vlan_range(_: Call, record: net.PublicRange) -> Row:
    """Return VlanIpRangeResponse."""
    return {
        "id": record.id,
        "forvirtualnetwork": True,
        "zoneid": record.zone_id,
        "vlan": f"vlan://{record.vlan}",
        "gateway": f"{record.subnet}.1",
        "netmask": _MASK,
        "cidr": f"{record.subnet}.0/24",
        "startip": f"{record.subnet}.{record.first}",
        "endip": f"{record.subnet}.{record.last}",
        "networkid": record.network_id,
        "physicalnetworkid": record.physical_id,
        "forsystemvms": False,
    }


def public_ip(call: Call, record: net.PublicIp) -> Row:
    """Return IPAddressResponse."""
    store = call.world.store
    span = store.public_ranges[record.range_id]
    guest = store.networks.get(record.network_id or "")
    body: Row = {
        "id": record.id,
        "ipaddress": record.address,
        "allocated": date(record.allocated_s),
        **zone_of(call, span.zone_id),
        "issourcenat": record.source_nat,
        **owner(call, record.account_id),
        "forvirtualnetwork": True,
        "vlanid": span.id,
        "vlanname": f"vlan://{span.vlan}",
        "isstaticnat": False,
        "issystem": False,
        "associatednetworkid": guest.id if guest else None,
        "associatednetworkname": guest.name if guest else None,
        "networkid": span.network_id,
        "state": "Allocated",
        "physicalnetworkid": span.physical_id,
        "tags": tags(call, record.id),
        "isportable": False,
        "fordisplay": True,
        "hasrules": False,
        "forsystemvms": False,
        "forprovider": False,
        "hasannotations": False,
    }
    return present(body)


def security_group(call: Call, record: SecurityGroup) -> Row:
    """Return SecurityGroupResponse."""
    return {
        "id": record.id,
        "name": record.name,
        "description": record.text,
        **owner(call, record.account_id),
        "ingressrule": [],
        "egressrule": [],
        "tags": tags(call, record.id),
        "virtualmachinecount": 0,
        "virtualmachineids": [],
    }


def _of_network(call: Call, record: net.PublicIp) -> bool:
    wanted = call.args.get("associatednetworkid")
    return record.network_id is not None and (wanted is None or wanted.id == record.network_id)


def list_rules(call: Call) -> Row:
    """List the rules that forward ports or addresses: there never is one here."""
    return paged(call, "portforwardingrule", ())


COMMANDS = (
    Command(
        "listNetworkOfferings",
        listing("network_offerings", "networkoffering", offering, by="name"),
        f"id:networkoffering name:text {PAGING}",
        says="Lists the network offerings",
        answers="networkoffering",
        roles="ADUR",
    ),
    Command(
        "createNetwork",
        create_network,
        "name:text! networkofferingid:networkoffering! zoneid:zone! displaytext:text "
        "account:text domainid:domain projectid:text",
        says="Creates an isolated guest network",
        answers="network",
    ),
    Command(
        "listNetworks",
        listing("networks", "network", network, by="name zoneid physicalnetworkid", owned=True),
        f"id:network name:text zoneid:zone physicalnetworkid:physicalnetwork {OWNED}",
        says="Lists the guest networks",
        answers="network",
        roles="ADUR",
    ),
    Command(
        "listPhysicalNetworks",
        listing("physical_networks", "physicalnetwork", physical_network, by="name zoneid"),
        f"id:physicalnetwork name:text zoneid:zone {PAGING}",
        says="Lists the physical networks",
        answers="physicalnetwork",
        roles="A",
    ),
    Command(
        "listVlanIpRanges",
        listing("public_ranges", "vlaniprange", vlan_range, by="zoneid physicalnetworkid"),
        f"id:publicrange zoneid:zone physicalnetworkid:physicalnetwork {PAGING}",
        says="Lists the ranges of public addresses",
        answers="vlaniprange",
        roles="A",
    ),
    Command(
        "listPublicIpAddresses",
        listing("public_ips", "publicipaddress", public_ip, owned=True, also=_of_network),
        f"id:publicip associatednetworkid:network {OWNED}",
        says="Lists the public addresses of networks",
        answers="publicipaddress",
        roles="ADUR",
    ),
    *(
        Command(name, list_rules, OWNED, says=says, answers="portforwardingrule", roles="ADUR")
        for name, says in (
            ("listPortForwardingRules", "Lists the port forwarding rules"),
            ("listIpForwardingRules", "Lists the rules of static NAT"),
        )
    ),
    Command(
        "listSecurityGroups",
        listing("security_groups", "securitygroup", security_group, by="name", owned=True),
        f"id:securitygroup name:text {OWNED}",
        says="Lists the security groups",
        answers="securitygroup",
        roles="ADUR",
    ),
)
