"""changeOfferingForVolume: which disk offering a volume may have instead of its own."""

from simulator.domain.errors import Kind
from simulator.domain.hypervisors import RESIZABLE
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.sizing import GIB, Resize
from simulator.domain.states import VmState, VolumeState

_SETTLED = frozenset({VolumeState.READY, VolumeState.ALLOCATED})
_PARAM = Kind.PARAM
J = Phase.JOB

# fmt: off
CHANGE_OFFERING: Table[Resize] = Table("changeOfferingForVolume", (
    Rule("COV-01", "the volume whose offering is changed has the row it was asked for",
         lambda r: r.same_row, J, _PARAM, "No such volume", "4.3"),
    Rule("COV-03", "an offering to change to encrypts as the old one did",
         lambda r: r.new is None or r.new.encrypted == r.offering.encrypted, J, _PARAM,
         "Cannot change the encryption type of a volume, please check the selected offering",
         "4.3",
         unless=Flag.ENCRYPTION_CHANGES),
    Rule("COV-04", "the owner may use the offering to change to in the volume's zone",
         lambda r: r.offering_open, J, Kind.DENIED, "{c.offering_text}", "4.3"),
    Rule("COV-05", "a custom offering to change to comes with a size",
         lambda r: r.new is None or not r.new.custom or r.wanted.size_gib is not None, J, _PARAM,
         "The new disk offering requires that a size be specified.", "4.3", "SPEC-03"),
    Rule("COV-06", "both or none of the iops to change to are given",
         lambda r: (r.iops[0] is None) == (r.iops[1] is None), J, _PARAM,
         "Either 'miniops' and 'maxiops' must both be provided or neither must be provided.",
         "4.3"),
    Rule("COV-07", "the least iops to change to are not above the most",
         lambda r: r.iops[0] is None or r.iops[1] is None or r.iops[0] <= r.iops[1], J, _PARAM,
         "The 'miniops' parameter must be less than or equal to the 'maxiops' parameter.", "4.3"),
    Rule("COV-08", "an offering that fixes the size keeps it",
         lambda r: not r.offering.strict or not r.resizes, J, _PARAM,
         "Resize volume for {c.volume.name} is not allowed since disk offering's size is fixed",
         "4.3"),
    Rule("COV-09", "the offering to change to is another one, or a custom one",
         lambda r: r.new is None or r.new.id != r.offering.id or r.new.custom, J, _PARAM,
         "Volume {c.spelt} is already having disk offering {c.new.id}", "4.3", "SPEC-03",
         unless=Flag.SAME_OFFERING_AGAIN),
    Rule("COV-10", "old offering and the one to change to both fix the size, or neither",
         lambda r: r.new is None or r.new.strict == r.offering.strict, J, _PARAM,
         "Disk offering size strictness does not match with new disk offering.", "4.3"),
    Rule("COV-11", "an offering to change to has the tags of the old one",
         lambda r: r.new is None or not r.match_tags or r.offering.tags <= r.new.tags, J, _PARAM,
         "Selected disk offering {c.offering.id} does not have tags as in existing disk offering "
         "of volume {c.volume.id}", "4.3", "SPEC-03"),
    Rule("COV-12", "a ROOT whose size an offering changes is on a Stopped VM",
         lambda r: not r.is_root or not r.resizes or r.at_rest, J, _PARAM,
         "Cannot resize ROOT volume [{c.volume.name}] when VM is not on Stopped State. VM "
         "{c.vm.instance_name} is in state {c.vm.state}", "4.3"),
    Rule("COV-13", "the VM of a volume whose size an offering changes has no VM snapshots",
         lambda r: not r.vm_snapshots or not r.resizes, J, _PARAM,
         "The volume is attached to a VM with memory&disk VM snapshots; therefore, it cannot be "
         "resized.", "4.3"),
    Rule("COV-14", "the size to change to is not below nothing",
         lambda r: not r.resizes or r.new_bytes >= 0, J, _PARAM,
         "Please specify a size of at least 1 GB.", "4.3"),
    Rule("COV-15", "the size to change to is not above the largest of all",
         lambda r: not r.resizes or r.new_bytes <= r.sizes.most_gib * GIB, J, _PARAM,
         "Requested volume size is {c.readable_size}, but the maximum size allowed is "
         "{c.sizes.most_gib} GB.", "4.3"),
    Rule("COV-16", "a managed KVM disk whose size an offering changes is at rest",
         lambda r: not r.resizes or not r.managed or not r.on_kvm or r.at_rest, J, Kind.RUNTIME,
         "This kind of KVM disk cannot be resized while it is connected to a VM that's not in the "
         "Stopped state.", "4.3"),
    Rule("COV-17", "a disk that an offering shrinks is not one of a shared file system",
         lambda r: not r.shrinks or not r.wanted.shrink_ok or r.vm is None
         or r.vm.kind is not VmKind.SHARED_FS, J, _PARAM,
         "Shrink volume cannot be done on a Shared FileSystem Instance", "4.3"),
    Rule("COV-18", "a disk that an offering shrinks is no QCOW2 image",
         lambda r: not r.shrinks or r.format != "QCOW2" or not r.created, J, _PARAM,
         "Unable to shrink volumes of type QCOW2", "4.3", "SPEC-03"),
    Rule("COV-19", "a shrink by an offering was signed off",
         lambda r: not r.shrinks or r.wanted.shrink_ok, J, _PARAM,
         "Going from existing size of {c.volume.size_bytes} to size of {c.new_bytes} would shrink "
         "the volume.Need to sign off by supplying the shrinkok parameter with value of true.",
         "4.3"),
    Rule("COV-20", "a disk that an offering shrinks is not one of XenServer",
         lambda r: not r.shrinks or r.format != "VHD" or not r.xen_there, J, _PARAM,
         "Shrink volume is not supported for the XenServer hypervisor.", "4.3"),
    Rule("COV-21", "the owner's primary storage leaves room for an offering's growth",
         lambda r: not r.over_limit, J, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("COV-22", "no snapshot of a volume that an offering resizes is being taken",
         lambda r: not r.created or not r.changes or not r.snapshotting, J, Kind.RUNTIME,
         "There is/are unbacked up snapshot(s) on this volume, resize volume is not permitted, "
         "please try again later.", "4.3"),
    Rule("COV-23", "the hypervisor of a volume that an offering resizes can do so",
         lambda r: not r.created or not r.changes or r.hypervisor in RESIZABLE, J, _PARAM,
         "Hypervisor {c.hypervisor} does not support volume resize", "4.3"),
    Rule("COV-24", "a volume that an offering resizes is Ready or Allocated",
         lambda r: not r.changes or r.volume.state in _SETTLED, J, _PARAM,
         "Volume should be in ready or allocated state before attempting a resize. Volume "
         "{c.volume.id} is in state {c.volume.state}.", "4.3"),
    Rule("COV-25", "a disk that an offering shrinks is not one of VMware",
         lambda r: not r.created or not r.shrinks or r.hypervisor is not Hypervisor.VMWARE,
         J, _PARAM,
         "VMware doesn't support shrinking volume from larger size: {c.volume.size_bytes} GB to a "
         "smaller size: {c.new_bytes} GB", "4.3"),
    Rule("COV-26", "a VMware ROOT whose iops an offering changes is on a VM that is off",
         lambda r: not r.created or not r.changes or not r.is_root or r.vm is None
         or r.hypervisor is not Hypervisor.VMWARE or r.vm.state is not VmState.RUNNING, J, _PARAM,
         "VM current state is : PowerOn. But VM should be in PowerOff state.", "4.3"),
    Rule("COV-27", "the volume's storage suits its new offering, or the volume may go elsewhere",
         lambda r: r.stays or r.wanted.auto_migrate, J, _PARAM,
         "Failed to change offering for volume {c.volume.id} since automigrate is set to false but "
         "volume needs to migrated", "4.3", "SPEC-03"),
    Rule("COV-28", "there is a pool for a volume with its new offering",
         lambda r: r.stays or r.others > 0, J, Kind.INTERNAL,
         "Volume change offering operation failed for volume: {c.spelt} as no suitable pool(s) "
         "found for migrating to support new disk offering", "4.3"),
    Rule("COV-29", "a pool for a volume with its new offering has room for it",
         lambda r: r.stays or r.roomy > 0, J, Kind.INTERNAL,
         "Volume change offering operation failed for volume: {c.spelt} as no suitable pool(s) "
         "with enough space found for volume migration.", "4.3"),
))
# fmt: on
