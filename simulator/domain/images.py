"""registerTemplate to attachIso, uploadVolume and checkVolume: images that come and go."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor, Template
from simulator.domain.records import Vm, Volume
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState, VolumeState

ISO = "ISO"
"""Format of an ISO image, which is a template in all else."""
_SCHEMES = frozenset({"http", "https", "ftp", "nfs"})
_NOWHERE = ("example.org", "example.com", "example.net", "invalid")
"""Names that no server knows, there or in this cloud without a network."""
_HOMES = {
    "QCOW2": Hypervisor.KVM,
    "RAW": Hypervisor.KVM,
    "OVA": Hypervisor.VMWARE,
    "VMDK": Hypervisor.VMWARE,
    "VHDX": Hypervisor.HYPERV,
}
FORMATS = frozenset({*_HOMES, "VHD", "TAR", ISO})
"""ImageFormat, as spelt in the API."""
_AT_REST = frozenset({VmState.RUNNING, VmState.STOPPED})
MODES = frozenset({"HTTP_DOWNLOAD", "FTP_UPLOAD"})
R, J = Phase.REQUEST, Phase.JOB


def home_of(image_format: str, there: frozenset[Hypervisor]) -> Hypervisor | None:
    """Return the hypervisor an uploaded image is for, of those a zone has *there*."""
    if image_format == "VHD":
        return Hypervisor.XENSERVER if Hypervisor.XENSERVER in there else Hypervisor.HYPERV
    return _HOMES.get(image_format)


class Source(NamedTuple):
    """Where an image comes from."""

    url: str

    @property
    def host(self) -> str:
        """The name of the server, "" where the URL has none."""
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""

    @property
    def well_formed(self) -> bool:
        """Whether it is a URL that can be fetched."""
        scheme = self.url.partition(":")[0].lower()
        return scheme in _SCHEMES and bool(self.host)

    @property
    def legal(self) -> bool:
        """Whether its server is not this one."""
        try:
            return not ip_address(self.host).is_loopback
        except ValueError:
            return self.host != "localhost"

    @property
    def known(self) -> bool:
        """Whether anybody knows its server."""
        return not any(f".{self.host}".endswith(f".{name}") for name in _NOWHERE)


class Register(NamedTuple):
    """A template or an ISO someone wants to fetch; *hypervisor* is None where it is no word."""

    dialect: Dialect
    source: Source
    image_format: str
    hypervisor: Hypervisor | None
    hypervisor_text: str
    caller_may: bool
    over_limit: str


class OnImage(NamedTuple):
    """A template or an ISO someone wants to change or to copy."""

    dialect: Dialect
    image: Template
    caller_may: bool
    mode: str = "HTTP_DOWNLOAD"
    in_use: bool = False


class Insert(NamedTuple):
    """An ISO that shall be put into a VM's drive."""

    dialect: Dialect
    image: Template
    vm: Vm
    caller_may: bool
    forced: bool = False


class Upload(NamedTuple):
    """A volume someone wants to fetch; *hypervisors* are those of the zone."""

    dialect: Dialect
    source: Source
    image_format: str
    hypervisors: frozenset[Hypervisor]
    zone_open: bool
    caller_may: bool
    over_limit: str

    @property
    def home(self) -> Hypervisor | None:
        """The hypervisor the image is for."""
        return home_of(self.image_format, self.hypervisors)


class Check(NamedTuple):
    """A volume whose consistency is in doubt."""

    dialect: Dialect
    volume: Volume
    vm: Vm | None
    hypervisor: Hypervisor


