"""registerTemplate and registerIso: where images come from, and what must be said of them."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
ISO = "ISO"
"""Format of an ISO image, which is a template in all else."""
_SCHEMES = frozenset({"http", "https", "ftp", "nfs"})
_ENDINGS = {
    "VHD": ("vhd",),
    "VHDX": ("vhdx",),
    "QCOW2": ("qcow2", "img"),
    "OVA": ("ova",),
    "TAR": ("tar",),
    "RAW": ("img", "raw"),
    "VMDK": ("vmdk",),
    "ISO": ("iso",),
}
_PACKED = frozenset({"QCOW2", "OVA", "ISO"})
_NOWHERE = ("example.org", "example.com", "example.net", "invalid")
"""Names that no server knows, there or in this cloud without a network."""
HOMES = {
    "QCOW2": Hypervisor.KVM,
    "RAW": Hypervisor.KVM,
    "OVA": Hypervisor.VMWARE,
    "VMDK": Hypervisor.VMWARE,
    "VHDX": Hypervisor.HYPERV,
}
FORMATS = ("QCOW2", "RAW", "VHD", "ISO", "OVA", "VHDX", "BAREMETAL", "EXTERNAL", "VMDK", "VDI",
           "TAR", "ZIP", "DIR")  # fmt: skip
"""ImageFormat, in the order of the server's message."""
FORMAT_TEXT = f"[{''.join(f'{name}, ' for name in FORMATS)}]"


def ends_as(path: str, image_format: str) -> bool:
    """Return whether the path of a URL ends as files of a format do."""
    names = _ENDINGS.get(image_format, ())
    packed = ("", ".zip", ".bz2", ".gz") if image_format in _PACKED else ("",)
    return any(path.lower().endswith(f".{name}{end}") for name in names for end in packed)


def ending_text(path: str, image_format: str) -> str:
    """Return what is wrong with the end of the path of a URL."""
    lower = image_format.lower()
    if not any(ends_as(path, known) for known in _ENDINGS):
        return f"Please specify a valid {lower}"
    return f"Please specify a valid URL. URL:{path} is an invalid for the format {lower}"


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
    """A template or an ISO someone wants to fetch; *hypervisor* is None where it is no word.

    *zones* are the zones named, None for all of them; *guest* is whether its guest system is.
    """

    dialect: Dialect
    source: Source
    image_format: str
    hypervisor: Hypervisor | None
    hypervisor_text: str
    caller_may: bool
    over_limit: str
    one_form: bool = True
    placed: bool = True
    guest: bool = True
    bootable: bool = True
    everywhere: bool = False
    owner_is_root: bool = False
    zones_open: bool = True

    @property
    def is_iso(self) -> bool:
        """Whether it is an ISO."""
        return self.image_format == ISO

    @property
    def ends_well(self) -> bool:
        """Whether the URL ends as the format does."""
        return self.image_format not in _ENDINGS or ends_as(self.source.path, self.image_format)

    @property
    def ending_text(self) -> str:
        """What is wrong with the URL's end."""
        return ending_text(self.source.path, self.image_format)


# fmt: off
REGISTER: Table[Register] = Table("registerTemplate", (
    Rule("REG-07", "zones are named in one way",
         lambda r: r.one_form, R, Kind.MALFORMED,
         "Both zoneid and zoneids cannot be specified at the same time", "4.3"),
    Rule("REG-08", "the zones of a template are named",
         lambda r: r.placed, R, Kind.MALFORMED,
         "Either zoneid or zoneids is required. Both cannot be null.", "4.3"),
    Rule("REG-09", "a template names its guest system",
         lambda r: r.guest or r.is_iso, R, Kind.MALFORMED, "Please provide a guest OS type", "4.3"),
    Rule("REG-01", "the caller may register for the owner",
         lambda r: r.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("REG-02", "the hypervisor of a template is known",
         lambda r: r.hypervisor is not None, R, Kind.PARAM,
         "Hypervisor Type: {c.hypervisor_text} is invalid. Supported Hypervisor types are: "
         "KVM, VMware, XenServer, Simulator, LXC, Hyperv, Ovm3, BareMetal, External", "3.2"),
    Rule("REG-10", "an ISO that boots names its guest system",
         lambda r: r.guest or not r.is_iso or not r.bootable, R, Kind.PARAM,
         "Please pass a valid GuestOS Id", "4.3"),
    Rule("REG-11", "an image in all zones is a root admin's",
         lambda r: not r.everywhere or r.owner_is_root, R, Kind.PARAM,
         "Template registered for 'All zones' can only be owned a Root Admin account. Please "
         "select specific zone(s).", "4.3",
         unless=Flag.EVERYWHERE_FOR_ANYBODY),
    Rule("REG-03", "the format of an image is known",
         lambda r: r.image_format in FORMATS, R, Kind.ARGUMENT,
         f"Image format: {{c.image_format}} is incorrect. Supported formats are {FORMAT_TEXT}",
         "3.2"),
    Rule("REG-06", "the owner's limits leave room for the image",
         lambda r: not r.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
    Rule("REG-12", "a disabled zone takes images of root admins only",
         lambda r: r.zones_open, R, Kind.DENIED,
         "Cannot perform this operation, Zone is currently disabled", "6.1"),
    Rule("REG-04", "an image comes from a URL that can be fetched",
         lambda r: r.source.well_formed, R, Kind.PARAM, "Invalid URL {c.source.url}", "GT, upload"),
    Rule("REG-05", "an image does not come from the management server",
         lambda r: r.source.legal, R, Kind.PARAM, "Illegal host specified in URL.", "GT, upload"),
    Rule("REG-13", "the URL of an image ends as its format does",
         lambda r: r.ends_well, R, Kind.ARGUMENT, "{c.ending_text}", "UriUtils.checkFormat"),
))
# fmt: on
