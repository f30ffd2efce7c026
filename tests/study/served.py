"""Jobs as a server tells of them, for tests that fit them."""

import json
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from simulator import boot
from simulator.boot import CloudFile
from simulator.domain.records import VolumeType
from simulator.engine.latency import Timings, lognormal

TRUE_S, DETACH_S, SIGMA = 2.5, 1.5, 0.6
CLOUD = """\
[[zones]]
name = "z"
[[zones.clusters]]
hypervisor = "KVM"
hosts = [{ count = 20, memory = "1 TiB" }]
pools = [{ count = 2, capacity = "1 PiB" }]
[[vms]]
name = "vm"
count = 200
disks = [{ offering = "Small" }]
"""


def served(count: int, seed: int = 3) -> list[dict[str, Any]]:
    """Return what a server says of *count* detaches and attaches that did not meet."""
    commands = dict(Timings().commands)
    commands["AttachCommand"] = lognormal(TRUE_S, SIGMA)
    commands["DettachCommand"] = lognormal(DETACH_S, SIGMA)
    cloud = boot(cloud=CloudFile("t", CLOUD), seed=seed, timings=Timings(commands=commands))
    volumes = cloud.world.store.volumes.values()
    disks = [(v.id, str(v.vm_id)) for v in volumes if v.type is VolumeType.DATADISK]
    dice, jobs, off = Random(seed), [], set[str]()
    for _ in range(count):
        disk_id, vm_id = disks.pop(dice.randrange(len(disks) - 40))
        disks.append((disk_id, vm_id))  # not again before 40 others
        if disk_id in off:
            off.remove(disk_id)
            reply = cloud.call("attachVolume", id=disk_id, virtualmachineid=vm_id)
        else:
            off.add(disk_id)
            reply = cloud.call("detachVolume", id=disk_id)
        jobs.append(reply.body["jobid"])
        cloud.sleep(dice.expovariate(0.5))
    cloud.sleep(600)
    return [cloud.call("queryAsyncJobResult", jobid=job).body for job in jobs]


def seen(draw: Any, count: int = 1500, tick_s: float = 2.0) -> list[int]:
    """Return the seconds between two clocks, with the wait and the steps of an attach."""
    dice = Random(5)
    rest = [Timings().api(dice) + Timings().work(dice) for _ in range(300)]
    found = []
    for n in range(count):
        begun_s = dice.uniform(0, 1e5)
        end_s = begun_s + draw(dice) + dice.uniform(0, tick_s) + rest[n % len(rest)]
        found.append(int(end_s) - int(begun_s))
    return found


def jobs_file(tmp_path: Path, *, failed: int = 0) -> Path:
    seconds = seen(lambda d: exp(d.gauss(0.5, 0.6)), 200)
    rows = [
        {"cmd": "a.AttachVolumeCmd", "jobid": str(n), "jobstatus": 2 if n < failed else 1,
         "account": "secret-name", "created": "2025-12-01T00:00:00+0000",
         "completed": f"2025-12-01T00:{s // 60:02d}:{s % 60:02d}+0000"}
        for n, s in enumerate(seconds)
    ]  # fmt: skip
    rows.append(rows[-1] | {"cmd": "a.CreateVolumeCmd", "jobid": "x"})
    file = tmp_path / "jobs.json"
    file.write_text(json.dumps({"listasyncjobsresponse": {"asyncjobs": rows}}))
    return file
