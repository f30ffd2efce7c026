"""Snapshot policies: when snapshots of a volume are taken, and the clock's way to take them."""

from collections.abc import Callable
from uuid import UUID, uuid5

from simulator.api.command import Call, Command
from simulator.api.customs import custom_id
from simulator.api.lists import OWNED, Row, paged, visible
from simulator.api.render import SUCCESS, TAGS, Seen
from simulator.api.shape import Always, Shape, boolean, integer, listed, short, text
from simulator.api.snapshots import sees_volume, snapshot, tag_all
from simulator.api.submit import submit
from simulator.domain.inventory import StoragePool, Zone
from simulator.domain.limits import Resource
from simulator.domain.policies import (
    DELETE_POLICIES,
    LIST_POLICIES,
    POLICY,
    UPDATE_POLICY,
    Change,
    Forget,
    Policy,
    Sought,
)
from simulator.domain.records import Role, User, Volume
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase
from simulator.domain.schedules import INTERVALS, SnapshotPolicy
from simulator.engine.jobs import Jobs
from simulator.engine.schedules import timezone_named
from simulator.engine.world import Flow, World

_ZONE = Shape[Zone](
    "zone",
    text("id", "id", lambda z: z.id),
    text("name", "name", lambda z: z.name),
    boolean("isnsxenabled", "whether the zone has NSX", Always(False)),
    boolean("ismultiarch", "whether the zone has several CPU architectures", Always(False)),
    boolean("routedmodeenabled", "whether networks can be routed", Always(False)),
)
_POOL = Shape[StoragePool](
    "storagepool", text("id", "id", lambda p: p.id), text("name", "name", lambda p: p.name)
)


def _volume(policy: Seen[SnapshotPolicy]) -> Volume:
    return policy.call.world.store.volumes[policy.record.volume_id]


def _zones(policy: Seen[SnapshotPolicy]) -> list[Zone]:
    return [policy.call.world.store.zones[_volume(policy).zone_id]]


def _pools(policy: Seen[SnapshotPolicy]) -> list[StoragePool]:
    pool = policy.call.world.store.pools.get(_volume(policy).pool_id or "")
    return [pool] if pool else []


SNAPSHOT_POLICY = Shape[Seen[SnapshotPolicy]](
    "snapshotpolicy",
    text("id", "id", lambda s: s.record.id),
    text("volumeid", "id of the volume", lambda s: s.record.volume_id),
    text("volumename", "name of the volume", lambda s: _volume(s).name),
    text("schedule", "when in the interval a snapshot is taken", lambda s: s.record.schedule),
    short("intervaltype", "interval of the snapshots", lambda s: INTERVALS[s.record.interval]),
    integer("maxsnaps", "how many snapshots are kept", lambda s: s.record.keep),
    text("timezone", "time zone of the schedule", lambda s: s.record.timezone),
    boolean("fordisplay", "whether it is shown to its owner", lambda s: s.record.display),
    listed("zone", "zones of the snapshots", _ZONE, _zones, "set"),
    listed("storage", "pool of the volume", _POOL, _pools, "set"),
    *TAGS,
)


def _shown(call: Call, policy: SnapshotPolicy) -> Row:
    return {"snapshotpolicy": SNAPSHOT_POLICY.render(Seen(call, policy))}


def create(call: Call) -> Row:
    """createSnapshotPolicy: another one of the same interval is changed, and keeps its next run."""
    store, args, volume = call.world.store, call.args, call.args["volumeid"]
    offering = store.disk_offerings.get(volume.disk_offering_id or "")
    case = Policy(
        call.world.dialect,
        volume,
        store.vms.get(volume.vm_id or ""),
        store.accounts[volume.account_id],
        args["intervaltype"],
        args["schedule"],
        args["maxsnaps"],
        encrypted=offering is not None and offering.encrypted,
        caller_may=call.world.may(call.account, volume.account_id),
        display=args.get("fordisplay", True) or not call.is_root,
        most=_most(call.world, volume.account_id),
    )
    POLICY.require(Phase.REQUEST, case)
    interval = case.interval.lower()
    key = (volume.id, interval)
    policies = store.snapshot_policies.values()
    old = next((p for p in policies if (p.volume_id, p.interval) == key), None)
    policy = SnapshotPolicy(
        old.id if old else store.new_id(),
        old.db_id if old else store.new_row("policy"),
        volume.account_id,
        volume.id,
        interval,
        case.schedule,
        timezone_named(args["timezone"]),
        case.keep,
        case.display,
    )
    due_s = call.jobs.cleaner.scheduler.following_s(policy)
    if old is not None and old.display == policy.display:
        due_s = old.due_s
    store.tags.pop(policy.id, None)
    call.jobs.cleaner.scheduler.keep(policy._replace(due_s=due_s))
    tag_all(call, policy.id, "SnapshotPolicy", policy.account_id)
    return _shown(call, policy)


def _most(world: World, account_id: str) -> int:
    """Return the lowest limit on snapshots of an account and its domain, -1 for none."""
    account = world.store.accounts[account_id]
    if account.role is Role.ADMIN:
        return -1
    domain = world.store.domains[account.domain_id]
    limits = (
        world.limit(account, Resource.SNAPSHOT),
        world.domain_limit(domain, Resource.SNAPSHOT),
    )
    return min((limit for limit in limits if limit != -1), default=-1)


