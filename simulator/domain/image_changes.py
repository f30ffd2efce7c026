"""updateTemplate and updateIso: when a change of an image is refused."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Template
from simulator.domain.rules import Phase, Rule, Table

IMAGE_FORMATS = (
    "QCOW2", "RAW", "VHD", "ISO", "OVA", "VHDX", "BAREMETAL", "EXTERNAL", "VMDK", "VDI", "TAR",
    "ZIP", "DIR",
)  # fmt: skip


class ChangeImage(NamedTuple):
    """A template or an ISO that shall change; None leaves a trait.

    *denied* is why the caller may not change it.

    *other_os* is whether its operating system becomes another, which is that of its *vms* too;
    *forced* is False where the caller said that this shall not be.
    """

    dialect: Dialect
    image: Template
    denied: str = ""
    format: str | None = None
    other_os: bool = False
    vms: int = 0
    forced: bool | None = None

    @property
    def formats(self) -> str:
        """All formats, as the refusal lists them."""
        return "[" + "".join(f"{name}, " for name in IMAGE_FORMATS) + "]"


R = Phase.REQUEST
_SOURCE = "TemplateManagerImpl"

# fmt: off
CHANGE_IMAGE: Table[ChangeImage] = Table("updateTemplate and updateIso", (
    Rule("IMC-01", "an image to change is there",
         lambda i: not i.image.removed, R, Kind.PARAM,
         "unable to find template/iso with specified id", _SOURCE,
         ids="{c.image.db_id} templateId"),
    Rule("IMC-02", "the caller may change the image",
         lambda i: not i.denied, R, Kind.DENIED, "{c.denied}", "DomainChecker", "SPEC-03"),
    Rule("IMC-03", "the new format of an image is one",
         lambda i: i.format is None or i.format.upper() in IMAGE_FORMATS, R, Kind.PARAM,
         "Image format: {c.format} is incorrect. Supported formats are {c.formats}", _SOURCE),
    Rule("IMC-04", "nobody said that an image's VMs keep the operating system that it changes",
         lambda i: not i.other_os or not i.vms or i.forced is not False, R, Kind.PARAM,
         "Updating OS type will update the guest OS configuration for all of the {c.vms} "
         "Instance(s) deployed with this Template/ISO, which may affect their behavior. To "
         "proceed, please set the 'forceupdateostype' parameter to true.", _SOURCE),
))
# fmt: on
