"""resizeVolume: which size, offering and iops a volume may get (semantics 4.3).

Every parameter error is 432 in the job, as the command wraps it.
"""

from simulator.domain.errors import Kind
from simulator.domain.hypervisors import RESIZABLE
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.sizing import GIB, Resize
from simulator.domain.states import VolumeState

_SETTLED = frozenset({VolumeState.READY, VolumeState.ALLOCATED})
_XEN_TEXT = (
    "The VM must be stopped or the disk detached in order to resize with the XenServer Hypervisor."
)
J, W = Phase.JOB, Phase.WORK
_U = Kind.UNSUPPORTED

# fmt: off
RESIZE: Table[Resize] = Table("resizeVolume", (
    Rule("RSZ-01", "the volume to resize still has the row the job was made for",
         lambda r: r.same_row, J, _U,
         "Unable to find UUID for id [{c.row_db_id}] of type [Volume]", "4.3", "SPEC-03"),
    Rule("RSZ-02", "no snapshot of the volume to resize is being taken",
         lambda r: not r.snapshotting, J, Kind.RUNTIME,
         "There is/are unbacked up snapshot(s) on this volume, resize volume is not permitted, "
         "please try again later.", "4.3", "SPEC-03"),
    Rule("RSZ-04", "the volume's hypervisor can resize",
         lambda r: r.hypervisor in RESIZABLE, J, _U,
         "Hypervisor {c.hypervisor} does not support volume resize", "4.3"),
    Rule("RSZ-03", "the volume to resize is Ready or Allocated",
         lambda r: r.volume.state in _SETTLED, J, _U,
         "Volume should be in ready or allocated state before attempting a resize. Volume "
         "{c.volume.id} is in state {c.volume.state}.", "4.3"),
    Rule("RSZ-09", "the offering of a volume to resize does not fix its size",
         lambda r: r.new is not None or r.wanted.size_gib is None or not r.offering.strict, J, _U,
         "Resize of volume {c.volume.id} is not allowed, since disk size is strictly fixed as per "
         "the disk offering", "4.3"),
    Rule("RSZ-10", "old and new offering both fix the size, or neither",
         lambda r: r.new is None or r.new.strict == r.offering.strict, J, _U,
         "Disk offering size strictness does not match with new disk offering", "4.3"),
    Rule("RSZ-11", "a new offering that fixes the size has the same one",
         lambda r: r.new is None or not r.offering.strict
         or r.new.size_gib == r.offering.size_gib, J, _U,
         "Resize volume for {c.volume.name} is not allowed since disk offering's size is fixed",
         "4.3"),
    Rule("RSZ-12", "a new offering encrypts a ROOT as the old one did",
         lambda r: r.new is None or not r.is_root or r.new.encrypted == r.offering.encrypted,
         J, _U,
         "Current disk offering's encryption({c.offering.encrypt_text}) does not match target disk "
         "offering's encryption({c.new.encrypt_text})", "4.3"),
    Rule("RSZ-13", "a new offering has the tags of the old one",
         lambda r: r.new is None or not r.offering.tags
         or r.new.folded_tags == r.offering.folded_tags, J, _U,
         "The tags on the new and old disk offerings must match.", "4.3"),
    Rule("RSZ-14", "a new offering has no tags where the old one has none",
         lambda r: r.new is None or not r.new.tags or bool(r.offering.tags), J, _U,
         "There are no tags on the current disk offering. The new disk offering needs to have no "
         "tags, as well.", "4.3"),
    Rule("RSZ-15", "the owner may use the new offering in the volume's zone",
         lambda r: r.offering_open, J, Kind.DENIED, "{c.offering_text}", "4.3"),
    Rule("RSZ-16", "a new offering of any size comes with one",
         lambda r: r.new is None or not r.new.custom or r.wanted.size_gib is not None, J, _U,
         "The new disk offering requires that a size be specified.", "4.3", "SPEC-03"),
    Rule("RSZ-17", "a custom size to resize to is in the allowed range",
         lambda r: r.sizes.custom(r.custom_gib), J, _U,
         "Volume size: {c.wanted.size_gib} GB is out of allowed range. Min: {c.sizes.min_gib}. "
         "Max: {c.sizes.max_gib}", "4.3", "SPEC-03"),
    Rule("RSZ-18", "the compute offering of a ROOT to resize leaves its size open",
         lambda r: r.new is not None or r.wanted.size_gib is None or not r.is_root
         or not r.offering.of_compute or not r.offering.size_gib or r.from_iso, J, _U,
         "Failed to resize Root volume. The service offering of this Volume has been configured "
         "with a root disk size; on such case a Root Volume can only be resized when changing to "
         "another Service Offering with a Root disk size. For more details please check out the "
         "Official Resizing Volumes documentation.", "4.3", "SPEC-03"),
    Rule("RSZ-19", "the offering leaves the least iops to the caller",
         lambda r: r.wanted.min_iops is None or r.iops_free, J, _U,
         "The current disk offering does not support customization of the 'Min IOPS' parameter.",
         "4.3"),
    Rule("RSZ-20", "the offering leaves the most iops to the caller",
         lambda r: r.wanted.max_iops is None or r.iops_free, J, _U,
         "The current disk offering does not support customization of the 'Max IOPS' parameter.",
         "4.3"),
    Rule("RSZ-21", "a ROOT whose size a new offering changes is on a Stopped VM",
         lambda r: r.new is None or not r.is_root or not r.resizes or r.at_rest, J, _U,
         "Cannot resize ROOT volume [{c.volume.name}] when VM is not on Stopped State. VM "
         "{c.vm.instance_name} is in state {c.vm.state}", "4.3"),
    Rule("RSZ-22", "both or none of the iops are given",
         lambda r: (r.iops[0] is None) == (r.iops[1] is None), J, _U,
         "Either 'miniops' and 'maxiops' must both be provided or neither must be provided.",
         "4.3"),
    Rule("RSZ-23", "the least iops are not above the most",
         lambda r: r.iops[0] is None or r.iops[1] is None or r.iops[0] <= r.iops[1], J, _U,
         "The 'miniops' parameter must be less than or equal to the 'maxiops' parameter.", "4.3"),
    Rule("RSZ-06", "the VM of the volume to resize has no VM snapshots",
         lambda r: not r.vm_snapshots or not r.resizes, J, _U,
         "The volume is attached to a VM with memory&disk VM snapshots; therefore, it cannot be "
         "resized.", "GT 4"),
    Rule("RSZ-24", "the new size is not below nothing",
         lambda r: not r.resizes or r.new_bytes >= 0, J, _U,
         "Please specify a size of at least 1 GB.", "4.3"),
    Rule("RSZ-25", "the new size is not above the largest of all",
         lambda r: not r.resizes or r.new_bytes <= r.sizes.most_gib * GIB, J, _U,
         "Requested volume size is {c.readable_size}, but the maximum size allowed is "
         "{c.sizes.most_gib} GB.", "4.3"),
    Rule("RSZ-26", "a managed KVM disk to resize is on no VM, or a Stopped one",
         lambda r: not r.resizes or not r.managed or not r.on_kvm or r.at_rest, J, Kind.RUNTIME,
         "This kind of KVM disk cannot be resized while it is connected to a VM that's not in the "
         "Stopped state.", "4.3"),
    Rule("RSZ-27", "a disk to shrink is not one of a shared file system",
         lambda r: not r.shrinks or not r.wanted.shrink_ok or r.vm is None
         or r.vm.kind is not VmKind.SHARED_FS, J, _U,
         "Shrink volume cannot be done on a Shared FileSystem Instance", "4.3"),
    Rule("RSZ-28", "a disk to shrink is no QCOW2 image",
         lambda r: not r.shrinks or r.format != "QCOW2" or not r.created, J, _U,
         "Unable to shrink volumes of type QCOW2", "4.3", "SPEC-03"),
    Rule("RSZ-07", "a shrink was signed off",
         lambda r: not r.shrinks or r.wanted.shrink_ok, J, _U,
         "Going from existing size of {c.volume.size_bytes} to size of {c.new_bytes} would shrink "
         "the volume.Need to sign off by supplying the shrinkok parameter with value of true.",
         "GT 4"),
    Rule("RSZ-29", "a disk to shrink is not one of XenServer",
         lambda r: not r.shrinks or r.format != "VHD" or not r.xen_there, J, _U,
         "Shrink volume is not supported for the XenServer hypervisor.", "4.3", "SPEC-03",
         unless=Flag.XENSERVER_SHRINKS),
    Rule("RSZ-08", "the owner's primary storage leaves room for the growth",
         lambda r: not r.over_limit, J, Kind.LIMIT_API, "{c.over_limit}", "GT 6", "SPEC-03",
         unless=Flag.RESIZE_LIMIT_530),
    Rule("RSZ-91", "the owner's primary storage leaves room for the growth, 530 else",
         lambda r: not r.over_limit, J, Kind.LIMIT, "{c.over_limit}", "versions 8b", "SPEC-03",
         when=Flag.RESIZE_LIMIT_530),
    Rule("RSZ-30", "the pool has room for the growth, or the volume may go elsewhere",
         lambda r: r.fits or r.wanted.auto_migrate, J, Kind.RUNTIME,
         "Failed to resize volume {c.volume.id} since the storage pool does not have enough space "
         "to accommodate new size for the volume {c.volume.name}, try with automigrate set to true "
         "in order to check in the other suitable pools for the new size and then migrate & resize "
         "volume there.", "4.3", "SPEC-03", unless=Flag.RESIZE_INTO_FULL_POOL),
    Rule("RSZ-31", "there is a pool for a volume that outgrew its own",
         lambda r: r.fits or r.others > 0, J, Kind.INTERNAL,
         "Volume resize failed for volume ID: {c.volume.id} as no suitable pool(s) found for "
         "migrating to support new disk offering or new size", "4.3",
         unless=Flag.RESIZE_INTO_FULL_POOL),
    Rule("RSZ-32", "a pool for a volume that outgrew its own has room for it",
         lambda r: r.fits or r.roomy > 0, J, Kind.INTERNAL,
         "Volume resize failed for volume ID: {c.volume.id} as no suitable pool(s) with enough "
         "space found.", "4.3", unless=Flag.RESIZE_INTO_FULL_POOL),
    Rule("RSZ-33", "the pool still has room for the growth",
         lambda r: r.fits, W, Kind.RUNTIME,
         "Storage pool {c.pool.name} does not have enough space to resize volume {c.volume.name}",
         "4.3", unless=Flag.RESIZE_INTO_FULL_POOL),
    Rule("RSZ-34", "a XenServer disk to resize is on no VM, or a Stopped one",
         lambda r: not r.resizes or r.at_rest or r.hypervisor is not Hypervisor.XENSERVER, W, _U,
         _XEN_TEXT, "4.3", "SPEC-03"),
    Rule("RSZ-35", "the KVM host of a Running VM to resize for is Up",
         lambda r: not r.live_kvm or (r.host is not None and r.host.state == "Up"), W, _U,
         "The KVM host where vm is running is not Up", "4.3"),
    Rule("RSZ-36", "the KVM host of a Running VM to resize for is Enabled",
         lambda r: not r.live_kvm or (r.host is not None and r.host.enabled), W, _U,
         "The KVM host where vm is running is not Enabled", "4.3"),
))
# fmt: on
