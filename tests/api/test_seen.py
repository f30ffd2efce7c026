"""rootswapLog and rootswapSlow: what was seen, what is about to go wrong, and slow pools."""

import pytest
from lab import Lab


@pytest.fixture
def lab() -> Lab:
    return Lab("spec")


def test_the_newest_of_each_log(lab: Lab) -> None:
    lab.start()
    lab.start()
    whole = lab.ok("rootswapLog")["log"]

    part = lab.ok("rootswapLog", last="1")["log"]

    assert len(whole["agentcommands"]) > 1
    assert part["agentcommands"] == whole["agentcommands"][-1:]
    assert part["refusals"] == whole["refusals"][-1:]
    assert lab.ok("rootswapLog", last="10000")["log"] == whole
    for last in ("0", "-1", "x"):
        assert lab.do("rootswapLog", last=last).code == 431


def test_faults_that_wait_and_what_they_may_befall(lab: Lab) -> None:
    lab.ok("rootswapStrike", operation="AttachCommand", times="2")
    lab.ok("rootswapStrike", operation="StartCommand", mode="slow", seconds="9", times="-1")

    log = lab.ok("rootswapLog")["log"]

    assert log["faults"] == [
        {"operation": "AttachCommand", "mode": "fail", "times": 2},
        {"operation": "StartCommand", "mode": "slow", "times": -1, "seconds": 9.0},
    ]
    assert log["operations"] == sorted(lab.cloud.world.timings.commands)
    for operation in log["operations"]:
        lab.ok("rootswapStrike", operation=operation, times="0")
    assert lab.ok("rootswapLog")["log"]["faults"] == []


def test_a_slow_pool_copies_slowly_until_it_is_well_again(lab: Lab) -> None:
    """A disk's copy to another pool takes ten times as long at a tenth of the speed."""
    volume = lab.loose_disk()
    took: list[float] = []
    pools = [p for p in lab.store.pools.values() if p.cluster_id and "MANAGED" not in p.name]
    for speed in ("", "0.1", "1"):
        first = lab.store.volumes[volume].pool_id or ""
        there = next(
            p.id for p in pools if p.cluster_id == lab.store.pools[first].cluster_id
            and p.id != first
        )  # fmt: skip
        if speed:
            lab.ok("rootswapSlow", id=there, speed=speed)
        began_s = lab.cloud.now_s()
        lab.ok("migrateVolume", volumeid=volume, storageid=there)
        took.append(lab.cloud.now_s() - began_s)

    size_s = lab.store.volumes[volume].size_bytes / lab.cloud.world.capacities.pool_bytes_per_s
    assert took[1] - took[0] == pytest.approx(9 * size_s, rel=0.1)
    assert took[2] == pytest.approx(took[0], rel=0.5)
    slow = [row["speed"] for row in lab.ok("rootswapLog")["log"]["slowpools"]]
    assert slow == [0.1]


@pytest.mark.parametrize("speed", ["0", "-1", "2", "nan", "fast", ""])
def test_no_pool_has_such_a_speed(lab: Lab, speed: str) -> None:
    pool = next(iter(lab.store.pools))

    assert lab.do("rootswapSlow", id=pool, speed=speed).code == 431
    assert lab.do("rootswapSlow", id="nobody", speed="0.5").code == 431
    assert lab.cloud.world.slowed == {}
