"""Simulated time follows wall time at the pace asked for."""

import pytest

from simulator import boot
from simulator.api.signing import signature
from simulator.port import Reply
from simulator.serve import Site, pace


class Wall:
    """A clock on the wall that a test moves."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def __call__(self) -> float:
        return self.at_s


def ask(site: Site, command: str, **text: str) -> Reply:
    """Send a signed call of the root admin."""
    user = site.cloud.user
    full = {"command": command, "apiKey": user.api_key or ""} | text
    pending = site.send(full | {"signature": signature(full, user.secret_key or "")})
    return pending.reached()


def deploy(site: Site) -> str:
    """Start a deployment and return its job's id."""
    zone = ask(site, "listZones").body["zone"][0]["id"]
    template = ask(site, "listTemplates", templatefilter="featured").body["template"][0]["id"]
    offering = ask(site, "listServiceOfferings").body["serviceoffering"][0]["id"]
    made = ask(
        site, "deployVirtualMachine", zoneid=zone, templateid=template, serviceofferingid=offering
    )
    return str(made.body["jobid"])


def status(site: Site, job_id: str) -> int:
    """Return the status of a job."""
    return int(ask(site, "queryAsyncJobResult", jobid=job_id).body["jobstatus"])


def site_of(text: str) -> tuple[Site, Wall]:
    """Return a site at the pace *text* and its wall clock."""
    wall = Wall()
    return Site(boot("simulator"), pace(text, wall, wall.at_s)), wall


def test_instant_ends_a_job_before_its_first_poll() -> None:
    site, _ = site_of("instant")
    assert status(site, deploy(site)) == 1


@pytest.mark.parametrize(("text", "seconds"), [("real", 30), ("60x", 0.5)])
def test_a_job_takes_its_time_on_the_wall(text: str, seconds: float) -> None:
    """It is pending until as much wall time has passed as the pace asks for."""
    site, wall = site_of(text)
    job_id = deploy(site)
    assert status(site, job_id) == 0
    wall.at_s += seconds
    assert status(site, job_id) == 1
    assert site.cloud.now_s() == 30


def test_manual_time_passes_when_told_to() -> None:
    site, wall = site_of("manual")
    job_id = deploy(site)
    wall.at_s += 3600
    assert status(site, job_id) == 0
    assert ask(site, "rootswapAdvance", seconds="30").body["clock"] == {
        "now": 30.0,
        "runningjobs": 0,
    }
    assert status(site, job_id) == 1


@pytest.mark.parametrize("text", ["", "x", "0x", "-1x", "fast", "60", "1000001x", "9" * 400 + "x"])
def test_what_is_no_pace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no clock"):
        pace(text, Wall(), 0)


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "soon", "", "1e10"])
def test_time_that_cannot_pass_is_refused(seconds: str) -> None:
    site, _ = site_of("manual")
    assert ask(site, "rootswapAdvance", seconds=seconds).status == 431
    assert site.cloud.now_s() == 0


def test_time_passes_until_a_second_that_is_named() -> None:
    site, _ = site_of("manual")
    deploy(site)
    next_s = ask(site, "rootswapQueues").body["queues"]["next"]

    clock = ask(site, "rootswapAdvance", until=str(next_s)).body["clock"]

    assert clock["now"] == next_s == site.cloud.now_s()
    assert ask(site, "rootswapQueues").body["queues"]["next"] > next_s


@pytest.mark.parametrize(
    "text",
    [{}, {"until": "9"}, {"until": "nan"}, {"until": "inf"}, {"until": "1e11"},
     {"until": "20", "seconds": "1"}],
    ids=str,
)  # fmt: skip
def test_until_is_no_second_that_has_passed_and_no_second_way(text: dict[str, str]) -> None:
    site, _ = site_of("manual")
    ask(site, "rootswapAdvance", seconds="10")

    assert ask(site, "rootswapAdvance", **text).status == 431
    assert site.cloud.now_s() == 10


def test_time_ends_before_the_year_9000() -> None:
    """A date has four digits for its year."""
    site, _ = site_of("manual")
    site.cloud.reach(6900 * 365.25 * 86400)
    decades = [ask(site, "rootswapAdvance", seconds="315360000").status for _ in range(9)]
    assert decades[0] == 200
    assert decades[-1] == 431
    assert status(site, deploy(site)) == 0
    assert ask(site, "listVolumes").body["volume"][0]["created"].startswith("89")


def test_only_a_command_that_hosts_know_can_fail() -> None:
    site, _ = site_of("instant")
    assert ask(site, "rootswapStrike", operation="attach").status == 431
    assert ask(site, "rootswapStrike", operation="StartCommand", times="-1").status == 200
    assert status(site, deploy(site)) == 2
