"""Projects: shared owners of VMs and volumes (semantics 6.1)."""

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged
from simulator.api.owners import owner_of
from simulator.api.submit import submit, submit_success
from simulator.domain.access import PERMISSION_TEXT, is_admin, may_use
from simulator.domain.errors import Kind, Refused
from simulator.domain.limits import Resource
from simulator.domain.management import Project
from simulator.domain.projects import NEW_PROJECT, NewProject
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.engine.counts import tally
from simulator.engine.jobs import Job
from simulator.engine.world import Flow


def create_project(call: Call) -> Row:
    """createProject: its owner is its first member."""
    world, store, args = call.world, call.world.store, call.args
    owner, name = owner_of(call), args["name"]
    case = NewProject(
        dialect=world.dialect,
        name=name,
        domain_id=owner.domain_id,
        users_may=is_admin(call.account) or world.settings.flag("allow.user.create.projects"),
        caller_may=may_use(call.account, owner, store.domains),
        name_free=(name, owner.domain_id) not in {(p.name, p.domain_id) for p in _alive(call)},
        over_limit=world.over_limit(owner.id, Resource.PROJECT, 1),
    )
    NEW_PROJECT.require(Phase.REQUEST, case)
    home = owner.domain_id
    project_id, row = store.new_id(), store.new_row("project")
    fund = Account(
        store.new_id(),
        store.new_row(),
        f"PrjAcct-{name}-{row}",
        home,
        Role.PROJECT,
        project=name,
        project_id=project_id,
        members=frozenset({owner.id}),
    )
    store.accounts[fund.id] = fund
    made = Project(
        project_id, row, name, args.get("displaytext") or name, home, fund.id, owner.id,
        world.env.now,
    )  # fmt: skip
    store.projects[made.id] = made
    return {"id": made.id, **_job(call, made.id)}


def _alive(call: Call) -> list[Project]:
    return [p for p in call.world.store.projects.values() if not p.removed]


def _job(call: Call, project_id: str) -> Row:
    def flow() -> Flow:
        yield call.world.spend("work")
        return project_id

    def show(found: str, _: Job) -> Row:
        row = call.world.store.projects[found]
        return {"project": render.project(call, row, tally(call.world))}

    return submit(call, flow(), "project", show, ("Project", project_id))


def _managed(call: Call, name: str) -> Project:
    """Return the project a parameter names; only its owner and admins may change it."""
    project: Project = call.args[name]
    owner = call.world.store.accounts[project.owner_id]
    if not may_use(call.account, owner, call.world.store.domains):
        raise Refused(Kind.DENIED, PERMISSION_TEXT, "REQ-06")
    return project


def delete_project(call: Call) -> Row:
    """deleteProject, with everything it owns."""
    project, store = _managed(call, "id"), call.world.store

    def flow() -> Flow:
        yield call.world.spend("work")
        fund = store.accounts[project.account_id]
        for volume in [v for v in store.volumes.values() if v.account_id == fund.id]:
            store.put_volume(volume._replace(removed=True, vm_id=None, device_id=None))
        for vm in [v for v in store.vms.values() if v.account_id == fund.id]:
            store.put_vm(vm._replace(removed=True, host_id=None))
        store.accounts[fund.id] = fund._replace(enabled=False, members=frozenset())
        store.projects[project.id] = store.projects[project.id]._replace(removed=True)

    return submit_success(call, flow(), "project", ("Project", project.id))


def add_account(call: Call) -> Row:
    """addAccountToProject: its users may then use what the project owns."""
    project, store, name = _managed(call, "projectid"), call.world.store, call.args["account"]
    named = [
        a
        for a in store.accounts.values()
        if (a.name, a.domain_id, a.enabled) == (name, project.domain_id, True)
    ]
    if not named:
        text = f"Account name={name} can't be added to the project as it doesn't exist"
        raise Refused(Kind.PARAM, text, "REQ-05")

    def flow() -> Flow:
        yield call.world.spend("work")
        fund = store.accounts[project.account_id]
        store.accounts[fund.id] = fund._replace(members=fund.members | {named[0].id})

    return submit_success(call, flow(), "project", ("Project", project.id))


def remove_account(call: Call) -> Row:
    """deleteAccountFromProject."""
    project, store, name = _managed(call, "projectid"), call.world.store, call.args["account"]
    gone = {a.id for a in store.accounts.values() if a.name == name} - {project.owner_id}

    def flow() -> Flow:
        yield call.world.spend("work")
        fund = store.accounts[project.account_id]
        store.accounts[fund.id] = fund._replace(members=fund.members - gone)

    return submit_success(call, flow(), "project", ("Project", project.id))


def list_projects(call: Call) -> Row:
    """listProjects: those the caller is a member of; with listall all it may see."""
    args, store, counted = call.args, call.world.store, tally(call.world)
    everything = args.get("listall") or "id" in args
    rows = []
    for project in _alive(call):
        fund = store.accounts[project.account_id]
        seen = call.account.id in fund.members or (
            everything and may_use(call.account, fund, store.domains)
        )
        same = args.get("name", project.name) == project.name and (
            "id" not in args or args["id"].id == project.id
        )
        if seen and same and str(args.get("keyword", "")).lower() in project.name.lower():
            rows.append(project)
    return paged(call, "project", rows, lambda row: render.project(call, row, counted))


COMMANDS = (
    Command(
        "createProject",
        create_project,
        "name:text! displaytext:text account:text domainid:domain",
        says="Creates a project",
        answers="project",
        is_async=True,
    ),
    Command(
        "deleteProject",
        delete_project,
        "id:project! cleanup:bool",
        says="Deletes a project with everything it owns",
        answers="success",
        is_async=True,
    ),
    Command(
        "addAccountToProject",
        add_account,
        "projectid:project! account:text!",
        says="Makes an account a member of a project",
        answers="success",
        is_async=True,
    ),
    Command(
        "deleteAccountFromProject",
        remove_account,
        "projectid:project! account:text!",
        says="Ends an account's membership of a project",
        answers="success",
        is_async=True,
    ),
    Command(
        "listProjects",
        list_projects,
        f"id:project name:text {OWNED}",
        says="Lists the projects",
        answers="project",
        roles="ASDUR",
    ),
)
