"""Nics of VMs: what is kept of them, and when they are refused."""

import re
from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import Network
from simulator.domain.records import USER_KINDS, Vm
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

_MAC = re.compile(r"[0-9a-fA-F]{1,2}([-:.])(?:[0-9a-fA-F]{1,2}\1){4}[0-9a-fA-F]{1,2}")
_STEADY = frozenset({VmState.RUNNING, VmState.STOPPED})


class Nic(NamedTuple):
    """A nic of a VM; the default one is device 0."""

    id: str
    db_id: int
    vm_id: str
    network_id: str | None
    address: str
    mac: str
    device_id: int = 0
    removed: bool = False

    @property
    def default(self) -> bool:
        """Whether the VM is reached by it where nobody says otherwise."""
        return self.device_id == 0


class AddNic(NamedTuple):
    """A VM that shall have a nic in a network.

    *offering* is the number of the network's offering, *address_free* says whether the address
    asked for, or any, can be had; *zones* are the names of the VM's zone and of the network's.
    """

    dialect: Dialect
    vm: Vm
    network: Network
    offering: int
    owner_may: bool
    zones: tuple[str, str]
    mac: str | None = None
    address: str | None = None
    vm_snapshots: bool = False
    joined: bool = False
    mac_free: bool = True
    name_free: bool = True
    address_free: bool = True

    @property
    def spelt(self) -> str:
        """The network as these messages spell it."""
        return spelt(self.network, self.offering)


class OnNic(NamedTuple):
    """A nic of a VM to remove, or to make its default."""

    dialect: Dialect
    vm: Vm
    nic: Nic
    network: Network | None
    offering: int
    vm_snapshots: bool = False
    forwarded: bool = False

    @property
    def spelt(self) -> str:
        """The network as these messages spell it."""
        return spelt(self.network, self.offering)

    @property
    def spelt_nic(self) -> str:
        """The nic as these messages spell it."""
        n = self.nic
        return (
            f'Nic {{"deviceId":{n.device_id},"iPv4Address":"{n.address}","id":{n.db_id},'
            f'"instanceId":{self.vm.db_id},"uuid":"{n.id}"}}'
        )


class ListNics(NamedTuple):
    """A VM whose nics somebody wants to see."""

    dialect: Dialect
    vm: Vm
    caller_may: bool


class GoneNic(NamedTuple):
    """A nic that shall have another address, and may be gone."""

    dialect: Dialect
    nic: Nic


class MoveNic(NamedTuple):
    """A nic that shall have another address."""

    dialect: Dialect
    vm: Vm
    nic: Nic
    address: str | None
    caller_may: bool
    address_free: bool = True


def spelt(network: Network | None, offering: int) -> str:
    """Return how the messages on nics spell a network; *offering* is the number of its offering."""
    if network is None:
        return "null"
    return (
        f'Network {{"id": {network.db_id}, "name": "{network.name}", "uuid": "{network.id}", '
        f'"networkofferingid": {offering}}}'
    )


def is_mac(text: str) -> bool:
    """Return whether *text* is a MAC address."""
    return _MAC.fullmatch(text) is not None


def standard_mac(text: str) -> str:
    """Return a MAC address with two digits and a colon each."""
    return ":".join(f"{int(part, 16):02x}" for part in re.split(r"[-:.]", text))


def is_ipv4(text: str) -> bool:
    """Return whether *text* is an IPv4 address."""
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


J, W = Phase.JOB, Phase.WORK
_SOURCE = "UserVmManagerImpl"
_JOINED = "A NIC already exists for VM:{c.vm.instance_name} in network: {c.network.id}"
_UNSTEADY = (
    "Unable to {} NIC {} {{c.vm.text}}: com.cloud.exception.ResourceUnavailableException: "
    "Unable to {} vm {{c.vm.text}} {} network, is not in the right state"
)

