"""What a replication records: who waits where, what is used, and that both sides agree."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.engine.meters import Gauge
from simulator.engine.slots import Slots
from study.reading import Study, read_study
from study.recorded import Recorded
from study.replication import Replication
from study.report import as_text, summary_of
from study.resources import TOLERANCE, invalid

if TYPE_CHECKING:
    from collections.abc import Callable

CLOUD = """\
[run]
seed = 3
[cloud]
vms = 30
hosts = 2
disks = "attached"
[management]
first_tick = "1s"
[latency]
api = "constant(50ms)"
work = "constant(100ms)"
"""
BURST = """\
[[workload]]
name = "b"
workflow = "detach"
executor = "iterations"
items = 10
"""
RATE = """\
[[workload]]
name = "r"
workflow = "churn"
executor = "arrival-rate"
rate = "5/s"
"""
STEADY = ("run.kind='steady'", "run.horizon='60s'", "run.warmup='20s'")


def study_of(tmp_path: Path, text: str, *given: str) -> Study:
    file = tmp_path / "study.toml"
    file.write_text(text)
    return read_study(file, given)


def recorded(study: Study, number: int = 0) -> Recorded:
    found = Replication(study, number).run().recorded
    assert found is not None
    return found


def test_a_burst_by_hand(tmp_path: Path) -> None:
    given = ("cloud.state='Stopped'", "management.work_threads=4")
    found = recorded(study_of(tmp_path, CLOUD + BURST, *given))
    assert found.span_s == pytest.approx(1.3)  # tick at 1 s, then 4, 4 and 2 for 0.1 s each
    use = found.use
    threads = 4 * 1.1 + 4 * 1.2 + 2 * 1.3
    assert use["API threads"].mean_used == pytest.approx(threads / 1.3)
    assert use["API threads"].utilisation == pytest.approx(threads / 1.3 / 125)
    assert use["work threads"].utilisation == pytest.approx(1.0 / 1.3 / 4)
    assert use["work threads"].mean_queue == pytest.approx((4 * 0.1 + 2 * 0.2) / 1.3)
    assert use["work threads"].most_queue == 6
    assert use["dispatcher"].mean_queue == pytest.approx(10 * 0.95 / 1.3)
    assert use["dispatcher"].utilisation == pytest.approx(10 / 50 * 0.3 / 1.3)
    spent = found.spent["detachVolume"]
    assert spent.jobs == 10
    wanted = {"api": 0.5, "dispatch": 9.5, "work_wait": 0.8, "server": 1.0}
    assert spent.phases_s == pytest.approx(wanted)
    assert found.series["work threads"].width_s == 0.125
    assert found.series["work threads"].means[8:] == pytest.approx((4.0, 3.2, 2.0))
    assert [bar.done_s for bar in found.bars] == pytest.approx([1.1] * 4 + [1.2] * 4 + [1.3] * 2)


@pytest.mark.parametrize(
    "given",
    [
        ("management.api_threads=2",),
        ("management.work_threads=1",),
        ("management.tick_batch=2",),
        ("management.cores=1",),
        ("cloud.hosts=1", "workload.0.workflow='replace-root'"),
        STEADY,
        (*STEADY, "management.cores=0.5", "management.api_threads=9"),
    ],
)
def test_resources_and_jobs_tell_the_same(tmp_path: Path, given: tuple[str, ...]) -> None:
    horizon = () if STEADY[1] in given else ("run.horizon='30s'",)
    found = recorded(study_of(tmp_path, CLOUD + RATE, *given, *horizon))
    assert {law.resource for law in found.laws} > {"API threads", "dispatcher queue", "agents"}
    assert max(abs(law.residual) for law in found.laws) < 1e-9
    assert any(law.user_side > 0 for law in found.laws)
    if STEADY[1] in given:
        assert found.span_s == 40.0
    if "cloud.hosts=1" in given:
        workers = found.use["agent workers"]
        assert workers.busiest == pytest.approx(workers.utilisation)
        assert workers.busiest


@pytest.mark.parametrize(
    "fault",
    [
        'kind = "host-down"\ntarget = "*"\nat = "5s"\nduration = "200s"',
        'kind = "agent-disconnect"\ntarget = "*"\nmtbf = "5s"\nmttr = "2s"',
        'kind = "pool-slow"\ntarget = "*"\nfactor = 0.02\nat = "5s"\nduration = "9s"',
        'kind = "ms-restart"\nmtbf = "9s"\nmttr = "1s"',
        'kind = "stuck-job"\ncount = 2\nat = "5s"',
        'kind = "db-slow"\nfactor = 0.3\nat = "5s"\nduration = "9s"',
    ],
)
def test_they_tell_the_same_whatever_goes_wrong(tmp_path: Path, fault: str) -> None:
    given = ("run.horizon='30s'", "management.cores=2", "management.api_threads=12")
    swap = BURST.replace("detach", "replace-root")
    study = study_of(tmp_path, f"{CLOUD}{RATE}{swap}[[fault]]\n{fault}\n", *given)
    found = recorded(study)
    assert max(abs(law.residual) for law in found.laws) < 1e-9
    assert all("other" not in spent.phases_s for spent in found.spent.values())
    assert (found.restarts > 0) == ("restart" in fault)


def test_a_thread_that_is_not_given_back_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path, CLOUD + RATE, "run.horizon='30s'")
    drop: Callable[[Slots], None] = Slots.drop
    dropped: list[Slots] = []

    def forgetful(slots: Slots) -> None:
        """Forget the fifth slot that is given back."""
        dropped.append(slots)
        if len(dropped) != 5:
            drop(slots)
        else:
            slots.used.add(1)  # type: ignore[attr-defined]

    monkeypatch.setattr(Slots, "drop", forgetful)
    found = recorded(study)
    assert max(abs(law.residual) for law in found.laws) > TOLERANCE
    assert invalid([found]) == [0]
    summary = summary_of(study, [Replication(study, 0).run().row], [found])
    assert "INVALID" in as_text(summary)
    assert summary["laws"]["invalid"] == [0]


def test_the_summary_has_the_busiest_first(tmp_path: Path) -> None:
    study = study_of(tmp_path, CLOUD + RATE, "run.horizon='30s'", "management.cores=1")
    outcomes = [Replication(study, n).run() for n in range(2)]
    summary = summary_of(
        study, [o.row for o in outcomes], [o.recorded for o in outcomes if o.recorded]
    )
    busy = [one["utilisation"]["mean"] or 0.0 for one in summary["resources"].values()]
    assert busy == sorted(busy, reverse=True)
    assert next(iter(summary["resources"])) == "cores"
    time: dict[str, Any] = summary["time"]["detachVolume"]
    assert set(time["phases_s"]) == {"api", "dispatch", "server", "host", "agent_wait"}
    assert "residual is" in as_text(summary)
    assert "detachVolume" in as_text(summary)


def test_bars_are_of_the_time_of_the_most_jobs(tmp_path: Path) -> None:
    burst = BURST.replace("items = 10", 'items = 25\nstart = "400s"')
    study = study_of(tmp_path, CLOUD + RATE + burst, "run.horizon='500s'", "cloud.vms=60")
    found = recorded(study)
    assert len(found.bars) == 400
    assert found.bars[0].submitted_s < 400 < found.bars[-1].submitted_s
    assert recorded(study, 1).bars == ()
    assert found.jobs == ()


def test_all_jobs_are_kept_where_they_are_asked_for(tmp_path: Path) -> None:
    given = ("run.horizon='200s'", "record.jobs=true")
    found = recorded(study_of(tmp_path, CLOUD + RATE, *given), 1)
    assert len(found.jobs) == sum(one.jobs for one in found.spent.values()) > 800
    for job in found.jobs:
        assert sum(job.phases_s.values()) == pytest.approx(job.done_s - job.submitted_s)


class Hand:
    """A clock that is put by hand."""

    now = 0.0


def test_a_gauge_that_outgrows_its_pieces_keeps_its_area() -> None:
    clock = Hand()
    gauge = Gauge(clock)  # type: ignore[arg-type]
    area = 0.0
    for at_s, level in ((0.3, 2.0), (0.31, 3.0), (29.9, 0.0), (77.0, 5.0), (500.0, 1.0), (9e3, 0)):
        area += gauge.level * (at_s - clock.now)
        clock.now = at_s
        gauge.put(level)
    assert gauge.area == pytest.approx(area)
    assert gauge.width_s == 64.0
    means = gauge.means()
    assert len(means) <= 240
    assert 64.0 * sum(means[:-1]) + means[-1] * (9e3 % 64.0) == pytest.approx(area)
    assert means[0] == pytest.approx((2 * 0.01 + 3 * 29.59) / 64.0)
    assert means[100] == pytest.approx(1.0)


def test_what_is_over_is_forgotten(tmp_path: Path) -> None:
    run = Replication(study_of(tmp_path, CLOUD + RATE, "run.horizon='60s'"), 0)
    found = run.run().recorded
    assert found is not None
    assert sum(spent.jobs for spent in found.spent.values()) > 200
    assert (run._jobs.all, run.world.sent) == ({}, [])


def test_a_dispatcher_is_as_full_as_its_ticks(tmp_path: Path) -> None:
    """By hand: ticks at 1, 3, 5 and 7 s look at 10, 6, 2 and no VMs; at most 4 at a time."""
    given = ("cloud.state='Stopped'", "management.tick_batch=4")
    found = recorded(study_of(tmp_path, CLOUD + BURST, *given))
    places = 4 * 2.0 + 4 * 2.0 + 2 * 0.1  # until the last work is done
    assert found.use["dispatcher"].mean_used == pytest.approx(places / 5.1)
    assert found.series["dispatcher"].means[24] == pytest.approx(4.0)
