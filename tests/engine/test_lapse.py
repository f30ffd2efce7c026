"""The engine's own event of time passing, beside SimPy's."""

from functools import partial

import pytest
from simpy import Event
from simpy.events import Timeout

from simulator import boot
from simulator.engine.clock import Clock, Lapse
from simulator.engine.world import Flow


def note(came: list[str], name: str, _: Event) -> None:
    came.append(name)


def test_lapses_and_timeouts_come_in_the_order_they_were_made() -> None:
    clock, came = Clock(), list[str]()
    for name, event in (
        ("a", Lapse(clock, 2.0)),
        ("b", Timeout(clock, 1.0)),
        ("c", Lapse(clock, 1.0)),
        ("d", Timeout(clock, 2.0)),
    ):
        event.callbacks.append(partial(note, came, name))

    clock.run()

    assert came == ["b", "c", "a", "d"]
    assert clock.now == 2.0


def test_a_process_of_simpy_waits_for_a_lapse() -> None:
    clock, seen = Clock(), list[float]()

    def wait() -> Flow:
        yield Lapse(clock, 3.0)
        seen.append(clock.now)

    clock.process(wait())
    clock.run()

    assert seen == [3.0]


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match=r"Negative delay -1\.0"):
        Lapse(Clock(), -1.0)


def test_a_job_that_ended_keeps_nothing_of_its_way() -> None:
    cloud = boot("simulator")
    store = cloud.world.store
    asked = {"zoneid": next(iter(store.zones)), "templateid": next(iter(store.templates))}
    cloud.call(
        "deployVirtualMachine", serviceofferingid=next(iter(store.service_offerings)), **asked
    )
    cloud.settle()

    (job,) = cloud.jobs.all.values()
    assert job.status == 1
    assert not [s for s in ("_flow", "_turn", "_waits", "_render", "_then") if getattr(job, s)]
