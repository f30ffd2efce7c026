"""A VM that a scenario left as it was is the next one's; all others see none of it."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from conformance.foreign import listing
from conformance.lanes import Caller, Lane
from conformance.ledger import Ledger
from simulator import boot
from simulator.api.service import SimulatedCloud
from steps.given import deploy
from steps.places import Places
from steps.spares import WITH_DATA, WITH_ROOT
from steps.world import KEY, World

Scenario = Callable[[World], None]


@pytest.fixture
def cloud() -> SimulatedCloud:
    return boot("simulator", seed=0, dialect="acs-4.22")


def _lane(cloud: SimulatedCloud, ledger: Ledger, number: int = 0) -> Lane:
    root = cloud.call("listDomains").body["domain"][0]["id"]
    return Lane(
        cloud, cloud, Caller("root admin", root), ledger, "rstest0001", number,
        places=Places(listing(cloud)), now_s=cloud.now_s, together=False, spares=True,
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "run.db")
    ledger.begin("rstest0001", "here")
    return ledger


@pytest.fixture
def lane(cloud: SimulatedCloud, ledger: Ledger) -> Lane:
    return _lane(cloud, ledger)


def run(lane: Lane, form: str, scenario: Scenario) -> World:
    """Run a scenario in the lane, which tidies up after it."""
    world = World(lane.site(form), "acs-4.22", 0)
    scenario(world)
    lane.tidy()
    return world


def begun(world: World) -> None:
    deploy(world, "stopped", "vm1", "r1", "d1")


def _asks(command: str, **text: str) -> Scenario:
    def scenario(world: World) -> None:
        begun(world)
        who = "root admin" if command.startswith("assign") else "owner"
        outcome = world.ask(who, command, **{k: world.value(v) for k, v in text.items()})
        assert not outcome.where, outcome

    return scenario


def _moves_the_root(world: World) -> None:
    begun(world)
    world.must("owner", "detachVolume", id=world.volumes["d1"])
    world.must("owner", "detachVolume", id=world.volumes["r1"])
    world.must("owner", "attachVolume", id=world.volumes["r1"], virtualmachineid=world.vms["vm1"],
               deviceid="2")  # fmt: skip


@pytest.mark.parametrize(
    "scenario",
    [
        begun,
        _moves_the_root,
        _asks("startVirtualMachine", id="vm:vm1"),
        _asks("createSnapshot", volumeid="volume:r1"),
        _asks("createVMSnapshot", virtualmachineid="vm:vm1"),
        _asks(
            "createSnapshotPolicy",
            volumeid="volume:r1",
            intervaltype="DAILY",
            maxsnaps="2",
            schedule="0:1",
            timezone="UTC",
        ),
    ],
)
def test_what_can_be_put_back_is_used_again(lane: Lane, scenario: Scenario) -> None:
    first = run(lane, WITH_DATA, scenario)
    second = run(lane, WITH_DATA, begun)
    assert (second.vms, second.volumes) == (first.vms, first.volumes)
    for alias in ("vm1", "r1", "d1"):
        row, start = second.starts[alias], first.starts[alias]
        assert {k for k in row if row[k] != start.get(k)} <= {"attached", "lastupdated"}


@pytest.mark.parametrize(
    "scenario",
    [
        _asks("updateVirtualMachine", id="vm:vm1", userdata="YWJj"),
        _asks("resizeVolume", id="volume:d1", size="9"),
        _asks("restoreVirtualMachine", virtualmachineid="vm:vm1"),
        _asks(
            "changeServiceForVirtualMachine",
            id="vm:vm1",
            serviceofferingid="service:Medium Instance",
        ),
        _asks(
            "assignVirtualMachine",
            virtualmachineid="vm:vm1",
            account="account:other",
            domainid="domain:other",
        ),
        _asks("destroyVirtualMachine", id="vm:vm1"),
    ],
)
def test_what_is_not_as_it_was_is_removed(
    lane: Lane, cloud: SimulatedCloud, scenario: Scenario
) -> None:
    first = run(lane, WITH_DATA, scenario)
    assert cloud.call("listVirtualMachines", listall="true").body == {}
    assert run(lane, WITH_DATA, begun).vms != first.vms


@pytest.mark.parametrize("form", ["", WITH_ROOT])
def test_no_other_scenario_sees_it(lane: Lane, form: str) -> None:
    lanes_first = run(lane, WITH_DATA, begun)
    other = World(lane.site(form), "acs-4.22", 0)
    assert other.site.domain_id != lanes_first.site.domain_id
    assert other.observe() == {}


def test_a_domain_without_a_parent_is_made_in_the_room(lane: Lane, cloud: SimulatedCloud) -> None:
    world = World(lane.site(), "acs-4.22", 0)
    made = world.must("root admin", "createDomain", name="d")["domain"]
    assert (made["name"], made["parentdomainid"]) == ("d", world.site.domain_id)
    lane.tidy()
    assert made["id"] not in [d["id"] for d in cloud.call("listDomains").body["domain"]]


def test_a_ledger_is_written_by_threads_of_several_processes(tmp_path: Path) -> None:
    """Each ledger stands for a process; its threads read while others write."""
    ledgers = [Ledger(tmp_path / "run.db") for _ in range(2)]
    failures: list[Exception] = []

    def work(ledger: Ledger, lane: str) -> None:
        try:
            for number in range(40):
                ledger.there(ledger.intend(lane, "createVolume", "volume", "v"), f"{lane}-{number}")
                assert ledger.open_entries(lane)
        except Exception as no:  # noqa: BLE001 - shown below
            failures.append(no)

    threads = [
        Thread(target=work, args=(ledger, f"{at}-{i}"))
        for at, ledger in enumerate(ledgers)
        for i in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(ledgers[0].open_entries()) == 240


def _has_address(world: World) -> None:
    zone = world.pick("zone", "a-zone")
    assert not world.ask("owner", "associateIpAddress", zoneid=zone).where


def _gives_address_back(world: World) -> None:
    _has_address(world)
    world.must("owner", "disassociateIpAddress", id=world.outcome.body["id"])


def _addresses(cloud: SimulatedCloud) -> list[str]:
    """Return who has which public addresses, those of system VMs aside."""
    rows = cloud.call("listPublicIpAddresses", listall="true").body["publicipaddress"]
    return [row["account"] for row in rows if row["account"] != "system"]


def test_an_address_is_given_back_by_who_has_it(lane: Lane, cloud: SimulatedCloud) -> None:
    run(lane, "", _has_address)
    assert _addresses(cloud) == []


@pytest.mark.parametrize("is_of_the_run", [True, False])
def test_an_address_that_somebody_else_has_by_now_stays_theirs(
    lane: Lane, ledger: Ledger, cloud: SimulatedCloud, *, is_of_the_run: bool
) -> None:
    """It has the id that it had before: another lane may have it, or nobody of the run."""
    world = World(lane.site(), "acs-4.22", 0)
    _gives_address_back(world)
    address = world.outcome.body["id"]
    if is_of_the_run:
        theirs = World(_lane(cloud, ledger, 1).site(), "acs-4.22", 0)
        _has_address(theirs)
        assert theirs.outcome.body["id"] == address
    else:
        assert world.must(KEY, "associateIpAddress", zoneid=world.pick("zone", "a-zone"))
    before = _addresses(cloud)

    lane.tidy()

    assert _addresses(cloud) == before != []


def test_another_lanes_is_not_taken_for_want_of_an_own_one(
    lane: Lane, ledger: Ledger, cloud: SimulatedCloud
) -> None:
    """Two lanes may each have a network of a name; what is done to it is done to the own one."""
    theirs, ours = (World(one.site(), "acs-4.22", 0) for one in (_lane(cloud, ledger, 1), lane))
    offering = ours.pick("plan", "DefaultIsolatedNetworkOfferingWithSourceNatService")
    text = {"name": "net1", "networkofferingid": offering, "zoneid": ours.pick("zone", "a-zone")}
    assert not theirs.ask("owner", "createNetwork", **text).where

    with pytest.raises(AssertionError, match="no network called net1"):
        ours.pick("network", "net1")
    assert not ours.ask("owner", "createNetwork", **text).where

    assert ours.pick("network", "net1") == ours.networks["owner"] != theirs.networks["owner"]
