"""Roles: which commands whose account may call, and how they change (semantics 6.1, C19)."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Role
from simulator.domain.rules import Phase, Rule, Table

TYPES = {
    Role.ADMIN: 1,
    Role.DOMAIN_ADMIN: 2,
    Role.RESOURCE_ADMIN: 3,
    Role.PROJECT: 5,
    Role.USER: 0,
    Role.READ_ONLY: 0,
    Role.SYSTEM: 1,
}
"""Role -> `accounttype` of the API."""

LETTERS = {
    Role.ADMIN: "A",
    Role.RESOURCE_ADMIN: "S",
    Role.DOMAIN_ADMIN: "D",
    Role.USER: "U",
    Role.READ_ONLY: "R",
}
"""Role -> its letter in a row of the command table."""

R = Phase.REQUEST
_PATTERN = re.compile(r"[a-zA-Z0-9*]+", re.ASCII)


class RoleRule(NamedTuple):
    """Whether a role may call the commands that *pattern* names (`*` is any text)."""

    id: str
    pattern: str
    allow: bool
    text: str = ""

    def names(self, command: str) -> bool:
        """Return whether *command* is meant, in whatever case it is written."""
        return fnmatchcase(command.lower(), self.pattern.lower())


class RoleRow(NamedTuple):
    """A role as listRoles shows it.

    *kind* is the built-in role it is like. Its *rules* are judged first; of a stock role the
    command table says the rest, of another role what the release lets every role of the kind call.
    """

    id: str
    db_id: int
    name: str
    kind: Role
    text: str
    stock: bool = False
    public: bool = True
    rules: tuple[RoleRule, ...] = ()
    removed: bool = False

    @property
    def type(self) -> str:
        """Return the role type as the API spells it."""
        return str(Role.USER if self.kind is Role.READ_ONLY else self.kind)

    def allows(self, command: str, letters: str) -> bool:
        """Return whether the role may call *command*, whose row names the roles *letters*."""
        for rule in self.rules:
            if rule.names(command):
                return rule.allow
        if self.stock:
            return LETTERS[self.kind] in letters
        return LETTERS[self.kind] in EVERY_ROLE_OF.get(command, "")

    def covers(self, other: "RoleRow", table: Mapping[str, str]) -> bool:
        """Return whether the role may call all that *other* may; *table* is command -> letters."""
        return all(
            self.allows(command, letters)
            for command, letters in table.items()
            if other.allows(command, letters)
        )


_BY_KINDS = {
    "A": (
        "createRole createRolePermission deleteRole deleteRolePermission importRole "
        "listAnnotations listBgpPeers listClustersMetrics listExtensions listGuestVlans "
        "listHostsMetrics listInfrastructure listIpv4SubnetsForZone listRolePermissions "
        "listStoragePoolsMetrics listSystemVmsUsageHistory listZonesMetrics updateRole "
        "updateRolePermission"
    ),
    "AD": "createDomain deleteDomain listQuarantinedIps",
    "ASD": "listRoles",
    "ASDU": (
        "changeOfferingForVolume checkVolume deleteUserData destroyVolume getUserKeys "
        "linkUserDataToTemplate listASNumbers listApis listBackupSchedule listBackups listBuckets "
        "listCustomActions listGpuDevices listObjectStoragePools listSharedFileSystems "
        "listUserData listVirtualMachinesMetrics listVirtualMachinesUsageHistory "
        "listVnfAppliances listVolumesMetrics listVolumesUsageHistory recoverVolume "
        "registerUserData"
    ),
}
EVERY_ROLE_OF = {name: kinds for kinds, names in _BY_KINDS.items() for name in names.split()}
"""Command -> kinds of role whose every role may call it, unless a rule of its own says no."""

_SUPPORTED = (
    "startVirtualMachine stopVirtualMachine rebootVirtualMachine startKubernetesCluster "
    "stopKubernetesCluster createVolume attachVolume detachVolume uploadVolume attachIso detachIso "
    "registerTemplate registerIso"
)
_READ = "cloudianIsEnabled queryAsyncJobResult quotaIsEnabled quotaTariffList quotaSummary"
_KEPT_UP = (
    "prepareHostForMaintenance cancelHostMaintenance enableStorageMaintenance "
    "cancelStorageMaintenance createServiceOffering createDiskOffering createNetworkOffering "
    "createVPCOffering"
)


def _rules(text: str) -> tuple[RoleRule, ...]:
    """Return rules from text: names and patterns that are allowed, those after `!` denied."""
    return tuple(RoleRule("", w.lstrip("!"), allow=w[0] != "!") for w in text.split())


def _stock(name: str, kind: Role, text: str, rules: str = "") -> RoleRow:
    return RoleRow("", 0, name, kind, f"Default {text} role", stock=True, rules=_rules(rules))


STOCK = (
    _stock("Root Admin", Role.ADMIN, "root admin"),
    _stock("Resource Admin", Role.RESOURCE_ADMIN, "resource admin"),
    _stock("Domain Admin", Role.DOMAIN_ADMIN, "domain admin"),
    _stock("User", Role.USER, "user"),
    _stock("Read-Only User - Default", Role.READ_ONLY, "read-only user"),
)
"""The roles every cloud has, one of a kind."""
MORE_STOCK = (
    _stock(
        "Read-Only Admin - Default",
        Role.ADMIN,
        "read-only admin",
        f"list* !getUploadParamsFor* get* {_READ} !*",
    ),
    _stock(
        "Support Admin - Default",
        Role.ADMIN,
        "support admin",
        f"list* get* {_READ} {_KEPT_UP} {_SUPPORTED} !*",
    ),
    _stock(
        "Support User - Default",
        Role.READ_ONLY,
        "support user",
        f"{_SUPPORTED} getUploadParamsFor*",
    ),
)
"""The other roles every cloud has, whose rules are their own."""


class NewRole(NamedTuple):
    """A role to create or, with rules of its own, to *imports*; *kind* is its type in words.

    *known* is whether a role of the name and type exists, *named* whether one of the name does.
    """

    dialect: Dialect
    name: str
    kind: str | None
    parent: RoleRow | None = None
    known: bool = False
    imports: bool = False
    named: bool = False
    forced: bool = False
    stock: bool = False
    rules: tuple[tuple[str, str | None], ...] = ()

    @property
    def kind_given(self) -> bool:
        """Whether the type of the role is said, by a word or by a parent."""
        return bool(self.kind) or self.parent is not None

    @property
    def bad_rule(self) -> str:
        """The first rule that is no name and no pattern, "" for none."""
        return next((rule for rule, _ in self.rules if not _PATTERN.fullmatch(rule)), "")

    @property
    def bad_permission(self) -> bool:
        """Whether any permission is neither allow nor deny."""
        return any(said and said.lower() not in {"allow", "deny"} for _, said in self.rules)

    @property
    def no_permission(self) -> str:
        """What stands for the first permission that is not there: null, or nothing; "-" for none.

        ImportRoleCmd.getRules shows the parameter as it came, null where it did not.
        """
        shown = ("null" if said is None else said for _, said in self.rules if not said)
        return next(shown, "-")


class OldRole(NamedTuple):
    """A role to delete or to give one more rule."""

    dialect: Dialect
    role: RoleRow
    used: bool = False
    rule: str = "*"
    permission: str = "allow"


KINDS = frozenset({"Admin", "ResourceAdmin", "DomainAdmin", "User"})

# fmt: off
NEW_ROLE: Table[NewRole] = Table("createRole and importRole", (
    Rule("ROL-01", "the type of a new role is one of the four",
         lambda r: not r.kind or r.kind in KINDS, R, Kind.UNCAUGHT,
         "Illegal RoleType name provided", "6.1"),
    Rule("ROL-02", "a new role has a type or is like another",
         lambda r: r.imports or r.kind_given, R, Kind.MALFORMED,
         "Neither role type nor role ID is provided", "6.1"),
    Rule("ROL-03", "a new role has a type or is like another, not both",
         lambda r: not r.kind or r.parent is None, R, Kind.MALFORMED,
         "Both role type and role ID should not be specified", "6.1"),
    Rule("ROL-04", "a role to import has a type",
         lambda r: not r.imports or bool(r.kind), R, Kind.MALFORMED,
         "Invalid role type provided", "6.1"),
    Rule("ROL-05", "every rule to import names something",
         lambda r: all(rule for rule, _ in r.rules), R, Kind.MALFORMED,
         "Empty rule provided in rules param", "6.1"),
    Rule("ROL-06", "every rule to import is a name of commands",
         lambda r: not r.bad_rule, R, Kind.PARAM,
         "Only API names and wildcards are allowed, invalid rule provided: {c.bad_rule}", "6.1"),
    Rule("ROL-07", "every rule to import has a permission",
         lambda r: r.no_permission == "-", R, Kind.MALFORMED,
         "Invalid permission: {c.no_permission} provided in rules param", "6.1"),
    Rule("ROL-08", "the permission of a rule to import is allow or deny",
         lambda r: not r.bad_permission, R, Kind.MALFORMED,
         "Values for permission parameter should be: allow or deny", "6.1"),
    Rule("ROL-09", "no role has the name of one to import, or it is forced",
         lambda r: not r.imports or not r.named or r.forced, R, Kind.RUNTIME,
         "Role already exists", "6.1"),
    Rule("ROL-10", "a role to import overrides no stock role",
         lambda r: not r.imports or not r.stock, R, Kind.RUNTIME,
         "Failed to import the role: {c.name}, default role cannot be overriden", "6.1"),
    Rule("ROL-11", "no role has the name and the type of a new one",
         lambda r: r.imports or not r.known, R, Kind.INTERNAL, "Entity already exists ", "6.1"),
))

DELETE_ROLE: Table[OldRole] = Table("deleteRole", (
    Rule("ROL-12", "a role to delete is there",
         lambda r: not r.role.removed, R, Kind.MALFORMED,
         "Cannot find the role with provided id", "6.1"),
    Rule("ROL-13", "a role to delete is no stock role",
         lambda r: not r.role.stock, R, Kind.DENIED, "Default roles cannot be deleted", "6.1"),
    Rule("ROL-14", "no account has a role to delete",
         lambda r: not r.used, R, Kind.DENIED,
         "Found accounts that have role in use, won't allow to delete role", "6.1"),
))

ADD_RULE: Table[OldRole] = Table("createRolePermission", (
    Rule("ROL-15", "a role that gets a rule is there",
         lambda r: not r.role.removed, R, Kind.MALFORMED, "Invalid role id provided", "6.1"),
    Rule("ROL-16", "a rule to add is a name of commands",
         lambda r: _PATTERN.fullmatch(r.rule) is not None, R, Kind.PARAM,
         "Only API names and wildcards are allowed, invalid rule provided: {c.rule}", "6.1"),
    Rule("ROL-17", "the permission of a rule to add is allow or deny",
         lambda r: r.permission.lower() in {"allow", "deny"}, R, Kind.ARGUMENT,
         "No enum constant org.apache.cloudstack.acl.RolePermissionEntity.Permission."
         "{c.permission}", "6.1"),
    Rule("ROL-18", "a role that gets a rule is no stock role",
         lambda r: not r.role.stock, R, Kind.DENIED,
         "Role permission cannot be added for Default roles", "6.1"),
    Rule("ROL-19", "a role has no two rules of the same names",
         lambda r: r.rule not in {rule.pattern for rule in r.role.rules}, R, Kind.DENIED,
         "Rule already exists for the role: {c.role.name}", "6.1"),
))
# fmt: on