# fmt: off
REGISTER: Table[Register] = Table("registerTemplate", (
    Rule("REG-01", "the caller may register for the owner",
         lambda r: r.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("REG-02", "the hypervisor of a template is known",
         lambda r: r.hypervisor is not None, R, Kind.PARAM,
         "Hypervisor Type: {c.hypervisor_text} is invalid. Supported Hypervisor types are "
         "KVM, VMware, XenServer, Simulator, LXC, Hyperv, Ovm3, BareMetal, External", "3.2"),
    Rule("REG-03", "the format of an image is known",
         lambda r: r.image_format in FORMATS, R, Kind.PARAM,
         "Please specify a valid format, {c.image_format} is none", "3.2"),
    Rule("REG-04", "an image comes from a URL that can be fetched",
         lambda r: r.source.well_formed, R, Kind.PARAM, "Invalid URL {c.source.url}", "GT, upload"),
    Rule("REG-05", "an image does not come from the management server",
         lambda r: r.source.legal, R, Kind.PARAM, "Illegal host specified in URL.", "GT, upload"),
    Rule("REG-06", "the owner's limits leave room for the image",
         lambda r: not r.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))

DELETE_IMAGE: Table[OnImage] = Table("deleteTemplate", (
    Rule("DTM-01", "the caller may delete the image",
         lambda d: d.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("DTM-02", "no VM has the image, unless it is forced",
         lambda d: not d.in_use, J, Kind.PARAM,
         "Unable to delete the template {c.image.name}: there are VMs that use it", "4.3"),
))

EXTRACT_IMAGE: Table[OnImage] = Table("extractTemplate", (
    Rule("XTM-01", "the way to extract an image is known",
         lambda e: e.mode in MODES, J, Kind.PARAM, "Please specify a valid extract Mode", "4.3"),
    Rule("XTM-02", "the caller may see the image to extract",
         lambda e: e.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("XTM-03", "the image may be extracted",
         lambda e: e.image.extractable, J, Kind.PARAM,
         "Unable to extract template id={c.image.id} as it's not extractable", "GT 4"),
))

INSERT: Table[Insert] = Table("attachIso", (
    Rule("ISO-01", "what is put into the drive is an ISO",
         lambda i: i.image.image_format == ISO, J, Kind.PARAM,
         "Please specify a valid ISO.", "4.3"),
    Rule("ISO-02", "the caller may see the ISO",
         lambda i: i.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("ISO-03", "the VM of an ISO is Running or Stopped",
         lambda i: i.vm.state in _AT_REST, J, Kind.PARAM,
         "Please specify a VM that is either Stopped or Running.", "4.3"),
    Rule("ISO-04", "the drive is empty, or it is forced",
         lambda i: i.vm.iso_id in {None, i.image.id} or i.forced, J, Kind.PARAM,
         "There is already an ISO attached to VM {c.vm.id}", "4.3"),
))

UPLOAD: Table[Upload] = Table("uploadVolume", (
    Rule("UPL-01", "the caller may upload for the owner",
         lambda u: u.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("UPL-02", "the owner's limits leave room for the upload",
         lambda u: not u.over_limit, J, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("UPL-03", "a disabled zone takes uploads of root admins only",
         lambda u: u.zone_open, J, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled", "6.1"),
    Rule("UPL-04", "a volume comes from a URL that can be fetched",
         lambda u: u.source.well_formed, J, Kind.INTERNAL, "Invalid URL: {c.source.url}",
         "GT, could not be tried"),
    Rule("UPL-05", "a volume does not come from the management server",
         lambda u: u.source.legal, J, Kind.INTERNAL, "Illegal host specified in URL.",
         "GT, could not be tried"),
    Rule("UPL-06", "somebody knows where a volume comes from",
         lambda u: u.source.known, J, Kind.INTERNAL, "Unable to resolve {c.source.host}.",
         "GT, could not be tried"),
    Rule("UPL-07", "the format of a volume is known",
         lambda u: u.home is not None, J, Kind.PARAM,
         "Please specify a valid format, {c.image_format} is none", "3.2"),
    Rule("UPL-08", "the zone has the hypervisor of an uploaded volume",
         lambda u: u.home is None or u.home in u.hypervisors, J, Kind.PARAM,
         "The {c.home} hypervisor supported for {c.image_format} file format, is not found on the "
         "zone", "GT, could not be tried", "SPEC-14"),
))

CHECK: Table[Check] = Table("checkVolume", (
    Rule("CHK-01", "the VM of a volume to check is Stopped",
         lambda v: v.vm is None or v.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "Unable to check the volume {c.volume.name}, VM {c.vm.id} is not in Stopped state", "5.2"),
    Rule("CHK-02", "a volume to check is Ready",
         lambda v: v.volume.state is VolumeState.READY, J, Kind.PARAM,
         "Volume: {c.volume.name} is not in Ready state", "5.2"),
    Rule("CHK-03", "a volume to check is on KVM",
         lambda v: v.hypervisor is Hypervisor.KVM, J, Kind.PARAM,
         "Check and Repair volumes is supported only for KVM hypervisor", "5.2"),
))
# fmt: on
