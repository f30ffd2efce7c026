"""What callers do."""

from pytest_bdd import when

from steps.words import words
from steps.world import World


@when(words('the {who:who} detaches volume "{volume:alias}"'))
def detach(world: World, who: str, volume: str) -> None:
    """Detach by id."""
    world.ask(who, "detachVolume", id=world.volumes[volume])


@when(words('the {who:who} detaches device {device:d} from VM "{vm:alias}"'))
def detach_slot(world: World, who: str, device: int, vm: str) -> None:
    """Detach by device id and VM."""
    world.ask(who, "detachVolume", deviceid=str(device), virtualmachineid=world.vms[vm])


@when(words('the {who:who} attaches volume "{volume:alias}" to VM "{vm:alias}"'))
@when(
    words(
        'the {who:who} attaches volume "{volume:alias}" to VM "{vm:alias}" as device {device:alias}'
    )
)
def attach(world: World, who: str, volume: str, vm: str, device: str = "") -> None:
    """Attach, at a device id or at the first free one."""
    extra = {"deviceid": device} if device else {}
    world.ask(
        who,
        "attachVolume",
        id=world.volumes[volume],
        virtualmachineid=world.vms[vm],
        **extra,
    )


_VM_VERBS = ("start", "stop", "destroy", "expunge", "recover", "reboot")


@when(words('the {who:who} {verb:alias}s VM "{vm:alias}"'))
def on_vm(world: World, who: str, verb: str, vm: str) -> None:
    """Start, stop, destroy, expunge, recover or reboot a VM."""
    assert verb in _VM_VERBS, verb
    world.ask(who, f"{verb}VirtualMachine", id=world.vms[vm])


def value(world: World, text: str) -> str:
    """Return the id that `volume:alias` or `vm:alias` stands for, else *text*."""
    kind, _, alias = text.partition(":")
    known = {"volume": world.volumes, "vm": world.vms}.get(kind, {})
    return known.get(alias, text)


@when(words("the {who:who} calls {command:alias} with"))
def call(world: World, who: str, command: str, datatable: list[list[str]]) -> None:
    """Call any command; the table has one parameter and value per row."""
    world.ask(who, command, **{name: value(world, text) for name, text in datatable})


@when(words("the {who:who} asks all at once"))
def at_once(world: World, who: str, datatable: list[list[str]]) -> None:
    """Send several requests before any job ends."""
    names, *rows = datatable
    sent = []
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        command = cells.pop("command")
        text = {name: value(world, cell) for name, cell in cells.items() if cell}
        sent.append(world.submit(who, command, text))
    world.outcomes = [world.finish(cloud, reply) for cloud, reply in sent]
