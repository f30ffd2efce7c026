"""Commands on roles, and what is the whole cloud's, refuse by their first broken row."""

from typing import Any

import pytest
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.domain_admins import CLOUD_WIDE, CloudWide
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering
from simulator.domain.records import Role, User
from simulator.domain.role_changes import (
    CHANGE_ROLE,
    CHANGE_RULE,
    DROP_RULE,
    ChangeRole,
    ChangeRule,
    DropRule,
)
from simulator.domain.roles import (
    ADD_RULE,
    DELETE_ROLE,
    NEW_ROLE,
    STOCK,
    NewRole,
    OldRole,
    RoleRow,
    RoleRule,
)
from simulator.domain.rules import Phase

R = Phase.REQUEST
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL
MALFORMED, RUNTIME = Kind.MALFORMED, Kind.RUNTIME
OWN = RoleRow("role-1", 9, "own", Role.USER, "", rules=(RoleRule("rule-1", "list*", allow=True),))
SMALL = DiskOffering("small", 1, "Small", 5)
USER = User("user-1", 1, "ann", "account-1")


def creating(dialect: Dialect) -> NewRole:
    """Return a role to create."""
    return NewRole(dialect, "new", "User")


def importing(dialect: Dialect) -> NewRole:
    """Return a role to import with a rule."""
    return NewRole(dialect, "new", "User", imports=True, rules=(("list*", "allow"),))


def imported(case: NewRole, **changes: Any) -> NewRole:
    """Return *case* as one of importRole."""
    return case._replace(imports=True, **changes)


def with_rule(case: NewRole, rule: str, permission: str) -> NewRole:
    """Return *case* of importRole with one more rule."""
    return imported(case, rules=(*case.rules, (rule, permission)))


