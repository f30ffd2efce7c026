"""Networks and public addresses."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, listing
from simulator.api.owners import network_owner_of
from simulator.api.render import Row, date, owner, present, tags, zone_of
from simulator.api.submit import submit_success
from simulator.domain import networks as net
from simulator.domain.access import may_use
from simulator.domain.firewall import GONE_NETWORK, NEW_NETWORK, GoneNetwork, NewNetwork
from simulator.domain.limits import Resource
from simulator.domain.management import SecurityGroup
from simulator.domain.records import USER_KINDS
from simulator.domain.rules import Phase
from simulator.engine.networking import add_network, drop_network
from simulator.engine.world import Flow

_MASK = "255.255.255.0"


def _service(row: net.Service) -> Row:
    """Return ServiceResponse with its capabilities."""
    facts = [
        {"name": name, "value": value, "canchooseservicecapability": free}
        for name, value, free in row.facts
    ]
    return {"name": row.name, "provider": [{"name": row.provider}], "capability": facts}


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
        "service": [_service(net.SERVICES[name]) for name in plan.services],
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


def _traits_fit(call: Call, record: net.Network) -> bool:
    """Return whether a network is of the type asked for; what never differs decides for all."""
    args, plan = call.args, call.world.store.network_offerings[record.offering_id]
    return (
        args.get("type", plan.kind).lower() == plan.kind.lower()
        and args.get("traffictype", "guest").lower() == "guest"
        and not args.get("issystem", False)
        and not args.get("restartrequired", False)
        and args.get("canusefordeploy", True)
    )


def create_network(call: Call) -> Row:
    """createNetwork, at once; it is implemented when its first VM runs."""
    args, world = call.args, call.world
    plan, zone, owner = args["networkofferingid"], args["zoneid"], network_owner_of(call)
    may = may_use(call.account, owner, world.store.domains)
    over = world.over_limit(owner.id, Resource.NETWORK, 1)
    NEW_NETWORK.require(Phase.REQUEST, NewNetwork(world.dialect, plan, may, over))
    made = add_network(world, plan, args["name"], owner.id, zone.id)
    made = made._replace(
        text=args.get("displaytext") or made.name,
        gateway=args.get("gateway", made.gateway),
        netmask=args.get("netmask", made.netmask),
    )
    world.store.networks[made.id] = made
    return {"network": network(call, made)}


def delete_network(call: Call) -> Row:
    """deleteNetwork: its router, its addresses and their rules go with it."""
    world, store, gone = call.world, call.world.store, call.args["id"]

    def flow() -> Flow:
        yield world.spend("work")
        guests = [v for v in store.vms.values() if v.network_id == gone.id and not v.removed]
        used = sum(v.kind in USER_KINDS for v in guests)
        GONE_NETWORK.require(Phase.JOB, GoneNetwork(world.dialect, used))
        drop_network(world, gone.id)

    return submit_success(call, flow(), "network", ("Network", gone.id))


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
    args, wanted = call.args, call.args.get("associatednetworkid")
    return (
        record.network_id is not None
        and (wanted is None or wanted.id == record.network_id)
        and args.get("ipaddress", record.address) == record.address
        and args.get("issourcenat", record.source_nat) == record.source_nat
    )


COMMANDS = (
    Command(
        "createNetwork",
        create_network,
        "name:text! networkofferingid:networkoffering! zoneid:zone! displaytext:text "
        "gateway:text netmask:text account:text domainid:domain~ projectid:anyproject~",
        says="Creates an isolated guest network",
        answers="network",
    ),
    Command(
        "deleteNetwork",
        delete_network,
        "id:network!@ forced:bool",
        says="Deletes a network that no VM is on",
        answers="success",
        is_async=True,
    ),
    Command(
        "listNetworks",
        listing(
            "networks",
            "network",
            network,
            by="name zoneid physicalnetworkid networkofferingid",
            owned=True,
            also=_traits_fit,
        ),
        "id:network name:text zoneid:zone physicalnetworkid:physicalnetwork "
        "networkofferingid:networkoffering type:text traffictype:text issystem:bool "
        f"restartrequired:bool canusefordeploy:bool {OWNED}",
        says="Lists the guest networks",
        answers="network",
        roles="ASDUR",
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
        f"id:publicip associatednetworkid:network ipaddress:text issourcenat:bool {OWNED}",
        says="Lists the public addresses of networks",
        answers="publicipaddress",
        roles="ASDUR",
    ),
    Command(
        "listSecurityGroups",
        listing("security_groups", "securitygroup", security_group, by="name", owned=True),
        f"id:securitygroup name:text {OWNED}",
        says="Lists the security groups",
        answers="securitygroup",
        roles="ASDUR",
    ),
)
