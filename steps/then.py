"""What can be seen afterwards."""

import tomllib
from pathlib import Path
from typing import Any

from pytest_bdd import then

from steps.words import words
from steps.world import World

REASONS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8")
)


@then("the job succeeds")
@then("the request succeeds")
def succeeds(world: World) -> None:
    """Check the last outcome."""
    assert not world.outcome.where, world.outcome


@then(words("the request is refused because {reason:reason}"))
def refused(world: World, reason: str) -> None:
    """Check code, place and words of the refusal, and that nothing changed."""
    row = REASONS[reason] | REASONS[reason].get(world.dialect, {})
    got = world.outcome
    assert (got.where, got.code) == (row["where"], row["code"]), got
    assert row.get("text", "") in got.text, got
    after = world.observe()
    changed = {i for i in world.before | after if world.before.get(i) != after.get(i)}
    assert not changed, [(world.before.get(i), after.get(i)) for i in changed]


@then(words('volume "{volume:alias}" is a detached {kind:alias}'))
def is_detached(world: World, volume: str, kind: str) -> None:
    """Check type and that no VM and no device id is shown."""
    row = world.volume(volume)
    assert row["type"] == kind, row
    assert not {"virtualmachineid", "deviceid", "vmname", "attached"} & row.keys(), row


@then(words('volume "{volume:alias}" is the {kind:alias} of VM "{vm:alias}" at device {device:d}'))
@then(words('volume "{volume:alias}" is a {kind:alias} of VM "{vm:alias}" at device {device:d}'))
def is_attached(world: World, volume: str, kind: str, vm: str, device: int) -> None:
    """Check type, VM and device id."""
    row = world.volume(volume)
    found = (row["type"], row.get("virtualmachineid"), row.get("deviceid"))
    assert found == (kind, world.vms[vm], device), row


@then(words('VM "{vm:alias}" has exactly these volumes'))
def has_volumes(world: World, vm: str, datatable: list[list[str]]) -> None:
    """Compare the VM's volumes with a table of volume, type and device."""
    rows = world.rows("listVolumes", "volume", virtualmachineid=world.vms[vm])
    found = {(r["id"], r["type"], str(r["deviceid"])) for r in rows}
    assert found == {(world.volumes[v], kind, device) for v, kind, device in datatable[1:]}


@then(words('VM "{vm:alias}" has no volumes'))
def has_none(world: World, vm: str) -> None:
    """Check that the VM is listed and nothing is on it."""
    assert world.vm(vm)["id"] == world.vms[vm]
    assert not world.rows("listVolumes", "volume", virtualmachineid=world.vms[vm])


@then(words('VM "{vm:alias}" is {state:alias}'))
def vm_is(world: World, vm: str, state: str) -> None:
    """Check the VM's state."""
    assert world.vm(vm)["state"] == state


@then(words('volume "{volume:alias}" differs from its start only in "{fields:any}"'))
def differs(world: World, volume: str, fields: str) -> None:
    """Compare all fields with those at the beginning."""
    old, new = world.starts[volume], world.volume(volume)
    changed = {k for k in old.keys() | new.keys() if old.get(k) != new.get(k)}
    assert changed <= set(fields.split(", ")), changed


@then(words('field "{field:alias}" of volume "{volume:alias}" is "{text:any}"'))
def field_is(world: World, field: str, volume: str, text: str) -> None:
    """Check one field of a volume; "absent" is a field that is not there."""
    row = world.volume(volume)
    shown = str(row[field]) if field in row else "absent"
    assert shown == text, row


@then(words('the answer has the field "{field:alias}"'))
def answer_has(world: World, field: str) -> None:
    """Check the body of the reply or of its job."""
    result = world.outcome.body.get("jobresult", {})
    inner = result.get("volume", {}) if isinstance(result, dict) else {}
    assert field in world.outcome.body | inner, world.outcome


@then(words("{count:d} of the requests succeed"))
@then(words("{count:d} of the requests succeeds"))
def so_many(world: World, count: int) -> None:
    """Count the successes of requests sent at once."""
    assert sum(not o.where for o in world.outcomes) == count, world.outcomes


@then(words('hosts were told "{command:alias}" {count:d} times'))
def told(world: World, command: str, count: int) -> None:
    """Count an agent command over the whole scenario."""
    assert [c[2] for c in world.stage.agent_commands()].count(command) == count


@then(words('volumes of type {kind:alias} of VM "{vm:alias}" are "{names:any}"'))
def of_type(world: World, kind: str, vm: str, names: str) -> None:
    """Check the type filter of the list."""
    rows = world.rows("listVolumes", "volume", type=kind, virtualmachineid=world.vms[vm])
    wanted = {world.volumes[n] for n in names.split(", ") if n}
    assert {r["id"] for r in rows} == wanted, rows
