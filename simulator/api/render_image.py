"""Templates and ISOs as CloudStack's JSON."""

from simulator.api.command import Call
from simulator.api.render import Row, date, os_type, owner, present, tags, zone_of
from simulator.domain.access import is_admin
from simulator.domain.inventory import Template, Zone


def template(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse: every template is ready in its zones."""
    body = {
        "id": record.id,
        "name": record.name,
        "displaytext": record.said or record.name,
        "ispublic": record.public,
        "created": date(record.created_s),
        "isready": True,
        "passwordenabled": record.password_enabled,
        "format": record.image_format,
        "isfeatured": record.featured,
        "crossZones": record.zone_id is None and not record.copied,
        "ostypeid": os_type(call, record.os_name) or "",
        "ostypename": record.os_name,
        **zone_of(call, zone.id),
        "status": "Download Complete",
        "size": record.size_bytes,
        "physicalsize": None if record.copied else record.size_bytes,
        "templatetype": record.kind,
        "hypervisor": str(record.hypervisor),
        **owner(call, record.account_id),
        "isextractable": record.extractable,
        "sourcetemplateid": record.source_id,
        "checksum": None if record.copied else record.checksum,
        "details": {},
        "downloaddetails": _downloads(call, zone),
        "arch": "x86_64",
        "bits": 0,
    }
    names = ("sshkeyenabled", "isdynamicallyscalable", "directdownload", "deployasis", "forcks")
    body |= dict.fromkeys(names, False)
    body["requireshvm"] = record.copied
    usual = f"http://templates.example.org/{record.db_id}.{record.image_format.lower()}"
    body["url"] = None if record.copied else record.url or usual
    if not _told_more(call, record):
        body |= {"status": None, "url": None}
    body |= {"tags": tags(call, record.id), "hasannotations": False}
    return present(body | _user_data(call, record))


def _user_data(call: Call, record: Template) -> Row:
    linked = call.world.store.user_data.get(record.user_data_id or "")
    if linked is None:
        return {}
    return {
        "userdataid": linked.id,
        "userdataname": linked.name,
        "userdatapolicy": record.user_data_policy,
        "userdataparams": linked.params,
    }


def _told_more(call: Call, record: Template) -> bool:
    """Return whether the caller sees where an image is from: its owner and root admins."""
    owning = call.world.store.accounts[record.account_id]
    return call.is_root or owning.id == call.account.id or owning.project_id is not None


def iso(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse of an ISO, which has no hypervisor and may boot."""
    body = template(call, record, zone)
    for name in (
        "templatetype", "hypervisor", "details", "sshkeyenabled", "deployasis", "forcks",
        "requireshvm",
    ):  # fmt: skip
        del body[name]
    if is_admin(call.account) or record.account_id == call.account.id:
        body["status"] = "Successfully Installed"
    else:
        del body["downloaddetails"]
    return body | {"bootable": record.bootable, "bits": 64}


def _downloads(call: Call, zone: Zone) -> list[Row]:
    full = ("datastoreRole", "datastoreId")
    return [
        {
            key: value
            for key, value in (
                ("downloadState", "DOWNLOADED"),
                ("datastore", store.name),
                ("datastoreRole", "Image"),
                ("downloadPercent", "100"),
                ("datastoreId", store.id),
            )
            if call.is_root or key not in full
        }
        for store in call.world.store.image_stores.values()
        if store.zone_id == zone.id
    ]
