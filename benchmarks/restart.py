"""How fast a kept cloud answers and comes back: `python benchmarks/restart.py [rows]`."""

import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

from simulator.api.service import SimulatedCloud
from simulator.serve import Header, Kept, booted, read, reopen
from simulator.serve.replay import restored
from simulator.serve.site import Ask, ask

ROWS, VMS, DISKS = 100_000, 20, 3
ASKED = Header("mixed", 1, "spec", None, None, "instant", 0.0)


def calls(cloud: SimulatedCloud) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield without end: disks go on and off VMs, with a list after each fourth change."""
    store = cloud.world.store
    zone, offering = next(iter(store.zones)), next(iter(store.service_offerings))
    template = next(t.id for t in store.templates.values() if t.hypervisor == "KVM")
    disk = next(iter(store.disk_offerings))
    for _ in range(VMS):
        text = {"zoneid": zone, "templateid": template, "serviceofferingid": offering}
        yield "deployVirtualMachine", text
        for number in range(DISKS):
            made = {"zoneid": zone, "diskofferingid": disk, "name": f"d{number}"}
            yield "createVolume", made
    vms = list(store.vms)
    disks = [v.id for v in store.volumes.values() if v.vm_id is None]
    pairs = [(disks[i], vms[i % VMS]) for i in range(len(disks))]
    for turn in count():
        volume, vm = pairs[turn // 2 % len(pairs)]
        if turn % 2:
            yield "detachVolume", {"id": volume}
        else:
            yield "attachVolume", {"id": volume, "virtualmachineid": vm}
        if turn % 4 == 3:
            yield "listVolumes", {"virtualmachineid": vm, "listall": "true"}


def drive(cloud: SimulatedCloud, answer: Ask, rows: int) -> tuple[int, float, float]:
    """Make *rows* changes and the lists between; return calls, seconds, and the slowest call."""
    begun_s, slowest_s = perf_counter(), 0.0
    for sent, (command, text) in enumerate(calls(cloud), 1):
        cloud.settle()
        at_s = perf_counter()
        reply = answer(cloud, command, text).reached()
        slowest_s = max(slowest_s, perf_counter() - at_s)
        if reply.status != 200:
            raise RuntimeError(reply)
        rows -= command != "listVolumes"
        if not rows:
            return sent, perf_counter() - begun_s, slowest_s
    raise AssertionError


def told(cloud: SimulatedCloud) -> tuple[object, ...]:
    """Return enough of a settled cloud to see that two are the same."""
    cloud.settle()
    streams = {name: dice.getstate() for name, dice in cloud.world.streams()}
    return cloud.now_s(), streams, cloud.world.store.volumes, list(cloud.jobs.all)


def main(rows: int) -> None:
    """Print the figures."""
    sent, bare_s, _ = drive(booted(ASKED), ask, rows)
    say(f"no --state: {sent} calls in {bare_s:.1f} s, {sent / bare_s:,.0f} calls/s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cloud.db"
        kept = reopen(path, ASKED, ())
        sent, kept_s, slowest_s = drive(kept.cloud, kept.keeper.ask, rows)
        say(
            f"--state:    {sent} calls in {kept_s:.1f} s, {sent / kept_s:,.0f} calls/s, "
            f"slowest {slowest_s:.2f} s"
        )
        kept.keeper.journal.close()
        before = told(kept.cloud)
        saved = read(path)
        say(f"{saved.end.seq} rows, {path.stat().st_size >> 20} MiB, {len(saved.rows)} to replay")
        begun_s = perf_counter()
        again: Kept = reopen(path, ASKED, ())
        say(f"restart:    {perf_counter() - begun_s:.2f} s")
        again.keeper.journal.close()
        begun_s = perf_counter()
        whole, _ = restored(read(path, whole=True))
        say(f"restart without checkpoints: {perf_counter() - begun_s:.2f} s")
        if not told(again.cloud) == told(whole) == before:
            raise AssertionError


def say(line: str) -> None:
    """Print *line* at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
