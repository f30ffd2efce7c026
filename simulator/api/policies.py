"""Snapshot policies: when snapshots of a volume shall be taken. Nothing takes them here."""

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, listing
from simulator.api.render import tags, zone_of
from simulator.domain.errors import Kind, Refused
from simulator.domain.records import SnapshotPolicy
from simulator.domain.rules import Phase
from simulator.domain.snapshots import INTERVALS, POLICY, Policy


def render(call: Call, record: SnapshotPolicy) -> Row:
    """Return SnapshotPolicyResponse."""
    volume = call.world.store.volumes[record.volume_id]
    zone = zone_of(call, volume.zone_id)
    return {
        "id": record.id,
        "volumeid": volume.id,
        "volumename": volume.name,
        "schedule": record.schedule,
        "intervaltype": INTERVALS[record.interval],
        "maxsnaps": record.keep,
        "timezone": record.timezone,
        "fordisplay": True,
        "zone": [{"id": zone["zoneid"], "name": zone["zonename"]}],
        "tags": tags(call, record.id),
        "hasannotations": False,
    }


def create(call: Call) -> Row:
    """createSnapshotPolicy: another one of the same interval is replaced."""
    store, args, volume = call.world.store, call.args, call.args["volumeid"]
    case = Policy(call.world.dialect, volume, args["intervaltype"], args["maxsnaps"])
    POLICY.require(Phase.REQUEST, case)
    interval = case.interval.lower()
    old = next(
        (
            p
            for p in store.snapshot_policies.values()
            if (p.volume_id, p.interval, p.removed) == (volume.id, interval, False)
        ),
        None,
    )
    made = SnapshotPolicy(
        old.id if old else store.new_id(),
        old.db_id if old else store.new_row("policy"),
        volume.account_id,
        volume.id,
        interval,
        args["schedule"],
        args["timezone"],
        case.keep,
    )
    store.snapshot_policies[made.id] = made
    return {"snapshotpolicy": render(call, made)}


def delete(call: Call) -> Row:
    """deleteSnapshotPolicies, by id or ids."""
    store, args = call.world.store, call.args
    doomed = [args["id"]] if "id" in args else args.get("ids", [])
    if not doomed:
        text = "Need to specify either id or ids"
        raise Refused(Kind.PARAM, text, "REQ-03")
    if not all(call.world.may(call.account, policy.account_id) for policy in doomed):
        text = "Caller does not have permission to operate with provided resource."
        raise Refused(Kind.DENIED, text, "REQ-06")
    for policy in doomed:
        store.snapshot_policies[policy.id] = policy._replace(removed=True)
    return {"success": True}


COMMANDS = (
    Command(
        "createSnapshotPolicy",
        create,
        "volumeid:volume!@ intervaltype:text! maxsnaps:integer! schedule:text! timezone:text!",
        says="Notes when snapshots of a volume shall be taken",
        answers="snapshotpolicy",
    ),
    Command(
        "listSnapshotPolicies",
        listing("snapshot_policies", "snapshotpolicy", render, by="volumeid", owned=True),
        f"id:policy volumeid:volume@ {OWNED}",
        says="Lists the snapshot policies of volumes",
        answers="snapshotpolicy",
        roles="ASDUR",
    ),
    Command(
        "deleteSnapshotPolicies",
        delete,
        "id:policy ids:policy*",
        says="Deletes snapshot policies",
        answers="success",
    ),
)
