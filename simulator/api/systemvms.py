"""System VMs and routers: the VMs of the cloud itself."""

from simulator.api.command import Call, Command
from simulator.api.dates import date
from simulator.api.lists import OWNED, PAGING, listing
from simulator.api.matching import equal_to
from simulator.api.rows import owner, place, zone_of
from simulator.api.shape import Row
from simulator.domain import networks as net
from simulator.domain.inventory import Host
from simulator.domain.records import Vm, VmKind

_MASK = "255.255.255.0"
_TYPES = {
    VmKind.CONSOLE_PROXY: "consoleproxy",
    VmKind.SECONDARY_STORAGE: "secondarystoragevm",
}


def _base(call: Call, record: Vm) -> tuple[Row, Row, Row]:
    """Return what system VMs and routers share: head, host and tail of the response."""
    store = call.world.store
    zone, host = (
        store.zones[record.zone_id],
        store.hosts[record.host_id or record.last_host_id or ""],
    )
    where = place(call, None, host.pod_id)
    template = store.templates[record.template_id]
    offering = store.service_offerings[record.service_offering_id]
    head = {"id": record.id, **zone_of(call, zone.id), "dns1": zone.dns}
    middle = {
        "gateway": _public(call, record)["gateway"],
        "name": record.name,
        **where,
        **(_at(host) if record.host_id else {}),
        "hypervisor": str(record.hypervisor),
    }
    tail = {
        "templateid": template.id,
        "templatename": template.name,
        "created": date(record.created_s),
        "state": str(record.state),
        "serviceofferingid": offering.id,
        "serviceofferingname": offering.name,
        "arch": "x86_64",
        "hasannotations": False,
    }
    return head, middle, tail


def _at(host: Host) -> Row:
    """Return where a system VM runs."""
    return {"hostid": host.id, "hostname": host.name, "hostcontrolstate": "Enabled"}


def _public(call: Call, record: Vm) -> Row:
    """Return where a system VM is reached from outside; empty words where it is not."""
    store = call.world.store
    ip = next((p for p in store.public_ips.values() if p.vm_id == record.id), None)
    span = store.public_ranges[ip.range_id] if ip else None
    return {
        "address": ip.address if ip else "",
        "mac": f"1e:00:d6:00:{record.db_id >> 8 & 255:02x}:{record.db_id & 255:02x}",
        "gateway": f"{span.subnet}.1" if span else "",
        "networkid": span.network_id if span else "",
        "uri": f"vlan://{span.vlan}" if span else "",
    }


def system_vm(call: Call, record: Vm) -> Row:
    """Return SystemVmResponse."""
    head, middle, tail = _base(call, record)
    proxy = record.kind is VmKind.CONSOLE_PROXY
    host = call.world.store.hosts[record.host_id or record.last_host_id or ""]
    subnet = call.world.store.pods[host.pod_id].subnet
    public = _public(call, record)
    agent = {"agentstate": "Up", "version": call.world.dialect.version}
    own: Row = {"activeviewersessions": 0} if proxy else agent
    inside = {
        "privateip": f"{subnet}.{130 + record.db_id % 64}",
        "privatemacaddress": f"1e:00:fb:00:00:{record.db_id & 255:02x}",
        "privatenetmask": _MASK,
        "linklocalip": record.address,
        "linklocalmacaddress": record.mac,
        "linklocalnetmask": "255.255.0.0",
    }
    if record.host_id is None:  # what it had inside is given back while it does not run
        inside, own = {}, own if proxy else {"agentstate": "Down"}
    return {
        **head,
        "systemvmtype": _TYPES[record.kind],
        **middle,
        **inside,
        "publicip": public["address"],
        "publicmacaddress": public["mac"],
        "publicnetmask": _MASK,
        **tail,
        **own,
        "isdynamicallyscalable": False,
    }


