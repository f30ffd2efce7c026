"""uploadVolume to checkVolume: volumes that come from outside, go there, or are in doubt."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Hypervisor, StoragePool
from simulator.domain.records import Vm, Volume, VolumeType
from simulator.domain.registering import FORMAT_TEXT, FORMATS, Source, ending_text, ends_as
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

_HOMES = {
    "QCOW2": "KVM",
    "OVA": "VMware",
    "VHDX": "Hyperv",
    "RAW": "Ovm",
}
_SCHEMES = frozenset({"http", "https", "file"})
_MODES = frozenset({"HTTP_DOWNLOAD", "FTP_UPLOAD"})
_REPAIRS = frozenset({"", "leaks", "all"})
_CHECKABLE = frozenset({"QCOW2", "VDI"})
R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK


class Upload(NamedTuple):
    """A volume someone wants to fetch, or to send later, which is without a *source*.

    *hypervisors* are those of the zone, *raw_kvm* says that KVM there keeps raw images, *offering*
    is the one asked for, *custom* whether there is one for it at all.
    """

    dialect: Dialect
    source: Source | None
    image_format: str
    hypervisors: frozenset[Hypervisor]
    zone_open: bool
    caller_may: bool
    too_many: str
    too_large: str
    zone_id: str = ""
    raw_kvm: bool = False
    offering: DiskOffering | None = None
    offering_open: bool = True
    offering_text: str = ""
    custom: bool = True

    @property
    def home(self) -> str:
        """The hypervisor that the format is taken for."""
        if self.image_format == "VHD":
            return "XenServer" if Hypervisor.XENSERVER in self.hypervisors else "Hyperv"
        if self.image_format == "RAW" and self.raw_kvm:
            return "KVM"
        return _HOMES.get(self.image_format, "None")

    @property
    def url(self) -> str:
        """Where the volume comes from."""
        return self.source.url if self.source else ""

    @property
    def scheme_known(self) -> bool:
        """Whether the URL begins as one that can be fetched."""
        return self.source is None or self.url.partition(":")[0].lower() in _SCHEMES

    @property
    def path(self) -> str:
        """The path of the URL."""
        return self.source.path if self.source else ""

    @property
    def ends_well(self) -> bool:
        """Whether the URL ends as the format does."""
        return self.source is None or ends_as(self.path, self.image_format)

    @property
    def ending_text(self) -> str:
        """What is wrong with the URL's end."""
        return ending_text(self.path, self.image_format)


class Extract(NamedTuple):
    """A volume someone wants to download."""

    dialect: Dialect
    volume: Volume
    row_db_id: int
    vm: Vm | None
    pool: StoragePool | None
    mode: str
    allowed: bool = True
    caller_may: bool = True
    template_extractable: bool = True

    @property
    def at_rest(self) -> bool:
        """Whether no VM can be writing to the volume."""
        return self.vm is None or self.vm.state is VmState.STOPPED


class Check(NamedTuple):
    """A volume whose consistency is in doubt; *repair* is what to repair, "" for nothing."""

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    hypervisor: Hypervisor
    format: str | None
    repair: str = ""


