"""A budget of what may be there at once is kept: what finds no room is not asked for."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from conformance.ledger import Bounds, Ledger
from conformance.ledgered import Book, LedgeredCloud
from conformance.target_file import Budget
from rootswap import boot
from simulator.port import Cloud


def within(cloud: Cloud, file: Path, budget: Budget) -> LedgeredCloud:
    return LedgeredCloud(cloud, Book(Ledger(file / "run.db"), "lane", "run-{}".format, budget))


@pytest.fixture
def cloud() -> Cloud:
    return boot("kvm")


def volume(cloud: Cloud, **text: str) -> str:
    """Create a volume, wait for it and return its id."""
    zone = cloud.call("listZones").body["zone"][0]["id"]
    offerings = cloud.call("listDiskOfferings").body["diskoffering"]
    offering = next(row["id"] for row in offerings if row["iscustomized"] == ("size" in text))
    reply = cloud.call("createVolume", name="v", zoneid=zone, diskofferingid=offering, **text)
    while not cloud.call("queryAsyncJobResult", jobid=reply.body["jobid"]).body["jobstatus"]:
        cloud.sleep(1)
    return str(reply.body["id"])


def created(cloud: Cloud) -> int:
    return int(cloud.call("listVolumes", listall="true").body.get("count", 0))


def test_gib_are_counted_by_size_and_by_offering(cloud: Cloud, tmp_path: Path) -> None:
    budgeted = within(cloud, tmp_path, Budget(gib=12))
    volume(budgeted, size="6")
    volume(budgeted)
    held, there = budgeted.book.ledger.held_gib(), created(cloud)
    assert held == sum(row["size"] for row in cloud.call("listVolumes").body["volume"]) / 2**30
    with pytest.raises(pytest.skip.Exception, match=r"budget: 12 GiB at once, and this takes 7"):
        volume(budgeted, size="7")
    assert created(cloud) == there


def test_room_comes_back(cloud: Cloud, tmp_path: Path) -> None:
    budgeted = within(cloud, tmp_path, Budget(gib=12))
    number = budgeted.book.ledger.open_entries
    volume(budgeted, size="12")
    budgeted.book.ledger.gone(number()[0].number)
    volume(budgeted, size="12")
    assert budgeted.book.ledger.held_gib() == 12


def test_a_resize_counts(cloud: Cloud, tmp_path: Path) -> None:
    budgeted = within(cloud, tmp_path, Budget(gib=12))
    volume_id = volume(budgeted, size="3")
    assert budgeted.call("resizeVolume", id=volume_id, size="5").status == 200
    assert budgeted.book.ledger.held_gib() == 5


def test_a_ledger_of_before_there_were_budgets_of_gib_is_gone_on_with(tmp_path: Path) -> None:
    """A run that crashed is swept by whatever version there is then."""
    file = tmp_path / "run.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute(
            "create table entry (number integer primary key, lane text not null, command text "
            "not null, kind text not null, label text not null, id text, state text not null, "
            "at real not null)"
        )
        db.execute(
            "insert into entry values (1, 'l', 'createVolume', 'volume', 'v', 'i', 'there', 0)"
        )
        db.commit()
    ledger = Ledger(file)
    ledger.intend("l", "listed", "volume", "w")
    assert [entry.label for entry in ledger.open_entries()] == ["w", "v"]
    assert Ledger(file).held_gib() == 0


@pytest.mark.parametrize(
    ("bounds", "gib", "fit"), [(Bounds(7), 0, 7), (Bounds(None, 10), 3, 3), (Bounds(2, 100), 3, 2)]
)
def test_lanes_do_not_share_the_last_place(
    tmp_path: Path, bounds: Bounds, gib: float, fit: int
) -> None:
    """Each ledger stands for the process of a lane."""
    ledgers = [Ledger(tmp_path / "run.db") for _ in range(4)]

    def work(ledger: Ledger) -> None:
        for _ in range(10):
            ledger.intend_within(bounds, "lane", "createVolume", "volume", "v", gib)

    threads = [Thread(target=work, args=(ledger,)) for ledger in ledgers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledgers[0].open_entries()) == fit
