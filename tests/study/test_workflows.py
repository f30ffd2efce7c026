"""What each workflow leaves behind, and what clients make of their jobs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.engine.draws import Draws
from simulator.engine.jobs import Job
from study.reading import BadStudy, read_study
from study.replication import Outcome, Replication
from study.sources import Source

TEXT = """\
[run]
seed = 4
[cloud]
vms = 20
hosts = 2
hypervisor = "KVM"
disks = "attached"
[management]
first_tick = "1s"
[latency]
api = "constant(50ms)"
work = "constant(100ms)"
"""


class Keeping:
    """Makes jobs and keeps them, where the study forgets them."""

    def __init__(self, make: Callable[..., Job]) -> None:
        self.make = make
        self.made: list[Job] = []

    def __call__(self, *args: Any) -> Job:
        self.made.append(self.make(*args))
        return self.made[-1]


def jobs_of(run: Replication) -> list[Job]:
    keeping = run._jobs.make
    assert isinstance(keeping, Keeping)
    return keeping.made


def ran(tmp_path: Path, *loads: str, given: tuple[str, ...] = ()) -> tuple[Replication, Outcome]:
    file = tmp_path / "study.toml"
    file.write_text(TEXT + "".join(loads))
    run = Replication(read_study(file, given), 0)
    run._jobs.make = Keeping(run._jobs.make)
    return run, run.run()


def load(workflow: str, *keys: str, name: str = "b") -> str:
    told = [f'name = "{name}"', f'workflow = "{workflow}"', *keys]
    if not any(key.startswith("executor") for key in keys):
        told += ['executor = "iterations"']
    return "[[workload]]\n" + "\n".join(told) + "\n"


def records(run: Replication) -> list[tuple[str, ...]]:
    """Return what is where, of volumes and users' VMs."""
    store = run.world.store
    disks = [
        (v.name, v.state, v.type, str(v.vm_id), str(v.device_id)) for v in store.volumes.values()
    ]
    return [*disks, *((v.name, v.state) for v in store.vms.values() if v.kind == "User")]


def commands(run: Replication) -> dict[str, int]:
    found: dict[str, int] = {}
    for job in jobs_of(run):
        found[job.command] = found.get(job.command, 0) + 1
    return found


def test_a_rescue_leaves_everything_where_it_was(tmp_path: Path) -> None:
    before = records(Replication(ran(tmp_path, load("detach", "items = 1"))[0].study, 0))
    text = load("rescue", "items = 10", 'think = "constant(20min)"')
    run, found = ran(tmp_path, text)
    assert (found.row["b.done"], found.row["b.failed"]) == (10, 0)
    assert 1200 < float(found.row["b.p50_s"] or 0) < 1230
    assert records(run) == before
    assert commands(run) == {"stopVirtualMachine": 10, "detachVolume": 20, "attachVolume": 20,
                             "startVirtualMachine": 10}  # fmt: skip


def test_a_rescue_needs_a_second_vm(tmp_path: Path) -> None:
    text = load("rescue", "items = 11", 'think = "constant(20min)"')
    assert ran(tmp_path, text)[1].row["b.dropped"] == 1
    with pytest.raises(BadStudy, match=r"nothing in this cloud to rescue"):
        ran(tmp_path, text, given=("cloud.vms=1",))


@pytest.mark.parametrize("state", ["Running", "Stopped"])
def test_power_ends_where_it_began(tmp_path: Path, state: str) -> None:
    run, found = ran(tmp_path, load("power", "items = 20"), given=(f"cloud.state={state}",))
    assert found.row["b.done"] == 20
    assert commands(run) == {"stopVirtualMachine": 20, "startVirtualMachine": 20}
    assert {v.state for v in run.world.store.vms.values() if v.kind == "User"} == {state}


def test_a_running_vm_migrates_to_another_host(tmp_path: Path) -> None:
    text = load("migrate", "items = 20")
    run, found = ran(tmp_path, text)
    before = [v.host_id for v in Replication(run.study, 0).world.store.vms.values()
              if v.kind == "User"]  # fmt: skip
    after = [v.host_id for v in run.world.store.vms.values() if v.kind == "User"]
    assert found.row["b.done"] == 20
    assert all(a != b for a, b in zip(after, before, strict=True))


