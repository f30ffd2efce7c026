"""VMs as CloudStack's JSON (semantics 7.6, ground truth 7)."""

from dataclasses import dataclass
from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import (
    IN_ZONE,
    JOB,
    NOT_ANNOTATED,
    OF_OWNER,
    OFFERING_NAMES,
    TAGS,
    TEMPLATE_NAMES,
    os_type,
)
from simulator.api.render_nic import NIC, NicAt, nic_at
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
    shared,
    text,
    texts,
    within,
)
from simulator.domain.affinity import AffinityGroup
from simulator.domain.details import READ_ONLY, ROOT_SIZE
from simulator.domain.guest_data import GuestData
from simulator.domain.inventory import DiskOffering, Host, ServiceOffering, Template
from simulator.domain.networks import PublicIp
from simulator.domain.records import User, Vm, Volume, VolumeType
from simulator.domain.states import VmState
from simulator.domain.user_data import UserData
from simulator.engine.affinity import groups_of
from simulator.engine.nics import nics_of
from simulator.engine.secondary import leading_to

_FREED = "Message.ReservedCapacityFreed.Flag"
HIDDEN = frozenset({ROOT_SIZE, "cpuOvercommitRatio", "memoryOvercommitRatio", _FREED})
"""Details that a root admin alone sees (user.vm.denied.details)."""


@dataclass(slots=True, eq=False)
class VmAt:
    """A VM as a caller sees it.

    *groups* are the groups of fields that are asked for, *given* is what its guest is given,
    *first* its first volume, *password* what it was just given.
    """

    call: Call
    record: Vm
    root: bool
    groups: frozenset[str]
    template: Template
    given: GuestData
    details: dict[str, str]
    first: Volume | None
    job_id: str | None
    password: str | None

    def shows(self, group: str) -> bool:
        """Return whether a group of fields is asked for."""
        return group in self.groups or "all" in self.groups

    @property
    def legacy(self) -> bool:
        """Whether it was started as VMs are that nobody gave details."""
        return self.record.state is VmState.RUNNING and not self.details


class _GroupAt(NamedTuple):
    record: AffinityGroup
    account: str


_GROUP = Shape[_GroupAt](
    "affinitygroup",
    text("id", "id", lambda g: g.record.id),
    text("name", "name", lambda g: g.record.name),
    text("description", "description", lambda g: g.record.text),
    text("account", "name of the account", lambda g: g.account),
)
_USER: Parts[User] = (
    text("userid", "id of the user", lambda u: u.id),
    text("username", "name of the user", lambda u: u.name),
)
_TEMPLATE: Parts[Template] = (
    *TEMPLATE_NAMES,
    text("templatetype", "type of the template", lambda t: t.kind),
    text("templateformat", "image format of the template", lambda t: t.image_format),
    text("templatedisplaytext", "description of the template", lambda t: t.name),
    boolean("passwordenabled", "whether the VM's password can be reset",
            lambda t: t.password_enabled),
)  # fmt: skip
_DRIVE: Parts[Template] = (
    text("isoname", "name of the ISO image in the drive", lambda t: t.name),
    text("isodisplaytext", "description of the ISO image in the drive", lambda t: t.said or t.name),
)
_SIZE: Parts[ServiceOffering] = (
    *OFFERING_NAMES,
    integer("cpunumber", "number of CPU cores", lambda o: o.cpu_count),
    integer("cpuspeed", "speed of a core in MHz", lambda o: o.cpu_mhz),
    integer("memory", "memory in MiB", lambda o: o.memory_mib),
)
_DISK: Parts[DiskOffering] = (
    text("diskofferingid", "id of the disk offering", lambda d: d.id),
    text("diskofferingname", "name of the disk offering", lambda d: d.name),
)
_FIRST: Parts[Volume] = (
    long("rootdeviceid", "device of the VM's first volume", lambda v: v.device_id),
    text("rootdevicetype", "type of the VM's first volume", lambda v: str(v.type)),
)
"""The root device, which is of the first volume, ROOT or not (4.1)."""
_PUBLIC: Parts[PublicIp] = (
    text("publicipid", "id of the public address", lambda p: p.id),
    text("publicip", "public address", lambda p: p.address),
)
_DATA: Parts[UserData] = (
    text("userdataid", "id of the user data", lambda d: d.id),
    text("userdataname", "name of the user data", lambda d: d.name),
)
_BOOT: Parts[VmAt] = (
    text("bootmode", "boot mode of the VM", Always("legacy")),
    text("boottype", "boot type of the VM", Always("Bios")),
)


def _host(at: VmAt) -> Host | None:
    running = at.record.state is VmState.RUNNING
    return at.call.world.store.hosts.get(at.record.host_id or "") if running else None


def _named_host(at: VmAt) -> Host | None:
    return _host(at) if at.root else None


_HOST: Parts[Host] = (
    text("hostid", "id of the host", lambda h: h.id),
    text("hostname", "name of the host", lambda h: h.name),
)


def _data_offering(at: VmAt) -> DiskOffering | None:
    store = at.call.world.store
    for volume in store.siblings(at.record.id):
        disk = store.disk_offerings.get(volume.disk_offering_id or "")
        if volume.type is VolumeType.DATADISK and disk is not None:
            return disk
    return None


def _nics(at: VmAt) -> list[NicAt]:
    """Return the nics, of which an expunged VM has none."""
    if at.record.removed:
        return []
    return [nic_at(at.call, at.record, n) for n in nics_of(at.call.world.store, at.record)]


