"""Networks, their offerings and what they stand on as CloudStack's JSON."""

from functools import cache
from typing import NamedTuple
from uuid import UUID, uuid5

from simulator.api.render import IN_ZONE, JOB, NOT_ANNOTATED, OF_OWNER, TAG_LIST, TAGS, Seen
from simulator.api.shape import (
    Always,
    Parts,
    Shape,
    boolean,
    date,
    integer,
    listed,
    long,
    mapping,
    shared,
    text,
    texts,
)
from simulator.domain import networks as net
from simulator.domain.management import SecurityGroup

_FACT = Shape[tuple[str, str, bool]](
    "servicecapability",
    text("name", "name", lambda f: f[0]),
    text("value", "value", lambda f: f[1]),
    boolean("canchooseservicecapability", "whether the capability can be chosen", lambda f: f[2]),
)
_PROVIDER = Shape[str]("provider", text("name", "name", str))


class _ServiceAt(NamedTuple):
    """A service and who provides it; an offering does not show what it can."""

    record: net.Service
    provider: str
    offered: bool = False


_SERVICE = Shape[_ServiceAt](
    "service",
    text("name", "name", lambda s: s.record.name),
    listed("provider", "who provides it", _PROVIDER, lambda s: [s.provider]),
    listed("capability", "what it can", _FACT, lambda s: None if s.offered else s.record.facts),
)


def _plan(network: Seen[net.Network]) -> net.NetworkOffering:
    return network.call.world.store.network_offerings[network.record.offering_id]


@cache
def _services(names: tuple[str, ...]) -> tuple[_ServiceAt, ...]:
    """Return the services of a network, as they are the same for many."""
    known = [net.SERVICES[name] for name in names]
    return tuple(_ServiceAt(service, service.provider) for service in known)


def _offered(plan: net.NetworkOffering) -> list[_ServiceAt]:
    known = [net.SERVICES[name] for name in plan.services]
    return [_ServiceAt(service, plan.provides(service.name), offered=True) for service in known]


_PLAN: Parts[net.NetworkOffering] = (
    text("networkofferingid", "id of the network offering", lambda o: o.id),
    text("networkofferingname", "name of the network offering", lambda o: o.name),
    text("networkofferingdisplaytext", "description of the network offering", lambda o: o.text),
    boolean("networkofferingconservemode", "whether the network shares its public addresses",
            Always(True)),
    text("networkofferingavailability", "whether the network offering is required",
         lambda o: o.availability),
)  # fmt: skip
_TRAITS: Parts[Seen[net.Network]] = (
    boolean("restartrequired", "whether the network must be restarted", Always(False)),
    boolean("specifyvlan", "whether a VLAN can be chosen", Always(False)),
    boolean("specifyipranges", "whether address ranges can be chosen", Always(False)),
    boolean("canusefordeploy", "whether VMs can be deployed on the network", Always(True)),
    boolean("ispersistent", "whether networks stay without VMs", Always(False)),
    mapping("details", "more facts by name", lambda s: {} if s.call.is_root else None),
    boolean("displaynetwork", "whether the network is shown to its owner",
            lambda s: True if s.call.is_root else None),
    boolean("strechedl2subnet", "whether the subnet spans zones", Always(False)),
    boolean("redundantrouter", "whether the router has a twin", Always(False)),
    boolean("supportsvmautoscaling", "whether VMs can be scaled automatically", Always(True)),
    date("created", "when it was created", lambda s: s.record.created_s),
    long("receivedbytes", "bytes received", Always(0)),
    long("sentbytes", "bytes sent", Always(0)),
    boolean("egressdefaultpolicy", "whether outgoing traffic is allowed by default",
            Always(False)),
    integer("publicmtu", "MTU of the public side", Always(1500)),
    integer("privatemtu", "MTU of the private side", Always(1500)),
)  # fmt: skip
NETWORK = Shape[Seen[net.Network]](
    "network",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("displaytext", "description", lambda s: s.record.text),
    text("broadcastdomaintype", "type of the broadcast domain", Always("Vlan")),
    text("traffictype", "type of the traffic", Always("Guest")),
    text("gateway", "gateway", lambda s: s.record.gateway),
    text("netmask", "netmask", lambda s: s.record.netmask),
    text("cidr", "address block", lambda s: s.record.cidr),
    *IN_ZONE,
    shared(_plan, _PLAN),
    boolean("issystem", "whether it is the system's own", Always(False)),
    text("state", "state", lambda s: s.record.state),
    text("related", "id of the related network", lambda s: s.record.id),
    text("broadcasturi", "broadcast domain, once a VM has run on it",
         lambda s: None if s.record.vlan is None else f"vlan://{s.record.vlan}"),
    text("dns1", "first DNS server", lambda s: s.call.world.store.zones[s.record.zone_id].dns),
    text("type", "type", lambda s: _plan(s).kind),
    text("vlan", "VLAN, once a VM has run on it",
         lambda s: None if s.record.vlan is None else str(s.record.vlan)),
    text("acltype", "whether an account or a domain may use the network", Always("Account")),
    *OF_OWNER,
    listed("service", "services", _SERVICE,
           lambda s: _services(_plan(s).services)),
    text("networkdomain", "DNS suffix", lambda s: s.record.domain_name),
    text("physicalnetworkid", "id of the physical network", lambda s: s.record.physical_id),
    *_TRAITS,
    *TAG_LIST,
    *NOT_ANNOTATED,
    *JOB,
)  # fmt: skip
_NEVER: Parts[object] = (
    boolean("forvpc", "whether the offering is for VPC tiers", Always(False)),
    boolean("fornsx", "whether the offering is for NSX networks", Always(False)),
    boolean("fortungsten", "whether the offering is for Tungsten networks", Always(False)),
    boolean("ispersistent", "whether networks stay without VMs", Always(False)),
    boolean("egressdefaultpolicy", "whether outgoing traffic is allowed by default",
            Always(False)),
    boolean("supportsstrechedl2subnet", "whether subnets can span zones", Always(False)),
    boolean("supportspublicaccess", "whether guests can be reached from outside", Always(False)),
    boolean("supportsinternallb", "whether there is internal load balancing", Always(False)),
)  # fmt: skip


