"""Templates and ISOs as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import IN_ZONE, NOT_ANNOTATED, OF_OWNER, TAGS, Seen, os_type
from simulator.api.shape import (
    Always,
    Parts,
    Row,
    Shape,
    boolean,
    date,
    integer,
    listed,
    long,
    mapping,
    text,
    within,
)
from simulator.domain.access import is_admin
from simulator.domain.inventory import Template, Zone
from simulator.domain.management import ImageStore
from simulator.domain.user_data import UserData


class ImageAt(NamedTuple):
    """An image in a zone as a caller sees it: its owner and root admins see where it is from.

    An *iso* has no hypervisor and may boot; *traced* is whether it is seen where it is from, and
    *changed* is how an update answers it.
    """

    call: Call
    record: Template
    zone_id: str
    iso: bool
    traced: bool = False
    changed: bool = False

    @property
    def own(self) -> bool:
        """Whether the caller is an administrator, or owns it."""
        return is_admin(self.call.account) or self.record.account_id == self.call.account.id


def _traced(call: Call, record: Template) -> bool:
    """Return whether the caller sees where an image is from."""
    owning = call.world.store.accounts[record.account_id]
    return call.is_root or owning.id == call.account.id or owning.project_id is not None


_DOWNLOAD = Shape[Seen[ImageStore]](
    "downloaddetails",
    text("downloadState", "state of the download", Always("DOWNLOADED")),
    text("datastore", "name of the store", lambda s: s.record.name),
    text("datastoreRole", "role of the store", lambda s: "Image" if s.call.is_root else None),
    text("downloadPercent", "how much was downloaded", Always("100")),
    text("datastoreId", "id of the store", lambda s: s.record.id if s.call.is_root else None),
)


def _downloads(at: ImageAt) -> list[Seen[ImageStore]] | None:
    if at.iso and not at.own:
        return None
    stores = at.call.world.store.image_stores.values()
    return [Seen(at.call, store) for store in stores if store.zone_id == at.zone_id]


def _status(at: ImageAt) -> str | None:
    if at.iso and at.own:
        return "Successfully Installed"
    return "Download Complete" if at.traced else None


def _url(at: ImageAt) -> str | None:
    record = at.record
    if record.copied or not at.traced:
        return None
    usual = f"http://templates.example.org/{record.db_id}.{record.image_format.lower()}"
    return record.url or usual


_HEAD: Parts[ImageAt] = (
    text("id", "id", lambda i: i.record.id),
    text("name", "name", lambda i: i.record.name),
    text("displaytext", "description", lambda i: i.record.said or i.record.name),
    boolean("ispublic", "whether everybody may use it", lambda i: i.record.public),
    date("created", "when it was created", lambda i: i.record.created_s),
)
_FORMAT: Parts[ImageAt] = (text("format", "image format", lambda i: i.record.image_format),)
_SYSTEM: Parts[ImageAt] = (
    text("ostypeid", "id of the guest operating system",
         lambda i: os_type(i.call, i.record.os_name) or ""),
    text("ostypename", "name of the guest operating system", lambda i: i.record.os_name),
)  # fmt: skip
_KIND: Parts[ImageAt] = (
    text("templatetype", "type of the template", lambda i: None if i.iso else i.record.kind),
)
_HYPERVISOR: Parts[ImageAt] = (
    text("hypervisor", "hypervisor",
         lambda i: None if i.iso and not i.changed else str(i.record.hypervisor)),
)  # fmt: skip
_SCALABLE: Parts[ImageAt] = (
    boolean("isdynamicallyscalable", "whether it can be scaled while it runs", Always(False)),
)
_BOOTABLE: Parts[ImageAt] = (
    boolean("bootable", "whether a VM can boot from it",
            lambda i: i.record.bootable if i.iso or i.changed else None),
)  # fmt: skip


class _Linked(NamedTuple):
    """User data that is linked to an image."""

    record: UserData
    policy: str


def _linked(at: ImageAt) -> _Linked | None:
    data = at.call.world.store.user_data.get(at.record.user_data_id or "")
    return _Linked(data, at.record.user_data_policy) if data is not None else None


_DATA: Parts[_Linked] = (
    text("userdataid", "id of the user data", lambda d: d.record.id),
    text("userdataname", "name of the user data", lambda d: d.record.name),
    text("userdatapolicy", "what becomes of the user data of the template", lambda d: d.policy),
    text("userdataparams", "names of the parameters of the user data", lambda d: d.record.params),
)


TEMPLATE = Shape[ImageAt](
    "template",
    *_HEAD,
    boolean("isready", "whether the template can be used", Always(True)),
    boolean("passwordenabled", "whether VMs of it take a password",
            lambda i: i.record.password_enabled),
    *_FORMAT,
    boolean("isfeatured", "whether it is featured", lambda i: i.record.featured),
    boolean("crossZones", "whether the template is in every zone",
            lambda i: i.record.zone_id is None and not i.record.copied),
    *_SYSTEM,
    within(lambda i: Seen(i.call, i), IN_ZONE),
    text("status", "status of the download", _status),
    long("size", "size in bytes", lambda i: i.record.size_bytes),
    long("physicalsize", "size on the storage in bytes",
         lambda i: None if i.record.copied else i.record.size_bytes),
    *_KIND,
    *_HYPERVISOR,
    *OF_OWNER,
    boolean("isextractable", "whether it can be extracted", lambda i: i.record.extractable),
    text("sourcetemplateid", "id of the template it goes back to", lambda i: i.record.source_id),
    text("checksum", "checksum of the image",
         lambda i: None if i.record.copied else i.record.checksum),
    mapping("details", "more facts by name", lambda i: None if i.iso else {}),
    listed("downloaddetails", "where the template was downloaded to", _DOWNLOAD, _downloads),
    text("arch", "CPU architecture", Always("x86_64")),
    integer("bits", "word size of the template", lambda i: 64 if i.iso else 0),
    boolean("sshkeyenabled", "whether the template takes SSH keys",
            lambda i: None if i.iso else False),
    *_SCALABLE,
    boolean("directdownload", "whether hosts download the template themselves", Always(False)),
    boolean("deployasis", "whether a VM is deployed as the template is",
            lambda i: None if i.iso else False),
    boolean("forcks", "whether the template is for Kubernetes", lambda i: None if i.iso else False),
    boolean("requireshvm", "whether the template needs hardware virtualization",
            lambda i: None if i.iso else i.record.copied),
    text("url", "where it is", _url),
    *TAGS,
    *NOT_ANNOTATED,
    within(_linked, _DATA),
    *_BOOTABLE,
)  # fmt: skip
LINKED_TEMPLATE = TEMPLATE.without("zoneid", "zonename")
"""An image that user data was linked to."""
CHANGED_TEMPLATE = Shape[ImageAt](
    "template",
    *_HEAD,
    *_FORMAT,
    *_SYSTEM,
    *_BOOTABLE,
    *_HYPERVISOR,
    *_SCALABLE,
    *OF_OWNER,
    *TAGS,
    *_KIND,
)
"""An image that was updated."""


def image_at(call: Call, record: Template, zone: Zone, *, iso: bool) -> ImageAt:
    """Return an image in a zone as a caller sees it."""
    return ImageAt(call, record, zone.id, iso, _traced(call, record))


def template(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse: every template is ready in its zones."""
    return TEMPLATE.render(image_at(call, record, zone, iso=False))


def iso(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse of an ISO."""
    return TEMPLATE.render(image_at(call, record, zone, iso=True))
