"""Projects: shared owners of VMs and volumes (semantics 6.1)."""

from collections.abc import Callable
from typing import Any

from simulator.api import render_owner as render
from simulator.api.command import Call, Command, Handler
from simulator.api.lists import Row
from simulator.api.owners import account_named, sole_owner_of
from simulator.api.project_owners import by_user, ids_given
from simulator.api.render import SUCCESS
from simulator.api.render_owner import PROJECT
from simulator.api.shape import Shape
from simulator.api.submit import submit, submit_success
from simulator.domain.access import is_admin, may_use
from simulator.domain.limits import Resource
from simulator.domain.management import Project
from simulator.domain.projects import (
    ACTIVE,
    CHANGE_PROJECT,
    NEW_PROJECT,
    OPEN_PROJECT,
    SUSPENDED,
    ChangeProject,
    NewProject,
    OpenProject,
)
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.engine import leaving
from simulator.engine.counts import tally
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_GONE = {  # what a command says of a project that is removed
    "addAccountToProject": "Unable to find project with specified ID",
    "deleteAccountFromProject": "Unable to find project by ID {0.db_id}",
}
_GONE_ELSE = "Unable to find project by id {0.db_id}"


def create_project(call: Call) -> Row:
    """createProject: its owner is its first member."""
    world, store, args = call.world, call.world.store, call.args
    name, caller = args["name"], call.account
    first = NewProject(
        dialect=world.dialect,
        name=name,
        domain_db_id=store.domains[caller.domain_id].db_id,
        users_may=True,
        name_free=True,
        account=args.get("account"),
        domain=args.get("domainid"),
        ids=ids_given(call),
    )
    NEW_PROJECT.require(Phase.REQUEST, first)
    owner = sole_owner_of(call) if first.account is not None else caller
    users_may = is_admin(caller) or world.settings.flag("allow.user.create.projects")
    NEW_PROJECT.require(Phase.REQUEST, first._replace(users_may=users_may))
    if first.account is None and first.domain is not None:  # the caller's namesake there
        owner = sole_owner_of(call._replace(args={**args, "account": caller.name}))
    home = store.domains[owner.domain_id]
    owner, fits = by_user(call, owner)
    case = first._replace(
        fits=fits,
        domain_db_id=home.db_id,
        name_free=(name, home.id) not in {(p.name, p.domain_id) for p in _alive(call)},
        over_limit=world.over_limit(owner.id, Resource.PROJECT, 1),
    )
    NEW_PROJECT.require(Phase.REQUEST, case)
    made = _add(call, owner)
    return {"id": made.id, **_job(call, made.id, _wait(call))}


def _add(call: Call, owner: Account) -> Project:
    store, name = call.world.store, call.args["name"]
    home = store.domains[owner.domain_id]
    project_id, row = store.new_id(), store.new_row("project")
    fund = Account(
        store.new_id(),
        store.new_row(),
        f"PrjAcct-{name}-{home.db_id}",
        home.id,
        Role.PROJECT,
        project=name,
        project_id=project_id,
        members=frozenset({owner.id}),
    )
    store.accounts[fund.id] = fund
    made = Project(
        project_id, row, name, call.args.get("displaytext") or name, home.id, fund.id, owner.id,
        call.world.env.now,
    )  # fmt: skip
    return store.projects.setdefault(made.id, made)


def _alive(call: Call) -> list[Project]:
    return [p for p in call.world.store.projects.values() if not p.removed]


def _wait(call: Call) -> Flow:
    yield call.world.spend("work")


def _job(call: Call, project_id: str, flow: Flow) -> Row:
    """Submit *flow* as a job that answers with the project."""

    def show(_: object, __: Job) -> Row:
        row = call.world.store.projects[project_id]
        return {"project": render.project(call, row, tally(call.world))}

    return submit(call, flow, "project", show, ("Project", project_id))


def _named(call: Call, name: str) -> Project:
    """Return the project a parameter names, which must not be removed."""
    project: Project = call.args[name]
    gone = _GONE.get(call.command, _GONE_ELSE).format(project)
    ids = f"{project.db_id} projectId" if call.command == "addAccountToProject" else ""
    OPEN_PROJECT.require(Phase.REQUEST, OpenProject(call.world.dialect, project, gone, ids))
    return project


def _change(call: Call, project_id: str) -> ChangeProject:
    """Return the change a command asks for, of the project as it stands."""
    world, store, args = call.world, call.world.store, call.args
    project, name = store.projects[project_id], args.get("account")
    fund, home = store.accounts[project.account_id], store.domains[project.domain_id]
    account = account_named(call, name, home) if name is not None else None
    new_owner = account is not None and account.id != project.owner_id
    moves = call.command == "updateProject" and new_owner
    above = is_admin(call.account) and may_use(call.account, fund, store.domains)
    return ChangeProject(
        dialect=world.dialect,
        command=call.command,
        project=project,
        domain=home,
        caller_may=call.account.id == project.owner_id or above,
        name=name,
        email=args.get("email"),
        account=account,
        is_member=account is not None and account.id in fund.members,
        is_owner=account is not None and not new_owner,
        over_limit=world.over_limit(account.id, Resource.PROJECT, 1) if account and moves else "",
    )