def test_the_root_of_a_stopped_vm_migrates_to_another_pool(tmp_path: Path) -> None:
    run, found = ran(tmp_path, load("migrate", "items = 20"), given=("cloud.state=Stopped",))
    old = [v.pool_id for v in Replication(run.study, 0).world.store.volumes.values()
           if v.type == "ROOT" and v.vm_id]  # fmt: skip
    new = [v.pool_id for v in run.world.store.volumes.values() if v.type == "ROOT" and v.vm_id]
    assert found.row["b.done"] == 20
    assert sum(a != b for a, b in zip(new, old, strict=False)) == 20
    _, alone = ran(
        tmp_path, load("migrate", "items = 1"), given=("cloud.state=Stopped", "cloud.pools=1")
    )
    assert alone.failures == {"b": {"431 MIG-04": 1}}


def test_a_client_that_polls_sees_the_end_when_it_looks(tmp_path: Path) -> None:
    """The detach ends between 1.2 and 2 s; the second job of a pair is asked for at a look."""
    _, found = ran(tmp_path, load("detach", "items = 1", 'poll = "3s"'))
    assert found.row["b.max_s"] == 3.0
    _, found = ran(tmp_path, load("power", "items = 1", 'poll = "1500ms"'))
    assert float(found.row["b.max_s"] or 0) % 1.5 == 0


def test_who_gives_up_is_counted_apart_and_its_job_goes_on(tmp_path: Path) -> None:
    run, found = ran(tmp_path, load("detach", "items = 5", 'give_up = "1s"'))
    row = found.row
    assert (row["b.gave_up"], row["b.done"], row["b.failed"], row["b.unfinished"]) == (5, 0, 0, 0)
    assert sum(v.type == "DATADISK" and v.vm_id is None
               for v in run.world.store.volumes.values()) == 5  # fmt: skip
    _, patient = ran(tmp_path, load("detach", "items = 5", 'give_up = "1h"'))
    assert (patient.row["b.gave_up"], patient.row["b.done"]) == (0, 5)


def test_what_was_given_up_is_busy_until_its_job_is_done(tmp_path: Path) -> None:
    """Three sessions give up at 0.5 s, and find the three VMs still at work."""
    keys = ("items = 6", 'executor = "sessions"', "sessions = 3", 'give_up = "500ms"')
    run, found = ran(tmp_path, load("churn", *keys), given=("cloud.vms=3",))
    row = found.row
    assert (row["b.begun"], row["b.gave_up"], row["b.dropped"]) == (6, 3, 3)
    assert run.working == 0
    assert commands(run) == {"detachVolume": 3}


def test_a_failed_job_is_asked_for_again(tmp_path: Path) -> None:
    fail = ('[[fault]]\nkind = "mock"\nat = "0s"\nduration = "15s"\nresult = "fail"\n'
            'command = "DettachCommand"\n')  # fmt: skip
    retry = 'retry = { policy = "failed", every = "10s", max = 2 }'
    _, found = ran(tmp_path, load("detach", "items = 4", retry), fail)
    assert (found.row["b.done"], found.row["b.retries"]) == (4, 8)  # at 0, 12 and 24 s or so
    assert 24 < float(found.row["b.max_s"] or 0) < 30
    few = retry.replace("max = 2", "max = 1")
    _, found = ran(tmp_path, load("detach", "items = 4", few), fail)
    assert (found.row["b.failed"], found.row["b.retries"]) == (4, 4)
    late = ("items = 4", retry, 'deadline = "11s"')
    _, found = ran(tmp_path, load("detach", *late), fail)
    assert (found.row["b.failed"], found.row["b.retries"]) == (4, 0)


@pytest.mark.parametrize(("dialect", "stale"), [("acs-4.22", []), ("spec", ["431 DET-17"] * 4)])
def test_container_storage_piles_jobs_up_on_a_busy_vm(
    tmp_path: Path, dialect: str, stale: list[str]
) -> None:
    """A detach takes five minutes: each minute the same is queued again.

    The product then does each of them, whatever became of the volume meanwhile (semantics 2.5).
    """
    slow = ('[[fault]]\nkind = "mock"\nat = "0s"\nwait = "290s"\ncount = 1\n'
            'command = "DettachCommand"\n')  # fmt: skip
    csi = 'retry = { policy = "csi", every = "60s", max = 10 }'
    seen: list[int] = []
    file = tmp_path / "study.toml"
    file.write_text(TEXT + load("detach", "items = 1", csi) + slow)
    run = Replication(read_study(file, (f"cloud.dialect={dialect}",)), 0)
    run._jobs.make = Keeping(run._jobs.make)
    run.world.later(250.0, lambda: seen.append(len(run._jobs.running)))
    found = run.run()
    assert seen == [5]
    assert (found.row["b.done"], found.row["b.retries"]) == (1, 4)
    assert float(found.row["b.max_s"] or 0) < 295
    run._jobs.settle()
    assert [job.failure for job in jobs_of(run) if job.status == 2] == stale
    once = csi.replace("max = 10", "max = 2")
    assert ran(tmp_path, load("detach", "items = 1", once), slow)[1].row["b.retries"] == 2


