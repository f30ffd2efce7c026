"""Whether a caller is heard at all: what is judged of a call before its command is looked at."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.management import Project
from simulator.domain.rules import Phase, Rule, Table

OF_ONE_PROJECT = frozenset({"suspendProject", "updateProject", "activateProject", "deleteProject"})
"""Commands whose `id` says in which project they are called."""


class Called(NamedTuple):
    """A call as it came; *project* is the one it is made in, if that is there.

    Names of parameters count as they are spelt here, later in whatever case.
    """

    dialect: Dialect
    command: str
    names: frozenset[str]
    project: Project | None = None
    belongs: bool = True


R = Phase.REQUEST

# fmt: off
HEARD: Table[Called] = Table("every command", (
    Rule("CAL-01", "a command about one project names it, or nothing is answered",
         lambda c: c.command not in OF_ONE_PROJECT or "id" in c.names, R, Kind.NOTHING,
         "No value present", "ApiServlet.setProjectContext"),
))
"""Judged before the signature."""

OPEN: Table[Called] = Table("every command in a project", (
    Rule("CAL-02", "a user calls in a project that it belongs to",
         lambda c: c.project is None or c.belongs, R, Kind.UNSUPPORTED,
         "The API [{c.command}] does not exist or is not available for this account/user in "
         "project [{c.project.id}].", "ProjectRoleBasedApiAccessChecker", "SPEC-03"),
))
"""Judged when the caller's role may call the command, before the signature."""
# fmt: on