def _groups(at: VmAt) -> list[_GroupAt]:
    store = at.call.world.store
    account = store.accounts[at.record.account_id].name
    groups = () if at.record.removed else groups_of(store, at.record.id)
    return [_GroupAt(group, account) for group in groups]


def _shown_details(at: VmAt) -> dict[str, str]:
    hidden = frozenset() if at.root else HIDDEN
    return {name: text for name, text in at.details.items() if name not in hidden}


def _pool_type(at: VmAt) -> str | None:
    pool = at.call.world.store.pools.get(at.first.pool_id or "") if at.first else None
    return pool.kind if pool else None


def _user_data(at: VmAt) -> str | None:
    """Return the text of the user data, where a list is asked for it."""
    return at.given.user_data or None if at.call.args.get("userdata") is True else None


def _named_data(at: VmAt) -> UserData | None:
    return at.call.world.store.user_data.get(at.given.user_data_id or "")


VM = Shape[VmAt](
    "virtualmachine",
    text("id", "id", lambda v: v.record.id),
    text("name", "name", lambda v: v.record.name),
    text("displayname", "name that is shown", lambda v: v.record.display_name),
    *OF_OWNER,
    shared(lambda v: v.call.world.store.users.get(v.record.user_id), _USER),
    date("created", "when it was created", lambda v: v.record.created_s),
    date("lastupdated", "when the VM last changed", lambda v: v.record.updated_s),
    text("state", "state", lambda v: str(v.record.state)),
    boolean("haenable", "whether the VM is restarted where its host fails",
            lambda v: v.call.world.store.service_offerings[v.record.service_offering_id]
            .traits.offers_ha),
    *IN_ZONE,
    shared(_named_host, _HOST),
    text("hostcontrolstate", "whether the host can be controlled",
         lambda v: "Enabled" if _host(v) else None),
    shared(lambda v: v.template if v.shows("tmpl") else None, _TEMPLATE),
    text("isoid", "id of the ISO image in the drive", lambda v: v.record.iso_id),
    shared(lambda v: v.call.world.store.templates.get(v.record.iso_id or ""), _DRIVE),
    shared(lambda v: v.call.world.store.compute_of(v.record) if v.shows("servoff") else None,
           _SIZE),
    shared(_data_offering, _DISK),
    text("guestosid", "id of the guest operating system",
         lambda v: os_type(v.call, v.template.os_name)),
    within(lambda v: v.first if v.shows("volume") else None, _FIRST),
    texts("securitygroup", "security groups of the VM", lambda _: (), "set"),
    listed("nic", "nics", NIC, _nics, "set"),
    text("hypervisor", "hypervisor", lambda v: str(v.record.hypervisor)),
    text("ipaddress", "IP address", lambda v: v.record.address),
    within(lambda v: leading_to(v.call.world.store, v.record.id), _PUBLIC),
    text("instancename", "name of the VM on its host",
         lambda v: v.record.instance_name if v.root else None),
    mapping("details", "more facts by name", _shown_details),
    listed("affinitygroup", "affinity groups of the VM", _GROUP, _groups, "set"),
    boolean("displayvm", "whether the VM is shown to its owner",
            lambda v: True if v.root else None),
    boolean("isdynamicallyscalable", "whether it can be scaled while it runs", Always(False)),
    boolean("deleteprotection", "whether it is protected from deletion",
            lambda v: v.record.protected and not v.record.removed),
    text("ostypeid", "id of the guest operating system",
         lambda v: os_type(v.call, v.template.os_name)),
    text("osdisplayname", "name of the guest operating system", lambda v: v.template.os_name),
    within(lambda v: v if v.legacy else None, _BOOT),
    text("pooltype", "type of the pool of the VM's first volume", _pool_type),
    text("keypairs", "names of the SSH key pairs of the VM", lambda v: v.given.key_names or None),
    text("userdata", "the user data, in base64", _user_data),
    shared(_named_data, _DATA),
    text("userdatapolicy", "what becomes of the user data of the template",
         lambda v: v.template.user_data_policy or None if _named_data(v) else None),
    text("userdatadetails", "values of the parameters of the user data",
         lambda v: v.given.details or None if _named_data(v) else None),
    long("receivedbytes", "bytes received", Always(0)),
    long("sentbytes", "bytes sent", Always(0)),
    text("arch", "CPU architecture", lambda v: "x86_64" if v.root else None),
    text("readonlydetails", "details the owner cannot change",
         lambda v: None if v.root else ", ".join(READ_ONLY)),
    *TAGS,
    *NOT_ANNOTATED,
    text("password", "password of the VM, when it was just given one", lambda v: v.password),
    *JOB,
)  # fmt: skip
_GONE = VM.only("securitygroup", "nic", "affinitygroup", "deleteprotection", "tags")


def _details(record: Vm, given: GuestData) -> dict[str, str]:
    keys = {"SSH.PublicKey": given.public_keys, "SSH.KeyPairNames": given.key_names}
    freed = {_FREED: "false"} if record.halted else {}
    return dict(record.details) | (keys if given.key_names else {}) | freed


def vm(call: Call, record: Vm, job_id: str | None = None, password: str | None = None) -> Row:
    """Return UserVmResponse; of an expunged VM hardly anything is left."""
    store = call.world.store
    given = store.guest_data.get(record.id) or GuestData()
    asked = str(call.args.get("details") or "all").lower().split(",")
    at = VmAt(
        call,
        record,
        call.is_root,
        frozenset(group for group in asked if group),
        store.templates[record.template_id],
        given,
        _details(record, given),
        next(iter(store.siblings(record.id)), None),
        job_id,
        password,
    )
    return (_GONE if record.removed else VM).render(at)
