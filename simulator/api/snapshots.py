"""The commands of volume snapshots."""

from typing import Any

from simulator.api import render_volume as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, named, paged, same, tagged, visible
from simulator.api.matching import containing, same_text
from simulator.api.render import SUCCESS
from simulator.api.submit import submit, submit_success
from simulator.domain.limits import Resource
from simulator.domain.management import Tag
from simulator.domain.records import Snapshot, Vm, Volume
from simulator.domain.releases import Flag
from simulator.domain.rules import Phase
from simulator.domain.snapshots import (
    ACTIVE,
    AT_ONCE,
    DELETE_SNAPSHOT,
    LIST_SNAPSHOTS,
    RECURRING,
    SNAPSHOT,
    Listed,
    OldSnap,
    Snap,
)
from simulator.domain.states import VolumeState
from simulator.engine import disks
from simulator.engine.jobs import Job
from simulator.engine.reverts import revert_volume
from simulator.engine.scheduling import rotate
from simulator.engine.world import Flow


def tag_all(call: Call, record_id: str, kind: str, account_id: str) -> None:
    """Give a new record the tags that came with its command."""
    pairs = {t["key"]: t.get("value", "") for t in call.args.get("tags", ()) if t.get("key")}
    for key, value in pairs.items():
        tags = call.world.store.tags.setdefault(record_id, {})
        tags[key] = Tag(key, value, kind, record_id, account_id)


def sees_volume(call: Call) -> None:
    """Refuse a list of what a volume has that is not the caller's; one that is gone has none."""
    volume = call.args.get("volumeid")
    may = volume is None or volume.removed or call.world.may(call.account, volume.account_id)
    args = call.args
    kind, interval = args.get("snapshottype"), args.get("intervaltype")
    case = Listed(call.world.dialect, may, kind, interval if volume is not None else None)
    LIST_SNAPSHOTS.require(Phase.REQUEST, case)


def snapshot(call: Call) -> Row:
    """createSnapshot: the row is made at once; of a policy, the oldest make room for it."""
    world, store = call.world, call.world.store
    volume, policy = call.args["volumeid"], call.args.get("policyid")
    SNAPSHOT.require(Phase.REQUEST, _case(call, volume))
    taken = Snapshot(
        id=store.new_id(),
        db_id=store.new_row("snapshot"),
        name=call.args.get("name", render.snapshot_name(call, volume)),
        account_id=volume.account_id,
        zone_id=volume.zone_id,
        volume_id=volume.id,
        volume_name=volume.name,
        state="Allocated",
        size_bytes=volume.size_bytes,
        template_id=volume.template_id,
        disk_offering_id=volume.disk_offering_id,
        service_offering_id=volume.service_offering_id,
        created_s=world.env.now,
        interval=policy.interval.upper() if policy else "MANUAL",
    )
    store.put_snapshot(taken)

    def flow() -> Flow:
        yield from disks.snapshot(world, taken.id)
        if policy is not None:
            rotate(world, taken.id, policy.id)
            for tag in store.tags.get(policy.id, {}).values():
                tags = store.tags.setdefault(taken.id, {})
                tags[tag.key] = tag._replace(kind="Snapshot", record_id=taken.id)
        tag_all(call, taken.id, "Snapshot", taken.account_id)
        return taken.id

    def show(taken_id: str, _: Job) -> Row:
        return {"snapshot": render.snapshot(call, store.snapshots[taken_id], fresh=True)}

    return {"id": taken.id, **submit(call, flow(), "snapshot", show, ("Snapshot", taken.id))}


def _case(call: Call, volume: Volume) -> Snap:
    """Return what the rules about a new snapshot look at."""
    world, store = call.world, call.world.store
    zone, pool = store.zones[volume.zone_id], store.pools.get(volume.pool_id or "")
    vm = store.vms.get(volume.vm_id or "")
    location = call.args.get("locationtype")
    stays = (location or "").strip().upper() == "PRIMARY"
    if stays and Flag.SNAPSHOTS_COUNT_AS_SECONDARY not in world.dialect:
        storage = Resource.PRIMARY_STORAGE
    else:
        storage = Resource.SECONDARY_STORAGE
    wanted = ((Resource.SNAPSHOT, 1), (storage, volume.size_bytes))
    return Snap(
        dialect=world.dialect,
        volume=volume,
        vm=vm,
        owner=store.accounts[volume.account_id],
        over_limit=world.over_limits(volume.account_id, *wanted),
        caller_may=world.may(call.account, volume.account_id),
        zone_name=zone.name,
        zone_open=zone.enabled or call.is_root,
        location=location,
        managed=pool is not None and pool.managed,
        busy=vm is not None and _busy(call, vm),
        vm_busy=vm is not None and _vm_busy(call, vm),
    )


