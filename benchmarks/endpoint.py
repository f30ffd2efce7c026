"""How fast a served cloud answers, beside moto's EC2: `python benchmarks/endpoint.py [--moto CMD]`.

Both servers are subprocesses; what counts is the server's own CPU time (user and system, from
/proc), so the client costs neither anything. Attach and detach come over eight connections at
once, as a busy server sees them, the rest over one that is kept. moto answers attach and detach at
once; rootswap makes jobs of them, so a second figure has a poll after each call.
"""

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from servers import LANES, Moto, Rootswap, crowd


def times(count: int, work: Callable[[], Any]) -> Callable[[], None]:
    """Return *work* done *count* times."""

    def run() -> None:
        for _ in range(count):
            work()

    return run


def ours() -> dict[str, float]:
    """Return rootswap's figures."""
    figures: dict[str, float] = {}
    with Rootswap("mixed") as server:
        server.prepare()
        server.job("attachVolume", id=server.volume, virtualmachineid=server.vm)
        figures["start to first attach, s"] = time.perf_counter() - server.started_s
        server.job("detachVolume", id=server.volume)
        lanes = [server.lane() for _ in range(LANES)]
        crowds = times(800, partial(crowd, lanes))
        figures["attach + detach, calls/CPU s"] = server.rate(800 * LANES, crowds)
        figures["the same with a poll each"] = server.rate(3000, times(750, server.swap))
        figures["createVolume, calls/CPU s"] = server.rate(9999, times(9999, server.create))
        listing = times(1000, lambda: server.call("listVolumes", id=server.volume))
        figures["one of 10,000 volumes by id, calls/CPU s"] = server.rate(1000, listing)
        for count in (500, 10_000):
            pages = times(5, partial(server.listed, count))
            figures[f"list {count:,} volumes, lists/CPU s"] = server.rate(5, pages)
    with Rootswap("large") as server:
        figures["memory at 10,000 VMs, MiB"] = server.memory_mib()
        server.prepare()
        deploys = times(150, lambda: server.job("deployVirtualMachine", **server.own))
        figures["deploys/CPU s"] = server.rate(150, deploys)
        figures["memory at 10,151 VMs, MiB"] = server.memory_mib()
    return figures


def motos(command: str) -> dict[str, float]:
    """Return moto's figures, under the same names where it has the same thing."""
    figures: dict[str, float] = {}
    with Moto(command) as server:
        server.prepare()
        lanes = [server.lane(number) for number in range(LANES)]
        crowd(lanes)
        figures["start to first attach, s"] = time.perf_counter() - server.started_s
        crowd(lanes)
        crowds = times(150, partial(crowd, lanes))
        figures["attach + detach, calls/CPU s"] = server.rate(150 * LANES, crowds)
        figures["createVolume, calls/CPU s"] = server.rate(498, times(498, server.create))
        listing = times(20, lambda: server.call("DescribeVolumes"))
        figures["list 500 volumes, lists/CPU s"] = server.rate(20, listing)
        figures["deploys/CPU s"] = server.rate(100, times(100, server.run))
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--moto", default="moto_server", help="how to start moto (moto[ec2,server])"
    )
    command = parser.parse_args().moto
    mine, other = ours(), motos(command)
    sys.stdout.write(f"{'':42}{'rootswap':>12}{'moto':>10}{'ratio':>8}\n")
    for name, figure in mine.items():
        line = f"{name:42}{figure:12,.1f}"
        if name in other:
            line += f"{other[name]:10,.1f}{figure / other[name]:8.2f}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
