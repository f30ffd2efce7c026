"""Events: what each command writes into the log, as one table (semantics 8, ground truth 8)."""

from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple

from simulator.domain.guest_events import GUEST_WORDS

INFO, ERROR = "INFO", "ERROR"
CREATED, SCHEDULED, STARTED, COMPLETED = "Created", "Scheduled", "Started", "Completed"


class Event(NamedTuple):
    """One row of the log; *row_db_id* is the row the resource had then, *parent_id* its first."""

    id: str
    db_id: int
    type: str
    level: str
    text: str
    state: str
    account_id: str
    user_id: str
    kind: str
    record_id: str
    row_db_id: int
    name: str
    created_s: float
    parent_id: str | None = None


class Words(NamedTuple):
    """How a command's events read.

    *action* is what is done ("attaching volume"); *about* says to what, the first form whose
    parameters were all given; *details* stands for it once the work has started, where it
    differs. `{entity}` is the id of what the command works on or made.
    """

    type: str
    kind: str
    action: str
    about: tuple[str, ...]
    details: str = ""
    creates: bool = False

    def said(self, given: Mapping[str, str]) -> str:
        """Return what the Scheduled row says."""
        for form in self.about:
            names = [name for _, name, _, _ in Formatter().parse(form) if name]
            if all(given.get(name) for name in names):
                return form.format_map(given)
        return self.action

    def told(self, state: str, given: Mapping[str, str], *, failed: bool = False) -> str:
        """Return what the row of *state* says."""
        about = self.details.format_map(given) if self.details else self.said(given)
        if state == CREATED and failed:
            return f"Error while creating entity for {self.action}"
        if state == CREATED:
            return (
                f"Successfully created entity for {self.action}. {self.kind} Id: {given['entity']}"
            )
        if state == SCHEDULED:
            return self.said(given)
        if state == STARTED:
            return f"{self.action[0].upper()}{self.action[1:]}. {about}"
        if failed:
            return f"Error while {self.action}. {about}"
        return f"Successfully completed {self.action}. {about}"


def _words(type_: str, kind: str, action: str, parameter: str = "id") -> Words:
    return Words(type_, kind, action, (f"{action}: {{{parameter}}}",))


def _made(type_: str, kind: str, action: str, about: str = "") -> Words:
    return Words(type_, kind, action, (about or f"{action}: {{name}}",), creates=True)


