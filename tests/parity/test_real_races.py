"""The recorded races of the real server in virtual time: what was seen there happens here."""

from functools import cache

import pytest
from outcomes import explained, golden, tally
from racing import KINDS, races

SEEDS, EACH = range(6), 50


@cache
def ours(kind: str) -> dict[str, int]:
    """Return how often races of a kind end in which way, over several clouds."""
    rows = [row for seed in SEEDS for row in races(kind, EACH, seed)]
    return dict(tally(rows)[kind])


def test_every_recorded_kind_is_raced() -> None:
    assert set(golden()) == set(KINDS)
    assert set(explained()) <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_seen_occurs(kind: str) -> None:
    """Every outcome that the real server showed occurs, the one seen only once, too."""
    missing = [outcome for outcome in golden()[kind] if outcome not in ours(kind)]

    assert not missing


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_unexplained_occurs(kind: str) -> None:
    """Every other outcome is one that a named rule of the server leads to."""
    known = {**golden()[kind], **explained().get(kind, {})}

    assert not [outcome for outcome in ours(kind) if outcome not in known]
