"""Nics and their addresses as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import JOB
from simulator.api.shape import Row, Shape, boolean, integer, listed, text, texts
from simulator.domain.networks import PublicIp
from simulator.domain.nics import Nic
from simulator.domain.records import Vm
from simulator.domain.secondary import SecondaryIp
from simulator.domain.states import VmState
from simulator.engine.secondary import ips_of, leading_to


class AddressAt(NamedTuple):
    """One more address of a nic; the nic itself shows neither its own id nor its network's."""

    record: SecondaryIp
    nic_id: str | None = None
    network_id: str | None = None
    job_id: str | None = None


SECONDARY_IP = Shape[AddressAt](
    "nicsecondaryip",
    text("id", "id", lambda a: a.record.id),
    text("ipaddress", "IP address", lambda a: a.record.address),
    text("nicid", "id of the nic", lambda a: a.nic_id),
    text("networkid", "id of the network", lambda a: a.network_id),
    *JOB,
)


class NicAt(NamedTuple):
    """What is shown of a nic; None what its kind of VM, or its list, does not show."""

    id: str
    network_id: str | None
    netmask: str
    gateway: str | None
    address: str
    uri: str | None
    traffic_type: str
    default: bool
    mac: str
    network_name: str | None = None
    type: str | None = None
    mtu: int | None = None
    secondary: tuple[SecondaryIp, ...] | None = None
    public: PublicIp | None = None
    dhcp_options: tuple[str, ...] | None = None
    device_id: int | None = None
    vm_id: str | None = None


NIC = Shape[NicAt](
    "nic",
    text("id", "id", lambda n: n.id),
    text("networkid", "id of the network", lambda n: n.network_id),
    text("networkname", "name of the network", lambda n: n.network_name),
    text("netmask", "netmask", lambda n: n.netmask),
    text("gateway", "gateway", lambda n: n.gateway),
    text("ipaddress", "IP address", lambda n: n.address),
    text("isolationuri", "isolation of the nic", lambda n: n.uri),
    text("broadcasturi", "broadcast domain", lambda n: n.uri),
    text("traffictype", "type of the traffic", lambda n: n.traffic_type),
    text("type", "type", lambda n: n.type),
    boolean("isdefault", "whether it is the VM's default nic", lambda n: n.default),
    text("macaddress", "MAC address", lambda n: n.mac),
    integer("mtu", "MTU of the nic", lambda n: n.mtu),
    listed("secondaryip", "additional addresses", SECONDARY_IP,
           lambda n: None if n.secondary is None else [AddressAt(a) for a in n.secondary]),
    text("publicipid", "id of the public address", lambda n: n.public.id if n.public else None),
    text("publicip", "public address", lambda n: n.public.address if n.public else None),
    texts("extradhcpoption", "additional DHCP options", lambda n: n.dhcp_options),
    text("deviceid", "device the nic has on its VM",
         lambda n: None if n.device_id is None else str(n.device_id)),
    text("virtualmachineid", "id of the VM", lambda n: n.vm_id),
)  # fmt: skip


def nic_at(call: Call, vm: Vm, record: Nic) -> NicAt:
    """Return what is shown of a VM's nic; its VLAN is named while the VM runs."""
    store = call.world.store
    network = store.networks.get(record.network_id or "")
    vlan = network.vlan if network and vm.state is VmState.RUNNING else None
    plan = store.network_offerings[network.offering_id] if network else None
    public = leading_to(store, vm.id)
    if public is not None and public.network_id != record.network_id:
        public = None
    return NicAt(
        id=record.id,
        network_id=network.id if network else None,
        netmask=network.netmask if network else "255.255.255.0",
        gateway=network.gateway if network else "10.1.1.1",
        address=record.address,
        uri=f"vlan://{vlan}" if vlan is not None else None,
        traffic_type="Guest",
        default=record.default,
        mac=record.mac,
        network_name=network.name if network else None,
        type=plan.kind if plan else "Isolated",
        secondary=tuple(ips_of(store, record.id)),
        public=public,
        dhcp_options=(),
        device_id=record.device_id,
    )


def listed_nic(call: Call, vm: Vm, record: Nic) -> Row:
    """Return NicResponse as listNics shows it."""
    shown = nic_at(call, vm, record)
    return NIC.render(shown._replace(secondary=shown.secondary or None, vm_id=vm.id))