def _upload(prefix: str, phase: Phase, operation: str) -> tuple[Rule[Upload], ...]:
    """Return the rows of a volume to fetch (in a job) and of one to send later (at once)."""
    full = Kind.LIMIT if phase is J else Kind.INTERNAL
    before = "" if phase is J else "exception while uploading a volume: "
    # fmt: off
    return (
        Rule(f"{prefix}-07", f"the format of a volume to {operation} is known",
             lambda u: u.image_format in FORMATS, phase, Kind.ARGUMENT,
             f"Image format: {{c.image_format}} is incorrect. Supported formats are {FORMAT_TEXT}",
             "3.2"),
        Rule(f"{prefix}-01", f"the caller may {operation} for the owner",
             lambda u: u.caller_may, phase, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
        Rule(f"{prefix}-02", f"the owner may have one more volume to {operation}",
             lambda u: not u.too_many, phase, full, before + "{c.too_many}", "6.2", "SPEC-03"),
        Rule(f"{prefix}-03", f"a disabled zone lets root admins {operation} only",
             lambda u: u.zone_open, phase, Kind.DENIED,
             "Cannot perform this operation, Zone is currently disabled: {c.zone_id}", "6.1"),
    )
    # fmt: on


def _landing(prefix: str, phase: Phase, operation: str) -> tuple[Rule[Upload], ...]:
    """Return the rows about where a volume to fetch or to send later shall land."""
    full = Kind.LIMIT if phase is J else Kind.INTERNAL
    before = "" if phase is J else "exception while uploading a volume: "
    # fmt: off
    return (
        Rule(f"{prefix}-11", f"the owner's secondary storage has room for a volume to {operation}",
             lambda u: not u.too_large, phase, full, before + "{c.too_large}", "6.2", "SPEC-03"),
        Rule(f"{prefix}-08", f"the zone has the hypervisor of a volume to {operation}",
             lambda u: u.home in u.hypervisors, phase, Kind.PARAM,
             "The {c.home} hypervisor supported for {c.image_format} file format, is not found on "
             "the zone", "GT, could not be tried", "SPEC-14", unless=Flag.UPLOAD_FOR_NOBODY),
        Rule(f"{prefix}-12", f"the disk offering of a volume to {operation} leaves its size open",
             lambda u: u.offering is None or u.offering.custom, phase, Kind.PARAM,
             "Please specify a custom sized disk offering.", "4.3"),
        Rule(f"{prefix}-13", f"the owner may use the disk offering of a volume to {operation}",
             lambda u: u.offering_open, phase, Kind.DENIED, "{c.offering_text}", "4.3"),
        Rule(f"{prefix}-14", f"there is a custom disk offering for a volume to {operation}",
             lambda u: u.custom, phase, Kind.RUNTIME,
             "Unable to find custom disk offering in zone: {c.zone_id} for volume upload", "4.3"),
    )
    # fmt: on


# fmt: off
UPLOAD: Table[Upload] = Table("uploadVolume", (
    *_upload("UPL", J, "fetch"),
    Rule("UPL-09", "a volume does not come from a file",
         lambda u: "file://" not in u.url.lower(), J, Kind.PARAM,
         "File:// type urls are currently unsupported", "4.3"),
    Rule("UPL-04", "a volume comes from a URL that can be fetched",
         lambda u: u.scheme_known, J, Kind.INTERNAL, "Unsupported scheme for url: {c.url}", "4.3"),
    Rule("UPL-06", "somebody knows where a volume comes from",
         lambda u: u.source is None or u.source.known, J, Kind.INTERNAL,
         "Unable to resolve {c.source.host}.", "GT, could not be tried"),
    Rule("UPL-05", "a volume does not come from the management server",
         lambda u: u.source is None or (bool(u.source.host) and u.source.legal), J, Kind.INTERNAL,
         "Illegal host specified in URL.", "GT, could not be tried"),
    Rule("UPL-10", "the URL of a volume ends as its format does",
         lambda u: u.ends_well, J, Kind.INTERNAL, "{c.ending_text}", "4.3"),
    *_landing("UPL", J, "fetch"),
))

UPLOAD_PARAMS: Table[Upload] = Table("getUploadParamsForVolume", (
    *_upload("GUP", R, "send"),
    *_landing("GUP", R, "send"),
))

EXTRACT: Table[Extract] = Table("extractVolume", (
    Rule("EXT-04", "the volume to extract has the row it was asked for",
         lambda e: e.volume.db_id == e.row_db_id and not e.volume.removed, J, Kind.PARAM,
         "Unable to find UUID for id [{c.row_db_id}] of type [Volume]", "4.3", "SPEC-03"),
    Rule("EXT-05", "extraction is not disabled, but for root admins",
         lambda e: e.allowed, J, Kind.DENIED, "Extraction has been disabled by admin", "4.3"),
    Rule("EXT-07", "a volume to extract lies on a storage",
         lambda e: e.pool is not None, J, Kind.PARAM,
         "The volume doesn't belong to a storage pool so can't extract it", "4.3", "SPEC-03"),
    Rule("EXT-08", "a volume to extract is not on PowerFlex",
         lambda e: e.pool is None or e.pool.kind != "PowerFlex", J, Kind.PARAM,
         "Cannot extract volume, this operation is unsupported for volumes on storage pool type "
         "PowerFlex", "4.3"),
    Rule("EXT-02", "the volume to extract is detached or its VM Stopped",
         lambda e: e.at_rest, J, Kind.DENIED,
         "Invalid state of the volume with specified ID. It should be either detached or the VM "
         "should be in stopped state.", "GT 4"),
    Rule("EXT-09", "a volume to extract is not encrypted",
         lambda e: e.volume.encrypt_format is None, J, Kind.PARAM,
         "Extraction of encrypted volumes is unsupported", "4.3", "SPEC-03"),
    Rule("EXT-03", "a ROOT to extract comes from a template that may be extracted",
         lambda e: e.volume.type is not VolumeType.ROOT or e.template_extractable,
         J, Kind.DENIED, "The volume with specified volumeId is not allowed to be extracted",
         "seen on two real 4.22 servers"),
    Rule("EXT-01", "the way to extract is known",
         lambda e: e.mode in _MODES, J, Kind.PARAM, "Please specify a valid extract Mode ", "4.3"),
    Rule("EXT-10", "a volume to extract is Ready",
         lambda e: e.volume.state is VolumeState.READY, W, Kind.PARAM,
         "Volume to be extracted has been removed or not in right state!", "4.3", "SPEC-03"),
))

CHECK: Table[Check] = Table("checkVolume", (
    Rule("CHK-04", "what to repair is known",
         lambda v: v.repair.lower() in _REPAIRS, J, Kind.PARAM,
         "Repair parameter can only take the following values: [LEAKS, ALL]", "4.3"),
    Rule("CHK-01", "the VM of a volume to check is Stopped",
         lambda v: v.vm is None or v.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "VM to which the volume {c.volume.name} is attached should be in stopped state", "5.2"),
    Rule("CHK-02", "a volume to check is Ready",
         lambda v: v.volume.state is VolumeState.READY, J, Kind.PARAM,
         "Volume: {c.volume.name} is not in Ready state", "5.2"),
    Rule("CHK-03", "a volume to check is on KVM",
         lambda v: v.hypervisor is Hypervisor.KVM, J, Kind.PARAM,
         "Check and Repair volumes is supported only for KVM hypervisor", "5.2"),
    Rule("CHK-05", "the image of a volume to check is one that can be checked",
         lambda v: v.format in _CHECKABLE, J, Kind.PARAM,
         "Volume format is not supported for checking and repair", "5.2"),
))
# fmt: on
