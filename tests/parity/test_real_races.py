"""The recorded races of the real server in virtual time: what was seen there happens here."""

from functools import cache

import pytest
from outcomes import Rate, explained, golden, rates, tally
from proportions import Line, at_recorded_offsets, in_process, measured
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
def test_it_occurs_as_often_as_it_was_seen(kind: str) -> None:
    assert not [line for line in in_process(kind) if not line.agrees]


@pytest.mark.parametrize("rate", rates())
def test_what_else_was_counted_occurs_as_often(rate: Rate) -> None:
    line = measured(rate)

    assert line.agrees, line


def test_a_share_that_is_outside_is_told() -> None:
    """A turning point of 0.35 s gave 0 of 36 where 4 of 5 were recorded."""
    assert not Line("rootdetach-start", "ok / ok", 4, 5, 0, 36).agrees
    assert Line("rootdetach-start", "ok / ok", 4, 5, 25, 36).agrees


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_unexplained_occurs(kind: str) -> None:
    """Every other outcome is one that a named method of the server leads to."""
    known = {**golden()[kind], **explained().get(kind, {})}

    assert not [outcome for outcome in {**ours(kind), **at_recorded_offsets(kind)}
                if outcome not in known]  # fmt: skip
