"""The refusals that releases other than 4.22.0 word otherwise (versions.md, sections 4 and 5)."""

from collections.abc import Mapping

from simulator.domain.releases import Flag
from simulator.domain.schedules import MOST_KEPT

_NO_BACKUPS = (
    "Unable to attach volume to VM {c.vm.instance_name}/{c.vm.id}, please specify a VM that does "
    "not have any backups"
)
_NOT_READY = (
    "VolumeId: {c.volume.db_id} is not in Ready state but {c.volume.state}. Cannot take snapshot."
)
_NO_ROOT = "Unable to prepare volumes for vm as ROOT volume is missing"
_NOT_RIGHT = "Vm with id {c.vm.db_id} is not in the right state"
_NO_EXTRACT = "Unable to extract template id={c.image.db_id} as it's not extractable"
_OWNER_DISABLED = "The owner of {c.vm.text} is disabled: {c.owner.db_id}"
_ZONE_DISABLED = "Cannot perform this operation, Zone is currently disabled: {c.zone.db_id}"
_ANY_SNAPSHOTS = "A volume that is attached to a VM with any VM snapshots cannot be resized."
_NO_KEYPARIS = "Not all specified keyparis exist"
_ILLEGAL_HOST = "Illegal host specified in url"
_CHECKED = (
    "Cannot deploy the VM to specified host {c.host.db_id}; host has cpu capability? "
    "{c.capable_text}, host has capacity? {c.roomy_text}"
)
_AND_VICE_VERSA = (
    "You cannot move the volume to a shared storage and assign a disk offering for local storage "
    "and vice versa."
)
_INSTANCE_SNAPSHOTS = (
    "A volume that is attached to a Instance with any Instance Snapshots cannot be resized."
)
TEXTS: Mapping[Flag, Mapping[str, str]] = {
    Flag.INSTANCE_WORDS: {
        "ATT-16": "Unable to attach volume to Instance {c.vm.instance_name}/{c.vm.id}, please "
        "specify an Instance that does not have Instance Snapshots",
        "DET-13": "Unable to detach volume, please specify an Instance that does not have Instance "
        "Snapshots",
        "MIG-06": "Volume cannot be migrated, please remove all Instance Snapshots for Instance to "
        "which this volume is attached",
        "RST-04": "Unable to restore Instance, please remove Instance Snapshots before restoring "
        "Instance",
        "VMS-01": "Creating Instance Snapshot failed because Instance:{c.vm.id} is not in Running "
        "or Stopped state",
        "VMS-02": "Can not Snapshot memory when the Instance is not in Running state",
        "VMS-03": "Failed to create Instance Snapshot: Unable to find root volume for the user "
        "Instance:{c.vm.id}",
        "VMS-05": "There are other active volume Snapshot tasks on the Instance to which the "
        "volume is attached, please try again later",
        "VMS-06": "There are other active Instance Snapshot tasks on the Instance, please try "
        "again later",
        "REB-01": "The Instance {c.vm.id} ({c.vm.name}) is not running, unable to reboot it",
        "CHS-01": "Unable to upgrade Instance {c.vm.text} in state {c.vm.state}; make sure the "
        "Instance is stopped",
    },
    Flag.BACKUPS_IGNORE_SETTING: {"ATT-17": _NO_BACKUPS},
    Flag.START_TEXTS_OLD: {
        "STA-03": "Unable to create deployment, no usable volumes found for the VM: {c.vm.db_id}",
        "STA-04": _NO_ROOT,
        "STA-07": f"Unable to orchestrate start {{c.vm.text}} due to [{_NO_ROOT}].",
    },
    Flag.ANY_SNAPSHOT_STOPS_RESIZE: {
        "RSZ-06": _ANY_SNAPSHOTS,
        "COV-13": _ANY_SNAPSHOTS,
    },
    Flag.OBJECT_TEXTS_OLD: {
        "ATT-29": "Volume: {c.volume.name} is in {c.volume.state}. It should be in Ready or "
        "Allocated state",
        "DEV-02": "deviceId {c.wanted} is used by vm {c.vm.db_id}",
        "DEV-03": "All device Ids are used by vm {c.vm.db_id}",
        "SNA-02": _NOT_READY,
        "SPO-03": _NOT_READY,
        "SNA-09": "Creating snapshot failed due to volume:{c.volume.db_id} is associated with "
        "vm:{c.vm.instance_name} is in {c.vm.state} state",
        "SPO-02": "maxSnaps [{c.keep}] for volume {c.volume.plain} should be greater than 0.",
        "SPO-08": "{c.volume.plain} has an invalid schedule [{c.schedule}] for interval type "
        "[{c.interval}].",
        "SPO-09": f"maxSnaps [{{c.keep}}] for volume {{c.volume.plain}} exceeds limit "
        f"[{MOST_KEPT}] for interval type [{{c.interval}}].",
        "STA-02": _OWNER_DISABLED,
        "RST-15": _OWNER_DISABLED,
        "RCM-02": _NOT_RIGHT,
        "UPM-01": _NOT_RIGHT,
        "PWV-03": _NOT_RIGHT,
        "COV-28": "Volume change offering operation failed for volume ID: {c.volume.id} as no "
        "suitable pool(s) found for migrating to support new disk offering",
        "COV-29": "Volume change offering operation failed for volume ID: {c.volume.id} as no "
        "suitable pool(s) with enough space found for volume migration.",
        "RVS-04": "Revert snapshot command failed for snapshot with id {c.snapshot.db_id}, because "
        "this command is supported only for KVM hypervisor",
        "DVS-01": "Can't delete the vm snapshotshot {c.snapshot.db_id} due to it is not in Created "
        "or Error, or Expunging State",
        "CRE-08": _ZONE_DISABLED,
        "DEP-03": _ZONE_DISABLED,
        "CRE-19": "Snapshot id={c.snapshot.db_id} is not in BackedUp state yet and can't be used "
        "for volume creation",
        "TPL-03": "Unable to create private template for volume: {c.volume.name}; volume is "
        "attached to a non-stopped VM, please stop the VM first",
        "TPL-13": "Template creation is not supported for LXC volume: {c.volume.db_id}",
        "TPL-14": "Snapshot id={c.snapshot.db_id} is not in BackedUp state yet and can't be used "
        "for template creation",
        "XTM-03": _NO_EXTRACT,
        "XIS-03": _NO_EXTRACT,
        "DEP-36": "Unable to use system template {c.template.db_id} to deploy a user vm",
        "DEP-38": "Installing from ISO requires an ISO that is bootable: {c.template.db_id}",
        "DEP-07": "Account {c.owner.text} does not have permission to launch instances from "
        "template {c.template.name}",
        "MVM-15": "Destination host, hostId: {c.host.db_id} already has max Running VMs(count "
        "includes system VMs), cannot migrate to this host",
        "DTM-02": "Unable to delete template with id: {c.image.db_id} because VM instances: "
        "[{c.users}] are using it.",
        "LIM-11": "Domain {c.domain.name}(id: {c.parent.db_id}) has maximum allowed resource limit "
        "{c.parent_most} for {c.what}, please specify a value less than or equal to "
        "{c.parent_most}",
        "STA-11": "Cannot deploy the VM to specified host {c.host.db_id}, requested CPU and speed "
        "is more than the host capability",
        "STA-12": "Cannot deploy the VM to specified host {c.host.db_id}, host does not have "
        "enough free CPU or RAM, please check the logs",
        "DOM-14": "Delete failed on domain {c.domain.name} (id: {c.domain.db_id}); Please make "
        "sure all users and sub domains have been removed from the domain before deleting",
    },
    Flag.OLD_SPELLING: {
        "SKV-07": "'keypair' or 'keyparis' must be specified",
        "SKV-08": _NO_KEYPARIS,
        "DEP-51": _NO_KEYPARIS,
        "REG-05": _ILLEGAL_HOST,
        "UPL-05": _ILLEGAL_HOST,
        "LIM-11": "Domain {c.domain.name}(id: {c.parent.db_id}) has maximum allowed resource limit "
        "{c.parent_most} for {c.what}, please specify a value less that or equal to "
        "{c.parent_most}",
    },
    Flag.HOST_CHECKS_IN_ONE: {"STA-11": _CHECKED, "STA-12": _CHECKED},
    Flag.LOCAL_AND_SHARED_IN_ONE: {"MIG-16": _AND_VICE_VERSA, "MIG-17": _AND_VICE_VERSA},
    Flag.NO_VM_SNAPSHOT_OF_FILES: {"VMS-09": "Failed to create vm snapshot: {c.no_way}"},
    Flag.ATTACH_NAMES_STATES: {
        "ATT-06": "Please specify a VM that is on of the following states: [Running, Stopped].",
    },
    Flag.EXPUNGE_TEXT_OLD: {
        "DSM-01": "Parameter expunge can be passed by Admin only. Or when the "
        "allow.user.expunge.recover.vm key is set.",
    },
}
"""Flag -> id of a rule -> its text in the releases that have the flag."""
TEXTS_OF_ALL: Mapping[frozenset[Flag], Mapping[str, str]] = {
    frozenset({Flag.INSTANCE_WORDS, Flag.ANY_SNAPSHOT_STOPS_RESIZE}): {
        "RSZ-06": _INSTANCE_SNAPSHOTS,
        "COV-13": _INSTANCE_SNAPSHOTS,
    },
}
"""Flags -> id of a rule -> its text in the releases that have all of them."""
