"""What commands on volumes, snapshots, templates and ISOs write into the log."""

from simulator.domain.event_words import ALONE, UNSTARTED, Words, once

_DISK, _ISO, _VM = "Volume", "Iso", "VirtualMachine"
_DETACHING = (
    "detaching volume: {id}||detaching volume with device id: {deviceid} from vm: "
    "{virtualmachineid}||"
    "detaching volume <error:  either volume id or deviceId/vmId need to be specified>"
)
_OFFER = "Changing Disk offering of Volume Id: {id} to {diskofferingid}"
_ATTACH, _DESTROY = "VOLUME.ATTACH", "VOLUME.DESTROY"
_CHECK = "checking volume and repair if needed"
_FROM = "[ from volume Id: {volumeid}][ from snapshot Id: {snapshotid}]"

# fmt: off
DISK_WORDS: dict[str, Words] = {
    "attachVolume": Words(
        _ATTACH, _DISK, "attaching volume", "attaching volume: {id} to vm: {virtualmachineid}",
        "Volume Id: {id} VmId: {virtualmachineid}",
    ),
    "detachVolume": Words("VOLUME.DETACH", _DISK, "detaching volume", _DETACHING, _DETACHING),
    "createVolume": Words(
        "VOLUME.CREATE", _DISK, "creating volume",
        "creating volume: {name}[ from snapshot: {snapshotid}]",
        "Volume Id: {entity}[ from snapshot: {snapshotid}]", "creating volume. Volume Id: {entity}",
    ),
    "deleteVolume": once(_DESTROY, _DISK, "destroying a volume", "Volume Id: {id}"),
    "destroyVolume": Words(
        _DESTROY, _DISK, "destroying a volume", "destroying volume: {id_row}",
        "Volume Id: {id_row}", rows=UNSTARTED,
    ),
    "recoverVolume": once(
        "VOLUME.RECOVER", _DISK, "recovering a volume in Destroy state", "Volume Id: {id_row}"
    ),
    "resizeVolume": Words(
        "VOLUME.RESIZE", _DISK, "resizing volume", "Volume Id: {id}[ to size {size} GB]",
        "Volume Id: {id}[ to size {size} GB]",
    ),
    "changeOfferingForVolume": Words(
        "VOLUME.CHANGE.DISK.OFFERING", _DISK, "Changing disk offering of a volume", _OFFER,
        "Volume Id: {id_row}", rows=UNSTARTED,
    ),
    "migrateVolume": Words(
        "VOLUME.MIGRATE", _DISK, "migrating volume",
        "Attempting to migrate volume Id: {volumeid} to storage pool Id: {storageid}",
    ),
    "updateVolume": Words(
        "VOLUME.UPDATE", _DISK, "updating volume",
        "Updating volume: {id_row} with[ path {path}][, storage id {storageid_row}]"
        "[, state {state}][, name {name}]",
        "Volume Id: {id}",
    ),
    "assignVolume": once("VOLUME.CREATE", _DISK, "Assigning volume to new account"),
    "extractVolume": Words(
        "VOLUME.EXTRACT", _DISK, "extracting volume",
        "Extracting volume: {id} from zone: {zoneid}",
        "Extracting volume: {id} from zone: {zoneid}",
    ),
    "uploadVolume": Words(
        "VOLUME.UPLOAD", _DISK, "uploading volume",
        "uploading volume: {name} in the zone {zoneid}",
    ),
    "checkVolume": Words(
        "VOLUME.CHECK", _DISK, _CHECK, "check and repair operation on volume: {id}",
        "Volume Id: {id_row}",
    ),
    "createSnapshot": Words(
        "SNAPSHOT.CREATE", "Snapshot", "taking snapshot",
        "creating snapshot for volume: {volumeid}", born="allocating snapshot",
    ),
    "deleteSnapshot": Words(
        "SNAPSHOT.DELETE", "Snapshot", "deleting snapshot", "deleting snapshot: {id}",
        "Snapshot Id: {id}",
    ),
    "revertSnapshot": Words(
        "SNAPSHOT.REVERT", "Snapshot", "", "revert snapshot: {id}", rows=ALONE
    ),
    "createSnapshotPolicy": once("SNAPSHOTPOLICY.CREATE", _DISK, "creating snapshot policy"),
    "updateSnapshotPolicy": Words(
        "SNAPSHOTPOLICY.UPDATE", "SnapshotPolicy", "updating snapshot policy",
        "Updating snapshot policy: {id_row}", "SnapshotPolicy Id: {id_row}",
    ),
    "revertToVMSnapshot": Words(
        "VMSNAPSHOT.REVERTTO", _VM, "revert to VM snapshot",
        "Revert from VM snapshot: {vmsnapshotid}", "vmsnapshot id: {vmsnapshotid}",
    ),
    "createVMSnapshot": Words(
        "VMSNAPSHOT.CREATE", _VM, "creating VM snapshot",
        "creating snapshot for VM: {virtualmachineid}", "VM Id: {virtualmachineid}",
    ),
    "deleteVMSnapshot": Words(
        "VMSNAPSHOT.DELETE", _VM, "delete vm snapshots", "Delete VM snapshot: {vmsnapshotid}",
        "vmsnapshot id: {vmsnapshotid}",
    ),
    "createTemplate": Words(
        "TEMPLATE.CREATE", "Template", "creating template", "creating template: {name}",
        f"Template Id: {{entity}}{_FROM}", "creating template",
    ),
    "registerTemplate": once(
        "TEMPLATE.CREATE", "Template", "creating template", "Id: {entity_row} name: {name}"
    ),
    "deleteTemplate": Words(
        "TEMPLATE.DELETE", "Template", "deleting template", "Deleting template {id}",
        "Template Id: {id}",
    ),
    "extractTemplate": Words(
        "TEMPLATE.EXTRACT", "Template", "extracting template",
        "Extracting template: {id}[ from zone: {zoneid}]",
        "Extracting template: {id}[ from zone: {zoneid}]",
    ),
    "updateTemplate": once("TEMPLATE.UPDATE", "Template", "updating template"),
    "updateIso": once("ISO.UPDATE", _ISO, "updating iso"),
    "registerIso": once("ISO.CREATE", _ISO, "creating iso", "Id: {entity_row} name: {name}"),
    "attachIso": Words(
        "ISO.ATTACH", _VM, "attaching ISO", "attaching ISO: {id_row} to VM: {virtualmachineid_row}",
        "Vm Id: {virtualmachineid_row} ISO ID: {id_row}",
    ),
    "detachIso": Words(
        "ISO.DETACH", _VM, "detaching ISO", "detaching ISO from VM: {virtualmachineid_row}",
    ),
    "deleteIso": Words(
        "ISO.DELETE", _ISO, "deleting iso", "Deleting ISO {id_row}", "ISO Id: {id_row}"
    ),
    "extractIso": Words(
        "ISO.EXTRACT", _ISO, "extracting ISO", "Extracting ISO: {id}[ from zone: {zoneid}]",
        "Extracting ISO: {id}[ from zone: {zoneid}]",
    ),
}
# fmt: on
"""Command -> its words."""

_OF_VM = "Volume Type: {type} Volume Id: {entity} Vm Id: {virtualmachineid}"
DETACHED_BY_DESTROY = once("VOLUME.DETACH", _DISK, "detaching volume", _OF_VM)
"""What destroyVirtualMachine writes for each data disk that comes off."""
DESTROYED_WITH_VM = once(_DESTROY, _DISK, "destroying a volume", _OF_VM)
"""What is written for each disk that goes with its VM: destroyed by name, or an expunged ROOT."""
_BORN = "Volume Type: {type}Volume Id: {entity} Vm Id: {virtualmachineid}"
MADE_FOR_VM = Words("VOLUME.CREATE", _DISK, "", born=f"creating volume. {_BORN}", rows=())
"""What deployVirtualMachine writes for each blank disk; VolumeOrchestrator lacks the blank."""
ROOT_MADE_FOR_VM = MADE_FOR_VM._replace(born=f"creating ROOT volume. {_BORN}")
"""What it writes for the ROOT of a template."""
