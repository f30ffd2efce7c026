"""System VMs and routers as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import (
    IN_POD,
    IN_ZONE,
    NOT_ANNOTATED,
    OF_OWNER,
    OFFERING_NAMES,
    TEMPLATE_NAMES,
)
from simulator.api.render_nic import NIC, NicAt
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    listed,
    shared,
    text,
    within,
)
from simulator.domain import networks as net
from simulator.domain.inventory import Host
from simulator.domain.records import Vm, VmKind

_MASK = "255.255.255.0"
_CONTROL_MASK = "255.255.0.0"
TYPES = {
    VmKind.CONSOLE_PROXY: "consoleproxy",
    VmKind.SECONDARY_STORAGE: "secondarystoragevm",
}


class _Outside(NamedTuple):
    """Where a system VM is reached from outside; empty words where it is not."""

    address: str
    mac: str
    gateway: str
    network_id: str
    uri: str


class SystemAt(NamedTuple):
    """A system VM as a caller sees it; *host* is where it runs, or ran last."""

    call: Call
    record: Vm
    host: Host
    outside: _Outside

    @property
    def running(self) -> bool:
        """Whether it runs: what it has inside is given back while it does not."""
        return self.record.host_id is not None

    @property
    def proxy(self) -> bool:
        """Whether it serves consoles."""
        return self.record.kind is VmKind.CONSOLE_PROXY


def _outside(call: Call, record: Vm) -> _Outside:
    store = call.world.store
    ip = next((p for p in store.public_ips.values() if p.vm_id == record.id), None)
    span = store.public_ranges[ip.range_id] if ip else None
    return _Outside(
        address=ip.address if ip else "",
        mac=f"1e:00:d6:00:{record.db_id >> 8 & 255:02x}:{record.db_id & 255:02x}",
        gateway=f"{span.subnet}.1" if span else "",
        network_id=span.network_id if span else "",
        uri=f"vlan://{span.vlan}" if span else "",
    )


_HEAD: Parts[SystemAt] = (
    text("id", "id", lambda v: v.record.id),
    *IN_ZONE,
    text("dns1", "first DNS server", lambda v: v.call.world.store.zones[v.record.zone_id].dns),
)
_HOST: Parts[Host] = (
    text("hostid", "id of the host", lambda h: h.id),
    text("hostname", "name of the host", lambda h: h.name),
    text("hostcontrolstate", "whether the host can be controlled", Always("Enabled")),
)
_MIDDLE: Parts[SystemAt] = (
    text("gateway", "gateway to the outside", lambda v: v.outside.gateway),
    text("name", "name", lambda v: v.record.name),
    shared(lambda v: v.call.world.store.pods[v.host.pod_id], IN_POD),
    within(lambda v: v.host if v.running else None, _HOST),
    text("hypervisor", "hypervisor", lambda v: str(v.record.hypervisor)),
)
_TAIL: Parts[SystemAt] = (
    shared(lambda v: v.call.world.store.templates[v.record.template_id], TEMPLATE_NAMES),
    date("created", "when it was created", lambda v: v.record.created_s),
    text("state", "state", lambda v: str(v.record.state)),
    shared(lambda v: v.call.world.store.service_offerings[v.record.service_offering_id],
           OFFERING_NAMES),
    text("arch", "CPU architecture", Always("x86_64")),
    *NOT_ANNOTATED,
)  # fmt: skip


def _private_ip(at: SystemAt) -> str:
    subnet = at.call.world.store.pods[at.host.pod_id].subnet
    return f"{subnet}.{130 + at.record.db_id % 64}"


_INSIDE: Parts[SystemAt] = (
    text("privateip", "private address", _private_ip),
    text("privatemacaddress", "private MAC address",
         lambda v: f"1e:00:fb:00:00:{v.record.db_id & 255:02x}"),
    text("privatenetmask", "private netmask", Always(_MASK)),
    text("linklocalip", "link-local address", lambda v: v.record.address),
    text("linklocalmacaddress", "link-local MAC address", lambda v: v.record.mac),
    text("linklocalnetmask", "link-local netmask", Always(_CONTROL_MASK)),
)  # fmt: skip
_AGENT: Parts[SystemAt] = (
    text("agentstate", "state of the agent", lambda v: "Up" if v.running else "Down"),
    text("version", "version",
         lambda v: v.call.world.dialect.version if v.running else None),
)  # fmt: skip
SYSTEM_VM = Shape[SystemAt](
    "systemvm",
    *_HEAD,
    text("systemvmtype", "type of the system VM", lambda v: TYPES[v.record.kind]),
    *_MIDDLE,
    within(lambda v: v if v.running else None, _INSIDE),
    text("publicip", "public address", lambda v: v.outside.address),
    text("publicmacaddress", "public MAC address", lambda v: v.outside.mac),
    text("publicnetmask", "public netmask", Always(_MASK)),
    *_TAIL,
    integer("activeviewersessions", "console sessions that are open",
            lambda v: 0 if v.proxy else None),
    within(lambda v: None if v.proxy else v, _AGENT),
    boolean("isdynamicallyscalable", "whether it can be scaled while it runs", Always(False)),
)  # fmt: skip


def system_at(call: Call, record: Vm) -> SystemAt:
    """Return a system VM with where it is."""
    host = call.world.store.hosts[record.host_id or record.last_host_id or ""]
    return SystemAt(call, record, host, _outside(call, record))


def system_vm(call: Call, record: Vm) -> Row:
    """Return SystemVmResponse."""
    return SYSTEM_VM.render(system_at(call, record))


def _guest_nic(at: SystemAt, guest: net.Network) -> NicAt:
    """Return a router's nic to its guests."""
    db_id = at.record.db_id
    return NicAt(
        id=at.record.nic_id[:-1] + "1",
        network_id=guest.id,
        network_name=guest.name,
        netmask=guest.netmask,
        gateway=None,
        address=guest.gateway,
        uri=f"vlan://{guest.vlan}",
        traffic_type="Guest",
        type=net.ISOLATED,
        default=False,
        mac=f"02:01:00:d1:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
        mtu=1500,
    )


