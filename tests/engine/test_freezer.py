"""A cloud at rest is plain data, all of which a checkpoint holds."""

from typing import get_type_hints

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.boot import PRESETS
from simulator.engine.freezer import Ended, at_rest, freeze, freeze_history, marked, thaw
from simulator.engine.jobs import Job
from simulator.engine.store import Store
from simulator.engine.world import Flow, World

REMADE = {
    "env", "seed", "dialect", "timings", "capacities", "settings", "store",
    "api", "draws", "label", "parts", "queue", "trouble", "exchanges", "on_bug", "notes",
    "history",
    "_agents", "_bandwidth", "_cores", "_steps", "_dice",
}  # fmt: skip
"""What of a World a boot makes again, or `Rest` holds."""


def carry(cloud: SimulatedCloud, other: SimulatedCloud) -> None:
    """Give a booted cloud the state of another."""
    history = freeze_history(cloud.jobs, marked(other.jobs))
    thaw(other.jobs, freeze(cloud.jobs), [history])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_cloud_at_rest_comes_back(preset: str) -> None:
    """Nothing is under way at boot, and what was frozen freezes to the same bytes again."""
    cloud, other = boot(preset), boot(preset)
    assert at_rest(cloud.jobs)
    cloud.call("createDomain", name="d")
    cloud.sleep(0.1)
    carry(cloud, other)
    assert other.world.store.domains == cloud.world.store.domains
    assert freeze(other.jobs) == freeze(cloud.jobs)


def test_every_field_is_kept() -> None:
    """A new field of Store, World, Job or Settings is typed where the checkpoint finds it."""
    world = boot().world
    hooks = {"on_vm_destroyed", "on_volume_destroyed"}
    assert set(vars(world.store)) == {*get_type_hints(Store), "_dice", *hooks}
    assert set(vars(world)) == {*get_type_hints(World), *REMADE}
    assert set(vars(world.settings)) == {"values", "at_boot"}
    assert {s for s in Job.__slots__ if not s.startswith("_")} == set(Ended._fields)


def test_history_is_told_once_and_may_be_forgotten() -> None:
    """A chapter has what is new since the last one; a job that is gone stays gone."""
    cloud, other = boot(), boot()
    none = marked(cloud.jobs)
    for name in ("a", "b", "c"):
        cloud.call("deleteDomain", id=cloud.call("createDomain", name=name).body["domain"]["id"])
    cloud.settle()
    first, mark = freeze_history(cloud.jobs, none), marked(cloud.jobs)
    assert len(cloud.jobs.all) == 3
    assert len(freeze_history(cloud.jobs, mark)) < len(first) / 5
    del cloud.jobs.all[list(cloud.jobs.all)[1]]
    thaw(other.jobs, freeze(cloud.jobs), [first, freeze_history(cloud.jobs, mark)])
    assert list(other.jobs.all) == list(cloud.jobs.all)


def test_a_pool_that_rests_remembers_nothing() -> None:
    """A copy takes to the last bit what it takes after a restart."""
    cloud, other = boot(), boot()
    pool = next(iter(cloud.world.store.pools))
    for size in range(40):
        cloud.world.copy(pool, 10**9 // 7 + size)
        cloud.sleep(0.1)
    cloud.sleep(100)
    assert at_rest(cloud.jobs)
    carry(cloud, other)
    ends = []
    for world in (cloud.world, other.world):
        for size in range(1, 30):
            world.copy(pool, 10**9 // size)
            world.advance(0.01)
        ends.append(world.env.peek())
    assert ends[0] == ends[1]


@pytest.mark.parametrize("state", [b"", b"\x80", b"\xff\xff", b"no"])
def test_what_is_no_state_is_refused(state: bytes) -> None:
    with pytest.raises(ValueError, match="read back"):
        thaw(boot().jobs, state, [])


def test_a_job_that_hangs_is_no_rest() -> None:
    """Nothing is due, and yet a job is under way that a checkpoint could not hold."""
    cloud = boot()

    def hang() -> Flow:
        yield cloud.world.env.event()

    cloud.jobs.submit(hang(), "hang", cloud.account.id, cloud.user.id)
    cloud.sleep(100)
    assert cloud.world.env.peek() == float("inf")
    assert not at_rest(cloud.jobs)
