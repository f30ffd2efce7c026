"""Recorded traces of the real server: every call ends as it did there, and leaves the same state.

A few are shipped, so that this needs no recordings beside the repository. Random traces of the same
mix end well without being recorded.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from tracing import Ended, Step, Trace, steps

from simulator.domain.states import VmState, VolumeState

ROOT = Path(__file__).parents[2]
TRACES: dict[str, Any] = json.loads(
    (ROOT / "tests" / "golden" / "traces.json").read_text(encoding="utf-8")
)
SETTLED_VOLUME = {VolumeState.ALLOCATED, VolumeState.READY, VolumeState.DESTROY}
SETTLED_VM = {VmState.RUNNING, VmState.STOPPED, VmState.DESTROYED}


def normal(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state in one order."""
    return {name: sorted(rows, key=str) for name, rows in state.items()}


def told(ended: Ended) -> list[Any]:
    """Return what a recording judges of an end."""
    return [ended.kind, ended.status, ended.jobstatus, ended.code]


@pytest.mark.parametrize("seed", TRACES)
def test_a_shipped_trace_ends_as_recorded(seed: str) -> None:
    """Every call of the trace answers and changes what it did on the real server."""
    (state,), *calls = TRACES[seed]
    trace = Trace(int(seed))
    assert normal(trace.state()) == normal(state)
    for number, (who, op, args, end, after) in enumerate(calls, 1):
        state = after or state
        assert told(trace.do((who, op, args))) == end, (number, who, op, args)
        assert normal(trace.state()) == normal(state), (number, who, op, args)


def sound(trace: Trace, step: Step, ended: Ended) -> None:
    """Check that nothing is half-way after a call, and that an error has words."""
    store = trace.cloud.world.store
    assert ended.code is None or ended.text, (step, ended)
    assert ended.code != 500, (step, ended)
    live = [v for v in store.volumes.values() if not v.removed]
    assert {v.state for v in live} <= SETTLED_VOLUME, step
    assert {v.state for v in store.vms.values() if not v.removed} <= SETTLED_VM, step
    assert not trace.cloud.world.claims, step
    assert not trace.cloud.jobs.running, step
    assert "transit" not in ended.text, (step, ended)
    places = [(v.vm_id, v.device_id) for v in live if v.vm_id is not None]
    assert len(places) == len(set(places)), step
    assert all((v.type == "ROOT") == (v.device_id == 0) for v in live), step
    assert all((v.vm_id is None) == (v.device_id is None) for v in live), step
    for volume in live:
        placed = volume.state is not VolumeState.ALLOCATED
        assert volume.type == "ROOT" or (volume.pool_id is not None) == placed, (step, volume)
        if volume.vm_id is not None:
            assert not store.vms[volume.vm_id].removed, step


@pytest.mark.parametrize("dialect", ["acs-4.22", "spec"])
@pytest.mark.parametrize("seed", range(12))
def test_a_random_trace_leaves_nothing_half_way(seed: int, dialect: str) -> None:
    """120 calls one after another, whatever they are."""
    trace = Trace(seed, dialect)
    for step in steps(seed, 120):
        sound(trace, step, trace.do(step))


@pytest.mark.parametrize("dialect", ["acs-4.22", "spec"])
@pytest.mark.parametrize("seed", range(12))
def test_a_crowd_leaves_nothing_half_way(seed: int, dialect: str) -> None:
    """The same calls five at a time: their jobs cross, and all of them end."""
    trace = Trace(seed, dialect)
    drawn = steps(seed + 1000, 120)
    for at in range(0, len(drawn), 5):
        for who, op, a in drawn[at : at + 5]:
            trace.begin((who, op, a))
            trace.cloud.sleep(0.07)
        trace.cloud.settle()
        trace.cloud.sleep(1)  # a deletion goes on without a job
        for job in trace.cloud.jobs.all.values():
            assert job.status in (1, 2)
        sound(trace, drawn[at], Ended("job", 200, 1, None))
