"""updateRole, updateRolePermission, deleteRolePermission: when a change of a role is refused."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.roles import KINDS, RoleRow
from simulator.domain.rules import Phase, Rule, Table


class ChangeRole(NamedTuple):
    """A role that shall be called otherwise or be of another *kind*; None leaves it."""

    dialect: Dialect
    role: RoleRow
    name: str = ""
    text: str = ""
    kind: str = ""
    public: bool | None = None
    used: bool = False

    @property
    def only_public(self) -> bool:
        """Whether nothing changes but who may see it."""
        return self.public is not None and not (self.kind or self.name or self.text)


class ChangeRule(NamedTuple):
    """Rules of a role in another *order*, by their ids, or *rule_id* with another *permission*."""

    dialect: Dialect
    role: RoleRow
    order: tuple[str, ...] | None = None
    rule_id: str | None = None
    permission: str | None = None

    @property
    def read(self) -> bool:
        """Whether the server looks at the permission."""
        if self.permission is None:
            return False
        return self.rule_id is None if self.order is not None else self.rule_id is not None

    @property
    def acts(self) -> bool:
        """Whether anything is asked for."""
        return self.order is not None or None not in {self.rule_id, self.permission}

    @property
    def misses(self) -> bool:
        """Whether an order is not of the rules that the role has."""
        ids = sorted(rule.id for rule in self.role.rules)
        return bool(self.order) and sorted(self.order or ()) != ids


class DropRule(NamedTuple):
    """A rule of a role that shall go."""

    dialect: Dialect
    role: RoleRow


R = Phase.REQUEST
_SOURCE = "RoleManagerImpl"

# fmt: off
CHANGE_ROLE: Table[ChangeRole] = Table("updateRole", (
    Rule("ROL-20", "a role to change is there",
         lambda r: not r.role.removed, R, Kind.MALFORMED, "Invalid role id provided",
         "UpdateRoleCmd"),
    Rule("ROL-21", "the new type of a role is one",
         lambda r: r.kind in {"", "Unknown", *KINDS}, R, Kind.UNCAUGHT,
         "Illegal RoleType name provided", "UpdateRoleCmd"),
    Rule("ROL-22", "the new type of a role is known",
         lambda r: r.kind != "Unknown", R, Kind.MALFORMED, "Unknown is not a valid role type",
         _SOURCE),
    Rule("ROL-23", "of a stock role only who may see it changes",
         lambda r: not r.role.stock or r.only_public, R, Kind.DENIED,
         "Default roles cannot be updated (with the exception of making it private/public).",
         _SOURCE),
    Rule("ROL-24", "no account has a role whose type changes",
         lambda r: not r.kind or not r.used, R, Kind.DENIED,
         "Found accounts that have role in use, won't allow to change role type", _SOURCE),
))

CHANGE_RULE: Table[ChangeRule] = Table("updateRolePermission", (
    Rule("ROL-25", "a role whose rules change is there",
         lambda r: not r.role.removed, R, Kind.MALFORMED, "Invalid role id provided",
         "UpdateRolePermissionCmd"),
    Rule("ROL-26", "the new permission of a rule is allow or deny",
         lambda r: not r.read or str(r.permission).lower() in {"allow", "deny"}, R, Kind.MALFORMED,
         "Values for permission parameter should be: allow or deny", "UpdateRolePermissionCmd"),
    Rule("ROL-27", "rules get another order or another permission",
         lambda r: r.order is None or (r.rule_id is None and r.permission is None), R,
         Kind.MALFORMED,
         "Parameters permission and ruleid must be mutually exclusive with ruleorder",
         "UpdateRolePermissionCmd"),
    Rule("ROL-28", "a role whose rules change is no stock role",
         lambda r: not r.acts or not r.role.stock, R, Kind.DENIED,
         "Role permission cannot be updated for Default roles", _SOURCE),
    Rule("ROL-29", "a new order is of all rules of the role",
         lambda r: not r.misses, R, Kind.RUNTIME,
         "The role's rule permissions list has changed while you were making updates, aborted "
         "re-ordering of rules. Please try again.", "RolePermissionsDaoImpl"),
))

DROP_RULE: Table[DropRule] = Table("deleteRolePermission", (
    Rule("ROL-30", "a role that loses a rule is no stock role",
         lambda r: not r.role.stock, R, Kind.DENIED,
         "Role permission cannot be deleted for Default roles", _SOURCE),
))
# fmt: on
