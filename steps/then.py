"""What can be seen afterwards."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pytest_bdd import then

from simulator.domain.calls import OF_ONE_PROJECT
from simulator.domain.dialect import SPEC, dialect_of
from simulator.port import Reply
from steps.lists import VOLATILE
from steps.needs import STAGE, Need, needs
from steps.outcomes import Outcome
from steps.own import own
from steps.places import ROLES
from steps.words import words
from steps.world import World

REASONS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8")
)

_NAMED = re.compile(r"\{(\w+)\}")
"""In the text of a reason, the name that a scenario gave something: runs put theirs before it."""


@cache
def spoken_by(name: str) -> tuple[str, ...]:
    """Return the keys under which a reason may stand otherwise for a dialect, the last wins."""
    dialect = dialect_of(name)
    product = () if dialect is SPEC else ("acs-4.22",)
    return *product, *sorted(str(trait) for trait in dialect.traits)


def reason_in(dialect: str, reason: str) -> dict[str, Any]:
    """Return how a reason is in a dialect."""
    row = REASONS[reason]
    for name in spoken_by(dialect):
        row = row | row.get(name, {})
    return row


def words_of(world: World, reason: str) -> str:
    """Return the words that a refusal for *reason* contains."""
    text = reason_in(world.dialect, reason).get("text", "")
    return _NAMED.sub(lambda name: world.site.named(name[1]), text)


def is_refusal(world: World, got: Outcome, reason: str) -> bool:
    """Return whether a request ended for *reason*: code, place and words.

    On a cloud with a clock of its own, a race may be lost at another moment for another reason.
    """
    row, text = reason_in(world.dialect, reason), words_of(world, reason)
    right = (got.where, got.code) == (row["where"], row["code"]) and text in got.text
    if right and (got.where != "sync" or _numbered(got, row)):
        return True
    others = row.get("on_its_own_clock", ()) if world.site.stage is None else ()
    return any(is_refusal(world, got, other) for other in others)


_OK = 200
_LEAST = {name: {"id": "none"} for name in OF_ONE_PROJECT}
"""What a command is called with at the least, lest nothing be answered."""
_CS = {431: 4350, 530: 4250, 531: 4365, 535: 4370, 537: 4360} | dict.fromkeys(
    (430, 432, 533, 534), 9999
)
"""Code of a refusal -> its cserrorcode, where its reason names no other; 401 has none."""


def _numbered(got: Outcome, row: dict[str, Any]) -> bool:
    """Return whether a refusal in a reply has the envelope of one, its numbers and its ids."""
    if got.code == _OK:
        return got.body == {}
    wanted = row.get("cs", _CS.get(got.code))
    shown = got.body.get("cserrorcode")
    listed = [row.get("description") for row in got.body.get("uuidList", [{}])]
    named = got.body.get("errorcode") == got.code and listed == row.get("ids", [])
    return named and (shown in wanted if isinstance(wanted, list) else shown == wanted)


def refusal_of(reply: Reply) -> Outcome:
    """Return how a request ended that was answered at once."""
    where = "" if reply.status == 200 and reply.root else "sync"
    return Outcome(where, reply.status, reply.body.get("errortext", ""), reply.body)


@then("the request succeeds")
def succeeds(world: World) -> None:
    """Check the last outcome."""
    assert not world.outcome.where, world.outcome


@then(words("the request is refused because {reason:reason}"))
def refused(world: World, reason: str) -> None:
    """Check code, place and words of the refusal, and that nothing changed."""
    assert is_refusal(world, world.outcome, reason), world.outcome
    after = world.observe()
    changed = {i for i in world.before | after if world.before.get(i) != after.get(i)}
    assert not changed, [(world.before.get(i), after.get(i)) for i in changed]


@then(words("the {who:who} {may:may} call"))
def may_call(world: World, who: str, may: str, datatable: list[list[str]]) -> None:
    """Check the role: what may be called answers something else, be it that an id is missing."""
    cloud = world.caller(who)
    names = [name for row in datatable for name in row if name]
    replies = {name: cloud.call(name, **_LEAST.get(name, {})) for name in names}
    shut = {n for n, r in replies.items() if is_refusal(world, refusal_of(r), "not-available")}
    wanted = set() if may == "may" else set(replies)
    assert shut == wanted, shut ^ wanted


@then(words("{count:d} of the requests succeeded"))
def so_many(world: World, count: int) -> None:
    """Count the successes of requests sent at once."""
    assert sum(not o.where for o in world.outcomes) == count, [o[:3] for o in world.outcomes]


@then(words("{count:d} of the requests failed because {reason:reason}"))
def so_many_refused(world: World, count: int, reason: str) -> None:
    """Count the refusals of requests sent at once."""
    found = [o for o in world.outcomes if is_refusal(world, o, reason)]
    assert len(found) == count, [o[:3] for o in world.outcomes]


@then(words('volume "{volume:alias}" is a detached {kind:alias}'))
def is_detached(world: World, volume: str, kind: str) -> None:
    """Check type and that no VM and no device id is shown."""
    row = world.volume(volume)
    assert row["type"] == kind, row
    assert not {"virtualmachineid", "deviceid", "vmname", "attached"} & row.keys(), row


@then(
    words('volume "{volume:alias}" is {the:the} {kind:alias} of VM "{vm:alias}" at device {at:d}')
)
def is_attached(world: World, volume: str, kind: str, vm: str, at: int) -> None:
    """Check type, VM and device id."""
    row = world.volume(volume)
    found = (row["type"], row.get("virtualmachineid"), row.get("deviceid"))
    assert found == (kind, world.vms[vm], at), row


@then(words('VM "{vm:alias}" has exactly these volumes'))
def has_volumes(world: World, vm: str, datatable: list[list[str]]) -> None:
    """Compare the VM's volumes with a table of volume, type and device."""
    assert world.vm(vm)["id"] == world.vms[vm]
    rows = world.rows("listVolumes", "volume", virtualmachineid=world.vms[vm])
    found = {(r["id"], r["type"], str(r["deviceid"])) for r in rows}
    assert found == {(world.volumes[v], kind, device) for v, kind, device in datatable[1:]}


