"""createProject: who may have one more (semantics 6.1, 6.2)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST


class NewProject(NamedTuple):
    """A project someone wants in a domain."""

    dialect: Dialect
    name: str
    domain_id: str
    users_may: bool
    caller_may: bool
    name_free: bool
    over_limit: str


# fmt: off
NEW_PROJECT: Table[NewProject] = Table("createProject", (
    Rule("PRJ-01", "users may create projects, or the caller is an administrator",
         lambda p: p.users_may, R, Kind.DENIED, "Regular user is not permitted to create projects",
         "6.1"),
    Rule("PRJ-02", "the caller may create a project for its owner",
         lambda p: p.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("PRJ-03", "the name of a project is free",
         lambda p: p.name_free, R, Kind.PARAM,
         "Project with name {c.name} already exists in domain id={c.domain_id}", "6.1"),
    Rule("PRJ-04", "the owner's limit leaves room for the project",
         lambda p: not p.over_limit, R, Kind.LIMIT, "{c.over_limit}", "6.2", "SPEC-03"),
))
# fmt: on