# fmt: off
CHANGE_BREAKS: dict[str, Break[ChangeRole]] = {
    "ROL-20": Break(R, MALFORMED, lambda r: r._replace(role=r.role._replace(removed=True))),
    "ROL-21": Break(R, Kind.UNCAUGHT, lambda r: r._replace(kind="Odd")),
    "ROL-22": Break(R, MALFORMED, lambda r: r._replace(kind="Unknown")),
    "ROL-23": Break(R, DENIED, lambda r: r._replace(
        role=r.role._replace(stock=True), name="new", public=None)),
    "ROL-24": Break(R, DENIED, lambda r: r._replace(kind=r.kind or "User", used=True)),
}
CHANGE_RULE_BREAKS: dict[str, Break[ChangeRule]] = {
    "ROL-25": Break(R, MALFORMED, lambda r: r._replace(role=r.role._replace(removed=True))),
    "ROL-26": Break(R, MALFORMED, lambda r: r._replace(
        permission="perhaps", rule_id=None if r.order else "rule-1")),
    "ROL-27": Break(R, MALFORMED, lambda r: r._replace(
        order=r.order or ("rule-1",), permission=r.permission or "allow")),
    "ROL-28": Break(R, DENIED, lambda r: r._replace(
        role=r.role._replace(stock=True), permission=r.permission or (
            None if r.order else "allow"))),
    "ROL-29": Break(R, RUNTIME, lambda r: r._replace(
        order=("rule-1", "rule-1"), rule_id=None, permission=None)),
}
DROP_RULE_BREAKS: dict[str, Break[DropRule]] = {
    "ROL-30": Break(R, DENIED, lambda r: r._replace(role=r.role._replace(stock=True))),
}
NEW_BREAKS: dict[str, Break[NewRole]] = {
    "ROL-01": Break(R, Kind.UNCAUGHT, lambda r: r._replace(kind="Odd")),
    "ROL-02": Break(R, MALFORMED, lambda r: r._replace(kind=None, parent=None)),
    "ROL-03": Break(R, MALFORMED, lambda r: r._replace(kind=r.kind or "User", parent=OWN)),
    "ROL-04": Break(R, MALFORMED, lambda r: imported(r, kind=None, parent=r.parent)),
    "ROL-05": Break(R, MALFORMED, lambda r: with_rule(r, "", "allow")),
    "ROL-06": Break(R, PARAM, lambda r: with_rule(r, "a b", "allow")),
    "ROL-07": Break(R, MALFORMED, lambda r: with_rule(r, "a*", "")),
    "ROL-08": Break(R, MALFORMED, lambda r: with_rule(r, "a*", "perhaps")),
    "ROL-09": Break(R, RUNTIME, lambda r: imported(r, named=True, forced=False)),
    "ROL-10": Break(R, RUNTIME, lambda r: imported(r, stock=True, forced=r.forced)),
    "ROL-11": Break(R, INTERNAL, lambda r: r._replace(known=True, imports=False)),
}
DELETE_BREAKS: dict[str, Break[OldRole]] = {
    "ROL-12": Break(R, MALFORMED, lambda r: r._replace(role=r.role._replace(removed=True))),
    "ROL-13": Break(R, DENIED, lambda r: r._replace(role=r.role._replace(stock=True))),
    "ROL-14": Break(R, DENIED, lambda r: r._replace(used=True)),
}
RULE_BREAKS: dict[str, Break[OldRole]] = {
    "ROL-15": Break(R, MALFORMED, lambda r: r._replace(role=r.role._replace(removed=True))),
    "ROL-16": Break(R, PARAM, lambda r: r._replace(rule="a b", role=r.role._replace(
        rules=(*r.role.rules, RoleRule("x", "a b", allow=True)) if len(r.role.rules) > 1 else
        r.role.rules))),
    "ROL-17": Break(R, Kind.ARGUMENT, lambda r: r._replace(permission="PERHAPS")),
    "ROL-18": Break(R, DENIED, lambda r: r._replace(role=r.role._replace(stock=True))),
    "ROL-19": Break(R, DENIED, lambda r: r._replace(role=r.role._replace(
        rules=(RoleRule("x", r.rule, allow=True),)))),
}
WIDE_BREAKS: dict[str, Break[CloudWide]] = {
    "DAD-01": Break(R, PARAM, lambda w: w._replace(
        role=Role.DOMAIN_ADMIN, for_domains=False, offering=None, setting=None)),
    "DAD-02": Break(R, PARAM, lambda w: w._replace(
        role=Role.DOMAIN_ADMIN, offering=w.offering or SMALL)),
    "DAD-03": Break(R, PARAM, lambda w: w._replace(role=Role.DOMAIN_ADMIN, setting="a.b")),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CHANGE_ROLE,
        (
            lambda d: ChangeRole(d, OWN, "new", kind="Admin"),
            lambda d: ChangeRole(d, OWN, public=False, used=True),
            lambda d: ChangeRole(d, STOCK[0], public=False),
        ),
        CHANGE_BREAKS,
        {("ROL-21", "ROL-22"): "a type is one or it is Unknown"},
    ),
    Ladder(
        CHANGE_RULE,
        (
            lambda d: ChangeRule(d, OWN, order=("rule-1",)),
            lambda d: ChangeRule(d, OWN, rule_id="rule-1", permission="Deny"),
            lambda d: ChangeRule(d, STOCK[0], rule_id="rule-1"),
        ),
        CHANGE_RULE_BREAKS,
    ),
    Ladder(DROP_RULE, (lambda d: DropRule(d, OWN),), DROP_RULE_BREAKS),
    Ladder(
        NEW_ROLE,
        (creating, importing, lambda d: NewRole(d, "new", None, OWN)),
        NEW_BREAKS,
        {
            ("ROL-01", "ROL-02"): "a type is said or it is not",
            ("ROL-02", "ROL-03"): "a type is said or it is not",
            ("ROL-03", "ROL-04"): "a type is said or it is not",
            ("ROL-10", "ROL-11"): "a role is created or imported",
        },
    ),
    Ladder(DELETE_ROLE, (lambda d: OldRole(d, OWN),), DELETE_BREAKS),
    Ladder(ADD_RULE, (lambda d: OldRole(d, OWN),), RULE_BREAKS),
    Ladder(
        CLOUD_WIDE,
        (
            lambda d: CloudWide(d, Role.DOMAIN_ADMIN, USER, for_domains=True),
            lambda d: CloudWide(d, Role.ADMIN, USER),
            lambda d: CloudWide(d, Role.ADMIN, USER, offering=SMALL),
            lambda d: CloudWide(d, Role.ADMIN, USER, setting="a.b"),
        ),
        WIDE_BREAKS,
        {("DAD-01", "DAD-02"): "an offering is made or deleted"},
    ),
)


@pytest.mark.parametrize(
    ("command", "letters", "kinds"),
    [
        ("attachVolume", "ASDU", {Role.ADMIN, Role.RESOURCE_ADMIN, Role.DOMAIN_ADMIN, Role.USER}),
        ("listHosts", "AS", {Role.ADMIN, Role.RESOURCE_ADMIN}),
    ],
)
def test_a_stock_role_is_a_letter(command: str, letters: str, kinds: set[Role]) -> None:
    assert {r.kind for r in STOCK if r.allows(command, letters)} == kinds


def test_a_rule_speaks_of_names_in_any_case_and_comes_first() -> None:
    role = OWN._replace(rules=(RoleRule("1", "LISTv*", allow=False), *OWN.rules))
    assert not role.allows("listVolumes", "ASDU")
    assert role.allows("listZones", "A")
    assert role.allows("checkVolume", "ASDU")
    assert not role.allows("attachVolume", "ASDU")
