"""What every list command demands: pages, and the filters that have rules of their own."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account
from simulator.domain.rules import Phase, Rule, Table

UNLIMITED = -1
"""The page size that stands for one page of everything."""
R = Phase.REQUEST


class Page(NamedTuple):
    """The page that is asked for, None where nothing is said; *most* rows are allowed on one."""

    dialect: Dialect
    page: int | None
    size: int | None
    most: int


class Picked(NamedTuple):
    """How rows are named: by an id, or by a list of them."""

    dialect: Dialect
    id_given: bool
    ids_given: bool


class DomainFilter(NamedTuple):
    """The domain that is listed, where it was named: by its row, and whose it is."""

    dialect: Dialect
    db_id: int
    domain_id: str
    removed: bool
    held: bool
    caller: Account


ACTIVE, INACTIVE, ALL = "active", "inactive", "all"
"""The states of offerings in small letters, and what stands for both."""


class OfferingFilter(NamedTuple):
    """A list of offerings: of *what* kind, by a user of the cloud, and what that one asks for."""

    dialect: Dialect
    what: str
    by_user: bool
    by_root: bool
    system: bool
    recursive: bool
    state: str = "active"


class TagPair(NamedTuple):
    """A tag whose bearers are listed; *value* is None where none was given."""

    dialect: Dialect
    key: str
    value: str | None


class VolumeFilter(NamedTuple):
    """The pool whose volumes are listed, as it was spelt; None where none is asked for."""

    dialect: Dialect
    pool_text: str | None
    pool_known: bool


class VmFilter(NamedTuple):
    """Filters of VMs that not every value is good for."""

    dialect: Dialect
    pool_alive: bool
    leased: bool
    hypervisor_text: str
    hypervisor_known: bool


SCOPES = frozenset({"host", "cluster", "zone", "region", "global"})
POOL_STATES = frozenset({
    "initial", "initialized", "creating", "attaching", "up", "prepareformaintenance",
    "errorinmaintenance", "cancelmaintenance", "maintenance", "disabled", "removed",
})  # fmt: skip
"""Scopes and states of storage pools in small letters, those that no pool here has too."""
NETWORK_KINDS = frozenset({"account", "domain", "accountdomain", "shared", "all"})


class PoolFilter(NamedTuple):
    """Filters of storage pools that not every value is good for."""

    dialect: Dialect
    scope: str | None
    status: str | None


class NetworkFilter(NamedTuple):
    """Filters of networks that not every value is good for."""

    dialect: Dialect
    kind: str
    system_of_somebody: bool


class ServiceAsked(NamedTuple):
    """A service that networks or their offerings must have to be listed."""

    dialect: Dialect
    name: str
    known: bool


class SettingFilter(NamedTuple):
    """The group and the subgroup whose settings are listed, "" for any."""

    dialect: Dialect
    group: str
    group_known: bool
    subgroup: str
    subgroup_known: bool


class EventFilter(NamedTuple):
    """Filters of events that not every value is good for."""

    dialect: Dialect
    type_known: bool
    id_given: bool
    type_given: bool
    id_known: bool
    state_text: str
    state_known: bool


class DateGiven(NamedTuple):
    """A date as a parameter spells it, and whether it could be read."""

    dialect: Dialect
    command: str
    text: str
    well_formed: bool


class AddressFilter(NamedTuple):
    """Which public addresses are listed: those that are taken, or those in a state."""

    dialect: Dialect
    taken_alone: bool
    state: str


# fmt: off
PAGE: Table[Page] = Table("every list", (
    Rule("LST-01", "a page comes with the size of a page",
         lambda p: p.page is None or p.size is not None, R, Kind.MALFORMED,
         '"pagesize" parameter is required when "page" is specified', "1.1, 7.5", "SPEC-03"),
    Rule("LST-02", "the size of a page comes with a page",
         lambda p: p.size in {None, UNLIMITED} or p.page is not None, R, Kind.MALFORMED,
         '"page" parameter is required when "pagesize" is specified', "1.1, 7.5", "SPEC-03"),
    Rule("LST-03", "a page is no larger than the largest allowed",
         lambda p: p.most == UNLIMITED or p.size is None or p.size <= p.most, R, Kind.PARAM,
         "Page size can't exceed max allowed page size value: {c.most}", "7.5", "SPEC-03"),
    Rule("LST-04", "one page of everything has no number",
         lambda p: p.size != UNLIMITED or p.page is None, R, Kind.PARAM,
         "Can't specify page parameter when pagesize is -1 (Unlimited)", "7.5", "SPEC-03"),
))

PICK: Table[Picked] = Table("lists by id", (
    Rule("LST-05", "a list is by one id or by several, not both",
         lambda p: not (p.id_given and p.ids_given), R, Kind.PARAM,
         "Specify either id or ids but not both parameters", "7.5", "SPEC-03"),
))

LIST_DOMAINS: Table[DomainFilter] = Table("listDomains", (
    Rule("LST-25", "a domain that is listed is not removed",
         lambda d: not d.removed, R, Kind.PARAM, "Domain id={c.db_id} doesn't exist",
         "QueryManagerImpl", "SPEC-03"),
    Rule("LST-26", "a domain that is listed is the caller's or below",
         lambda d: d.held, R, Kind.DENIED,
         "Account {c.caller.text} does not have permission to operate within domain "
         "id={c.domain_id}", "DomainChecker", "SPEC-03"),
))

LIST_OFFERINGS: Table[OfferingFilter] = Table("lists of offerings", (
    Rule("LST-29", "the state of offerings that are listed is one",
         lambda o: o.state.lower() in {ACTIVE, INACTIVE, ALL}, R, Kind.ARGUMENT,
         "Invalid state value: {c.state}", "ListDiskOfferingsCmd", "SPEC-03"),
    Rule("LST-27", "only root admins list the offerings of system VMs",
         lambda o: o.by_root or not o.system, R, Kind.PARAM,
         "Only ROOT admins can access system offerings.", "QueryManagerImpl", "SPEC-03"),
    Rule("LST-28", "only admins list the offerings of domains below",
         lambda o: not (o.by_user and o.recursive), R, Kind.PARAM,
         "Only ROOT admins and Domain admins can list {c.what} offerings with isrecursive=true",
         "QueryManagerImpl", "SPEC-03"),
))

TAG_PAIRS: Table[TagPair] = Table("lists by tags", (
    Rule("LST-19", "a tag whose bearers are listed has a value",
         lambda t: t.value is not None, R, Kind.PARAM,
         "No value is passed in for key {c.key}", "TaggedResources", "SPEC-03"),
))

LIST_VOLUMES: Table[VolumeFilter] = Table("listVolumes", (
    Rule("LST-06", "the pool whose volumes are listed exists",
         lambda v: v.pool_text is None or v.pool_known, R, Kind.PARAM,
         "Unable to find storage pool by uuid {c.pool_text}", "QueryManagerImpl", "SPEC-03"),
))

LIST_VMS: Table[VmFilter] = Table("listVirtualMachines", (
    Rule("LST-07", "the pool whose VMs are listed is not removed",
         lambda v: v.pool_alive, R, Kind.PARAM,
         "Unable to find specified storage pool", "QueryManagerImpl", "SPEC-03"),
    Rule("LST-08", "leased VMs are not asked for where there are no leases",
         lambda v: not v.leased, R, Kind.PARAM,
         " Cannot list leased instances because the Instance Lease feature is disabled, please "
         "enable it to list leased instances", "QueryManagerImpl", "SPEC-03"),
    Rule("LST-09", "the hypervisor whose VMs are listed is one",
         lambda v: v.hypervisor_known, R, Kind.PARAM,
         "Invalid HypervisorType {c.hypervisor_text}", "QueryManagerImpl", "SPEC-03"),
))

LIST_POOLS: Table[PoolFilter] = Table("listStoragePools", (
    Rule("LST-20", "the scope whose pools are listed is one",
         lambda p: p.scope is None or p.scope.lower() in SCOPES, R, Kind.PARAM,
         "Invalid scope type: {c.scope}", "ScopeType", "SPEC-03"),
    Rule("LST-21", "the state whose pools are listed is one",
         lambda p: p.status is None or p.status.lower() in POOL_STATES, R, Kind.PARAM,
         "Invalid status: {c.status}", "StoragePoolStatus", "SPEC-03"),
))

LIST_NETWORKS: Table[NetworkFilter] = Table("listNetworks", (
    Rule("LST-22", "the kind of networks that are listed is one",
         lambda n: n.kind.lower() in NETWORK_KINDS, R, Kind.PARAM,
         "Invalid value of networkfilter: {c.kind}", "NetworkServiceImpl", "SPEC-03"),
    Rule("LST-23", "system networks are not asked for by an owner",
         lambda n: not n.system_of_somebody, R, Kind.PARAM,
         "System network belongs to system, account and domainId parameters can't be specified",
         "NetworkServiceImpl", "SPEC-03"),
))

SERVICES_ASKED: Table[ServiceAsked] = Table("lists by services", (
    Rule("LST-24", "the service of networks that are listed is known",
         lambda s: s.known, R, Kind.PARAM, "Invalid service specified {c.name}",
         "NetworkServiceImpl", "SPEC-03"),
))

LIST_SETTINGS: Table[SettingFilter] = Table("listConfigurations", (
    Rule("LST-30", "settings of a subgroup are listed by its group, too",
         lambda s: bool(s.group) or not s.subgroup, R, Kind.MALFORMED,
         "Configuration group name must be specified with the subgroup name", "ListCfgsByCmd"),
    Rule("LST-17", "the group whose settings are listed exists",
         lambda s: s.group_known, R, Kind.MALFORMED, "Invalid configuration group: {c.group}",
         "ManagementServerImpl", "SPEC-03"),
    Rule("LST-18", "the subgroup whose settings are listed exists",
         lambda s: s.subgroup_known, R, Kind.MALFORMED,
         "Invalid configuration subgroup: {c.subgroup}", "ManagementServerImpl", "SPEC-03"),
))

DATE: Table[DateGiven] = Table("dates", (
    Rule("LST-10", "a date is well-formed",
         lambda d: d.well_formed, R, Kind.MALFORMED,
         "Unable to parse date {c.text} for command {c.command}, please pass dates in the format "
         "mentioned in the api documentation", "ParamProcessWorker", "SPEC-03"),
))

LIST_EVENTS: Table[EventFilter] = Table("listEvents", (
    Rule("LST-11", "the type of resource whose events are listed is known",
         lambda e: e.type_known, R, Kind.PARAM, "Invalid resourcetype", "QueryManagerImpl",
         "SPEC-03"),
    Rule("LST-12", "a resource whose events are listed comes with its type",
         lambda e: not e.id_given or e.type_given, R, Kind.PARAM,
         "resourceid parameter must be used with resourcetype parameter", "QueryManagerImpl",
         "SPEC-03"),
    Rule("LST-13", "the resource whose events are listed exists",
         lambda e: not e.id_given or e.id_known, R, Kind.PARAM, "Invalid resourceid",
         "QueryManagerImpl", "SPEC-03"),
    Rule("LST-14", "the state of events that are listed is one",
         lambda e: e.state_known, R, Kind.PARAM, "Invalid state specified: {c.state_text}",
         "QueryManagerImpl", "SPEC-03"),
))

LIST_ADDRESSES: Table[AddressFilter] = Table("listPublicIpAddresses", (
    Rule("LST-15", "free addresses are not asked for among those that are taken",
         lambda a: not a.taken_alone or a.state not in {"free", "reserved"}, R, Kind.PARAM,
         "Conflict: allocatedonly is true but state is Free", "ManagementServerImpl", "SPEC-03"),
))
# fmt: on
