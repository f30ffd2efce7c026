"""assignVolume: another owner for a volume."""

from simulator.api import render_volume
from simulator.api.command import Call, Command
from simulator.api.render_volume import VOLUME
from simulator.api.shape import Row
from simulator.domain.access import may_share
from simulator.domain.assignment import ASSIGN, Assign
from simulator.domain.limits import Resource
from simulator.domain.records import Account
from simulator.domain.rules import Phase


def assign(call: Call) -> Row:
    """assignVolume to an account or a project, at once."""
    store, volume = call.world.store, call.args["volumeid"]
    case = _case(call)
    ASSIGN.require(Phase.REQUEST, case)
    owner_id = case.wanted.id if case.wanted else volume.account_id
    moved = store.put_volume(volume._replace(account_id=owner_id))
    return {"volume": render_volume.volume(call, moved)}


def _case(call: Call) -> Assign:
    world, store, args, caller = call.world, call.world.store, call.args, call.account
    volume, account, project = args["volumeid"], args.get("accountid"), args.get("projectid")
    fund = store.accounts.get(project.account_id) if project else None
    wanted = fund if project else account
    if wanted is not None and wanted.removed:
        wanted = None
    return Assign(
        dialect=world.dialect,
        caller=caller,
        volume=volume,
        old=store.accounts.get(volume.account_id, caller),
        wanted=wanted,
        vm=None if volume.removed else store.vms.get(volume.vm_id or ""),
        snapshots=any(s.volume_id == volume.id and not s.removed for s in store.snapshots.values()),
        account_id=account.id if account else None,
        project=project,
        caller_may_share=fund is None or may_share(caller, fund, store.domains),
        caller_may_old=volume.removed or world.may(caller, volume.account_id),
        caller_may_new=wanted is None or world.may(caller, wanted.id),
        over_limit="" if volume.removed else _over_limit(call, wanted, volume.size_bytes),
    )


def _over_limit(call: Call, owner: Account | None, size_bytes: int) -> str:
    if owner is None:
        return ""
    wanted = ((Resource.VOLUME, 1), (Resource.PRIMARY_STORAGE, size_bytes))
    return call.world.over_limits(owner.id, *wanted)


COMMANDS = (
    Command(
        "assignVolume",
        assign,
        "volumeid:volume!~ accountid:account~ projectid:anyproject~",
        says="Gives a volume that is on no VM to another account or project",
        answers=VOLUME,
        roles="ASD",
    ),
)
