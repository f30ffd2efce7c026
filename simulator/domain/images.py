"""registerTemplate to attachIso: images that come and go."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor, Template
from simulator.domain.records import Vm
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

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
    def path(self) -> str:
        """The path on that server."""
        try:
            return urlsplit(self.url).path
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
# fmt: on
