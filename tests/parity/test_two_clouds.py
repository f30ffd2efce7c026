"""Two clouds that are asked the same: alike, unlike by a dialect, unlike by a planted fault."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from conformance.parity.common import Common, NothingInCommon, shared
from conformance.parity.comparing import Divergence
from conformance.parity.drawing import Drawer
from conformance.parity.driving import Answered, Drive, first_divergence, shrunk
from conformance.parity.normal import Normaliser
from conformance.parity.operations import (
    CATALOGUE,
    GHOST,
    PARTS,
    Operation,
    fault,
)
from conformance.parity.sides import InProcess
from simulator.port import Cloud, Reply, Value
from steps.site import Site

DIALECT = "acs-4.22"


def quiet(_: str) -> None:
    """Show no progress."""


def drive(one: InProcess, two: InProcess, *ignored: str) -> Drive:
    return Drive([one, two], shared([one.common(), two.common()]), ignored, quiet)


def simulated(dialect: str = DIALECT, seed: int = 0, hypervisor: str = "") -> InProcess:
    return InProcess("simulated", dialect, hypervisor, seed)


class Altered:
    """A cloud whose answers are changed on their way."""

    def __init__(self, cloud: Cloud, change: Callable[[str, dict[str, Any]], None]) -> None:
        self._cloud, self._change = cloud, change

    def call(self, command: str, /, **parameters: Value) -> Reply:
        reply = self._cloud.call(command, **parameters)
        self._change(command, reply.body)
        return reply

    def send(self, parameters: Any) -> Reply:
        return self._cloud.send(parameters)

    def sleep(self, seconds: float) -> None:
        self._cloud.sleep(seconds)

    def sign_in(self, apikey: str, secretkey: str) -> "Altered":
        return Altered(self._cloud.sign_in(apikey, secretkey), self._change)


class Faulty(InProcess):
    """Clouds that lose what a job of a snapshot shows of its volume."""

    def enter(self) -> Site:
        site = super().enter()

        def change(command: str, body: dict[str, Any]) -> None:
            if command == "listSnapshots":
                for row in body.get("snapshot", []):
                    row["volumetype"] = "DATADISK"

        site.cloud = Altered(site.cloud, change)
        return site


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("hypervisor", ["", "Simulator"])
def test_alike_clouds_of_other_ids_hosts_and_latencies_answer_alike(
    seed: int, hypervisor: str
) -> None:
    both = drive(
        simulated(seed=seed, hypervisor=hypervisor), simulated(seed=-seed, hypervisor=hypervisor)
    )

    assert first_divergence(both.drawn(seed, 40)) == 46


def test_operations_are_both_taken_and_refused() -> None:
    """Half of nothing is no test: the draws succeed, fail at once and fail as jobs."""
    both, ends = drive(simulated(), simulated(seed=1)), set()
    for _, (answer, _) in both.drawn(5, 80):
        job = answer.outcome.get("job", {})
        ends.add((answer.outcome["status"] == 200, job.get("jobstatus")))

    assert {(True, 1), (True, 2), (False, None)} <= ends


def test_specification_and_product_differ_and_little_is_left_of_that() -> None:
    both = drive(simulated("spec"), simulated(DIALECT, seed=1), "bootable")
    found = first_divergence(both.drawn(0, 60))
    assert isinstance(found, Divergence)

    least = shrunk(both, found, quiet)

    assert least is not None
    assert len(least.operations) <= 4
    assert least.kind == found.kind
    assert all(op in found.operations for op in least.operations)


def test_a_planted_fault_is_seen_and_what_leads_there_is_all_that_is_shown() -> None:
    """The snapshot of a ROOT says it is one of a data volume."""
    both = drive(simulated(), Faulty("faulty", DIALECT, "", 1))
    operations = [
        Operation("owner", "deployVirtualMachine", {"name": "A"} | MACHINE),
        Operation("owner", "createVolume", {"name": "d1"} | DISK),
        Operation("owner", "stopVirtualMachine", {"id": "$A"}),
        Operation("stranger", "deleteVolume", {"id": "$d1"}),
        Operation("owner", "createSnapshot", {"name": "s1", "volumeid": "$ROOT of A"}),
        Operation("owner", "deleteVolume", {"id": "$d1"}),
    ]
    found = first_divergence(both.again(operations))
    assert isinstance(found, Divergence)
    assert [d.path for d in found.differences] == ["delta.snapshot.s1.volumetype"]

    least = shrunk(both, found, quiet)

    assert least is not None
    assert least.operations == [operations[0], operations[4]]


def test_what_is_not_seen_again_is_not_shrunk() -> None:
    both = drive(simulated(), simulated(seed=1))
    good = list(both.again([Operation("owner", "deleteVolume", {"id": GHOST})]))
    one, two = good[0][1]
    by_chance = Divergence([good[0][0]], (one, two._replace(outcome=two.outcome | {"status": 999})))

    assert shrunk(both, by_chance, quiet) is None


def test_ids_are_numbered_by_what_is_compared_alone() -> None:
    """An id in a field that is ignored moves no other's number."""

    def change(command: str, body: dict[str, Any]) -> None:
        if command == "listVolumes":
            for row in body.get("volume", []):
                row["aaa"] = f"{len(row):08x}-0000-0000-0000-000000000000"

    class More(InProcess):
        def enter(self) -> Site:
            site = super().enter()
            site.cloud = Altered(site.cloud, change)
            return site

    found = first_divergence(drive(simulated(), More("more", DIALECT, "", 1)).drawn(0, 10))
    assert isinstance(found, Divergence)
    assert {d.path.rpartition(".")[2] for d in found.differences} == {"aaa"}
    again = drive(simulated(), More("more", DIALECT, "", 1), "aaa")
    assert first_divergence(again.drawn(0, 10)) == 16