@then(words('VM "{vm:alias}" has {count:d} volumes, each at a device of its own'))
def has_so_many(world: World, vm: str, count: int) -> None:
    """Count the volumes of a VM and their device ids."""
    rows = world.rows("listVolumes", "volume", virtualmachineid=world.vms[vm])
    assert (len(rows), len({r["deviceid"] for r in rows})) == (count, count), rows


@then(words('VM "{vm:alias}" is {state:alias}'))
def vm_is(world: World, vm: str, state: str) -> None:
    """Check the VM's state."""
    assert world.vm(vm)["state"] == state


@then(words('{what:what} "{alias:alias}" differs from its start only in "{fields:any}"'))
def differs(world: World, what: str, alias: str, fields: str) -> None:
    """Compare all fields with those at the beginning."""
    old, new = world.starts[alias], world.see(what, alias)
    changed = {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
    assert changed <= set(fields.split(", ")), changed


@then(words('field "{field:alias}" of {what:what} "{alias:alias}" is "{text:any}"'))
def field_is(world: World, field: str, what: str, alias: str, text: str) -> None:
    """Check one field; "present" and "absent" are fields that are there or not."""
    row = world.see(what, alias)
    shown = str(row[field]) if field in row else "absent"
    text = str(world.places.row(text)["name"]) if text in ROLES else text
    known = {text, world.site.named(text)}
    assert shown in known or (text == "present" and field in row), row


@then(words('the answer has the field "{field:alias}"'))
def answer_has(world: World, field: str) -> None:
    """Check the body of the reply or of its job."""
    result = world.outcome.body.get("jobresult", {})
    inner = result.get("volume", {}) if isinstance(result, dict) else {}
    assert field in world.outcome.body | inner, world.outcome


@then(words('the events of volume "{volume:alias}" end with'))
def events_end_with(world: World, volume: str, datatable: list[list[str]]) -> None:
    """Compare the latest events of a volume, oldest first, with a table of their fields."""
    names, *wanted = datatable
    about = {"resourceid": world.volumes[volume], "resourcetype": "Volume"}
    found = world.rows("listEvents", "event", **about)[-len(wanted) :]
    assert [[row[name] for name in names] for row in found] == wanted


@then("the job was pending before it ended")
def was_pending(world: World) -> None:
    """Check how the job was seen by a caller who polls; elsewhere it may end before the first."""
    *early, last, after = world.outcome.polls
    assert set(early) == {0} or (not early and world.site.stage is None), world.outcome.polls
    assert last == after != 0


@then("asking for the job again gives the same result")
def same_again(world: World) -> None:
    """Poll a job that has ended once more, as whoever asked for it: others may see more of it."""
    job = world.outcome.body["jobid"]
    again = world.must(world.asker, "queryAsyncJobResult", jobid=job)
    assert again == {k: v for k, v in world.outcome.body.items() if k in again}


@then(words('hosts were told "{command:alias}" {count:d} times'))
@needs(STAGE)
def told(world: World, command: str, count: int) -> None:
    """Count an agent command since the first request."""
    sent = world.stage.agent_commands()[world.told_before or 0 :]
    assert [c[2] for c in sent].count(command) == count, sent


@then(words('the requests were "{commands:any}"'))
def were(world: World, commands: str) -> None:
    """Compare the commands asked, in order."""
    assert world.asked == commands.split(", ")


@then(words("the {who:who} owns {count:d} volumes of {gib:d} GiB in all"))
@needs(Need("account", "fresh account"))
def owns(world: World, who: str, count: int, gib: int) -> None:
    """Check what an account is counted to own."""
    name = world.account(who)["name"]
    row = next(r for r in world.rows("listAccounts", "account") if r["name"] == name)
    assert (row["volumetotal"], row["primarystoragetotal"]) == (count, gib), row


@then(words('listVolumes shows the {who:who} "{names:any}" with'))
def lists(world: World, who: str, names: str, datatable: list[list[str]]) -> None:
    """Check what a list shows a caller, its filters one per row."""
    text = {name: world.value(cell) for name, cell in datatable}
    rows = own(world, who, world.must(who, "listVolumes", **text).get("volume", []))
    wanted = sorted(world.volumes[n] for n in names.split(", ") if n)
    assert sorted(r["id"] for r in rows) == wanted, rows


@then(words("pages of {size:d} volumes show the {who:who} {count:d} volumes, each once"))
def paged(world: World, size: int, who: str, count: int) -> None:
    """Read a list page by page."""
    found: list[str] = []
    for page in range(1, count + 2):
        text = {"listall": "true", "page": str(page), "pagesize": str(size)}
        found += [r["id"] for r in world.must(who, "listVolumes", **text).get("volume", [])]
    assert (len(found), len(set(found))) == (count, count)


@then(words('the result is volume "{volume:alias}" as the {who:who} sees it'))
def result_is(world: World, volume: str, who: str) -> None:
    """Compare the result of the last job with the list."""
    shown = world.must(who, "listVolumes", id=world.volumes[volume])["volume"][0]
    result = world.outcome.body["jobresult"]["volume"]
    assert {k: v for k, v in result.items() if k not in VOLATILE} == shown


@then(words("all was done within {seconds:d} seconds"))
@needs(STAGE)
def within(world: World, seconds: int) -> None:
    """Check how long it took since the last requests were sent, polls included."""
    assert world.site.now_s() - world.began_s <= seconds
