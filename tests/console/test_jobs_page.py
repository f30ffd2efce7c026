"""The page of jobs: the timeline, the queues and the ticks, while a test moves the clock."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from visited import Door, Served, serving

from conformance.line import HttpCloud


@pytest.fixture
def served() -> Iterator[Served]:
    """Serve a cloud whose time passes when the test says so."""
    with serving("--preset", "kvm", "--clock", "manual") as there:
        yield there


def row(page: Page, name: str) -> Locator:
    """Return the timeline's row of a job."""
    button = page.get_by_role("button", name=name)
    return page.get_by_role("list", name="Timeline").get_by_role("listitem").filter(has=button)


def advance(served: Served, seconds: float) -> None:
    """Let time pass."""
    assert served.cloud.call("rootswapAdvance", seconds=str(seconds)).status == 200


def as_user(served: Served, name: str) -> HttpCloud:
    """Return the cloud as a user calls it."""
    users = served.cloud.call("listUsers", listall=True, username=name).body["user"]
    keys = served.cloud.call("registerUserKeys", id=users[0]["id"]).body["userkeys"]
    return served.cloud.sign_in(keys["apikey"], keys["secretkey"])


def test_where_a_job_waits_and_runs_shows_while_it_does(enter: Door, served: Served) -> None:
    page = enter("/jobs")
    expect(page.get_by_text("No job in this time.")).to_be_visible()
    old = served.vm("old")
    served.cloud.call("startVirtualMachine", id=old)
    advance(served, 1)
    served.cloud.call("stopVirtualMachine", id=old)
    advance(served, 0.5)

    start = row(page, "StartVM · old, running")
    expect(start.get_by_role("img", name="API job StartVM · old: ran since 0 s")).to_be_visible()
    expect(start.get_by_role("img", name="Work StartVM · old: waited since")).to_be_visible()
    queues = page.get_by_role("region", name="Queues of VMs")
    expect(queues.get_by_role("listitem")).to_have_text(["old2 waiting"])
    expect(page.get_by_role("region", name="Thread pools")).to_contain_text("2 of 125 busy")

    advance(served, 0.5)
    expect(queues.get_by_role("listitem")).to_have_text(["old1 waiting, one goes on"])
    expect(start.get_by_role("img", name="Work StartVM · old: ran since 2 s")).to_be_visible()
    expect(page.get_by_role("meter", name="Work threads")).to_have_attribute(
        "aria-valuetext", "1 of 166 busy"
    )

    advance(served, 10)
    expect(row(page, "StopVM · old, succeeded")).to_be_visible()
    expect(row(page, "StartVM · old, succeeded")).to_be_visible()
    expect(queues).to_contain_text("0 waiting, 0 VMs worked on")
    ticks = page.get_by_role("region", name="Ticks")
    expect(ticks.get_by_role("listitem")).to_have_count(2)
    expect(
        ticks.get_by_role("listitem", name="At 2 s: 1 of 50 places used, 1 picked, 1 left waiting")
    ).to_be_visible()
    names = page.get_by_role("list", name="Timeline").get_by_role("button").all_inner_texts()
    assert [name.split()[0] for name in names] == ["StopVM", "StartVM"], "the newest is first"


def test_bars_stand_where_they_were_in_time(enter: Door, served: Served) -> None:
    served.cloud.call("startVirtualMachine", id=served.vm("old"))
    advance(served, 100)
    page = enter("/jobs")
    lane = row(page, "StartVM").locator(".lane").nth(1)
    wait, run = (
        lane.get_by_role("img", name=re.compile(word)).bounding_box() for word in ("waited", "ran")
    )
    track = lane.bounding_box()
    assert wait is not None
    assert run is not None
    assert track is not None

    picked = (run["x"] - track["x"]) / track["width"]

    assert wait["x"] + wait["width"] == pytest.approx(run["x"], abs=1.5)
    assert picked == pytest.approx(2 / 100, abs=0.003), "the tick at 2 s"


def test_jobs_of_one_vm_and_the_exchange_of_one(enter: Door, served: Served) -> None:
    served.cloud.call("startVirtualMachine", id=served.vm("old"))
    refused = served.cloud.call("startVirtualMachine", id=served.vm("web")).body["jobid"]
    advance(served, 30)
    page = enter("/jobs")
    rows = page.get_by_role("list", name="Timeline").get_by_role("listitem")
    expect(rows).to_have_count(2)

    page.get_by_label("VM", exact=True).click()
    page.get_by_role("option", name="web").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="StartVM · web, failed").press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("It failed.")).to_be_visible()
    expect(dialog.get_by_text("is already running").first).to_be_visible()
    expect(dialog).to_contain_text(refused)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_user_sees_his_own_jobs_run_and_end(enter: Door, served: Served) -> None:
    page = enter("/jobs", "alice", width=390)
    alice = as_user(served, "alice")
    served.cloud.call("stopVirtualMachine", id=served.vm("db"))
    alice.call("startVirtualMachine", id=served.vm("old"))

    expect(row(page, "StartVM, running")).to_be_visible()
    advance(served, 30)
    expect(row(page, "StartVM, succeeded")).to_be_visible()

    expect(page.get_by_role("list", name="Timeline").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("region", name="Thread pools")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
