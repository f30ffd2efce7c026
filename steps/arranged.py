"""What a scenario starts from that no API call leads to: settings, and the work of the stage."""

from typing import Any

from pytest_bdd import given

from steps.needs import STAGE, Need, needs
from steps.words import words
from steps.world import KEY, World

_KINDS = {
    "volume": "volume",
    "VM": "vm",
    "storage pool": "pool",
    "disk offering": "disk",
    "service offering": "service",
    "template": "template",
}
_FIELDS = {
    "delete protection": "protected",
    "encryption format": "encrypt_format",
    "device id": "device_id",
    "capacity": "capacity_bytes",
    "memory": "memory_bytes",
    "speed": "cpu_mhz",
    "allocation": "enabled",
    "local storage": "local",
    "ISO": "iso_id",
    "password reset": "password_enabled",
    "removal": "removed",
    "ROOT size": "root_gib",
}
_VALUES: dict[str, Any] = {"on": True, "off": False}


@given(words('the {field:field} of {what:what} "{name:any}" is {value:alias}'))
@needs(STAGE)
def field_is(world: World, field: str, what: str, name: str, value: str) -> None:
    """Overwrite a field; "on" and "off" are its switches."""
    kind = _KINDS.get(what, what)
    known = {"volume": world.volumes, "vm": world.vms}
    entity_id = known[kind][name] if kind in known else world.pick(kind, name)
    typed = int(value) if value.isdigit() else _VALUES.get(value, value)
    world.stage.arrange(kind, entity_id, **{_FIELDS.get(field, field): typed})


@given(words('volume "{volume:alias}" is in state {state:alias}'))
@needs(STAGE)
def volume_in_state(world: World, volume: str, state: str) -> None:
    """Put a volume into a state."""
    world.stage.arrange("volume", world.volumes[volume], state=state)


_POOLS: dict[str, dict[str, Any]] = {
    "managed": {"managed": True},
    "zone-wide": {"scope": "ZONE", "cluster_id": None, "pod_id": None},
}


@given(words('volume "{volume:alias}" lies on {kind:alias} storage'))
@needs(STAGE)
def on_storage(world: World, volume: str, kind: str) -> None:
    """Make the volume's pool another kind of pool."""
    world.stage.arrange("pool", world.volume(volume)["storageid"], **_POOLS[kind])


@given(words('volume "{volume:alias}" lies on local storage of host "{host:alias}"'))
@needs(STAGE)
def on_local(world: World, volume: str, host: str) -> None:
    """Make the volume's pool the host's own."""
    pool = world.volume(volume)["storageid"]
    world.stage.arrange("pool", pool, scope="HOST", host_id=world.pick("host", host))


@given(words('VM "{vm:alias}" has backups'))
@needs(STAGE)
def has_backups(world: World, vm: str) -> None:
    """Assign a backup offering."""
    world.stage.arrange("vm", world.vms[vm], backup_offering_id="gold")


_ROLES = {"ResourceAdmin": "Resource Admin"}
"""Role -> the stock role by which a root admin gives it to an account."""


def _of_state(given: dict[str, Any]) -> list[Need]:
    """Return what it needs that an account is of a state: some the API can bring about."""
    return [] if given["state"] in {"disabled", *_ROLES} else [STAGE]


@given(words("the {who:who} is {state:alias}"))
@needs(of=_of_state)
def account_is(world: World, who: str, state: str) -> None:
    """Disable an account, or give it a role, be it one that nobody can be given."""
    account_id = str(world.account(who)["id"])
    if world.site.stage is not None:
        changes = {"enabled": False} if state == "disabled" else {"role": state}
        world.stage.arrange("account", account_id, **changes)
    elif state == "disabled":
        world.must(KEY, "disableAccount", id=account_id, lock="false")
    else:
        role_id = world.pick("role", _ROLES[state])
        world.must(KEY, "updateAccount", id=account_id, roleid=role_id)


@given(words('the setting "{name:any}" is "{value:any}"'))
@needs(Need("setting"))
def setting(world: World, name: str, value: str) -> None:
    """Change a global setting; where others use the cloud it is put back afterwards."""
    if world.site.stage is not None:
        world.site.stage.configure(name, value)
        return
    world.must(KEY, "updateConfiguration", name=name, value=value)


@given(words("the next {command:alias} of a host fails"))
@needs(STAGE)
def strike(world: World, command: str) -> None:
    """Let a host refuse once."""
    world.stage.strike(command)


_TICK_S = 2.0


@given("the work queue has just ticked")
@needs(STAGE)
def ticked(world: World) -> None:
    """Wait until a tenth of a second after a tick of the queue of work."""
    world.cloud.sleep(_TICK_S - world.stage.now_s() % _TICK_S + 0.1)
