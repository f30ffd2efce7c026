"""Affinity groups: made, listed, deleted, joined by VMs."""

from typing import Any

from simulator.api import render_vm
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGES, Row, listing, paged
from simulator.api.matching import same_text
from simulator.api.owners import owner_of, sole_owner_of
from simulator.api.render import JOB, OF_OWNER, SUCCESS, Seen, seen
from simulator.api.render_vm import VM
from simulator.api.shape import Shape, text, texts
from simulator.api.submit import submit, submit_success
from simulator.domain.access import may_use
from simulator.domain.affinity import (
    CREATE_GROUP,
    DEDICATED,
    DELETE_GROUP,
    DEPLOY_INTO,
    JOIN_GROUPS,
    TYPES,
    AffinityGroup,
    JoinGroups,
    NewGroup,
    OldGroup,
    may_delete,
)
from simulator.domain.records import Account, Role
from simulator.domain.rules import Phase
from simulator.engine.affinity import groups_of, members_of
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

_OWNER = "account:text domainid:domain~ projectid:anyproject~"
_IDS, _NAMES = "affinitygroupids", "affinitygroupnames"


AFFINITY_GROUP = Shape[Seen[AffinityGroup]](
    "affinitygroup",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    text("description", "description", lambda s: s.record.text),
    text("type", "type", lambda s: s.record.type),
    *OF_OWNER,
    texts("virtualmachineIds", "ids of the VMs of the group",
          lambda s: [v.id for v in members_of(s.call.world.store, s.record.id)] or None),
    *JOB,
)  # fmt: skip
AFFINITY_GROUP_TYPE = Shape[str]("affinitygrouptype", text("type", "type", str))


def _named(call: Call, account: Account, name: str) -> AffinityGroup | None:
    rows = call.world.store.affinity_groups.values()
    mine = (g for g in rows if g.account_id == account.id)
    return next((g for g in mine if same_text(g.name, name)), None)


def _alone(call: Call) -> bool:
    """Return whether a call names a domain and nobody in it."""
    return "domainid" in call.args and not call.args.keys() & {"account", "projectid"}


def create(call: Call) -> Row:
    """createAffinityGroup; one of a whole domain belongs to the system."""
    world, store, args = call.world, call.world.store, call.args
    alone = _alone(call)
    account = call.account if alone else owner_of(call)
    if alone and args["type"] == DEDICATED:
        account = next(a for a in store.accounts.values() if a.role is Role.SYSTEM)
    case = NewGroup(
        dialect=world.dialect,
        name=args["name"],
        type=args["type"],
        caller_is_root=call.is_root,
        alone=alone,
        caller_may=alone or may_use(call.account, account, store.domains),
        name_free=_named(call, account, args["name"]) is None,
    )
    CREATE_GROUP.require(Phase.REQUEST, case)
    row = store.new_row("affinitygroup")
    text = args.get("description")
    group = AffinityGroup(store.new_id(), row, case.name, account.id, case.type, text)
    store.affinity_groups[group.id] = group

    def flow() -> Flow:
        yield world.spend("work")

    def show(_: None, job: Job) -> Row:
        return {"affinitygroup": AFFINITY_GROUP.render(Seen(call, group, job.id))}

    instance = ("AffinityGroup", group.id)
    return {"id": group.id, **submit(call, flow(), "affinitygroup", show, instance)}


def delete(call: Call) -> Row:
    """deleteAffinityGroup by its id or its name; its VMs are left alone."""
    store, args = call.world.store, call.args
    asked = args.get("id")
    if not (_alone(call) and call.is_root):
        sole_owner_of(call)

    def flow() -> Flow:
        group = store.affinity_groups.get(asked.id) if asked else None
        if asked is None and "name" in args:
            group = _named(call, owner_of(call), args["name"])
        case = OldGroup(
            call.world.dialect,
            call.account,
            named=asked is not None or "name" in args,
            name=str(asked.db_id) if asked else args.get("name", ""),
            group=group,
            caller_may=group is None or may_delete(call.account, store.accounts[group.account_id]),
        )
        DELETE_GROUP.require(Phase.JOB, case)
        yield call.world.spend("work")
        if group is not None and store.affinity_groups.pop(group.id, None) is not None:
            for vm_id, ids in list(store.affinity_of.items()):
                put_groups(call, vm_id, [i for i in ids if i != group.id])

    return submit_success(
        call, flow(), "affinitygroup", ("AffinityGroup", asked.id if asked else None)
    )