def test_container_storage_ends_when_all_tries_have_failed(tmp_path: Path) -> None:
    fail = ('[[fault]]\nkind = "mock"\nat = "0s"\nresult = "fail"\n'
            'command = "DettachCommand"\n')  # fmt: skip
    csi = 'retry = { policy = "csi", every = "60s", max = 3 }'
    _, found = ran(tmp_path, load("detach", "items = 2", csi), fail)
    assert (found.row["b.failed"], found.row["b.retries"]) == (2, 6)
    assert found.failures == {"b": {"530 mock": 2}}
    assert 180 < float(found.row["b.makespan_s"] or 0) < 184


def test_a_retry_takes_nothing_from_the_next_step(tmp_path: Path) -> None:
    """The start after a stop that failed once takes as long as after one that did not."""
    fail = (
        '[[fault]]\nkind = "mock"\nat = "0s"\nresult = "fail"\ncommand = "StopCommand"\ncount = 1\n'
    )
    retry = 'retry = { policy = "failed", every = "60s" }'
    found = []
    for fault in ("", fail):
        run, _ = ran(tmp_path, load("power", "items = 1", retry), fault)
        job = jobs_of(run)[-1]
        assert job.command == "startVirtualMachine"
        found.append((job.completed_s or 0) % 2)  # since the tick
    assert found[0] == pytest.approx(found[1])


def test_what_ends_after_the_deadline_is_late(tmp_path: Path) -> None:
    keys = ("items = 20", 'executor = "sessions"', "sessions = 4", 'deadline = "4s"')
    _, found = ran(tmp_path, load("churn", *keys))
    assert (found.row["b.begun"], found.row["b.done"], found.row["b.late"]) == (12, 12, 4)


def test_people_think_between_the_items_of_a_session(tmp_path: Path) -> None:
    keys = ("items = 4", 'executor = "sessions"', "sessions = 1")
    plain = float(ran(tmp_path, load("churn", *keys))[1].row["b.makespan_s"] or 0)
    thinks = load("churn", *keys, 'think = "constant(60s)"')
    assert float(ran(tmp_path, thinks)[1].row["b.makespan_s"] or 0) == pytest.approx(plain + 180)


def test_no_two_thoughts_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions that end at once think for as long as each does, not for as long as the next."""
    thoughts: list[float] = []
    whole = Source.think_s

    def think_s(self: Source, draws: Draws) -> float:
        thoughts.append(whole(self, draws))
        return thoughts[-1]

    monkeypatch.setattr(Source, "think_s", think_s)
    keys = ("items = 12", 'executor = "sessions"', "sessions = 6", "think = 'exponential(60s)'")
    ran(tmp_path, load("churn", *keys))
    assert len(set(thoughts)) == len(thoughts) == 12


def test_who_gave_up_while_the_server_was_away_asks_for_nothing(tmp_path: Path) -> None:
    away = '[[fault]]\nkind = "ms-restart"\nat = "1s"\nduration = "1min"\n'
    text = load("detach", "items = 5", 'start = "10s"', 'give_up = "20s"')
    run, found = ran(tmp_path, text, away)
    assert (found.row["b.gave_up"], commands(run)) == (5, {})
    patient = text.replace("20s", "55s")
    run, found = ran(tmp_path, patient, away)
    assert (found.row["b.done"], commands(run)) == (5, {"detachVolume": 5})
    assert run.working == 0


def test_sessions_that_find_nothing_go_on_to_their_next_item(tmp_path: Path) -> None:
    keys = ("items = 30", 'executor = "sessions"', "sessions = 25")
    _, found = ran(tmp_path, load("churn", *keys))
    assert (found.row["b.begun"], found.row["b.done"], found.row["b.dropped"]) == (30, 20, 10)
