"""Lists of what has owners, new owners and projects refuse by their first broken row."""

from typing import Any

from builders import vm, volume
from ladder import Break, Ladder
from people import AWAY, HOME, account, fund, project

from simulator.domain.access import LOOK, Look
from simulator.domain.assignment import ASSIGN, Assign
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.owners import ADDRESS_OWNER, NEW_OWNER, SOLE_OWNER, NewOwner
from simulator.domain.projects import (
    CHANGE_PROJECT,
    LIST_PROJECTS,
    NEW_PROJECT,
    OPEN_PROJECT,
    PROJECT_MEMBERS,
    ChangeProject,
    ListProjects,
    NewProject,
    OpenProject,
    ProjectMembers,
)
from simulator.domain.records import Role
from simulator.domain.rules import Phase

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL
ADMIN = account("root", role=Role.ADMIN)
BOB = account("bob", id="account-bob")


def looking(dialect: Dialect) -> Look:
    """Return a list of a user's own things."""
    return Look(dialect, account(), HOME)


def owned(dialect: Dialect) -> NewOwner:
    """Return something new for an account of the caller's domain."""
    return NewOwner(dialect, account(), "ann", HOME, account())


def solely(dialect: Dialect) -> NewOwner:
    """Return something new for the caller itself."""
    return NewOwner(dialect, account())


def assigning(dialect: Dialect) -> Assign:
    """Return a loose volume to give another owner."""
    return Assign(dialect, ADMIN, volume(), account(), BOB)


def founding(dialect: Dialect) -> NewProject:
    """Return a project wanted by a user who may."""
    return NewProject(dialect, "p", 2, users_may=True, name_free=True)


def adding(dialect: Dialect) -> ChangeProject:
    """Return an account that shall join a project."""
    return ChangeProject(dialect, "addAccountToProject", project(), HOME, True, "bob", account=BOB)


def leaving(dialect: Dialect) -> ChangeProject:
    """Return a member that shall leave a project."""
    return adding(dialect)._replace(command="deleteAccountFromProject", is_member=True)


def giving(dialect: Dialect) -> ChangeProject:
    """Return a member that shall own a project."""
    return adding(dialect)._replace(command="updateProject", is_member=True)


def listing(dialect: Dialect) -> ListProjects:
    """Return a root admin's list of projects."""
    return ListProjects(dialect, ADMIN)


def by_user(case: ListProjects, **changes: Any) -> ListProjects:
    """Return a user's list of projects."""
    return case._replace(caller=account(), **changes)