def _busy(call: Call, vm: Vm) -> bool:
    """Return whether a snapshot of any volume of a VM is being taken."""
    siblings = call.world.store.siblings(vm.id)
    return any(volume.state is VolumeState.SNAPSHOTTING for volume in siblings)


def _vm_busy(call: Call, vm: Vm) -> bool:
    """Return whether a VM snapshot of a VM is being taken, reverted to or removed."""
    taken = call.world.store.vm_snapshots.values()
    return any(s.vm_id == vm.id and s.state in ACTIVE and not s.removed for s in taken)


def delete_snapshot(call: Call) -> Row:
    """deleteSnapshot."""
    store, taken = call.world.store, call.args["id"]

    def flow() -> Flow:
        yield call.world.spend("work")
        now = store.snapshots[taken.id]
        DELETE_SNAPSHOT.require(Phase.JOB, OldSnap(call.world.dialect, now))
        if now.state not in AT_ONCE:
            text = "Failed to delete snapshot chain."
            yield from call.world.send(None, "DeleteCommand", taken.id, text)
        store.put_snapshot(store.snapshots[taken.id]._replace(removed=True))

    return submit_success(call, flow(), "snapshot", ("Snapshot", taken.id))


def revert(call: Call) -> Row:
    """revertSnapshot: a volume is again as it was."""
    taken = call.args["id"]

    def show(taken_id: str, _: Job) -> Row:
        store = call.world.store
        return {"snapshot": render.snapshot(call, store.snapshots[taken_id], fresh=True)}

    flow = revert_volume(call.world, taken.id)
    return submit(call, flow, "snapshot", show, ("Snapshot", taken.id))


def list_snapshots(call: Call) -> Row:
    """listSnapshots with its filters."""
    sees_volume(call)
    sees = visible(call)
    rows = [
        taken
        for taken in named(call, "snapshots")
        if not taken.removed and _wanted(call, taken) and sees(taken.account_id)
    ]
    return paged(call, "snapshot", rows, lambda row: render.snapshot(call, row))


def _wanted(call: Call, taken: Snapshot) -> bool:
    args = call.args
    kind, interval = args.get("snapshottype", "").upper(), args.get("intervaltype", "").upper()
    kinds: Any = RECURRING if kind == "RECURRING" else {kind}
    if not kind:
        kinds = {interval} if interval and "volumeid" in args else {taken.interval}
    return (
        taken.interval in kinds
        and same_text(args.get("name", taken.name), taken.name)
        and containing(args.get("keyword", ""))(taken.name)
        and same(args.get("volumeid"), taken.volume_id)
        and same(args.get("zoneid"), taken.zone_id)
        and tagged(call, taken.id)
    )


COMMANDS = (
    Command(
        "createSnapshot",
        snapshot,
        "volumeid:volume!~ policyid:policy locationtype:text name:text tags:map",
        says="Takes a snapshot of a volume",
        answers=render.SNAPSHOT,
        is_async=True,
    ),
    Command(
        "deleteSnapshot",
        delete_snapshot,
        "id:snapshot!@",
        says="Deletes a volume snapshot",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "revertSnapshot",
        revert,
        "id:snapshot!@",
        says="Makes a volume as a snapshot of it is",
        answers=render.SNAPSHOT,
        is_async=True,
    ),
    Command(
        "listSnapshots",
        list_snapshots,
        "id:snapshot~ ids:snapshot*~ intervaltype:text name:text snapshottype:text "
        f"volumeid:volume~ zoneid:zone tags:map {OWNED}",
        says="Lists the volume snapshots",
        answers=render.SNAPSHOT,
        roles="ASDUR",
    ),
)
