"""The line to a cloud: what is sent again, what is not, at which pace, and what is told of it."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from faulty_proxy import Fault, FaultyProxy, closed_port, scripted, seeded, stranger

from conformance.attempts import Edges
from conformance.line import Exchange, HttpCloud, Line, Lost, NoAnswer, Unreachable, is_read
from conformance.targets import Target
from simulator.api.table import COMMANDS
from simulator.serve.running import RunningCloud, running_cloud


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now_s, self.naps = 0.0, list[float]()

    def sleep(self, seconds: float) -> None:
        """Let it move."""
        self.naps.append(seconds)
        self.now_s += seconds

    @property
    def edges(self) -> Edges:
        """What a line needs."""
        return Edges(lambda: self.now_s, lambda: self.now_s, self.sleep, lambda: 1.0)


@pytest.fixture(scope="module")
def served() -> Iterator[RunningCloud]:
    with running_cloud("kvm") as cloud:
        yield cloud


def met(served: RunningCloud, url: str, clock: Clock, **how: Any) -> HttpCloud:
    """Return the cloud at *url* on a line that heard it once."""
    target = Target("t", url, served.key, served.secret)
    line = Line(target, clock.edges, **how)
    cloud = HttpCloud(line, served.key, served.secret)
    line.heard = True
    return cloud


def create(cloud: HttpCloud, name: str) -> int:
    zone = cloud.call("listZones").body["zone"][0]["id"]
    offering = cloud.call("listDiskOfferings").body["diskoffering"][0]["id"]
    return cloud.call("createVolume", name=name, zoneid=zone, diskofferingid=offering).status


SPOILT = [Fault.LIMITED, Fault.UNAVAILABLE, Fault.HTML, Fault.DROPPED, Fault.LOST, Fault.GARBLED,
          Fault.HIDDEN]  # fmt: skip


@pytest.mark.parametrize("fault", SPOILT)
def test_a_read_is_sent_again_after_anything(served: RunningCloud, fault: Fault) -> None:
    clock = Clock()
    with FaultyProxy(served.endpoint, scripted(fault, fault)) as proxy:
        cloud = met(served, proxy.url, clock)
        assert cloud.call("listZones").body["count"] == 1
        cloud.line.close()
    assert proxy.commands() == ["listZones"] * 3
    assert clock.naps == [0.25, 0.5]


@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.UNAVAILABLE])
def test_a_change_that_was_not_taken_is_sent_again(served: RunningCloud, fault: Fault) -> None:
    with FaultyProxy(served.endpoint, scripted(fault), only=["createVolume"]) as proxy:
        cloud = met(served, proxy.url, Clock())
        assert create(cloud, f"again-{fault.name}") == 200
        cloud.line.close()
    assert proxy.handed_on().count("createVolume") == 1
    assert served.call("listVolumes", name=f"again-{fault.name}").body["count"] == 1


@pytest.mark.parametrize(
    "fault", [f for f in SPOILT if f not in {Fault.LIMITED, Fault.UNAVAILABLE}]
)
def test_a_change_that_may_have_been_made_is_lost(served: RunningCloud, fault: Fault) -> None:
    """It is sent once, and the exception names it and no secret."""
    with FaultyProxy(served.endpoint, scripted(fault), only=["createVolume"]) as proxy:
        cloud = met(served, proxy.url, Clock())
        with pytest.raises(Lost) as lost:
            create(cloud, f"lost-{fault.name}")
        cloud.line.close()
    assert proxy.commands().count("createVolume") == 1
    assert lost.value.command == "createVolume"
    assert "the answer to createVolume was lost" in str(lost.value)
    assert served.secret not in str(lost.value)
    assert not isinstance(lost.value, Unreachable)


def test_nobody_waits_for_ever(served: RunningCloud) -> None:
    clock = Clock()
    with FaultyProxy(served.endpoint, iter([Fault.UNAVAILABLE] * 99)) as proxy:
        cloud = met(served, proxy.url, clock, patience_s=20)
        with pytest.raises(Unreachable, match="takes no call, 503") as no:
            create(cloud, "never")
        cloud.line.close()
    assert not proxy.handed_on()
    assert 12 < clock.now_s <= 20
    assert no.value.status == 503
    assert "times)" in str(no.value)


def test_a_refused_connection_is_waited_for_once_a_cloud_was_heard() -> None:
    clock = Clock()
    cloud = HttpCloud(Line(Target("t", closed_port()), clock.edges))
    with pytest.raises(Unreachable, match="Connection refused"):
        cloud.call("listZones")
    assert clock.naps == []
    cloud.line.heard = True
    with pytest.raises(Unreachable, match="Connection refused"):
        cloud.call("createVolume")
    assert 50 < clock.now_s <= 60


@pytest.mark.parametrize(
    ("headers", "body", "wait_s"),
    [
        ({"Retry-After": "7"}, b"", 7),
        ({}, b'{"x": {"errortext": "reached api limit, please retry after 3000 ms"}}', 3),
        ({"Retry-After": "soon"}, b"", 0.25),
    ],
)
def test_a_server_says_how_long_to_wait(
    headers: dict[str, str], body: bytes, wait_s: float
) -> None:
    clock = Clock()
    with stranger(429, body, headers=headers) as busy:
        line = Line(Target("t", busy.url), clock.edges, patience_s=wait_s + 0.5)
        with pytest.raises(Unreachable, match="takes no call, 429"):
            HttpCloud(line).call("createVolume")
        line.close()
    assert clock.naps[0] == pytest.approx(wait_s)


def test_all_callers_share_one_pace(served: RunningCloud) -> None:
    clock, at_s = Clock(), list[float]()
    target = Target("t", served.endpoint, served.key, served.secret, calls_per_minute=30)
    line = Line(target, clock.edges, observer=lambda e: at_s.append(e.at_s))
    callers = [HttpCloud(line, served.key, served.secret), HttpCloud(line, "k", "s")]
    for n in range(4):
        callers[n % 2].call("listZones")
    line.close()
    assert at_s == [0, 2, 4, 6]


def test_threads_share_a_line(served: RunningCloud) -> None:
    told: list[Exchange] = []
    line = Line(Target("t", served.endpoint, served.key, served.secret), observer=told.append)
    cloud = HttpCloud(line, served.key, served.secret)

    def ask() -> None:
        for _ in range(20):
            assert cloud.call("listZones").status == 200

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line.close()
    assert [e.status for e in told] == [200] * 80


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_character_arrives(served: RunningCloud, method: str) -> None:
    target = Target("t", served.endpoint, served.key, served.secret, method=method)
    line = Line(target)
    cloud = HttpCloud(line, served.key, served.secret)
    name = f"{method} a+b&c=d/é~*%20 \N{SNOWMAN}"
    assert create(cloud, name) == 200
    assert cloud.call("listVolumes", name=name).body["count"] == 1
    line.close()


def test_what_is_told_holds_no_secret() -> None:
    told: list[Exchange] = []
    with running_cloud("kvm") as served:
        line = Line(Target("t", served.endpoint, served.key, served.secret), observer=told.append)
        root = HttpCloud(line, served.key, served.secret)
        user = root.call("listUsers").body["user"][0]["id"]
        keys = root.call("registerUserKeys", id=user).body["userkeys"]
        other = root.sign_in(keys["apikey"], keys["secretkey"])
        other.call("listZones", keyword=keys["secretkey"])
        other.call("createAccount", password="hidden-word", username="x")
        line.close()
    text = json.dumps([e._asdict() for e in told])
    for secret in (served.key, served.secret, keys["secretkey"], keys["apikey"], "hidden-word"):
        assert secret not in text
    assert [e.command for e in told] == (
        ["listUsers", "registerUserKeys", "listZones", "createAccount"]
    )
    assert told[0].root == "listusersresponse"
    assert told[3].status == 431


def test_each_attempt_is_told(served: RunningCloud) -> None:
    told: list[Exchange] = []
    with FaultyProxy(served.endpoint, scripted(Fault.HTML, Fault.DROPPED)) as proxy:
        cloud = met(served, proxy.url, Clock(), observer=told.append)
        cloud.call("listZones")
        cloud.line.close()
    assert [(e.attempt, e.status) for e in told] == [(1, 502), (2, 0), (3, 200)]
    assert "502 Bad Gateway" in told[0].body
    assert told[1].detail == "no answer: Remote end closed connection without response"


def test_a_seeded_schedule_spoils_no_right_answer(served: RunningCloud) -> None:
    """Every kind of fault in between: reads arrive, and no change is made twice."""
    chances = dict.fromkeys([*SPOILT, Fault.DELAY], 0.04)
    done: list[str] = []
    with FaultyProxy(served.endpoint, seeded(7, chances), delay_s=0.01) as proxy:
        cloud = met(served, proxy.url, Clock())
        for n in range(60):
            with suppress(Lost):
                assert create(cloud, f"seeded-{n}") == 200
                done.append(f"seeded-{n}")
        cloud.line.close()
    assert len({p.fault for p in proxy.passed}) == 9
    listed = served.call("listVolumes", keyword="seeded-").body["volume"]
    names = [volume["name"] for volume in listed]
    assert len(names) == len(set(names))
    assert set(done) <= set(names)
    assert 40 < len(done) < 60


def test_a_silent_line_is_not_trusted(served: RunningCloud) -> None:
    """After a pause the next call comes on a fresh connection, so that no change gets lost."""
    clock = Clock()
    with FaultyProxy(served.endpoint, scripted()) as proxy:
        cloud = met(served, proxy.url, clock)
        for pause_s in (0, 1, 5):
            clock.now_s += pause_s
            cloud.call("listZones")
        pool = cloud.line._pools[0].connection_from_url(proxy.url)
        cloud.line.close()
    assert pool.num_connections == 1  # the pool itself is a fresh one after the pause of 5 s
    assert pool.num_requests == 1


def test_without_a_key_nothing_is_signed() -> None:
    with stranger(200, b'{"listzonesresponse": {}}', "application/json") as other:
        line = Line(Target("t", other.url))
        assert HttpCloud(line).call("listZones").root == "listzonesresponse"
        line.close()
    assert other.requests == ["command=listZones&response=json"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"null", b'{"a": 1}', b'{"a": {}, "b": {}}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_envelope_is_no_answer(body: bytes) -> None:
    with stranger(200, body, "application/json") as other:
        line = Line(Target("t", other.url), Clock().edges)
        with pytest.raises(NoAnswer, match="answers 200, application/json, and not as a cloud"):
            HttpCloud(line).call("listZones")
        line.close()
    assert len(other.requests) == 1


def test_what_moved_is_not_followed() -> None:
    led = {"Location": "https://elsewhere.example/"}
    with stranger(302, b"", headers=led) as other:
        line = Line(Target("t", other.url), Clock().edges)
        with pytest.raises(Unreachable, match=r"leads to https://elsewhere\.example/"):
            HttpCloud(line).call("listZones")
        line.close()


def test_reads_are_reads() -> None:
    """Nothing that rootswap's own table calls a change is taken for a read."""
    assert {name for name, row in COMMANDS.items() if is_read(name) and row.changes} == set()
    assert not is_read("getUploadParamsForVolume")
    assert not is_read("listing")
    assert all(map(is_read, ("listZones", "queryAsyncJobResult", "getUserKeys")))


def test_the_back_off_grows_and_is_jittered() -> None:
    chances, clock = count(), Clock()
    edges = Edges(lambda: clock.now_s, lambda: 0, clock.sleep, lambda: next(chances) % 2)
    with stranger(503, b"") as busy:
        line = Line(Target("t", busy.url), edges, patience_s=9)
        with pytest.raises(Unreachable):
            HttpCloud(line).call("listZones")
        line.close()
    assert clock.naps == [0.125, 0.5, 0.5, 2, 2]
