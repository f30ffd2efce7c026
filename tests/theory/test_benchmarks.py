"""The benchmarks do what they say they time: every engine serves the same customers alike."""

import subprocess
import sys
from pathlib import Path

import pytest
from backlog import all_at_once, given_up
from copies import Retimed, copied
from customers import FEW, Queue, as_jobs, on_ciw, on_heap, on_salabim, on_simpy, on_slots
from customers import on_slots_by_process as on_processes
from jobs import WORKLOADS, Lab
from loads import Driver, swaps
from meter import Measured, measured

from simulator.engine.latency import Capacities
from simulator.engine.slots import Shared

QUEUES = (Queue(4, 3.6, 2000), Queue(125, 118.75, 2000))
STUDIES = Path(__file__).parent.parent.parent / "benchmarks" / "studies.py"


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: f"M/M/{queue.servers}")
def test_all_engines_that_take_the_same_draws_find_the_same_wait(queue: Queue) -> None:
    wait_s = on_heap(queue)

    for engine in (on_slots, on_processes, on_simpy, on_salabim):
        assert engine(queue) == pytest.approx(wait_s, rel=1e-9), engine.__name__


def test_the_others_serve_the_same_queue() -> None:
    queue = QUEUES[0]._replace(customers=FEW)

    for engine in (as_jobs, on_ciw):
        assert 1 < engine(queue) < 4, engine.__name__  # 1.97 by Erlang C


def test_copies_end_alike_however_they_are_timed() -> None:
    ends_s = [
        copied(make, 50)[1] for make in (lambda env: Shared(env, 1), lambda env: Retimed(env, 1))
    ]

    assert ends_s[0] == pytest.approx(ends_s[1], rel=1e-9)


def test_all_jobs_of_a_backlog_end() -> None:
    driver, lab = all_at_once(60, 10, Capacities(api_threads=60))
    driver.run()

    lab.check(60)
    assert sum(map(len, driver.took_s)) == 60
    assert given_up(60) > 0


def test_a_workload_is_what_it_is_called() -> None:
    assert {name: load.jobs for name, load in WORKLOADS.items()} == {
        "day": 86_400, "mass": 20_000, "burst": 20_000, "scale": 1_000_000,
    }  # fmt: skip
    load = WORKLOADS["mass"]._replace(vms=20, workflows=swaps(20, 40), sessions=5)
    lab = Lab(load.vms)
    found = measured(Driver(load, lab).run)

    lab.check(160)
    assert found.cpu_s > 0
    assert Measured(3.0, 1e-6).ratio(1_000_000) == pytest.approx(3.0)


def test_an_unknown_benchmark_is_refused_in_a_line() -> None:
    run = subprocess.run(
        [sys.executable, str(STUDIES), "b9"], capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    assert run.stderr.splitlines() == ["no benchmark b9: there are b1, b2, b3, b4, b5, b6, scale"]
