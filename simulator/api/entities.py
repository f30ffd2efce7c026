"""The one registry of kinds of entities: where each is kept, and what each part calls it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from simulator.engine.store import Store


class EntityKind(NamedTuple):
    """One kind of thing that has an id.

    *name* is its kind in a parameter line, *store* the field of Store that keeps it, *java* what
    refusals call its rows. *events* are the resource types of its events, *object* is what
    commands answer it as, *tags* the resource types by which it is tagged.
    """

    name: str
    store: str
    java: str
    events: tuple[str, ...] = ()
    object: str = ""
    tags: tuple[str, ...] = ()

    @property
    def answered_as(self) -> str:
        """Return the object that commands answer with."""
        return self.object or self.name

    def of(self, store: Store) -> Mapping[str, Any]:
        """Return the records of this kind by their ids."""
        records: Mapping[str, Any] = getattr(store, self.store)
        return records


# fmt: off
_KINDS = (
    EntityKind("account", "accounts", "Account", ("Account",), tags=("Account",)),
    EntityKind("affinitygroup", "affinity_groups", "AffinityGroup", ("AffinityGroup",)),
    EntityKind("alert", "alerts", "Alert"),
    EntityKind("anyproject", "projects", "Project", object="project"),
    EntityKind("cluster", "clusters", "Cluster"),
    EntityKind("disk", "disk_offerings", "DiskOffering", ("DiskOffering",), "diskoffering"),
    EntityKind("domain", "domains", "Domain", ("Domain",)),
    EntityKind("firewallrule", "firewall_rules", "FirewallRule", ("FirewallRule",),
               tags=("FirewallRule", "PortForwardingRule")),
    EntityKind("host", "hosts", "Host", ("Host",)),
    EntityKind("imagestore", "image_stores", "ImageStore"),
    EntityKind("network", "networks", "Network", ("Network",), tags=("Network",)),
    EntityKind("networkoffering", "network_offerings", "NetworkOffering", ("NetworkOffering",)),
    EntityKind("nic", "nics", "Nic"),
    EntityKind("oscategory", "os_categories", "GuestOSCategory"),
    EntityKind("ostype", "os_types", "GuestOS"),
    EntityKind("physicalnetwork", "physical_networks", "PhysicalNetwork"),
    EntityKind("pod", "pods", "Pod"),
    EntityKind("policy", "snapshot_policies", "SnapshotPolicy", ("SnapshotPolicy",),
               tags=("SnapshotPolicy",)),
    EntityKind("pool", "pools", "StoragePool", ("StoragePool",), "storagepool"),
    EntityKind("project", "projects", "Project", ("Project",), tags=("Project",)),
    EntityKind("publicip", "public_ips", "PublicIpAddress", ("IpAddress",), "publicipaddress",
               ("PublicIpAddress",)),
    EntityKind("publicrange", "public_ranges", "Vlan", object="vlaniprange"),
    EntityKind("role", "roles", "Role", ("Role",)),
    EntityKind("secondaryip", "secondary_ips", "NicSecondaryIp", object="nicsecondaryip"),
    EntityKind("securitygroup", "security_groups", "SecurityGroup", tags=("SecurityGroup",)),
    EntityKind("server", "servers", "ManagementServer", object="managementserver"),
    EntityKind("service", "service_offerings", "ServiceOffering", ("ServiceOffering",),
               "serviceoffering"),
    EntityKind("snapshot", "snapshots", "Snapshot", ("Snapshot",), tags=("Snapshot",)),
    EntityKind("sshkey", "ssh_keys", "SSHKeyPair"),
    EntityKind("template", "templates", "VirtualMachineTemplate", ("Template", "Iso"),
               tags=("Template", "ISO")),
    EntityKind("user", "users", "User", ("User",), tags=("User",)),
    EntityKind("userdata", "user_data", "UserData"),
    EntityKind("vm", "vms", "VirtualMachine", ("VirtualMachine", "SystemVm", "DomainRouter"),
               "virtualmachine", ("UserVm",)),
    EntityKind("vmsnapshot", "vm_snapshots", "VMSnapshot", ("VMSnapshot",), tags=("VMSnapshot",)),
    EntityKind("volume", "volumes", "Volume", ("Volume",), tags=("Volume",)),
    EntityKind("zone", "zones", "DataCenter"),
)
# fmt: on
ENTITIES: Mapping[str, EntityKind] = {kind.name: kind for kind in _KINDS}
"""Kind in a parameter line -> all that is known of it."""
OF_EVENTS: Mapping[str, EntityKind] = {event: kind for kind in _KINDS for event in kind.events}
"""Resource type of an event -> its kind."""
TAGGED: Mapping[str, EntityKind] = {tag: kind for kind in _KINDS for tag in kind.tags}
"""Resource type of createTags -> its kind."""


def of_event(store: Store, resource: str) -> Mapping[str, Any]:
    """Return the records that events of a resource type are about, none for other types."""
    kind = OF_EVENTS.get(resource)
    return kind.of(store) if kind is not None else {}