GONE = project(removed=True)
# fmt: off
LOOK_BREAKS: dict[str, Break[Look]] = {
    "ACL-01": Break(R, PARAM, lambda k: k._replace(domain=HOME._replace(removed=True))),
    "ACL-02": Break(R, DENIED, lambda k: k._replace(
        domain=k.domain or AWAY, caller_may_enter=False)),
    "ACL-03": Break(R, PARAM, lambda k: k._replace(
        name="ann", owner=k.owner or account(), project=k.project or project())),
    "ACL-04": Break(R, PARAM, lambda k: k._replace(name="none", owner=None)),
    "ACL-05": Break(R, DENIED, lambda k: k._replace(caller_may_use=False)),
    "ACL-06": Break(R, PARAM, lambda k: k._replace(project=GONE)),
    "ACL-07": Break(R, DENIED, lambda k: k._replace(
        project=k.project or project(), fund=fund(), caller_may_share=False)),
}
OWNER_BREAKS: dict[str, Break[NewOwner]] = {
    "OWN-01": Break(R, PARAM, lambda o: o._replace(domain=None)),
    "OWN-02": Break(R, PARAM, lambda o: o._replace(domain=HOME._replace(removed=True))),
    "OWN-03": Break(R, PARAM, lambda o: o._replace(owner=fund(enabled=bool(
        o.owner is None or o.owner.enabled)))),
    "OWN-04": Break(R, DENIED, lambda o: o._replace(
        owner=(o.owner or account())._replace(enabled=False))),
    "OWN-05": Break(R, PARAM, lambda o: o._replace(
        name=None, owner=None, project=project(removed=True,
        state=o.project.state if o.project else "Active"))),
    "OWN-06": Break(R, DENIED, lambda o: o._replace(name=None, owner=None, project=(
        o.project or project())._replace(state="Suspended"))),
}
SOLE_BREAKS: dict[str, Break[NewOwner]] = {
    "OWN-11": Break(R, PARAM, lambda o: o._replace(
        name=o.name or "ann", domain=o.domain or HOME, owner=account(),
        project=o.project or project())),
    "OWN-12": Break(R, PARAM, lambda o: o._replace(project=GONE)),
    "OWN-13": Break(R, DENIED, lambda o: o._replace(fund=fund(), caller_may_share=False)),
    "OWN-14": Break(R, DENIED, lambda o: o._replace(
        name="bob", domain=o.domain or HOME, owner=BOB)),
    "OWN-15": Break(R, PARAM, lambda o: o._replace(
        name=o.name or "ann", domain=HOME._replace(removed=True), owner=account())),
    "OWN-16": Break(R, PARAM, lambda o: o._replace(
        name=o.name or "ann", domain=o.domain or HOME, owner=None)),
    "OWN-17": Break(R, DENIED, lambda o: o._replace(caller_may_enter=False)),
    "OWN-18": Break(R, PARAM, lambda o: o._replace(name="ann", domain=None, owner=None)),
}
ASSIGN_BREAKS: dict[str, Break[Assign]] = {
    "ASV-07": Break(R, INTERNAL, lambda a: a._replace(volume=volume(removed=True))),
    "ASV-04": Break(R, INTERNAL, lambda a: a._replace(vm=vm())),
    "ASV-05": Break(R, INTERNAL, lambda a: a._replace(snapshots=True)),
    "ASV-08": Break(R, INTERNAL, lambda a: a._replace(
        account_id="bob", project=a.project or project())),
    "ASV-09": Break(R, INTERNAL, lambda a: a._replace(project=GONE)),
    "ASV-10": Break(R, INTERNAL, lambda a: a._replace(caller_may_share=False)),
    "ASV-01": Break(R, INTERNAL, lambda a: a._replace(wanted=None)),
    "ASV-02": Break(R, INTERNAL, lambda a: a._replace(
        wanted=(a.wanted or BOB)._replace(enabled=False))),
    "ASV-03": Break(R, INTERNAL, lambda a: a._replace(old=a.wanted or BOB, wanted=a.wanted or BOB)),
    "ASV-11": Break(R, INTERNAL, lambda a: a._replace(caller_may_old=False)),
    "ASV-12": Break(R, INTERNAL, lambda a: a._replace(caller_may_new=False)),
    "ASV-06": Break(R, INTERNAL, lambda a: a._replace(over_limit="no room")),
}
FOUND_BREAKS: dict[str, Break[NewProject]] = {
    "PRJ-02": Break(R, PARAM, lambda p: p._replace(account="ann")),
    "PRJ-24": Break(R, PARAM, lambda p: p._replace(ids=("u", "a", None))),
    "PRJ-01": Break(R, DENIED, lambda p: p._replace(users_may=False)),
    "PRJ-03": Break(R, PARAM, lambda p: p._replace(name_free=False)),
    "PRJ-26": Break(R, PARAM, lambda p: p._replace(fits=False)),
    "PRJ-04": Break(R, Kind.LIMIT, lambda p: p._replace(over_limit="no room")),
}
OPEN_BREAKS: dict[str, Break[OpenProject]] = {
    "PRJ-05": Break(R, PARAM, lambda p: p._replace(project=GONE)),
}
CHANGE_BREAKS: dict[str, Break[ChangeProject]] = {
    "PRJ-06": Break(J, PARAM, lambda p: p._replace(name=None, email=None, account=None)),
    "PRJ-07": Break(J, PARAM, lambda p: p._replace(project=project(state="Suspended"))),
    "PRJ-08": Break(J, PARAM, lambda p: p._replace(name=p.name or "bob", account=None)),
    "PRJ-09": Break(J, DENIED, lambda p: p._replace(caller_may=False)),
    "PRJ-10": Break(J, PARAM, lambda p: p._replace(name=None, account=None, email="b@example.org")),
    "PRJ-11": Break(J, PARAM, lambda p: p._replace(
        command="updateProject", name="bob", account=None, is_member=True)),
    "PRJ-12": Break(J, PARAM, lambda p: p._replace(
        command="deleteAccountFromProject" if p.account else "updateProject", name="bob",
        is_member=False)),
    "PRJ-13": Break(J, PARAM, lambda p: p._replace(
        command="deleteAccountFromProject", name="bob", account=p.account or BOB, is_owner=True,
        is_member=p.is_member or p.command != "deleteAccountFromProject")),
    "PRJ-14": Break(J, Kind.LIMIT, lambda p: p._replace(over_limit="no room")),
    "PRJ-15": Break(J, Kind.RUNTIME, lambda p: p._replace(left="1 Volume")),
}
LIST_BREAKS: dict[str, Break[ListProjects]] = {
    "PRJ-16": Break(R, PARAM, lambda p: p._replace(domain=HOME._replace(removed=True))),
    "PRJ-17": Break(R, DENIED, lambda p: p._replace(
        domain=p.domain or AWAY, caller_may_enter=False)),
    "PRJ-18": Break(R, PARAM, lambda p: p._replace(name="none", domain=p.domain or HOME)),
    "PRJ-19": Break(R, PARAM, lambda p: p._replace(name="ann", domain=None)),
    "PRJ-20": Break(R, DENIED, lambda p: by_user(p, name="bob")),
    "PRJ-21": Break(R, DENIED, lambda p: by_user(p, domain=AWAY)),
}
MEMBER_BREAKS: dict[str, Break[ProjectMembers]] = {
    "PRJ-22": Break(R, PARAM, lambda p: p._replace(project=GONE)),
    "PRJ-23": Break(R, DENIED, lambda p: p._replace(caller_may=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        LOOK,
        (
            looking,
            lambda d: looking(d)._replace(name="ann", owner=account(), domain=HOME),
            lambda d: looking(d)._replace(project=project(), fund=fund()),
            lambda d: looking(d)._replace(any_project=True, caller=ADMIN),
        ),
        LOOK_BREAKS,
    ),
    Ladder(
        NEW_OWNER,
        (
            owned,
            lambda d: owned(d)._replace(project=project(), fund=fund()),
            lambda d: NewOwner(d, account()),
        ),
        OWNER_BREAKS,
        {
            ("OWN-01", "OWN-02"): "a domain is named or it is not",
        },
    ),
    Ladder(
        ADDRESS_OWNER,
        (lambda d: NewOwner(d, account()),),
        {"OWN-19": Break(R, PARAM, lambda o: o._replace(project=project(removed=True)))},
    ),
    Ladder(
        SOLE_OWNER,
        (
            solely,
            lambda d: solely(d)._replace(name="ann", domain=HOME, owner=account()),
            lambda d: solely(d)._replace(project=project(), fund=fund()),
        ),
        SOLE_BREAKS,
    ),
    Ladder(
        ASSIGN,
        (assigning, lambda d: assigning(d)._replace(wanted=fund(), project=project())),
        ASSIGN_BREAKS,
        {("ASV-01", "ASV-02"): "there is a new owner or there is none"},
    ),
    Ladder(
        NEW_PROJECT,
        (founding, lambda d: founding(d)._replace(account="ann", domain=HOME)),
        FOUND_BREAKS,
    ),
    Ladder(OPEN_PROJECT, (lambda d: OpenProject(d, project(), "gone"),), OPEN_BREAKS),
    Ladder(
        CHANGE_PROJECT,
        (adding, leaving, giving),
        CHANGE_BREAKS,
        {("PRJ-10", "PRJ-11"): "an account joins the project or gets it"},
    ),
    Ladder(
        LIST_PROJECTS,
        (
            listing,
            lambda d: listing(d)._replace(name="ann", domain=HOME, account=account()),
            lambda d: by_user(listing(d), name="ann", domain=HOME),
        ),
        LIST_BREAKS,
        {
            ("PRJ-18", "PRJ-19"): "a domain is named or it is not",
            ("PRJ-19", "PRJ-20"): "the caller is an administrator or a user",
        },
    ),
    Ladder(
        PROJECT_MEMBERS,
        (lambda d: ProjectMembers(d, account(), project(), True),),
        MEMBER_BREAKS,
    ),
)