# fmt: off
ADD_NIC: Table[AddNic] = Table("addNicToVirtualMachine", (
    Rule("NIA-01", "the MAC address of a new nic is one",
         lambda n: n.mac is None or is_mac(n.mac), J, Kind.PARAM,
         "Mac address is not valid: {c.mac}", "AddNicToVMCmd"),
    Rule("NIA-02", "the MAC address of a new nic is for one alone",
         lambda n: n.mac is None or not is_mac(n.mac) or int(standard_mac(n.mac)[:2], 16) % 2 == 0,
         J, Kind.PARAM, "Mac address is not unicast: {c.mac}", "AddNicToVMCmd"),
    Rule("NIA-03", "a VM that gets a nic is a VM of a user",
         lambda n: n.vm.kind in USER_KINDS, J, Kind.PARAM,
         "unable to find a virtual machine with id {c.vm.db_id}", _SOURCE),
    Rule("NIA-04", "a VM that gets a nic has no VM snapshots",
         lambda n: not n.vm_snapshots, J, Kind.PARAM,
         "NIC cannot be added to VM with VM Snapshots", _SOURCE),
    Rule("NIA-06", "the owner of the VM may use the network of a new nic",
         lambda n: n.owner_may, J, Kind.DENIED,
         "Unable to use network with id= {c.network.id}, permission denied", "6.1", "SPEC-03"),
    Rule("NIA-07", "a VM has one nic in a network",
         lambda n: not n.joined, J, Kind.RUNTIME, _JOINED, "GT 4"),
    Rule("NIA-08", "no nic of the network has the MAC address of a new one",
         lambda n: n.mac_free, J, Kind.RUNTIME,
         "A NIC with this MAC address exists for network: {c.network.id}", _SOURCE),
    Rule("NIA-09", "the address of a new nic is one",
         lambda n: n.address is None or is_ipv4(n.address), J, Kind.PARAM,
         "Invalid format for IP address parameter: {c.address}", _SOURCE),
    Rule("NIA-10", "the network of a new nic is in the VM's zone",
         lambda n: n.zones[0] == n.zones[1], J, Kind.RUNTIME,
         "{c.vm.text} is in zone: {c.zones[0]} but {c.spelt} is in zone: {c.zones[1]}", _SOURCE),
    Rule("NIA-11", "no VM of the network has the name of the one that joins",
         lambda n: n.name_free, J, Kind.RUNTIME,
         "Network {c.network.name} already has a vm with host name: {c.vm.name}", _SOURCE),
    Rule("NIA-12", "a VM still has one nic in a network",
         lambda n: not n.joined, W, Kind.RUNTIME, _JOINED, "5.2"),
    Rule("NIA-13", "a VM that gets a nic is Running or Stopped",
         lambda n: n.vm.state in _STEADY, W, Kind.RUNTIME,
         _UNSTEADY.format("add", "to", "add", "to"), "VirtualMachineManagerImpl"),
    Rule("NIA-14", "the network has the address of a new nic to give",
         lambda n: n.address_free, W, Kind.RUNTIME,
         "Insufficient capacity when adding NIC to {c.vm.text}: com.cloud.exception."
         "InsufficientVirtualNetworkCapacityException: Unable to acquire Guest IP address for "
         "network {c.spelt}", "GuestNetworkGuru"),
))

REMOVE_NIC: Table[OnNic] = Table("removeNicFromVirtualMachine", (
    Rule("NIR-01", "a VM that loses a nic is a VM of a user",
         lambda n: n.vm.kind in USER_KINDS, J, Kind.PARAM,
         "Unable to find a virtual machine with id {c.vm.db_id}", _SOURCE),
    Rule("NIR-02", "a VM that loses a nic has no VM snapshots",
         lambda n: not n.vm_snapshots, J, Kind.PARAM,
         "NIC cannot be removed from VM with VM Snapshots", _SOURCE),
    Rule("NIR-04", "a nic to remove is the VM's",
         lambda n: n.nic.vm_id == n.vm.id, J, Kind.PARAM,
         "{c.spelt_nic} is not a nic on {c.vm.text}", _SOURCE),
    Rule("NIR-05", "a nic to remove is not the default one",
         lambda n: not n.nic.default, J, Kind.PARAM,
         "Unable to remove nic from {c.vm.text} in {c.spelt}, nic is default.", "GT 4"),
    Rule("NIR-06", "no port is forwarded to a nic to remove",
         lambda n: not n.forwarded, J, Kind.PARAM,
         "Unable to remove nic from {c.vm.text} in {c.spelt}, nic has associated Port forwarding "
         "or Load balancer or Static NAT rules.", _SOURCE),
    Rule("NIR-07", "a VM that loses a nic is Running or Stopped",
         lambda n: n.vm.state in _STEADY, W, Kind.RUNTIME,
         _UNSTEADY.format("remove", "from", "remove", "from"), "VirtualMachineManagerImpl"),
))