def _control_nic(at: SystemAt, guest: net.Network) -> NicAt:
    """Return a router's nic to its host."""
    return NicAt(
        id=at.record.nic_id[:-1] + "2",
        network_id=guest.physical_id,
        netmask=_CONTROL_MASK,
        gateway="169.254.0.1",
        address=at.record.address,
        uri=None,
        traffic_type="Control",
        default=False,
        mac=at.record.mac,
    )


def _public_nic(at: SystemAt) -> NicAt:
    """Return a router's nic to the outside."""
    return NicAt(
        id=at.record.nic_id[:-1] + "3",
        network_id=at.outside.network_id,
        netmask=_MASK,
        gateway=at.outside.gateway,
        address=at.outside.address,
        uri=at.outside.uri,
        traffic_type="Public",
        default=True,
        mac=at.outside.mac,
        mtu=1500,
    )


_CONTROL: Parts[NicAt] = (
    text("linklocalip", "link-local address", lambda n: n.address),
    text("linklocalmacaddress", "link-local MAC address", lambda n: n.mac),
    text("linklocalnetmask", "link-local netmask", lambda n: n.netmask),
    text("linklocalnetworkid", "id of the link-local network", lambda n: n.network_id),
)
_PUBLIC: Parts[NicAt] = (
    text("publicip", "public address", lambda n: n.address),
    text("publicmacaddress", "public MAC address", lambda n: n.mac),
    text("publicnetmask", "public netmask", lambda n: n.netmask),
    text("publicnetworkid", "id of the public network", lambda n: n.network_id),
)
_GUEST: Parts[NicAt] = (
    text("guestipaddress", "address in the guest network", lambda n: n.address),
    text("guestmacaddress", "MAC address in the guest network", lambda n: n.mac),
    text("guestnetmask", "netmask of the guest network", lambda n: n.netmask),
    text("guestnetworkid", "id of the guest network", lambda n: n.network_id),
    text("guestnetworkname", "name of the guest network", lambda n: n.network_name),
)


class RouterAt(NamedTuple):
    """A router of the network *guests*, with its nics to them, to its host and to the outside."""

    call: Call
    record: Vm
    base: SystemAt
    guests: net.Network
    nics: tuple[NicAt, NicAt, NicAt]


def _base(at: RouterAt) -> SystemAt:
    return at.base


ROUTER = Shape[RouterAt](
    "router",
    within(_base, _HEAD),
    text("networkdomain", "DNS suffix", lambda v: v.guests.domain_name),
    within(_base, _MIDDLE),
    within(lambda v: v.nics[1], _CONTROL),
    within(lambda v: v.nics[2], _PUBLIC),
    within(lambda v: v.nics[0], _GUEST),
    within(_base, _TAIL),
    *OF_OWNER,
    boolean("isredundantrouter", "whether the router has a twin", Always(False)),
    text("redundantstate", "state of the redundant router", Always("UNKNOWN")),
    text("version", "version", lambda v: v.call.world.dialect.version),
    text("scriptsversion", "version of the router's scripts",
         lambda v: v.call.world.dialect.version),
    text("role", "role of the router", Always("VIRTUAL_ROUTER")),
    listed("nic", "nics", NIC, lambda v: v.nics, "set"),
    boolean("requiresupgrade", "whether the router must be upgraded", Always(False)),
    boolean("healthchecksfailed", "whether a health check of the router failed", Always(False)),
    text("softwareversion", "version of the router's software",
         lambda v: v.call.world.dialect.version.split("-")[0]),
)  # fmt: skip


def router(call: Call, record: Vm) -> Row:
    """Return DomainRouterResponse, of a network's router."""
    base, guests = system_at(call, record), call.world.store.networks[record.network_id or ""]
    nics = _guest_nic(base, guests), _control_nic(base, guests), _public_nic(base)
    return ROUTER.render(RouterAt(call, record, base, guests, nics))
