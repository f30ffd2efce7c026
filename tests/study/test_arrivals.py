"""When an open workload asks."""

from math import inf
from pathlib import Path
from random import Random

import pytest

from study.arrivals import Pace, expected
from study.load_plan import Stage
from study.reading import BadStudy, read_study
from study.replication import Replication

RAMP = (Stage(10, 2.0), Stage(20, 2.0), Stage(10, 0.0))
"""From 0 to 2 a second, on, and back to 0: 10 + 40 + 10 come."""


def times(per_s: float, stages: tuple[Stage, ...], seed: int | None = None) -> list[float]:
    dice = Random(seed)
    pace = Pace(per_s, stages, (lambda: 1.0) if seed is None else lambda: dice.expovariate(1.0))
    return list(iter(pace.next_s, inf))


def test_an_even_spacing_follows_the_rate() -> None:
    """By hand: the integral of t / 5 is 1 at the root of 10, of 2 a second the rest."""
    found = times(0.0, RAMP)
    assert found[:2] == pytest.approx([10**0.5, 20**0.5])
    assert found[9:12] == pytest.approx([10.0, 10.5, 11.0])
    assert found[49] == pytest.approx(30.0)
    assert found[50] == pytest.approx(40 - (100 - 10) ** 0.5)
    assert len(found) in {59, 60}  # the last one comes as the rate is 0


def test_a_constant_rate_goes_on_for_ever() -> None:
    pace = Pace(4.0, (), lambda: 1.0)
    assert [pace.next_s() for _ in range(4)] == [0.25, 0.5, 0.75, 1.0]


def test_by_chance_as_many_come_as_expected() -> None:
    runs = [times(0.0, RAMP, seed) for seed in range(400)]
    mean = sum(map(len, runs)) / 400
    assert expected(0.0, RAMP) == 60
    assert mean == pytest.approx(60, abs=4 * (60 / 400) ** 0.5)
    early = sum(sum(at <= 10 for at in run) for run in runs) / 400
    assert early == pytest.approx(10, abs=4 * (10 / 400) ** 0.5)
    rising = sum(sum(at <= 5 for at in run) for run in runs) / 400
    assert rising == pytest.approx(2.5, abs=4 * (2.5 / 400) ** 0.5)


def test_the_nth_of_a_faster_variant_is_the_nth_of_a_slower_one() -> None:
    slow, fast = times(2.0, (Stage(50, 2.0),), 7), times(4.0, (Stage(50, 4.0),), 7)
    assert [2 * at for at in fast[: len(slow)]] == pytest.approx(slow)


LOAD = """\
[cloud]
vms = 90
disks = "attached"
[[workload]]
name = "load"
workflow = "detach"
executor = "arrival-rate"
"""
BAD = {
    "": "4: workload[0]: needs rate, as its executor is arrival-rate",
    'stages = [["1h", "60"]]': "8: workload[0].stages[0]: ['1h', '60'] is no stage like",
    'stages = [["1h"]]': "8: workload[0].stages[0]: ['1h'] is no stage like",
    'stages = "1h"': "8: workload[0].stages: '1h' is no array",
    'stages = [["1h", "0/s"]]': "8: workload[0].stages: nobody comes in any of them",
    'stages = [["999d", "999/s"]]': "8: workload[0].stages: makes more than 10,000,000",
    'rate = "4/s"': "1: run: needs horizon, as 'load' would never end",
    'rate = "4/s"\ndeadline = "1min"\nspacing = "even"': "10: workload[0].spacing: 'even' is no",
    'rate = "4/s"\ndeadline = "1min"\nthink = "constant(1s)"': "10: workload[0].think: is for",
    'rate = "4/s"\ndeadline = "1min"\nretry = { policy = "csl" }': (
        "10: workload[0].retry.policy: 'csl' is no policy (did you mean csi?)"
    ),
    'rate = "4/s"\ndeadline = "1min"\nretry = { policy = "csi", max = 0 }': (
        "10: workload[0].retry.max: 0: expected `int` >= 1"
    ),
    'rate = "4/s"\ndeadline = "1min"\npoll = "0s"': "10: workload[0].poll: '0s' is no time above 0",
    'rate = "4/s"\ndeadline = "1min"\ngive_up = "-1s"': "10: workload[0].give_up: '-1s' is no time",
}


@pytest.mark.parametrize("keys", BAD)
def test_bad_arrivals_are_told_by_line_and_key(tmp_path: Path, keys: str) -> None:
    file = tmp_path / "study.toml"
    file.write_text(LOAD + keys + "\n")
    with pytest.raises(BadStudy) as no:
        read_study(file)
    told = [line.removeprefix(f"{file}:") for line in no.value.lines]
    assert told[-1].startswith(BAD[keys])


def test_stages_end_a_run_without_a_horizon(tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(LOAD + 'spacing = "constant"\nstages = [["10s", "2/s"], ["20s", "2/s"]]\n')
    row = Replication(read_study(file), 0).run().row
    assert row["load.begun"] in {49, 50}
    assert 29 < float(row["load.makespan_s"] or 0) < 34
    file.write_text(LOAD + 'spacing = "constant"\nrate = "2/s"\ndeadline = "10s"\n')
    assert Replication(read_study(file), 0).run().row["load.begun"] == 19