def update(call: Call) -> Row:
    """updateSnapshotPolicy: root admins show, hide or rename one; others change nothing."""
    policy_id = call.args["id"].id if "id" in call.args else ""
    UPDATE_POLICY.require(Phase.REQUEST, Change(call.world.dialect, bool(policy_id)))
    scheduler, store = call.jobs.cleaner.scheduler, call.world.store

    def flow() -> Flow:
        yield call.world.spend("work")
        changed = store.snapshot_policies[policy_id]
        new_id = custom_id(call, store.snapshot_policies)
        if call.is_root and call.args.get("fordisplay", changed.display) != changed.display:
            changed = changed._replace(display=not changed.display)
            changed = changed._replace(due_s=scheduler.following_s(changed))
        if new_id is not None:
            store.tags[new_id] = store.tags.get(changed.id, {})
            scheduler.drop(changed.id)
            changed = changed._replace(id=new_id)
        scheduler.keep(changed)
        return changed.id

    return submit(
        call,
        flow(),
        "snapshot",
        lambda i, _: _shown(call, store.snapshot_policies[i]),
    )


def policies_of(call: Call) -> Row:
    """listSnapshotPolicies, newest first; a volume that is gone has none."""
    args, volumes = call.args, call.world.store.volumes
    volume = volumes[args["id"].volume_id] if "id" in args else args.get("volumeid")
    LIST_POLICIES.require(Phase.REQUEST, Sought(call.world.dialect, volume))
    sees, keyword = _sees(call, volume), args.get("keyword", "").lower()
    rows = [
        policy
        for policy in call.world.store.snapshot_policies.values()
        if ("id" not in args or args["id"].id == policy.id)
        and ("volumeid" not in args or args["volumeid"].id == policy.volume_id)
        and keyword in volumes[policy.volume_id].name.lower()
        and sees(policy.account_id)
    ]
    rows.sort(key=lambda policy: -policy.db_id)
    return paged(call, "snapshotpolicy", rows, lambda p: SNAPSHOT_POLICY.render(Seen(call, p)))


def _sees(call: Call, volume: Volume | None) -> Callable[[str], bool]:
    """Return whose policies a list shows; Refused for those of a volume that is not the caller's.

    Releases that list those of one volume show them to everybody who may use it.
    """
    if Flag.POLICIES_OF_ONE_VOLUME not in call.world.dialect:
        sees_volume(call)
        return visible(call)
    sees_volume(call._replace(args=call.args | {"volumeid": volume}))
    return lambda _: True


def delete(call: Call) -> Row:
    """deleteSnapshotPolicies, by ids or else by id: all of them or none."""
    args, volumes = call.args, call.world.store.volumes
    policies = args.get("ids") or ([args["id"]] if "id" in args else [])
    owners = [volumes[policy.volume_id].account_id for policy in policies]
    caller_may = all(call.world.may(call.account, owner) for owner in owners)
    case = Forget(call.world.dialect, bool(policies), caller_may)
    DELETE_POLICIES.require(Phase.REQUEST, case)
    for policy in policies:
        call.jobs.cleaner.scheduler.drop(policy.id)
    return SUCCESS.render(True)


def taking(jobs: Jobs) -> Jobs:
    """Return *jobs* whose clock takes snapshots: as createSnapshot by the user of the system."""
    world = jobs.world
    system = next(a for a in world.store.accounts.values() if a.role is Role.SYSTEM)
    user = User(str(uuid5(UUID(system.id), "user")), 1, system.name, system.id)

    def take(policy: SnapshotPolicy) -> None:
        volume = world.store.volumes[policy.volume_id]
        args = {"volumeid": volume, "policyid": policy}
        owner = world.store.accounts[volume.account_id]
        snapshot(Call(world, jobs, user, owner, args, "createSnapshot"))

    jobs.cleaner.scheduler.take = take
    return jobs


COMMANDS = (
    Command(
        "createSnapshotPolicy",
        create,
        "intervaltype:text! maxsnaps:integer! schedule:text! timezone:text! volumeid:volume!~ "
        "fordisplay:bool tags:map",
        says="Has snapshots of a volume taken every hour, day, week or month",
        answers=SNAPSHOT_POLICY,
    ),
    Command(
        "updateSnapshotPolicy",
        update,
        "id:policy@ fordisplay:bool customid:text",
        says="Changes whether a snapshot policy is on display, and so whether it takes snapshots",
        answers=SNAPSHOT_POLICY,
        is_async=True,
    ),
    Command(
        "listSnapshotPolicies",
        policies_of,
        f"id:policy volumeid:volume~ {OWNED}",
        says="Lists the snapshot policies of volumes",
        answers=SNAPSHOT_POLICY,
        roles="ASDUR",
    ),
    Command(
        "deleteSnapshotPolicies",
        delete,
        "id:policy ids:policy*",
        says="Deletes snapshot policies",
        answers=SUCCESS,
    ),
)
