"""The refusals that releases other than 4.22.0 word otherwise (versions.md, sections 4 and 5)."""

from collections.abc import Mapping

from simulator.domain.releases import Flag

_NO_BACKUPS = (
    "Unable to attach volume to VM {c.vm.instance_name}/{c.vm.id}, please specify a VM that does "
    "not have any backups"
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
        "STA-04": "Unable to prepare volumes for vm as ROOT volume is missing",
    },
    Flag.ANY_SNAPSHOT_STOPS_RESIZE: {
        "RSZ-06": "A volume that is attached to a VM with any VM snapshots cannot be resized.",
    },
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
        "RSZ-06": "A volume that is attached to a Instance with any Instance Snapshots cannot be "
        "resized.",
    },
}
"""Flags -> id of a rule -> its text in the releases that have all of them."""
