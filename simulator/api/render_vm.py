"""VMs as CloudStack's JSON (semantics 7.6, ground truth 7)."""

from simulator.api.command import Call
from simulator.api.render import Row, date, os_type, owner, present, tags, zone_of
from simulator.domain.details import READ_ONLY, ROOT_SIZE
from simulator.domain.guest_data import GuestData
from simulator.domain.inventory import ServiceOffering, Template
from simulator.domain.nics import Nic
from simulator.domain.records import Vm, VolumeType
from simulator.domain.secondary import SecondaryIp
from simulator.domain.states import VmState
from simulator.engine.affinity import groups_of
from simulator.engine.nics import nics_of
from simulator.engine.secondary import ips_of, leading_to

_GROUPS = {
    "tmpl": (
        "templateid",
        "templatename",
        "templatetype",
        "templateformat",
        "templatedisplaytext",
        "passwordenabled",
    ),
    "servoff": ("serviceofferingid", "serviceofferingname", "cpunumber", "cpuspeed", "memory"),
    "volume": ("rootdeviceid", "rootdevicetype"),
}
"""Value of `details` -> the fields that are shown with it alone."""
_FREED = "Message.ReservedCapacityFreed.Flag"
HIDDEN = frozenset({ROOT_SIZE, "cpuOvercommitRatio", "memoryOvercommitRatio", _FREED})
"""Details that a root admin alone sees (user.vm.denied.details)."""
_GONE: Row = {
    "securitygroup": [], "nic": [], "affinitygroup": [], "deleteprotection": False, "tags": [],
}  # fmt: skip


def vm(call: Call, record: Vm) -> Row:
    """Return UserVmResponse; of an expunged VM hardly anything is left."""
    if record.removed:
        return dict(_GONE)
    store = call.world.store
    template = store.templates[record.template_id]
    user = store.users.get(record.user_id)
    body: Row = {
        "id": record.id,
        "name": record.name,
        "displayname": record.display_name,
        **owner(call, record.account_id),
        "userid": user.id if user else None,
        "username": user.name if user else None,
        "created": date(record.created_s),
        "lastupdated": None if record.updated_s is None else date(record.updated_s),
        "state": str(record.state),
        "haenable": store.service_offerings[record.service_offering_id].traits.offers_ha,
        **zone_of(call, record.zone_id),
        **_host(call, record),
        **_template(template),
        "isoid": record.iso_id,
        **_drive(store.templates.get(record.iso_id or "")),
        **_size(store.compute_of(record)),
        **_data_offering(call, record),
        "guestosid": os_type(call, template.os_name),
        **_first_volume(call, record),
        "securitygroup": [],
        "nic": [nic(call, record, n) for n in nics_of(store, record)],
        "hypervisor": str(record.hypervisor),
        "ipaddress": record.address,
        **_public(call, record),
        "instancename": record.instance_name if call.is_root else None,
        **_traits(call, record, template),
        "tags": tags(call, record.id),
        "hasannotations": False,
    }
    return present(_wanted(call, body))


def _public(call: Call, record: Vm) -> Row:
    """Return the fields that name the public address which leads to a VM."""
    public = leading_to(call.world.store, record.id)
    return {"publicipid": public.id, "publicip": public.address} if public else {}


def _traits(call: Call, record: Vm, template: Template) -> Row:
    details = _details(call, record)
    legacy = record.state is VmState.RUNNING and not details
    hidden = frozenset() if call.is_root else HIDDEN
    return {
        "details": {name: text for name, text in details.items() if name not in hidden},
        "affinitygroup": _groups(call, record),
        "displayvm": True if call.is_root else None,
        "isdynamicallyscalable": False,
        "deleteprotection": record.protected,
        "ostypeid": os_type(call, template.os_name),
        "osdisplayname": template.os_name,
        "bootmode": "legacy" if legacy else None,
        "boottype": "Bios" if legacy else None,
        "pooltype": _pool_type(call, record),
        "keypairs": _given(call, record).key_names or None,
        **_user_data(call, record, template),
        "receivedbytes": 0,
        "sentbytes": 0,
        "arch": "x86_64" if call.is_root else None,
        "readonlydetails": None if call.is_root else ", ".join(READ_ONLY),
    }


def _given(call: Call, record: Vm) -> GuestData:
    return call.world.store.guest_data.get(record.id, GuestData())


def _details(call: Call, record: Vm) -> Row:
    given = _given(call, record)
    keys = {"SSH.PublicKey": given.public_keys, "SSH.KeyPairNames": given.key_names}
    freed = {_FREED: "false"} if record.halted else {}
    return dict(record.details) | (keys if given.key_names else {}) | freed