MACHINE = {"zoneid": "$zone", "templateid": "$template", "serviceofferingid": "$service"}
DISK = {"zoneid": "$zone", "diskofferingid": "$disk:Small"}


def draws(common: Common, seed: int, count: int) -> Iterator[Operation]:
    drawer = Drawer(common, seed)
    yield from drawer.opening()
    seen: dict[str, dict[str, dict[str, Any]]] = {
        "vm": {"A": {"state": "Running"}},
        "volume": {"ROOT of A": {"virtualmachineid": "<A>"}, "d1": {}},
        "snapshot": {"s1": {}},
    }
    yield from (drawer.next(seen) for _ in range(count))


def test_the_same_seed_draws_the_same_and_all_of_it_may_stand_in_a_cassette() -> None:
    common = simulated().common()
    drawn = list(draws(common, 7, 2000))

    assert drawn == list(draws(common, 7, 2000))
    assert drawn != list(draws(common, 8, 2000))
    assert [op for op in drawn if fault(op)] == []
    assert {op.command for op in drawn} == CATALOGUE.keys()
    assert {op.who for op in drawn} == set(PARTS)


def test_only_what_both_have_is_drawn() -> None:
    """No second zone, fewer commands, other offerings, no other accounts, destroyed VMs go."""
    one = simulated().common()
    two = Common(
        one.hypervisor, [c for c in one.commands if c != "resizeVolume"], ["owner"],
        one.service, {"Small": 7}, ["Custom"], False, False, 2, 4, 5 * 2**30,
    )  # fmt: skip
    both = shared([one, two])
    drawn = list(draws(both, 1, 1500))

    assert {op.who for op in drawn} == {"owner"}
    assert "resizeVolume" not in {op.command for op in drawn}
    assert all(op.given.get("diskofferingid", "$disk:Custom") == "$disk:Custom" for op in drawn)
    assert "$another zone" not in {op.given.get("zoneid") for op in drawn}
    assert all(op.given.get("expunge") for op in drawn if op.command == "destroyVirtualMachine")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"hypervisor": "VMware"}, "hosts of KVM here, of VMware there"),
        ({"service": "Tiny"}, "the least compute offering is Small Instance here, Tiny there"),
        ({"disks": {}, "custom": []}, "no disk offering that all have"),
        ({"commands": []}, "no command deployVirtualMachine that all have"),
    ],
)
def test_clouds_of_which_nothing_makes_sense_at_both(changes: dict[str, Any], text: str) -> None:
    one = simulated().common()
    fields = {name: getattr(one, name) for name in Common.__struct_fields__}

    with pytest.raises(NothingInCommon, match=text):
        shared([one, Common(**fields | changes)])


@pytest.mark.parametrize(
    "operation",
    [
        Operation("owner", "deleteDomain", {"id": "$ghost"}),
        Operation("nobody", "deleteVolume", {"id": "$d1"}),
        Operation("root admin", "destroyVirtualMachine", {"id": "7", "expunge": "true"}),
        Operation("owner", "deleteVolume", {"id": "f1a2fc28-7d89-4382-a34d-2ef3ab3efb04"}),
        Operation("owner", "deleteVolume", {"id": "$d1", "domainid": "$zone"}),
        Operation("owner", "createVolume", {"name": "../../etc"}),
    ],
    ids=str,
)
def test_nobody_elses_things_are_named_by_a_cassette(operation: Operation) -> None:
    assert fault(operation)


def closed(answered: Answered) -> Sequence[Operation]:
    return [operation for operation, _ in answered]


def test_a_room_is_left_whatever_happens() -> None:
    """Each attempt enters and leaves once, also when its reader stops early."""
    left: list[int] = []

    class Counted(InProcess):
        def leave(self) -> None:
            left.append(1)

    both = drive(Counted("a", DIALECT, "", 0), simulated("spec", seed=1))
    assert isinstance(first_divergence(both.drawn(0, 20)), Divergence)
    assert len(left) == 1
    closed(both.again([]))
    assert len(left) == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('Volume {"id":7,"instanceId":12,"name":"d1-3"}',
         'Volume {"id":<row>,"instanceId":<row>,"name":"<d1>"}'),
        (r'"VM {\"id\":7,\"instanceId\":3}"', r'"VM {\"id\":<row>,\"instanceId\":<row>}"'),
        ("Unable to find volume by id=1421", "Unable to find volume by id=<row>"),
        ("VM with id [23] of rsabcdefgh-guests", "VM with id [<row>] of guests"),
        ("i-12-7-VM at 10.1.2.3, 02:01:00:00:00:07", "<instance> at <address>, <mac>"),
        ("of 2026-11-26T16:34:04+0000", "of <date>"),
        ("F1A2FC28-7d89-4382-a34d-2ef3ab3efb04 and 0d1de1bf-7d89-4382-a34d-2ef3ab3efb05",
         "<d1> and <id 1>"),
        ("at SimulatedAgent.0d1de1bf-7d89-4382-a34d-2ef3ab3efb05", "at <a host>"),
        ("at nothing in particular of size 7", "at nothing in particular of size 7"),
    ],
)  # fmt: skip
def test_a_text_is_compared_without_what_each_cloud_numbers_and_names(
    text: str, shown: str
) -> None:
    normal = Normaliser()
    normal.learn("f1a2fc28-7d89-4382-a34d-2ef3ab3efb04", "d1")
    normal.learn_name("d1-3", "d1")
    normal.learn_name("SimulatedAgent.0d1de1bf-7d89-4382-a34d-2ef3ab3efb05", "a host")

    assert normal.shown(text) == shown