_TUPLE = "detaching volume with device id: {deviceid} from vm: {virtualmachineid}"
_REOFFER = "Changing disk offering of a volume"
_NEITHER = "detaching volume <error:  either volume id or deviceId/vmId need to be specified>"
_VM, _USER, _ACCOUNT = "VirtualMachine", "User", "Account"
_PLAN, _RULE = "NetworkOffering", "FirewallRule"
_NETWORK_OFFERING, _POLICY = "NetworkOffering", "SnapshotPolicy"
WORDS: dict[str, Words] = {
    "attachVolume": Words(
        "VOLUME.ATTACH", "Volume", "attaching volume",
        ("attaching volume: {id} to vm: {virtualmachineid}",),
        "Volume Id: {id} VmId: {virtualmachineid}",
    ),
    "detachVolume": Words(
        "VOLUME.DETACH", "Volume", "detaching volume",
        ("detaching volume: {id}", _TUPLE, _NEITHER),
    ),
    "createVolume": Words(
        "VOLUME.CREATE", "Volume", "creating volume",
        ("creating volume: {name} from snapshot: {snapshotid}", "creating volume: {name}"),
        "Volume Id: {entity}", creates=True,
    ),
    "deleteVolume": Words(
        "VOLUME.DESTROY", "Volume", "deleting volume", ("deleting volume: {id}",),
        "Volume Id: {id}",
    ),
    "destroyVolume": _words("VOLUME.DESTROY", "Volume", "destroying volume"),
    "recoverVolume": _words("VOLUME.RECOVER", "Volume", "recovering volume"),
    "resizeVolume": _words("VOLUME.RESIZE", "Volume", "resizing volume"),
    "changeOfferingForVolume": _words("VOLUME.CHANGE.DISK.OFFERING", "Volume", _REOFFER),
    "migrateVolume": _words("VOLUME.MIGRATE", "Volume", "migrating volume", "volumeid"),
    "updateVolume": _words("VOLUME.UPDATE", "Volume", "updating volume"),
    "assignVolume": _words("VOLUME.ASSIGN", "Volume", "assigning volume", "volumeid"),
    "extractVolume": _words("VOLUME.EXTRACT", "Volume", "extracting volume"),
    "createSnapshot": _made(
        "SNAPSHOT.CREATE", "Snapshot", "creating snapshot",
        "creating snapshot of volume: {volumeid}",
    ),
    "deleteSnapshot": _words("SNAPSHOT.DELETE", "Snapshot", "deleting snapshot"),
    "revertSnapshot": _words("SNAPSHOT.REVERT", "Snapshot", "reverting snapshot"),
    "revertToVMSnapshot": _words(
        "VMSNAPSHOT.REVERTTO", "VMSnapshot", "reverting to VM snapshot", "vmsnapshotid"
    ),
    "createTemplate": _made("TEMPLATE.CREATE", "Template", "creating template"),
    "createVMSnapshot": _made(
        "VMSNAPSHOT.CREATE", "VMSnapshot", "creating VM snapshot",
        "creating snapshot for VM: {virtualmachineid}",
    ),
    "deleteVMSnapshot": _words(
        "VMSNAPSHOT.DELETE", "VMSnapshot", "deleting VM snapshot", "vmsnapshotid"
    ),
    "deployVirtualMachine": Words(
        "VM.CREATE", _VM, "starting Vm", ("starting Vm. Vm Id: {entity}",), "Vm Id: {entity}",
        creates=True,
    ),
    "startVirtualMachine": _words("VM.START", _VM, "starting Vm"),
    "stopVirtualMachine": _words("VM.STOP", _VM, "stopping user vm"),
    "rebootVirtualMachine": _words("VM.REBOOT", _VM, "rebooting user vm"),
    "destroyVirtualMachine": _words("VM.DESTROY", _VM, "destroying vm"),
    "expungeVirtualMachine": _words("VM.EXPUNGE", _VM, "expunging vm"),
    "recoverVirtualMachine": _words("VM.RECOVER", _VM, "recovering vm"),
    "restoreVirtualMachine": _words("VM.RESTORE", _VM, "restoring vm", "virtualmachineid"),
    "updateVirtualMachine": _words("VM.UPDATE", _VM, "updating vm"),
    "changeServiceForVirtualMachine": _words("VM.UPGRADE", _VM, "upgrading vm"),
    "scaleVirtualMachine": _words("VM.UPGRADE", _VM, "scaling vm"),
    "createDomain": _words("DOMAIN.CREATE", "Domain", "creating domain", "name"),
    "updateDomain": _words("DOMAIN.UPDATE", "Domain", "updating Domain"),
    "deleteDomain": _words("DOMAIN.DELETE", "Domain", "deleting domain"),
    "createAccount": _words("ACCOUNT.CREATE", _ACCOUNT, "creating account", "username"),
    "updateAccount": _words("ACCOUNT.UPDATE", _ACCOUNT, "updating account"),
    "enableAccount": _words("ACCOUNT.ENABLE", _ACCOUNT, "enabling account"),
    "disableAccount": _words("ACCOUNT.DISABLE", _ACCOUNT, "disabling account"),
    "deleteAccount": _words("ACCOUNT.DELETE", _ACCOUNT, "deleting account"),
    "createUser": _words("USER.CREATE", _USER, "creating user", "username"),
    "updateUser": _words("USER.UPDATE", _USER, "Updating User"),
    "enableUser": _words("USER.ENABLE", _USER, "enabling User"),
    "disableUser": _words("USER.DISABLE", _USER, "disabling User"),
    "lockUser": _words("USER.LOCK", _USER, "locking User"),
    "deleteUser": _words("USER.DELETE", _USER, "deleting user"),
    "registerUserKeys": _words("REGISTER.USER.KEY", _USER, "registering keys of user"),
    "createProject": _made("PROJECT.CREATE", "Project", "creating project"),
    "updateProject": _words("PROJECT.UPDATE", "Project", "Updating project"),
    "suspendProject": _words("PROJECT.SUSPEND", "Project", "suspending project"),
    "activateProject": _words("PROJECT.ACTIVATE", "Project", "activating project"),
    "deleteProject": _words("PROJECT.DELETE", "Project", "deleting project"),
    "addAccountToProject": _words(
        "PROJECT.ACCOUNT.ADD", "Project", "adding account to project", "account"
    ),
    "deleteAccountFromProject": _words(
        "PROJECT.ACCOUNT.REMOVE", "Project", "removing account from project", "account"
    ),
    "createRole": _words("ROLE.CREATE", "Role", "creating role", "name"),
    "importRole": _words("ROLE.IMPORT", "Role", "importing role", "name"),
    "deleteRole": _words("ROLE.DELETE", "Role", "deleting role"),
    "createRolePermission": _words(
        "ROLE.PERMISSION.CREATE", "Role", "creating role permission", "rule"
    ),
    "updateRole": _words("ROLE.UPDATE", "Role", "updating role"),
    "updateRolePermission": _words(
        "ROLE.PERMISSION.UPDATE", "Role", "updating Role Permission order", "roleid"
    ),
    "deleteRolePermission": _words(
        "ROLE.PERMISSION.DELETE", "Role", "deleting Role Permission"
    ),
    "createNetwork": _words("NETWORK.CREATE", "Network", "creating network", "name"),
    "deleteNetwork": _words("NETWORK.DELETE", "Network", "deleting network"),
    "updateNetwork": _words("NETWORK.UPDATE", "Network", "updating network"),
    "restartNetwork": _words("NETWORK.RESTART", "Network", "restarting network"),
    "createNetworkOffering": _words(
        "NETWORK.OFFERING.CREATE", _PLAN, "creating network offering", "name"
    ),
    "updateNetworkOffering": _words(
        "NETWORK.OFFERING.EDIT", _PLAN, "updating network offering"
    ),
    "deleteNetworkOffering": _words("NETWORK.OFFERING.REMOVE", _PLAN, "deleting network offering"),
    "createServiceOffering": _words(
        "SERVICE.OFFERING.CREATE", "ServiceOffering", "creating service offering", "name"
    ),
    "deleteServiceOffering": _words(
        "SERVICE.OFFERING.DELETE", "ServiceOffering", "deleting service offering"
    ),
    "createDiskOffering": _words(
        "DISK.OFFERING.CREATE", "DiskOffering", "creating disk offering", "name"
    ),
    "deleteDiskOffering": _words("DISK.OFFERING.DELETE", "DiskOffering", "deleting disk offering"),
    "associateIpAddress": _made(
        "NET.IPASSIGN", "IpAddress", "allocating IP", "allocating IP for network: {networkid}"
    ),
    "disassociateIpAddress": _words("NET.IPRELEASE", "IpAddress", "disassociating IP address"),
    "deleteFirewallRule": _words("FIREWALL.CLOSE", _RULE, "deleting firewall rule"),
    "deleteEgressFirewallRule": _words("FIREWALL.EGRESS.CLOSE", _RULE, "deleting firewall rule"),
    "deletePortForwardingRule": _words("NET.RULEDELETE", _RULE, "deleting port forwarding rule"),
    "createFirewallRule": _made(
        "FIREWALL.OPEN", "FirewallRule", "creating firewall rule",
        "creating firewall rule on IP: {ipaddressid}",
    ),
    "createEgressFirewallRule": _made(
        "FIREWALL.EGRESS.OPEN", "FirewallRule", "creating egress firewall rule",
        "creating egress firewall rule for network: {networkid}",
    ),
    "createPortForwardingRule": _made(
        "NET.RULEADD", "FirewallRule", "creating forwarding rule",
        "creating forwarding rule on IP: {ipaddressid}",
    ),
    "registerTemplate": _words("TEMPLATE.CREATE", "Template", "creating template", "name"),
    "deleteTemplate": _words("TEMPLATE.DELETE", "Template", "deleting template"),
    "extractTemplate": _words("TEMPLATE.EXTRACT", "Template", "extracting template"),
    "updateTemplate": _words("TEMPLATE.UPDATE", "Template", "updating template"),
    "updateIso": _words("ISO.UPDATE", "Iso", "updating iso"),
    "registerIso": _words("ISO.CREATE", "Iso", "creating ISO", "name"),
    "attachIso": Words(
        "ISO.ATTACH", "Iso", "attaching ISO", ("attaching ISO: {id} to VM: {virtualmachineid}",)
    ),
    "detachIso": _words("ISO.DETACH", _VM, "detaching ISO", "virtualmachineid"),
    "deleteIso": _words("ISO.DELETE", "Iso", "deleting ISO"),
    "extractIso": _words("ISO.EXTRACT", "Iso", "extracting ISO"),
    "uploadVolume": _words("VOLUME.UPLOAD", "Volume", "uploading volume", "name"),
    "checkVolume": _words("VOLUME.CHECK", "Volume", "checking volume"),
    "createSnapshotPolicy": _words(
        "SNAPSHOTPOLICY.CREATE", "SnapshotPolicy", "creating snapshot policy", "volumeid"
    ),
    "updateSnapshotPolicy": _words("SNAPSHOTPOLICY.UPDATE", _POLICY, "updating snapshot policy"),
    "deleteSnapshotPolicies": _words("SNAPSHOTPOLICY.DELETE", _POLICY, "deleting snapshot policy"),
    "migrateVirtualMachine": _words("VM.MIGRATE", _VM, "migrating VM", "virtualmachineid"),
    "assignVirtualMachine": _words("VM.MOVE", _VM, "moving VM to another user", "virtualmachineid"),
    "updateHypervisorCapabilities": _words(
        "HYPERVISOR.CAPABILITIES.UPDATE", "HypervisorCapabilities",
        "updating hypervisor capabilities", "hypervisor",
    ),
    "updateHost": _words("HOST.UPDATE", "Host", "updating host"),
    "createTags": _words("CREATE_TAGS", "Tag", "creating resource tags", "resourceids"),
    "deleteTags": _words("DELETE_TAGS", "Tag", "deleting resource tags", "resourceids"),
    "updateConfiguration": _words(
        "CONFIGURATION.VALUE.EDIT", "Configuration", "updating configuration", "name"
    ),
    "updateResourceLimit": _words(
        "RESOURCE.LIMIT.UPDATE", "ResourceLimit", "updating resource limit", "resourcetype"
    ),
    "updateStoragePool": _words("UPDATE.STORAGE.POOL", "StoragePool", "updating storage pool"),
    **{command: Words(*row) for command, row in GUEST_WORDS.items()},
}  # fmt: skip
"""Command -> its words; a command that is not here leaves no event."""

DETACHED_BY_DESTROY = Words(
    "VOLUME.DETACH", "Volume", "detaching volume",
    ("Volume Type: {type} Volume Id: {entity} Vm Id: {virtualmachineid}",),
)  # fmt: skip
"""What destroyVirtualMachine writes for each data disk that comes off."""

TYPES = tuple(dict.fromkeys(words.type for words in WORDS.values()))
"""The event types, in the order of the table."""