def router(call: Call, record: Vm) -> Row:
    """Return DomainRouterResponse, of a network's router."""
    head, middle, tail = _base(call, record)
    guest = call.world.store.networks[record.network_id or ""]
    guest_nic, control, outside = _router_nics(call, record, guest)
    return {
        **head,
        "networkdomain": guest.domain_name,
        **middle,
        "linklocalip": control["ipaddress"],
        "linklocalmacaddress": control["macaddress"],
        "linklocalnetmask": control["netmask"],
        "linklocalnetworkid": control["networkid"],
        "publicip": outside["ipaddress"],
        "publicmacaddress": outside["macaddress"],
        "publicnetmask": outside["netmask"],
        "publicnetworkid": outside["networkid"],
        "guestipaddress": guest_nic["ipaddress"],
        "guestmacaddress": guest_nic["macaddress"],
        "guestnetmask": guest_nic["netmask"],
        "guestnetworkid": guest.id,
        "guestnetworkname": guest.name,
        **tail,
        **owner(call, record.account_id),
        "isredundantrouter": False,
        "redundantstate": "UNKNOWN",
        "version": call.world.dialect.version,
        "scriptsversion": call.world.dialect.version,
        "role": "VIRTUAL_ROUTER",
        "nic": [guest_nic, control, outside],
        "requiresupgrade": False,
        "healthchecksfailed": False,
        "softwareversion": call.world.dialect.version.split("-")[0],
    }


def _router_nics(call: Call, record: Vm, guest: net.Network) -> tuple[Row, Row, Row]:
    """Return a router's nics: to its guests, to its host, to the outside."""
    public, uri = _public(call, record), f"vlan://{guest.vlan}"
    base = record.nic_id[:-1]
    inside = {
        "id": base + "1",
        "networkid": guest.id,
        "networkname": guest.name,
        "netmask": guest.netmask,
        "ipaddress": guest.gateway,
        "isolationuri": uri,
        "broadcasturi": uri,
        "traffictype": "Guest",
        "type": net.ISOLATED,
        "isdefault": False,
        "macaddress": f"02:01:00:d1:{record.db_id >> 8 & 255:02x}:{record.db_id & 255:02x}",
        "mtu": 1500,
    }
    return (
        inside,
        _control_nic(record, base + "2", guest.physical_id),
        _public_nic(base + "3", public),
    )


def _control_nic(record: Vm, nic_id: str, network_id: str) -> Row:
    return {
        "id": nic_id,
        "networkid": network_id,
        "netmask": "255.255.0.0",
        "gateway": "169.254.0.1",
        "ipaddress": record.address,
        "traffictype": "Control",
        "isdefault": False,
        "macaddress": record.mac,
    }


def _public_nic(nic_id: str, public: Row) -> Row:
    return {
        "id": nic_id,
        "networkid": public["networkid"],
        "netmask": _MASK,
        "gateway": public["gateway"],
        "ipaddress": public["address"],
        "isolationuri": public["uri"],
        "broadcasturi": public["uri"],
        "traffictype": "Public",
        "isdefault": True,
        "macaddress": public["mac"],
        "mtu": 1500,
    }


def _is_router(call: Call, record: Vm) -> bool:
    placed = record.network_id is not None and record.last_host_id is not None
    args = call.args
    return (
        record.kind is VmKind.DOMAIN_ROUTER
        and placed
        and _fits(call, record)
        and not args.get("forvpc", False)
        and not args.get("healthchecksfailed", False)
    )


def _is_system(call: Call, record: Vm) -> bool:
    kind = _TYPES.get(record.kind)
    wanted = call.args.get("systemvmtype", kind)
    placed = record.last_host_id is not None
    return kind is not None and placed and wanted == kind and _fits(call, record)


def _fits(call: Call, record: Vm) -> bool:
    """Return whether a system VM is in the state and where it was asked for."""
    args = call.args
    last = call.world.store.hosts[record.host_id or record.last_host_id or ""]
    return (
        equal_to(args.get("state", record.state))(record.state)
        and ("hostid" not in args or args["hostid"].id == record.host_id)
        and ("podid" not in args or args["podid"].id == last.pod_id)
        and ("clusterid" not in args or args["clusterid"].id == last.cluster_id)
    )


COMMANDS = (
    Command(
        "listSystemVms",
        listing("vms", "systemvm", system_vm, by="name zoneid", also=_is_system),
        "id:vm~ name:text zoneid:zone~ hostid:host~ podid:pod~ state:text systemvmtype:text "
        f"{PAGING}",
        says="Lists the system VMs",
        answers="systemvm",
        roles="AS",
    ),
    Command(
        "listRouters",
        listing("vms", "router", router, by="name zoneid networkid", owned=True, also=_is_router),
        "id:vm~ name:text zoneid:zone~ networkid:network~ hostid:host~ podid:pod~ "
        f"clusterid:cluster~ state:text forvpc:bool healthchecksfailed:bool {OWNED}",
        says="Lists the routers of the guest networks",
        answers="router",
        roles="ASD",
    ),
)
