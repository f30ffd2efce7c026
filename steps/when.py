"""What callers do."""

from typing import TYPE_CHECKING

from pytest_bdd import when

from simulator.api.signing import signature
from steps.words import words
from steps.world import World

if TYPE_CHECKING:
    from simulator.port import Cloud, Reply
    from steps.outcomes import Outcome

Table = list[list[str]]


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


@when(
    words(
        'the {who:who} takes volume "{volume:alias}" off VM "{vm:alias}" '
        "and puts it back as ROOT {count:d} times"
    )
)
def round_trips(world: World, who: str, volume: str, vm: str, count: int) -> None:
    """Detach and attach again and again; all must succeed."""
    for _ in range(count):
        detach(world, who, volume)
        assert not world.outcome.where, world.outcome
        attach(world, who, volume, vm, "0")
        assert not world.outcome.where, world.outcome


_VM_VERBS = ("start", "stop", "destroy", "expunge", "recover", "reboot")


@when(words('the {who:who} {verb:alias}s VM "{vm:alias}"'))
def on_vm(world: World, who: str, verb: str, vm: str) -> None:
    """Start, stop, destroy, expunge, recover or reboot a VM."""
    assert verb in _VM_VERBS, verb
    world.ask(who, f"{verb}VirtualMachine", id=world.vms[vm])


@when(words("the {who:who} calls {command:alias} with"))
def call(world: World, who: str, command: str, datatable: Table) -> None:
    """Call any command; the table has one parameter and value per row."""
    world.ask(who, command, **{name: world.value(text) for name, text in datatable})


@when(words("the {who:who} signs {command:alias} with"))
def sign(world: World, who: str, command: str, datatable: Table) -> None:
    """Send a signed request as it is; "secret" is signed with, "signature" sent in its place."""
    cloud, (key, secret) = world.caller(who), world.people.keys[who]
    given = {name: world.value(text) for name, text in datatable}
    secret, instead = given.pop("secret", secret), given.pop("signature", None)
    sent = {"command": command, "apiKey": key, "response": "json"} | given
    signed = instead or signature(sent, secret)
    world.begin()
    world.outcome = world.finish(cloud, cloud.send(sent | {"signature": signed}))


@when(words("the {who:who} deploys {many:many} with"))
def deploy(world: World, who: str, many: str, datatable: Table) -> None:
    """Deploy VMs as usual but for what the table says; "none" leaves a parameter out.

    The hosts are those of the usual hypervisor in the first zone; all VMs but the last must start.
    """
    usual = {
        "zoneid": "zone:a-zone",
        "templateid": "template:usual",
        "serviceofferingid": "service:Small Instance",
    }
    wanted = usual | dict(datatable)
    text = {name: world.value(cell) for name, cell in wanted.items() if cell != "none"}
    count = 1 if many == "a VM" else len(list(world.places.near_hosts()))
    for left in reversed(range(count)):
        outcome = world.ask(who, "deployVirtualMachine", **text)
        assert not left or not outcome.where, outcome


_UNDER_WAY = {"Creating", "CreatedOnPrimary", "BackingUp"}


def _until_snapshotting(world: World, name: str) -> None:
    """Wait until a snapshot is under way: a fixed delay would miss it on a busy cloud."""
    due_s = world.site.now_s() + world.site.job_timeout_s
    states: list[str] = []
    while not _UNDER_WAY & set(states):
        assert world.site.now_s() < due_s, states
        world.cloud.sleep(0.1)
        rows = world.listed("listSnapshots", "snapshot", volumeid=world.volumes[name])
        states = [str(row["state"]) for row in rows]
        assert "BackedUp" not in states, "the snapshot was over before it was seen under way"


@when(words("the {who:who} asks all at once"))
def at_once(world: World, who: str, datatable: Table) -> None:
    """Send several requests without waiting for their jobs.

    The columns are the command and its parameters; "after" is how many seconds later than the
    one before a request is sent, "during snapshot of" names the volume of which a snapshot must
    be under way, "who" names another caller.
    """
    names, *rows = datatable
    for row in rows:
        world.caller(row[names.index("who")] if "who" in names else who)
    world.begin()
    sent: list[tuple[Cloud, Reply]] = []
    for row in rows:
        cells = {name: cell for name, cell in zip(names, row, strict=True) if cell}
        world.cloud.sleep(float(cells.pop("after", "0")))
        if name := cells.pop("during snapshot of", ""):
            _until_snapshotting(world, name)
        command, asker = cells.pop("command"), cells.pop("who", who)
        world.asked.append(command)
        text = {name: world.value(cell) for name, cell in cells.items()}
        sent.append(world.submit(asker, command, text))
    ended: dict[int, Outcome] = {}
    for index in world.rng.sample(range(len(sent)), len(sent)):
        ended[index] = world.finish(*sent[index])
    world.outcomes = [ended[index] for index in range(len(sent))]
    world.outcome = world.outcomes[-1]