def put_groups(call: Call, vm_id: str, ids: list[str]) -> None:
    """Put a VM into these groups and no others."""
    held = call.world.store.affinity_of
    held.pop(vm_id, None)
    if ids:
        held[vm_id] = tuple(dict.fromkeys(ids))


def asked_groups(call: Call, account: Account) -> tuple[JoinGroups, list[str]]:
    """Return what rules look at of the groups that a call names, and their ids."""
    args = call.args
    names = [n for n in str(args.get(_NAMES, "")).split(",") if n]
    by_name: dict[str, Any] = {n: _named(call, account, n) for n in names}
    groups = [*args.get(_IDS, ()), *(g for g in by_name.values() if g is not None)]
    case = JoinGroups(
        dialect=call.world.dialect,
        ways=(_IDS in args) + (_NAMES in args),
        missing=next((n for n, g in by_name.items() if g is None), ""),
        owner=account,
        caller_may=all(call.world.may(call.account, g.account_id) for g in groups),
        foreign=next((g for g in groups if g.account_id != account.id), None),
    )
    return case, [g.id for g in groups]


def require_groups(call: Call, account: Account) -> list[str]:
    """Return the ids of the groups that a VM of *account* shall be deployed into, or refuse."""
    case, ids = asked_groups(call, account)
    DEPLOY_INTO.require(Phase.REQUEST, case)
    return ids


def update(call: Call) -> Row:
    """updateVMAffinityGroup; it counts from the next start on."""
    store, vm_id = call.world.store, call.args["id"].id

    first, _ = asked_groups(call, store.accounts[store.vms[vm_id].account_id])
    JOIN_GROUPS.require(Phase.REQUEST, first)

    def flow() -> Flow:
        vm = store.vms[vm_id]
        case, ids = asked_groups(call, store.accounts[vm.account_id])
        JOIN_GROUPS.require(Phase.JOB, case._replace(vm=vm))
        yield call.world.spend("work")
        put_groups(call, vm_id, ids)

    def show(_: None, __: Job) -> Row:
        seen = call._replace(args={"details": "affgrp"})
        return {"virtualmachine": render_vm.vm(seen, store.vms[vm_id])}

    return submit(call, flow(), "affinitygroup", show)


def list_types(call: Call) -> Row:
    """listAffinityGroupTypes, of those that anybody may use."""
    return paged(call, "affinityGroupType", TYPES, AFFINITY_GROUP_TYPE.render)


def _has(call: Call, record: AffinityGroup) -> bool:
    vm = call.args.get("virtualmachineid")
    return vm is None or record in groups_of(call.world.store, vm.id)


COMMANDS = (
    Command(
        "createAffinityGroup",
        create,
        f"name:text! type:text! description:text {_OWNER}",
        says="Creates an affinity group",
        answers=AFFINITY_GROUP,
        is_async=True,
    ),
    Command(
        "deleteAffinityGroup",
        delete,
        f"id:affinitygroup@ name:text {_OWNER}",
        says="Deletes an affinity group",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "listAffinityGroups",
        listing(
            "affinity_groups", "affinitygroup", seen(AFFINITY_GROUP), by="name type",
            words="name type",
            owned=True, also=_has,
        ),
        f"id:affinitygroup name:text type:text virtualmachineid:vm~ {OWNED}",
        says="Lists the affinity groups",
        answers=AFFINITY_GROUP,
        roles="ASDUR",
    ),
    Command(
        "listAffinityGroupTypes",
        list_types,
        PAGES,
        says="Lists the types that affinity groups have",
        answers=AFFINITY_GROUP_TYPE,
        roles="ASDUR",
    ),
    Command(
        "updateVMAffinityGroup",
        update,
        "id:vm!@ affinitygroupids:affinitygroup* affinitygroupnames:text",
        says="Puts a stopped VM into other affinity groups",
        answers=VM,
        is_async=True,
    ),
)  # fmt: skip