def _changed(call: Call, key: str, change: Callable[[ChangeProject], Flow]) -> tuple[str, Flow]:
    """Return the id of the project to change and the flow that does it."""
    project_id = _named(call, key).id

    def flow() -> Flow:
        yield call.world.spend("work")
        case = _change(call, project_id)
        CHANGE_PROJECT.require(Phase.JOB, case)
        yield from change(case)

    return project_id, flow()


def delete_project(call: Call) -> Row:
    """deleteProject; with cleanup everything it owns goes along."""
    world = call.world

    def change(case: ChangeProject) -> Flow:
        if not call.args.get("cleanup"):
            left = leaving.left_of(world.store, case.project.account_id)
            CHANGE_PROJECT.require(Phase.JOB, case._replace(left=left))
        yield from leaving.remove_project(world, case.project.id)

    project_id, flow = _changed(call, "id", change)
    return submit_success(call, flow, "project", ("Project", project_id))


def update_project(call: Call) -> Row:
    """updateProject: another name, another text, another owner."""
    store, args = call.world.store, call.args

    def change(case: ChangeProject) -> Flow:
        project = store.projects[case.project.id]
        fund, name = store.accounts[project.account_id], args.get("name", project.name)
        owner_id = case.account.id if case.account else project.owner_id
        text = args.get("displaytext", project.text)
        store.projects[project.id] = project._replace(name=name, text=text, owner_id=owner_id)
        store.accounts[fund.id] = fund._replace(project=name)
        yield from ()

    return _job(call, *_changed(call, "id", change))


def suspend_project(call: Call) -> Row:
    """suspendProject: its VMs are stopped and nothing new may be made for it."""
    store = call.world.store

    def change(case: ChangeProject) -> Flow:
        store.projects[case.project.id] = case.project._replace(state=SUSPENDED)
        fund = store.accounts[case.project.account_id]
        store.accounts[fund.id] = fund._replace(enabled=False)
        yield from leaving.stop_all(call.world, fund.id)

    return _job(call, *_changed(call, "id", change))


def activate_project(call: Call) -> Row:
    """activateProject."""
    store = call.world.store

    def change(case: ChangeProject) -> Flow:
        store.projects[case.project.id] = case.project._replace(state=ACTIVE)
        fund = store.accounts[case.project.account_id]
        store.accounts[fund.id] = fund._replace(enabled=True)
        yield from ()

    return _job(call, *_changed(call, "id", change))


def add_account(call: Call) -> Row:
    """addAccountToProject: its users may then use what the project owns."""
    return _with_members(call, lambda members, account: members | {account.id})


def remove_account(call: Call) -> Row:
    """deleteAccountFromProject."""
    return _with_members(call, lambda members, account: members - {account.id})


def _with_members(
    call: Call, change_to: Callable[[frozenset[str], Account], frozenset[str]]
) -> Row:
    store = call.world.store

    def change(case: ChangeProject) -> Flow:
        fund = store.accounts[case.project.account_id]
        if case.account is not None:
            members = change_to(fund.members, case.account)
            store.accounts[fund.id] = fund._replace(members=members)
        yield from ()

    project_id, flow = _changed(call, "projectid", change)
    return submit_success(call, flow, "project", ("Project", project_id))


def _command(
    name: str, handler: Handler, params: str, says: str, answers: Shape[Any] = SUCCESS
) -> Command:
    return Command(name, handler, params, says=says, answers=answers, is_async=True)


COMMANDS = (
    _command(
        "createProject",
        create_project,
        "name:text! displaytext:text account:text userid:user domainid:domain~ accountid:account",
        "Creates a project",
        PROJECT,
    ),
    _command(
        "updateProject",
        update_project,
        "id:project!~ name:text displaytext:text account:text",
        "Gives a project another name, text or owner",
        PROJECT,
    ),
    _command(
        "suspendProject",
        suspend_project,
        "id:project!~",
        "Stops the VMs of a project and lets it make nothing new",
        PROJECT,
    ),
    _command(
        "activateProject",
        activate_project,
        "id:project!~",
        "Ends the suspension of a project",
        PROJECT,
    ),
    _command(
        "deleteProject",
        delete_project,
        "id:project!~ cleanup:bool",
        "Deletes a project, with cleanup with everything it owns",
    ),
    _command(
        "addAccountToProject",
        add_account,
        "projectid:project!~ account:text email:text",
        "Makes an account a member of a project",
    ),
    _command(
        "deleteAccountFromProject",
        remove_account,
        "projectid:project!~ account:text!",
        "Ends an account's membership of a project",
    ),
)
