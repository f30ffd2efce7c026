"""The clock and the faults: time is moved, things go wrong, and the page says what came of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from visited import Door, Served, serving


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve a cloud whose time passes when somebody says so."""
    with serving("--preset", "kvm", "--clock", "manual") as there:
        yield there


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def now_s(served: Served) -> float:
    """Return the simulated second, by the API."""
    return float(served.cloud.call("rootswapAdvance", seconds="0").body["clock"]["now"])


def last(page: Page) -> str:
    """Return how the last call ended, once it has."""
    status = page.get_by_role("main").get_by_role("status")
    expect(status).not_to_contain_text("sent")
    return status.inner_text()


def test_time_is_advanced_by_seconds_and_to_what_is_due(enter: Door, served: Served) -> None:
    page = enter("/clock")
    before_s = now_s(served)

    page.get_by_label("Seconds", exact=True).fill("100")
    press(page, "Advance")

    expect(page.get_by_text(f"{before_s + 100:.2f}".rstrip("0").rstrip(".") + " s since")
           ).to_be_visible()  # fmt: skip
    assert now_s(served) == before_s + 100
    served.cloud.call("startVirtualMachine", id=served.vm("old"))
    expect(page.get_by_text("1 job running.")).to_be_visible()
    due_s = served.cloud.call("rootswapQueues").body["queues"]["next"]
    press(page, "Step to what is due next")
    expect(page.get_by_role("status")).to_contain_text("rootswapAdvance: done")
    assert now_s(served) == due_s
    press(page, "Instant")
    expect(page.get_by_text("0 jobs running.")).to_be_visible()
    press(page, "Pause")
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")


def test_the_speed_is_set_and_time_passes_by_it(enter: Door, served: Served) -> None:
    page = enter("/clock")
    before_s = now_s(served)

    page.get_by_label("Speed, like 5x").fill("900x")
    press(page, "Set the speed")

    expect(page.get_by_text("Time passes: 900x;")).to_be_visible()
    page.wait_for_timeout(200)
    press(page, "Pause")
    expect(page.get_by_text("Time stands still;")).to_be_visible()
    stopped_s = now_s(served)
    assert stopped_s > before_s + 100
    assert now_s(served) == stopped_s


@pytest.mark.parametrize(
    ("field", "value", "button", "words"),
    [
        ("Seconds", "-1", "Advance", "Time only goes forward"),
        ("Seconds", "soon", "Advance", "invalid value soon for parameter seconds"),
        ("Speed, like 5x", "fast", "Set the speed", "'fast' is no clock: instant, manual"),
        ("Part of its speed", "2", "Slow", "speed must be from 0.001 to 1"),
        ("Times, -1 for always", "-2", "Let it fail", "times must be -1, for always"),
    ],
)
def test_wrong_input_is_answered_by_a_line(
    enter: Door, served: Served, field: str, value: str, button: str, words: str
) -> None:
    page = enter("/clock")
    before_s = now_s(served)

    page.get_by_label(field, exact=True).fill(value)
    press(page, button)

    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(words)
    log = served.cloud.call("rootswapLog").body["log"]
    assert (log["faults"], log["slowpools"], now_s(served)) == ([], [], before_s)


def test_a_fault_befalls_the_next_command_and_is_taken_back(enter: Door, served: Served) -> None:
    page = enter("/clock")
    page.get_by_role("combobox", name="Command", exact=True).fill("StopC")
    page.get_by_role("option", name="StopCommand", exact=True).click()
    page.get_by_label("Times, -1 for always").fill("2")
    press(page, "Let it fail")
    waiting = page.get_by_text("StopCommand is refused, 2 times")
    expect(waiting).to_be_visible()

    job = served.cloud.call("stopVirtualMachine", id=served.vm("web")).body["jobid"]
    press(page, "Advance")

    expect(page.get_by_text("StopCommand is refused, 1 time")).to_be_visible()
    sent = page.get_by_role("region", name="Commands that hosts were sent")
    expect(sent.get_by_text("StopCommand to").first).to_be_visible()
    assert served.cloud.call("queryAsyncJobResult", jobid=job).body["jobstatus"] == 2
    press(page, "Take back: StopCommand")
    expect(page.get_by_text("No fault waits.")).to_be_visible()
    assert served.cloud.call("rootswapLog").body["log"]["faults"] == []


def test_a_host_is_down_and_pools_are_slow_or_in_maintenance(enter: Door, served: Served) -> None:
    page = enter("/clock")
    hosts, pools = (page.get_by_role("region", name=name) for name in ("Hosts", "Pools"))
    press(page, "Down")
    expect(hosts.get_by_text("Down", exact=True)).to_have_count(2)
    rows = served.cloud.call("listHosts", type="Routing").body["host"]
    assert [row["state"] for row in rows].count("Down") == 1
    press(page, "Up")
    expect(hosts.get_by_text("All hosts are up.")).to_be_visible()

    press(page, "Slow")
    expect(pools.get_by_text("Up, 0.1 of its speed")).to_be_visible()
    press(page, "Maintenance")
    expect(pools.get_by_text("Maintenance, 0.1 of its speed")).to_be_visible()
    press(page, "Well again")
    expect(pools.get_by_text("All pools are up and well.")).to_be_visible()
    states = [row["state"] for row in served.cloud.call("listStoragePools").body["storagepool"]]
    assert set(states) == {"Up"}


def test_a_restart_fails_what_runs(enter: Door, served: Served) -> None:
    page = enter("/clock")
    job = served.cloud.call("rebootVirtualMachine", id=served.vm("db")).body["jobid"]

    press(page, "Restart the management server")

    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("rootswapRestart: done")
    assert served.cloud.call("queryAsyncJobResult", jobid=job).body["jobstatus"] == 2


def test_others_are_told_that_it_is_not_for_them(enter: Door) -> None:
    page = enter("/clock", "alice", width=390)

    expect(page.get_by_text("Only root admins move the clock")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_the_page_fits_a_narrow_window(enter: Door) -> None:
    page = enter("/clock", width=390)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_text("there is no parameter")).to_have_count(0)
