"""How many commands a host works on at a time (semantics 10.2)."""

import pytest

from simulator.domain.inventory import Host, Hypervisor
from simulator.engine.latency import Timings, constant
from simulator.engine.world import World


@pytest.mark.parametrize(
    ("hypervisor", "command", "ends_s"),
    [
        (Hypervisor.KVM, "StopCommand", [1.0] * 5 + [2.0] * 2),  # five workers
        (Hypervisor.KVM, "AttachCommand", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]),  # one device
        (Hypervisor.VMWARE, "AttachCommand", [1.0] * 7),
    ],
)
def test_a_host_works_on(hypervisor: Hypervisor, command: str, ends_s: list[float]) -> None:
    world = World(timings=Timings(commands={command: constant(1.0)}))
    host = Host(
        "host", 1, "host", "zone", "pod", "cluster", hypervisor, "10", "172.16.1.1",
        64, 3000, 1 << 40,
    )  # fmt: skip
    for n in range(7):
        world.env.process(world.send(host, command, str(n)))
    world.env.run()
    assert [at_s for at_s, *_ in world.sent] == ends_s
