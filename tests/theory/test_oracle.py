"""The engine ends every job at the very second at which a bare heap ends it."""

import pytest
from bare import Bare
from jobs import HOSTS, Lab
from loads import ROOT_SWAP, Driver, Load, poisson, swaps

from simulator.engine.latency import Capacities, Timings, constant, lognormal

VMS = 600
LONG = Timings(commands={**Timings().commands, "RebootCommand": lognormal(240, 0.5)})
SMALL = Capacities(api_threads=20, work_threads=9, kvm_agent_workers=2, tick_batch=7)
EVEN = Timings(
    api=constant(0.25), work=constant(0.5), plan=constant(0.25),
    commands=dict.fromkeys(Timings().commands, constant(0.75)),
)  # fmt: skip
STUCK = tuple((vm, ("reboot",)) for vm in range(60) for _ in range(3))
"""More VMs than a tick looks at, each with one long job under way and two more waiting."""
BEHIND = tuple((vm, ROOT_SWAP) for vm in range(60, 160))
ON_ONE_HOST = range(0, 2500, HOSTS)

CASES = {
    "open": (Load(VMS, swaps(VMS, 500), poisson(500, 600)), None, None),
    "open, overloaded": (Load(VMS, swaps(VMS, 500), poisson(500, 30)), None, SMALL),
    "closed": (Load(VMS, swaps(VMS, 500), sessions=40), None, None),
    "burst": (Load(VMS, swaps(VMS, 500), sessions=500), None, None),
    "burst, small pools": (Load(VMS, swaps(VMS, 300), sessions=300), None, SMALL),
    "burst, everything at once": (Load(VMS, swaps(VMS, 300), sessions=300), EVEN, SMALL),
    "one host": (Load(2500, tuple((n, ROOT_SWAP) for n in ON_ONE_HOST), sessions=10), None, None),
    "blocked heads": (Load(VMS, STUCK + BEHIND, sessions=280), LONG, Capacities(api_threads=400)),
    "blocked heads, open": (
        Load(VMS, STUCK + BEHIND, poisson(280, 300)), LONG, Capacities(api_threads=400)
    ),
}  # fmt: skip


def on_both(
    load: Load, timings: Timings | None, size: Capacities | None, seed: int = 1
) -> tuple[Driver, Driver]:
    """Return *load* as the engine and as the bare heap ran it."""
    lab = Lab(load.vms, seed, timings, size)
    hosts_of = [n % HOSTS for n in range(load.vms)]
    engine, bare = Driver(load, lab), Driver(load, Bare(hosts_of, seed, timings, size))
    engine.run()
    bare.run()
    lab.check(load.jobs)
    return engine, bare


@pytest.mark.parametrize("name", CASES)
def test_latencies_are_equal_to_the_last_bit(name: str) -> None:
    engine, bare = on_both(*CASES[name])

    assert engine.digest() == bare.digest(), _first_difference(engine, bare)


def test_another_seed_makes_another_digest() -> None:
    load = Load(50, swaps(50, 50), sessions=5)
    digests = [d.digest() for seed in (1, 2) for d in on_both(load, None, None, seed)]

    assert digests[0] == digests[1] != digests[2] == digests[3]


def test_blocked_heads_stop_the_others() -> None:
    load, timings, size = CASES["blocked heads"]
    wide = Capacities(api_threads=400, tick_batch=400)

    slowest_s = [
        max(sum(took) for took in on_both(load, timings, case)[0].took_s[len(STUCK) :])
        for case in (size, wide)
    ]

    assert slowest_s[0] > 120, "nobody waited for the blocked heads"
    assert slowest_s[1] < 30, "the others wait for something else"


def _first_difference(engine: Driver, bare: Driver) -> str:
    for n, (ours, theirs) in enumerate(zip(engine.took_s, bare.took_s, strict=True)):
        if ours != theirs:
            return f"workflow {n} {engine.load.workflows[n]}: {ours} against {theirs}"
    return ""
