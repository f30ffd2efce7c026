"""How global settings are grouped, and by which words of their names."""

from functools import cache
from typing import NamedTuple


class Group(NamedTuple):
    """A group of settings: its *subgroups* are names and their places."""

    name: str
    text: str
    precedence: int
    subgroups: tuple[tuple[str, int], ...] = ()


GROUPS = (
    Group("Access", "Identity and Access management configuration", 1,
          (("Account", 1), ("Domain", 2), ("Project", 3), ("LDAP", 4), ("SAML", 5))),
    Group("Compute", "Compute configuration", 2,
          (("Virtual Machine", 1), ("Kubernetes", 2), ("High Availability", 3))),
    Group("Storage", "Storage configuration", 3,
          (("Images", 1), ("Volume", 2), ("Snapshot", 3), ("VM Snapshot", 4))),
    Group("Network", "Network configuration", 4,
          (("Network", 1), ("DHCP", 2), ("VPC", 3), ("LoadBalancer", 4))),
    Group("Hypervisor", "Hypervisor specific configuration", 5,
          (("Hypervisor", 1), ("KVM", 2), ("VMware", 3), ("XenServer", 4), ("OVM", 5),
           ("Baremetal", 6))),
    Group("Management Server", "Management Server configuration", 6,
          (("API", 1), ("Alerts", 2), ("Events", 3), ("Security", 4), ("Usage", 5), ("Limits", 6),
           ("Jobs", 7), ("Agent", 8))),
    Group("System VMs", "System VMs related configuration", 7,
          (("ConsoleProxyVM", 1), ("SecStorageVM", 2), ("VirtualRouter", 3), ("Diagnostics", 4))),
    Group("Infrastructure", "Infrastructure configuration", 8,
          (("Primary Storage", 1), ("Secondary Storage", 2))),
    Group("Usage Server", "Usage Server related configuration", 9),
    Group("Miscellaneous", "Miscellaneous configuration", 999,
          (("Backup & Recovery", 1), ("Certificate Authority", 2), ("Quota", 3), ("Cloudian", 4),
           ("DRS", 4), ("Others", 999))),
)  # fmt: skip
"""The groups in their order."""
_WORDS = {
    "Account": "account", "Domain": "domain", "Project": "project",
    "Virtual Machine": "vm instance cpu ssh affinity", "Kubernetes": "kubernetes",
    "High Availability": "ha", "Images": "template iso", "Volume": "volume disk diskoffering",
    "Snapshot": "snapshot", "VM Snapshot": "vmsnapshot",
    "Network": "network firewall vlan dns ipaddress cidr", "VPC": "vpc", "LoadBalancer": "lb",
    "Hypervisor": "hypervisor host", "KVM": "kvm libvirt", "VMware": "vmware vcenter",
    "XenServer": "xenserver xen", "API": "api", "Alerts": "alert", "Events": "event",
    "Security": "security secure password", "Usage": "usage",
    "Limits": "limits capacity delay interval workers", "Jobs": "jobs job", "Agent": "agent",
    "VirtualRouter": "vr router", "Primary Storage": "storage pool primary",
    "Secondary Storage": "image secstorage", "Backup & Recovery": "backup recovery",
}  # fmt: skip
"""Subgroup -> words of the names that are in it."""


@cache
def group_of(name: str) -> tuple[str, str]:
    """Return group and subgroup of a setting: of the first word of its name that has one."""
    homes = {word: sub for sub, words in _WORDS.items() for word in words.split()}
    found = (homes[word] for word in name.split(".") if word in homes)
    subgroup = next(found, "Others")
    group = next(g.name for g in GROUPS if subgroup in {s for s, _ in g.subgroups})
    return group, subgroup
