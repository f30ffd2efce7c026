"""registerTemplate to detachIso: images that come and go."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Template
from simulator.domain.records import Account, Role, Vm, VmKind
from simulator.domain.registering import ISO
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

_AT_REST = frozenset({VmState.RUNNING, VmState.STOPPED})
FILTERS = frozenset(
    {
        "featured", "self", "selfexecutable", "shared", "sharedexecutable", "executable",
        "community", "all",
    }
)  # fmt: skip
"""Words of templatefilter and isofilter."""
_FILTER_CLASS = "com.cloud.template.VirtualMachineTemplate.TemplateFilter"
R, J = Phase.REQUEST, Phase.JOB


def denial(caller: Account, image: Template, owner: Account, *, operate: bool) -> str:
    """Return why *caller* may not use an image of *owner*, or *operate* on it; "" if it may."""
    own = caller.role is Role.ADMIN or caller.id == owner.id
    if own or (owner.role is Role.PROJECT and caller.id in owner.members):
        return ""
    if not image.public:
        return (
            f"Account {caller.text} does not have permission to launch instances from template "
            f"{image.text}"
        )
    return "Domain Admin and regular users can modify only their own Public templates" * operate


class OnImage(NamedTuple):
    """A template or an ISO someone wants to change or to copy.

    *denied* is why the caller may not, *vms* are those that use it.
    """

    dialect: Dialect
    image: Template
    denied: str = ""
    vms: tuple[Vm, ...] = ()
    is_root: bool = False

    @property
    def is_iso(self) -> bool:
        """Whether it is an ISO."""
        return self.image.image_format == ISO

    @property
    def users(self) -> str:
        """The VMs that use it, as the refusal lists them."""
        return ",".join(vm.text for vm in self.vms)


class Insert(NamedTuple):
    """An ISO that shall be put into a VM's drive, or taken out of it.

    *denied* is why the caller may not see it, *owner_denied* why the VM's owner may not.
    """

    dialect: Dialect
    image: Template | None
    vm: Vm
    denied: str = ""
    owner_denied: str = ""


class Listing(NamedTuple):
    """Images someone wants to see, by a *wanted* filter or by the id of *image*."""

    dialect: Dialect
    wanted: str
    is_admin: bool
    isos: bool
    image: Template | None = None
    denied: str = ""


# fmt: off
DELETE_IMAGE: Table[OnImage] = Table("deleteTemplate", (
    Rule("DTM-02", "no VM has the template to delete, unless it is forced",
         lambda d: not d.vms, J, Kind.PARAM,
         "Unable to delete template: {c.image.text} because VM instances: [{c.users}] are using "
         "it.", "GT 2, 4"),
    Rule("DTM-01", "the caller may delete the template",
         lambda d: not d.denied, J, Kind.DENIED, "{c.denied}", "6.1", "SPEC-03"),
    Rule("DTM-03", "the template to delete is no ISO",
         lambda d: not d.is_iso, J, Kind.PARAM, "Please specify a valid template.", "4.3"),
    Rule("DTM-04", "the template to delete is not that of system VMs",
         lambda d: d.image.kind != "SYSTEM", J, Kind.PARAM,
         "Could not delete template as it is a SYSTEM template and isSystem is set to false.",
         "4.3"),
))

DELETE_ISO: Table[OnImage] = Table("deleteIso", (
    Rule("DIS-01", "the caller may delete the ISO",
         lambda d: not d.denied, J, Kind.DENIED, "{c.denied}", "6.1", "SPEC-03"),
    Rule("DIS-02", "the ISO to delete is one",
         lambda d: d.is_iso, J, Kind.PARAM, "Please specify a valid iso.", "4.3"),
    Rule("DIS-03", "the ISO to delete is in no drive",
         lambda d: not d.vms, J, Kind.PARAM, "Unable to delete iso, as it's used by other vms",
         "4.3"),
))


def _extract(prefix: str, noun: str, word: str, *, iso: bool) -> tuple[Rule[OnImage], ...]:
    return (
        Rule(f"{prefix}-01", f"what is extracted is {noun}",
             lambda e: e.is_iso is iso, J, Kind.PARAM,
             f"Unsupported format, could not extract the {word}", "4.3"),
        Rule(f"{prefix}-03", f"{noun} may be extracted, unless a root admin asks",
             lambda e: e.is_root or e.image.extractable, J, Kind.PARAM,
             "Unable to extract template {c.image.text} as it's not extractable", "GT 4"),
        Rule(f"{prefix}-02", f"the caller may operate on {noun} to extract",
             lambda e: not e.denied, J, Kind.DENIED, "{c.denied}", "6.1", "SPEC-03"),
    )


EXTRACT_IMAGE: Table[OnImage] = Table(
    "extractTemplate", _extract("XTM", "a template", "template", iso=False)
)
EXTRACT_ISO: Table[OnImage] = Table("extractIso", _extract("XIS", "an ISO", "ISO", iso=True))

INSERT: Table[Insert] = Table("attachIso", (
    Rule("ISO-05", "the VM of an ISO is no shared file system",
         lambda i: i.vm.kind is not VmKind.SHARED_FS, J, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", "4.3"),
    Rule("ISO-06", "the ISO is in the zone of the VM",
         lambda i: i.image is None or i.image.zone_id in {None, i.vm.zone_id}, J, Kind.PARAM,
         "ISO is not available in the zone the VM is in.", "4.3"),
    Rule("ISO-02", "the caller may see the ISO",
         lambda i: not i.denied, J, Kind.DENIED, "{c.denied}", "6.1", "SPEC-03"),
    Rule("ISO-07", "the VM's owner may see the ISO",
         lambda i: not i.owner_denied, J, Kind.DENIED, "{c.owner_denied}", "6.1", "SPEC-03"),
    Rule("ISO-03", "the VM of an ISO is Running or Stopped",
         lambda i: i.vm.state in _AT_REST, J, Kind.PARAM,
         "Please specify a VM that is either Stopped or Running.", "4.3"),
    Rule("ISO-01", "what is put into the drive of a Running VM is an ISO",
         lambda i: i.image is None or i.image.image_format == ISO
         or i.vm.state is not VmState.RUNNING, J, Kind.RUNTIME,
         "Failed to prepare ISO ready to mount on hypervisor resource level", "4.3"),
    Rule("ISO-91", "the ISO is not in the drive yet",
         lambda i: i.image is None or i.vm.iso_id != i.image.id, J, Kind.PARAM,
         "The specified ISO is already attached to this Instance.", "versions 31",
         when=Flag.DRIVE_HOLDS_ITS_ISO),
    Rule("ISO-92", "the drive is empty",
         lambda i: i.vm.iso_id is None, J, Kind.PARAM,
         "Instance has reached the maximum of 1 attached CD-ROM(s); detach one before attaching "
         "another.", "versions 31", when=Flag.DRIVE_HOLDS_ITS_ISO),
))

EJECT: Table[Insert] = Table("detachIso", (
    Rule("EJT-01", "an ISO is in the drive",
         lambda i: i.vm.iso_id is not None, J, Kind.PARAM,
         "The specified VM has no ISO attached to it.", "4.3"),
    Rule("EJT-02", "the VM to take an ISO out of is Running or Stopped",
         lambda i: i.vm.state in _AT_REST, J, Kind.PARAM,
         "Please specify a VM that is either Stopped or Running.", "4.3"),
))

LIST_IMAGES: Table[Listing] = Table("listTemplates", (
    Rule("LTM-01", "the filter of a list of images is known",
         lambda s: s.wanted in FILTERS, R, Kind.ARGUMENT,
         f"No enum constant {_FILTER_CLASS}.{{c.wanted}}", "7.5"),
    Rule("LTM-02", "all images are for administrators to see",
         lambda s: s.wanted != "all" or s.is_admin, R, Kind.PARAM,
         "Filter all can be specified by admin only", "7.5"),
    Rule("LTM-03", "the image asked for among ISOs is one",
         lambda s: s.image is None or not s.isos or s.image.image_format == ISO, R, Kind.PARAM,
         "Specified Template Id is not an ISO", "7.5", ids="{c.image.id} templateId"),
    Rule("LTM-04", "the image asked for among templates is no ISO",
         lambda s: s.image is None or s.isos or s.image.image_format != ISO, R, Kind.PARAM,
         "Incorrect format ISO of the specified template id", "7.5",
         ids="{c.image.id} templateId"),
    Rule("LTM-05", "the caller may see the image asked for",
         lambda s: not s.denied, R, Kind.DENIED, "{c.denied}", "6.1", "SPEC-03"),
))
# fmt: on
