"""Random numbers by entity: two variants meet the same ones, in whatever order."""

from itertools import pairwise
from math import fsum
from pathlib import Path
from random import Random

import pytest

from simulator.engine.draws import Draws, Stream
from study.reading import Study, read_study
from study.replication import Replication, replicate

TEXT = """\
[run]
seed = 5
horizon = "60s"
[cloud]
vms = 400
hypervisor = "KVM"
disks = "attached"
[management]
first_tick = "1s"
"""
BURSTS = """\
[[workload]]
name = "off"
workflow = "detach"
executor = "iterations"
items = 200
[[workload]]
name = "swap"
workflow = "replace-root"
executor = "iterations"
items = 100
"""
POISSON = """\
[[workload]]
name = "load"
workflow = "churn"
executor = "arrival-rate"
rate = "4/s"
"""
GOLDEN = [0.000685498175504784, 0.1951985216541564, 0.7028893938657336]


def study_of(tmp_path: Path, load: str, *given: str) -> Study:
    file = tmp_path / "study.toml"
    file.write_text(TEXT + load)
    return read_study(file, given)


def drawn(study: Study, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, int]]:
    """Return who drew the how manyeth number for what, in the order in which it happened."""
    found: list[tuple[int, str, int]] = []
    whole = Draws.of

    def of(self: Draws, step: str) -> Random:
        found.append((self._key, step, self._counts.get(step, 0)))
        return whole(self, step)

    with monkeypatch.context() as patch:
        patch.setattr(Draws, "of", of)
        Replication(study, 0).run()
    return found


def test_a_variant_that_changes_the_order_meets_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = drawn(study_of(tmp_path, BURSTS, "management.api_threads=125"), monkeypatch)
    narrow = drawn(study_of(tmp_path, BURSTS, "management.api_threads=6"), monkeypatch)
    assert wide != narrow
    assert sorted(wide) == sorted(narrow)
    assert len(set(wide)) == len(wide) > 1000  # and nobody draws what somebody else has


def test_pairs_tell_a_small_difference_from_chance(tmp_path: Path) -> None:
    """Two threads against three: the variance of the difference falls at least tenfold."""
    one, other = (
        [
            float(replicate(study, n).row["load.mean_s"] or 0)
            for n in range(16)
            for study in [study_of(tmp_path, POISSON, f"management.work_threads={threads}")]
        ]
        for threads in (2, 3)
    )
    paired = [a - b for a, b in zip(one, other, strict=True)]
    apart = [a - b for a, b in zip(one, other[1:] + other[:1], strict=True)]
    assert variance(paired) * 10 < variance(apart)


def variance(values: list[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((v - mean) ** 2 for v in values) / (len(values) - 1)


def test_the_numbers_are_what_they_always_were() -> None:
    draws = Draws(Stream(0), 2026)
    found = [draws.job(0).of("work").random(), draws.job(1, 2).of("api").random()]
    job = draws.job(7)
    job.of("work").random()
    found.append(job.of("work").random())
    assert found == GOLDEN


def test_neighbours_have_nothing_in_common() -> None:
    """Of next workflows, next jobs and next draws: uniform, and no two go together."""
    draws = Draws(Stream(0), 1)
    rows = {
        "workflows": [draws.job(n).of("work").random() for n in range(20_000)],
        "jobs": [draws.job(3, n).of("work").random() for n in range(20_000)],
        "steps": [draws.job(3).of(f"step{n}").random() for n in range(20_000)],
    }
    job = draws.job(4)
    rows["draws"] = [job.of("work").random() for _ in range(20_000)]
    stream = job.of("rest")
    rows["stream"] = [stream.random() for _ in range(20_000)]
    for name, row in rows.items():
        cells = [0] * 100
        for one, other in pairwise(row):
            cells[int(one * 10) * 10 + int(other * 10)] += 1
        chi = fsum((n - 199.99) ** 2 / 199.99 for n in cells)
        assert 60 < chi < 150, name  # 99 degrees of freedom, some overlap


def test_a_world_without_a_study_draws_as_it_did() -> None:
    """Scenarios and state files: one stream a step, in the order of events."""
    from simulator.engine.world import World

    world = World(seed=3)
    expected = world.timings.work(Random("3/work"))
    assert world.takes_s("work") == expected