DEFAULT_NIC: Table[OnNic] = Table("updateDefaultNicForVirtualMachine", (
    Rule("NID-01", "a VM whose default nic changes is a VM of a user",
         lambda n: n.vm.kind in USER_KINDS, J, Kind.PARAM,
         "unable to find a virtual machine with id {c.vm.db_id}", _SOURCE),
    Rule("NID-02", "a VM whose default nic changes has no VM snapshots",
         lambda n: not n.vm_snapshots, J, Kind.PARAM,
         "NIC cannot be updated for VM with VM Snapshots", _SOURCE),
    Rule("NID-04", "a new default nic is the VM's",
         lambda n: n.nic.vm_id == n.vm.id, J, Kind.PARAM,
         "{c.spelt_nic} is not a nic on  {c.vm.text}", _SOURCE),
    Rule("NID-05", "a new default nic is not the default one yet",
         lambda n: not n.nic.default, J, Kind.RUNTIME,
         "refusing to set default nic because chosen nic is already the default", _SOURCE),
    Rule("NID-06", "a VM whose default nic changes is Running or Stopped",
         lambda n: n.vm.state in _STEADY, J, Kind.RUNTIME,
         "refusing to set default {c.vm.text} is not Running or Stopped", _SOURCE),
))

LIST_NICS: Table[ListNics] = Table("listNics", (
    Rule("NIL-01", "nics are listed of a VM of a user that is there",
         lambda n: n.vm.kind in USER_KINDS and not n.vm.removed, Phase.REQUEST, Kind.INTERNAL,
         "Virtual machine id does not exist", "NetworkServiceImpl"),
    Rule("NIL-02", "the caller may see the nics of the VM",
         lambda n: n.caller_may, Phase.REQUEST, Kind.INTERNAL, PERMISSION_TEXT, "6.1", "SPEC-03"),
))

GONE_NIC: Table[GoneNic] = Table("updateVmNicIp, before its job", (
    Rule("NIP-02", "a nic with a new address is there",
         lambda n: not n.nic.removed, Phase.REQUEST, Kind.PARAM,
         "Can't find network id for specified nic", "UpdateVmNicIpCmd"),
))

MOVE_NIC: Table[MoveNic] = Table("updateVmNicIp", (
    Rule("NIP-01", "the new address of a nic is one",
         lambda n: n.address is None or is_ipv4(n.address), J, Kind.INTERNAL,
         "Invalid ip address {c.address}", "UpdateVmNicIpCmd"),
    Rule("NIP-03", "a nic with a new address is of a user's VM",
         lambda n: n.vm.kind in USER_KINDS, J, Kind.PARAM,
         "The nic is not belongs to user vm", _SOURCE),
    Rule("NIP-04", "a VM is Stopped when its nic gets a new address",
         lambda n: n.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "VM is not Stopped, unable to update the vm nic having the specified id", _SOURCE),
    Rule("NIP-05", "the caller may give a nic another address",
         lambda n: n.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("NIP-06", "the network has the new address to give",
         lambda n: n.address_free, J, Kind.PARAM,
         "Allocating ip to guest nic {c.nic.id} failed, please choose another ip", _SOURCE),
))
# fmt: on
