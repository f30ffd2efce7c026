"""The gate judges signatures as the server does (semantics 7.1)."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.api.signing import signature


def signed(cloud: SimulatedCloud, **parameters: str) -> dict[str, str]:
    """Return *parameters* with the admin's key and signature."""
    full = {"apiKey": cloud.user.api_key or "", "response": "json"} | parameters
    return full | {"signature": signature(full, cloud.user.secret_key or "")}


def test_a_signed_call_is_answered() -> None:
    """The right signature opens the door."""
    cloud = boot("simulator")

    assert cloud.send(signed(cloud, command="listZones")).body["count"] == 2


@pytest.mark.parametrize("change", [{"signature": "bm8="}, {"apiKey": "nobody"}, {"page": "1"}])
def test_a_call_that_was_changed_is_refused(change: dict[str, str]) -> None:
    """One changed parameter, key or signature is a 401 under the command's own root."""
    cloud = boot("simulator")

    reply = cloud.send(signed(cloud, command="listZones") | change)

    assert (reply.status, reply.root) == (401, "listzonesresponse")


@pytest.mark.parametrize(("minutes", "status"), [(5, 200), (-5, 401)])
def test_a_version_three_call_expires(minutes: int, status: int) -> None:
    """`expires` counts under signatureVersion 3, by the clock of the edge."""
    cloud = boot("simulator")
    now = datetime(2026, 6, 1, tzinfo=UTC)
    cloud.clock = lambda: now
    until = (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")

    reply = cloud.send(signed(cloud, command="listZones", signatureVersion="3", expires=until))

    assert reply.status == status


def test_half_a_character_is_refused_like_any_other_text() -> None:
    """A lone surrogate has no bytes: whatever signs it, it is an envelope."""
    cloud = boot("simulator")

    wrong = cloud.send({"command": "listZones", "apiKey": "\ud800", "signature": "\ud800"})
    right = cloud.send(signed(cloud, command="listVolumes", id="\ud800"))

    assert (wrong.status, right.status) == (401, 431)