def _groups(call: Call, record: Vm) -> list[Row]:
    store = call.world.store
    account = store.accounts[record.account_id].name
    return [
        present({"id": g.id, "name": g.name, "description": g.text, "account": account})
        for g in groups_of(store, record.id)
    ]


def _user_data(call: Call, record: Vm, template: Template) -> Row:
    """Return the user data of a VM; the text itself only where a list is asked for it."""
    given = _given(call, record)
    text = given.user_data if call.args.get("userdata") is True else ""
    named = call.world.store.user_data.get(given.user_data_id or "")
    if named is None:
        return {"userdata": text or None}
    return {
        "userdata": text or None,
        "userdataid": named.id,
        "userdataname": named.name,
        "userdatapolicy": template.user_data_policy or None,
        "userdatadetails": given.details or None,
    }


def _wanted(call: Call, body: Row) -> Row:
    groups = {g for g in str(call.args.get("details") or "all").lower().split(",") if g}
    if "all" in groups:
        return body
    hidden = {f for group, fields in _GROUPS.items() if group not in groups for f in fields}
    return {key: value for key, value in body.items() if key not in hidden}


def _host(call: Call, record: Vm) -> Row:
    host = call.world.store.hosts.get(record.host_id or "")
    if host is None or record.state is not VmState.RUNNING:
        return {}
    named = {"hostid": host.id, "hostname": host.name} if call.is_root else {}
    return named | {"hostcontrolstate": "Enabled"}


def _drive(iso: Template | None) -> Row:
    """Return the fields that name the ISO in the drive."""
    if iso is None:
        return {}
    return {"isoname": iso.name, "isodisplaytext": iso.said or iso.name}


def _template(template: Template) -> Row:
    return {
        "templateid": template.id,
        "templatename": template.name,
        "templatetype": template.kind,
        "templateformat": template.image_format,
        "templatedisplaytext": template.name,
        "passwordenabled": template.password_enabled,
    }


def _size(offering: ServiceOffering) -> Row:
    return {
        "serviceofferingid": offering.id,
        "serviceofferingname": offering.name,
        "cpunumber": offering.cpu_count,
        "cpuspeed": offering.cpu_mhz,
        "memory": offering.memory_mib,
    }


def _data_offering(call: Call, record: Vm) -> Row:
    store = call.world.store
    for volume in store.siblings(record.id):
        disk = store.disk_offerings.get(volume.disk_offering_id or "")
        if volume.type is VolumeType.DATADISK and disk is not None:
            return {"diskofferingid": disk.id, "diskofferingname": disk.name}
    return {}


def _first_volume(call: Call, record: Vm) -> Row:
    """Return the root device, which is of the first volume, ROOT or not (4.1)."""
    first = next(iter(call.world.store.siblings(record.id)), None)
    if first is None:
        return {}
    return {"rootdeviceid": first.device_id, "rootdevicetype": str(first.type)}


def _pool_type(call: Call, record: Vm) -> str | None:
    store = call.world.store
    first = next(iter(store.siblings(record.id)), None)
    pool = store.pools.get(first.pool_id or "") if first else None
    return pool.kind if pool else None


def secondary_ip(record: SecondaryIp) -> Row:
    """Return NicSecondaryIpResponse as nics show it."""
    return {"id": record.id, "ipaddress": record.address}


def nic(call: Call, record: Vm, one: Nic) -> Row:
    """Return NicResponse; its VLAN is named while the VM runs."""
    store = call.world.store
    network = store.networks.get(one.network_id or "")
    vlan = network.vlan if network and record.state is VmState.RUNNING else None
    uri = f"vlan://{vlan}" if vlan is not None else None
    plan = store.network_offerings[network.offering_id] if network else None
    public = leading_to(store, record.id)
    if public is not None and public.network_id != one.network_id:
        public = None
    return present(
        {
            "id": one.id,
            "networkid": network.id if network else None,
            "networkname": network.name if network else None,
            "netmask": network.netmask if network else "255.255.255.0",
            "gateway": network.gateway if network else "10.1.1.1",
            "ipaddress": one.address,
            "isolationuri": uri,
            "broadcasturi": uri,
            "traffictype": "Guest",
            "type": plan.kind if plan else "Isolated",
            "isdefault": one.default,
            "macaddress": one.mac,
            "secondaryip": [secondary_ip(ip) for ip in ips_of(store, one.id)],
            "publicipid": public.id if public else None,
            "publicip": public.address if public else None,
            "extradhcpoption": [],
            "deviceid": str(one.device_id),
        }
    )
