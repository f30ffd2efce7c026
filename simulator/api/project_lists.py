"""listProjects and listProjectAccounts: which projects there are, and who belongs to them."""

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paged, tag_test
from simulator.api.matching import containing, same_text
from simulator.api.owners import account_named
from simulator.api.render_owner import PROJECT, PROJECT_MEMBER
from simulator.domain.access import is_admin, may_enter
from simulator.domain.projects import (
    LIST_PROJECTS,
    PROJECT_MEMBERS,
    ListProjects,
    ProjectMembers,
)
from simulator.domain.records import Role
from simulator.domain.rules import Phase
from simulator.engine.counts import tally


def list_projects(call: Call) -> Row:
    """listProjects: those the caller is a member of; an administrator's listall shows more."""
    args, counted = call.args, tally(call.world)
    within, has = containing(args.get("keyword", "")), tag_test(call)
    member, home_id = _listed(call)
    rows = [
        p
        for p in call.world.store.projects.values()
        if not p.removed
        and (member is None or member in call.world.store.accounts[p.account_id].members)
        and p.domain_id in home_id
        and ("id" not in args or args["id"].id == p.id)
        and same_text(args.get("name", p.name), p.name)
        and same_text(args.get("displaytext", p.text), p.text)
        and same_text(args.get("state", p.state), p.state)
        and any(map(within, (p.name, p.text)))
        and has(p.id)
    ]
    return paged(call, "project", rows, lambda row: render.project(call, row, counted))


def _listed(call: Call) -> tuple[str | None, set[str]]:
    """Return of which member and of which domains projects are listed; None is of anybody."""
    store, args, caller = call.world.store, call.args, call.account
    name, domain, admin = args.get("account"), args.get("domainid"), is_admin(caller)
    account = account_named(call, name, domain) if name is not None and domain else None
    case = ListProjects(
        dialect=call.world.dialect,
        caller=caller,
        name=name,
        domain=domain,
        caller_may_enter=not admin or domain is None or may_enter(caller, domain, store.domains),
        account=account,
    )
    LIST_PROJECTS.require(Phase.REQUEST, case)
    deep, everything = args.get("isrecursive"), args.get("listall")
    member = account.id if account is not None and admin else None
    homes = {domain.id} if domain is not None and not deep else set(store.domains)
    if not admin or (domain is None and not everything):
        return caller.id, homes
    if caller.role is Role.DOMAIN_ADMIN or (deep and not everything):
        homes &= {caller.domain_id}
    return member, homes


def list_members(call: Call) -> Row:
    """listProjectAccounts: who belongs to a project, and as what."""
    args, store, project = call.args, call.world.store, call.args["projectid"]
    fund = store.accounts.get(project.account_id)
    members = fund.members if fund else frozenset()
    may = is_admin(call.account) or call.account.id in members
    case = ProjectMembers(call.world.dialect, call.account, project, may)
    PROJECT_MEMBERS.require(Phase.REQUEST, case)
    home = store.domains[project.domain_id]
    rows = [
        row
        for row in (render.MemberAt(project, store.accounts[i], home) for i in sorted(members))
        if args.get("account", row.account.name) == row.account.name
        and str(args.get("role", row.role)).lower() == row.role.lower()
    ]
    return paged(call, "projectaccount", rows, render.PROJECT_MEMBER.render)


COMMANDS = (
    Command(
        "listProjects",
        list_projects,
        "id:project~ name:text displaytext:text state:text tags:map account:text domainid:domain~ "
        f"listall:bool isrecursive:bool {PAGING}",
        says="Lists the projects",
        answers=PROJECT,
        roles="ASDUR",
    ),
    Command(
        "listProjectAccounts",
        list_members,
        "projectid:project!~ account:text role:text page:integer pagesize:integer",
        says="Lists who belongs to a project, and as what",
        answers=PROJECT_MEMBER,
        roles="ASDUR",
    ),
)
