"""A study with faults, and what is left when it has run."""

from collections.abc import Callable
from pathlib import Path

from study.reading import read_study
from study.replication import Outcome, Replication

TEXT = """\
[run]
seed = 3
horizon = "2h"
[cloud]
vms = 40
hosts = 2
hypervisor = "KVM"
disks = "attached"
[management]
first_tick = "1s"
[latency]
api = "constant(50ms)"
work = "constant(100ms)"
"""
OFF = """\
[[workload]]
name = "b"
workflow = "detach"
executor = "iterations"
items = 40
"""


def ran(
    tmp_path: Path,
    text: str,
    look: Callable[[Replication], None] | None = None,
    at_s: float = 0.0,
    given: tuple[str, ...] = (),
) -> tuple[Replication, Outcome]:
    """Run replication 0 of a study and *look* at it *at_s* seconds after its start."""
    file = tmp_path / "study.toml"
    file.write_text(TEXT + text)
    run = Replication(read_study(file, given), 0)
    if look is not None:
        run.world.later(at_s, lambda: look(run))
    return run, run.run()


def fault(kind: str, *keys: str) -> str:
    return f'[[fault]]\nkind = "{kind}"\n' + "\n".join(keys) + "\n"


def load(workflow: str, items: int, start: str = "0s", name: str = "b") -> str:
    return (f'[[workload]]\nname = "{name}"\nworkflow = "{workflow}"\nexecutor = "iterations"\n'
            f'items = {items}\nstart = "{start}"\n')  # fmt: skip


def states(run: Replication) -> set[str]:
    """Return the states of all volumes and users' VMs."""
    store = run.world.store
    vms = {vm.state for vm in store.vms.values() if vm.kind == "User"}
    return {str(s) for s in vms | {v.state for v in store.volumes.values()}}