def _router(offering: Seen[net.NetworkOffering]) -> str | None:
    """Return the compute offering of the routers of a network offering."""
    offerings = offering.call.world.store.service_offerings.values()
    return next((o.id for o in offerings if o.name.endswith("Software Router")), None)


NETWORK_OFFERING = Shape[Seen[net.NetworkOffering]](
    "networkoffering",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("displaytext", "description", lambda s: s.record.text),
    date("created", "when it was created", lambda _: 0),
    text("traffictype", "type of the traffic", Always("Guest")),
    boolean("isdefault", "whether the cloud came with it", lambda s: s.record.default),
    boolean("specifyvlan", "whether a VLAN can be chosen", lambda s: s.record.specify_vlan),
    boolean("conservemode", "whether the network shares its public addresses", Always(True)),
    boolean("specifyipranges", "whether address ranges can be chosen",
            lambda s: s.record.ranges or s.record.kind == net.SHARED),
    text("availability", "whether the offering is required or optional",
         lambda s: s.record.availability),
    integer("networkrate", "traffic a nic is given in Mbit/s", lambda s: s.record.rate_mbps),
    text("state", "state", lambda s: "Enabled" if s.record.enabled else "Disabled"),
    text("guestiptype", "whether guests share the network", lambda s: s.record.kind),
    text("serviceofferingid", "id of the compute offering of its routers", _router),
    listed("service", "services", _SERVICE,
           lambda s: _offered(s.record)),
    *_NEVER,
    text("internetprotocol", "internet protocol", Always("IPv4")),
    boolean("specifyasnumber", "whether an AS number can be chosen", Always(False)),
    *NOT_ANNOTATED,
)  # fmt: skip


class ProviderAt(NamedTuple):
    """Who provides services on a physical network."""

    name: str
    state: str
    network_id: str


SERVICE_PROVIDER = Shape[ProviderAt](
    "networkserviceprovider",
    text("name", "name", lambda p: p.name),
    text("physicalnetworkid", "id of the physical network", lambda p: p.network_id),
    text("destinationphysicalnetworkid", "id of the physical network at the other side",
         Always("0")),
    text("state", "state", lambda p: p.state),
    text("id", "id", lambda p: str(uuid5(UUID(p.network_id), p.name))),
    texts("servicelist", "services that are provided",
          lambda p: [s.name for s in net.SERVICES.values() if s.provider == p.name]),
    boolean("canenableindividualservice", "whether services can be chosen one by one",
            lambda p: p.name == "VirtualRouter"),
)  # fmt: skip
PHYSICAL_NETWORK = Shape[Seen[net.PhysicalNetwork]](
    "physicalnetwork",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("broadcastdomainrange", "reach of the broadcast domain", Always("ZONE")),
    *IN_ZONE,
    text("state", "state", Always("Enabled")),
    text("vlan", "VLAN", lambda s: f"{s.record.first_vlan}-{s.record.last_vlan}"),
    text("isolationmethods", "how networks are isolated", Always("VLAN")),
)
SECURITY_GROUP = Shape[Seen[SecurityGroup]](
    "securitygroup",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("description", "description", lambda s: s.record.text),
    *OF_OWNER,
    texts("ingressrule", "rules on incoming traffic", lambda _: (), "set"),
    texts("egressrule", "rules on outgoing traffic", lambda _: (), "set"),
    *TAGS,
    integer("virtualmachinecount", "number of VMs", Always(0)),
    texts("virtualmachineids", "ids of the VMs", lambda _: (), "set"),
)
