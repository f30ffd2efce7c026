"""Templates and ISOs as CloudStack's JSON."""

from simulator.api.command import Call
from simulator.api.render import Row, date, os_type, owner, present, tags, zone_of
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
        "crossZones": record.zone_id is None,
        "ostypeid": os_type(call, record.os_name) or "",
        "ostypename": record.os_name,
        **zone_of(call, zone.id),
        "status": "Download Complete",
        "size": record.size_bytes,
        "physicalsize": record.size_bytes,
        "templatetype": record.kind,
        "hypervisor": str(record.hypervisor),
        **owner(call, record.account_id),
        "isextractable": record.extractable,
        "checksum": record.checksum,
        "details": {},
        "downloaddetails": _downloads(call, zone),
        "arch": "x86_64",
        "bits": 0,
    }
    names = ("sshkeyenabled", "isdynamicallyscalable", "directdownload", "deployasis", "forcks")
    body |= dict.fromkeys((*names, "requireshvm"), False)
    usual = f"http://templates.example.org/{record.db_id}.{record.image_format.lower()}"
    return body | {
        "url": record.url or usual,
        "tags": tags(call, record.id),
        "hasannotations": False,
        **_user_data(call, record),
    }


def iso(call: Call, record: Template, zone: Zone) -> Row:
    """Return TemplateResponse of an ISO, which has no hypervisor and may boot."""
    body = template(call, record, zone)
    for name in ("format", "templatetype", "hypervisor"):
        del body[name]
    return body | {"bootable": record.bootable}


def _user_data(call: Call, record: Template) -> Row:
    linked = call.world.store.user_data.get(record.user_data_id or "")
    if linked is None:
        return {}
    body = {
        "userdataid": linked.id,
        "userdataname": linked.name,
        "userdatapolicy": record.user_data_policy,
        "userdataparams": linked.params,
    }
    return present(body)


def _downloads(call: Call, zone: Zone) -> list[Row]:
    return [
        {
            "downloadState": "DOWNLOADED",
            "datastore": store.name,
            "datastoreRole": "Image",
            "downloadPercent": "100",
            "datastoreId": store.id,
        }
        for store in call.world.store.image_stores.values()
        if store.zone_id == zone.id
    ]
