"""What scenarios change of what others use is written down first, and is put back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cleaning import Cleaner
from conformance.former import CHANGES, KINDS
from conformance.ledger import Ledger
from conformance.ledgered import Book, LedgeredCloud
from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.port import Reply
from steps import needs

LISTS = {
    "listConfigurations": "configuration", "listHosts": "host", "listStoragePools": "storagepool",
    "listHypervisorCapabilities": "hypervisorCapabilities", "listTemplates": "template",
    "listIsos": "iso", "listSystemVms": "systemvm",
}  # fmt: skip
Ask = Callable[[SimulatedCloud], dict[str, str]]


@pytest.fixture
def cloud() -> SimulatedCloud:
    return boot("kvm", seed=0, dialect="acs-4.22")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "run.db")
    ledger.begin("rstest0001", "here")
    return ledger


def kept(cloud: Any, ledger: Ledger) -> LedgeredCloud:
    """Return the cloud as a scenario has it."""
    book = Book(ledger, "0-1", lambda name: f"rstest0001-{name}")
    book.keeper = cloud
    return LedgeredCloud(cloud, book)


def cleaner(cloud: Any, ledger: Ledger) -> Cleaner:
    return Cleaner(ledger, cloud, lambda: 0.0, 10.0)


def shared(cloud: SimulatedCloud) -> dict[str, list[dict[str, Any]]]:
    """Return what others use, as lists show it."""
    every = {"listall": "true", "templatefilter": "all", "isofilter": "all", "pagesize": "-1"}
    rows = {name: cloud.call(name, **every).body.get(key, []) for name, key in LISTS.items()}
    for row in (row for found in rows.values() for row in found):
        row.pop("lastpinged", None)
    return rows


def first(cloud: SimulatedCloud, listing: str, **wanted: str) -> dict[str, Any]:
    rows = shared(cloud)[listing]
    return next(r for r in rows if all(r.get(k) == v for k, v in wanted.items()))


def _id(listing: str, **more: str) -> Ask:
    return lambda cloud: {"id": first(cloud, listing)["id"], **more}


def _proxy(cloud: SimulatedCloud) -> dict[str, str]:
    return {"id": first(cloud, "listSystemVms", systemvmtype="consoleproxy")["id"]}


def _link(cloud: SimulatedCloud) -> dict[str, str]:
    made = cloud.call("registerUserData", name="u", userdata="YQ==").body
    data = made.get("userdata", made)
    template = first(cloud, "listTemplates", templatetype="BUILTIN")
    return {"templateid": template["id"], "userdataid": data["id"], "userdatapolicy": "append"}


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("updateConfiguration", lambda _: {"name": "expunge.delay", "value": "1"}),
        ("updateConfiguration", lambda _: {"name": "commands.timeout", "value": "A=1"}),
        ("updateHost", _id("listHosts", allocationstate="Disable")),
        ("updateHost", _id("listHosts", hosttags="fast,new")),
        ("updateStoragePool", _id("listStoragePools", enabled="false")),
        ("updateStoragePool", _id("listStoragePools", tags="ssd")),
        ("updateHypervisorCapabilities",
         _id("listHypervisorCapabilities", maxguestslimit="0", storagemotionenabled="false")),
        ("updateHypervisorCapabilities",
         lambda _: {"hypervisor": "KVM", "hypervisorversion": "default", "maxguestslimit": "1"}),
        ("linkUserDataToTemplate", _link),
        ("stopSystemVm", _proxy),
    ],
)  # fmt: skip
def test_it_is_again_as_it_was(
    cloud: SimulatedCloud, ledger: Ledger, command: str, asked: Ask
) -> None:
    text = asked(cloud)
    before = shared(cloud)
    reply = kept(cloud, ledger).call(command, **text)
    assert reply.status == 200, reply
    cloud.sleep(600)
    assert shared(cloud) != before
    (entry,) = ledger.open_entries()
    assert (entry.kind, entry.command) == (CHANGES[command], command)

    assert cleaner(cloud, ledger).clean() == []

    cloud.sleep(600)
    assert shared(cloud) == before


def test_the_first_state_counts(cloud: SimulatedCloud, ledger: Ledger) -> None:
    before = shared(cloud)
    host, scenario = first(cloud, "listHosts")["id"], kept(cloud, ledger)
    for tags in ("a", "a,b"):
        scenario.call("updateHost", id=host, hosttags=tags)
        scenario.call("updateConfiguration", name="expunge.delay", value=str(len(tags)))
    scenario.call("resetConfiguration", name="expunge.interval")
    assert cleaner(cloud, ledger).clean() == []
    assert shared(cloud) == before


def test_what_is_refused_leaves_nothing_to_do(cloud: SimulatedCloud, ledger: Ledger) -> None:
    scenario, pool = kept(cloud, ledger), first(cloud, "listStoragePools")["id"]
    assert scenario.call("updateStoragePool", id=pool, enabled="true").status == 431
    assert scenario.call("updateHost", id="nowhere", hosttags="x").status == 431
    assert scenario.call("updateConfiguration", name="no.such", value="x").status == 431
    assert cleaner(cloud, ledger).clean() == []


def test_it_stands_in_the_ledger_before_it_is_sent(ledger: Ledger, cloud: SimulatedCloud) -> None:
    """What became of it is not known when the run is killed meanwhile."""
    host = first(cloud, "listHosts")

    class Killed:
        def call(self, command: str, /, **text: str) -> Reply:
            if command.startswith("list"):
                return cloud.call(command, **text)
            cloud.call(command, **text)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(Killed(), ledger).call("updateHost", id=host["id"], allocationstate="Disable")
    (entry,) = ledger.open_entries()
    assert json.loads(entry.label) == {
        "resourcestate": "Enabled", "hosttags": "", "name": host["name"],
    }  # fmt: skip
    assert cleaner(cloud, ledger).clean() == []
    assert first(cloud, "listHosts", id=host["id"])["resourcestate"] == "Enabled"


class Maintained:
    """A cloud of one host and one pool, which has the maintenance that rootswap does not serve."""

    def __init__(self) -> None:
        self.rows = {
            "host": {"id": "h", "name": "h", "resourcestate": "Enabled"},
            "storagepool": {"id": "p", "name": "p", "state": "Up"},
        }
        self.stuck = False

    def call(self, command: str, /, **text: str) -> Reply:
        lists = {"listHosts": "host", "listStoragePools": "storagepool"}
        if command in lists:
            return Reply(200, {lists[command]: [dict(self.rows[lists[command]])]}, "r")
        if self.stuck:
            return Reply(530, {"errortext": "stuck"}, "r")
        kind, field = {"h": ("host", "resourcestate"), "p": ("storagepool", "state")}[text["id"]]
        states = {
            "prepareHostForMaintenance": "Maintenance", "cancelHostMaintenance": "Enabled",
            "enableStorageMaintenance": "Maintenance", "cancelStorageMaintenance": "Up",
        }  # fmt: skip
        self.rows[kind][field] = states[command]
        return Reply(200, {}, "r")

    def sleep(self, _seconds: float) -> None:
        """Let no time pass."""


@pytest.mark.parametrize(
    ("command", "thing"),
    [("prepareHostForMaintenance", "h"), ("enableStorageMaintenance", "p"),
     ("cancelHostMaintenance", "h"), ("cancelStorageMaintenance", "p")],
)  # fmt: skip
def test_maintenance_ends_as_it_was_before(ledger: Ledger, command: str, thing: str) -> None:
    cloud = Maintained()
    if command.startswith("cancel"):
        cloud.rows["host"]["resourcestate"] = cloud.rows["storagepool"]["state"] = "Maintenance"
    before = json.dumps(cloud.rows)
    kept(cloud, ledger).call(command, id=thing)
    assert json.dumps(cloud.rows) != before
    assert cleaner(cloud, ledger).clean() == []
    assert json.dumps(cloud.rows) == before


def test_what_cannot_be_put_back_is_left_with_its_command(ledger: Ledger) -> None:
    cloud = Maintained()
    kept(cloud, ledger).call("prepareHostForMaintenance", id="h")
    cloud.stuck = True
    (left,) = cleaner(cloud, ledger).clean()
    assert (left.answer, left.command) == ("stuck", "cancelHostMaintenance id=h")


def test_a_setting_of_less_than_the_cloud_is_not_touched(
    cloud: SimulatedCloud, ledger: Ledger
) -> None:
    with pytest.raises(Exception, match="could not be put back"):
        kept(cloud, ledger).call("updateConfiguration", name="expunge.delay", value="1", zoneid="z")
    assert ledger.open_entries() == []


def test_all_that_may_be_changed_is_put_back() -> None:
    """What --allow disruptive lets through is either known here, or is the run's own."""
    own = {"restartNetwork", "updateResourceCount"}
    assert set(CHANGES) | own == needs._DISRUPTIVE | needs._SETTINGS
    assert set(CHANGES.values()) <= set(KINDS)
