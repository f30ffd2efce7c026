"""restoreVirtualMachine refuses by its first broken row; how large the new ROOT is."""

from typing import Any

import pytest
from builders import GIB, OWNER, data, offering, root, template, vm
from ladder import Break, Ladder

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Account, Role, VmKind
from simulator.domain.reinstall import REPLACE_ROOT, RESTORE, Reinstall, new_root_bytes
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

J, W = Phase.JOB, Phase.WORK
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME


def stopped(dialect: Dialect) -> Reinstall:
    """Return a Stopped VM with a ROOT and a data disk, to be reinstalled as it was."""
    owner = Account(OWNER, 2, "alice", "domain-1", Role.USER)
    return Reinstall(dialect, vm(), owner, (root(), data(1)), template(), template())


def on(case: Reinstall, **changes: Any) -> Reinstall:
    """Return *case* with a changed VM."""
    return case._replace(vm=case.vm._replace(**changes))


def roots(case: Reinstall, **changes: Any) -> Reinstall:
    """Return *case* with changed volumes."""
    return case._replace(volumes=tuple(v._replace(**changes) for v in case.volumes))


def iso(case: Reinstall) -> Reinstall:
    """Return *case* with an ISO asked for."""
    return case._replace(asked=True, template=template(image_format="ISO"))


# fmt: off
RESTORE_BREAKS: dict[str, Break[Reinstall]] = {
    "RST-07": Break(J, PARAM, lambda s: s._replace(details_fault="bad details")),
    "RST-08": Break(J, PARAM, lambda s: on(s, kind=VmKind.CONSOLE_PROXY)),
    "RST-09": Break(J, PARAM, lambda s: on(s, kind=VmKind.SHARED_FS)),
    "RST-10": Break(J, PARAM, lambda s: on(s, hypervisor=Hypervisor.EXTERNAL)),
    "RST-11": Break(J, PARAM, lambda s: s._replace(current=None)),
    "RST-12": Break(J, PARAM, lambda s: s._replace(wanted="1", asked=True)),
    "RST-13": Break(J, PARAM, lambda s: s._replace(
        offering=offering(size_gib=1), wanted=None, asked=True)),
    "RST-14": Break(J, RUNTIME, lambda s: roots(s, state=VolumeState.SNAPSHOTTING)),
    "RST-15": Break(W, DENIED, lambda s: s._replace(owner=s.owner._replace(enabled=False))),
    "RST-01": Break(W, RUNTIME, lambda s: on(s, state=VmState.DESTROYED)),
    "RST-02": Break(W, PARAM, lambda s: s._replace(volumes=(data(1),))),
    "RST-03": Break(W, PARAM, lambda s: s._replace(volumes=(root(), root(id="root-2")))),
    "RST-04": Break(W, PARAM, lambda s: s._replace(vm_snapshots=True)),
    "RST-16": Break(W, DENIED, lambda s: s._replace(may_see=False, asked=True)),
    "RST-05": Break(W, PARAM, lambda s: roots(s, template_id=None)._replace(asked=True)),
    "RST-17": Break(W, PARAM, iso),
    "RST-06": Break(W, RUNTIME, lambda s: roots(s, template_id=None)._replace(asked=False)),
    "RST-18": Break(W, PARAM, lambda s: s._replace(template=None)),
    "RST-19": Break(W, PARAM, lambda s: s._replace(template=template(zone_id="zone-2"))),
    "RST-20": Break(W, RUNTIME, lambda s: s._replace(over_limit="no room")),
}
REPLACE_BREAKS: dict[str, Break[Reinstall]] = {
    "RST-21": Break(W, PARAM, lambda s: roots(s, protected=True)),
    "RST-22": Break(W, DENIED, lambda s: s._replace(expunge=True, may_expunge=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        RESTORE,
        (
            stopped,
            lambda d: on(stopped(d), state=VmState.RUNNING),
            lambda d: on(roots(stopped(d), template_id=None), iso_id="iso-1"),
            lambda d: iso(roots(stopped(d), template_id=None)),
            lambda d: stopped(d)._replace(asked=True, current=None, wanted="2"),
            lambda d: stopped(d)._replace(offering=offering(size_gib=0), wanted="2"),
        ),
        RESTORE_BREAKS,
        {
            ("RST-08", "RST-09"): "a shared file system is a user's VM",
            ("RST-11", "RST-12"): "a size is held against the template there is",
            ("RST-12", "RST-13"): "a size asked for is what counts",
            ("RST-02", "RST-03"): "no ROOT is not two",
            ("RST-05", "RST-17"): "a template is no ISO",
            ("RST-17", "RST-06"): "only a ROOT that is not blank takes no ISO",
            ("RST-18", "RST-19"): "no template is in no zone",
        },
    ),
    Ladder(
        REPLACE_ROOT,
        (stopped, lambda d: stopped(d)._replace(expunge=True)),
        REPLACE_BREAKS,
    ),
)


@pytest.mark.parametrize(
    ("changes", "detail", "size_gib", "kept"),
    [
        ({}, None, 2, None),
        ({}, "9", 9, "9"),
        ({}, "2", 2, None),
        ({"wanted": "5"}, "9", 5, "5"),
        ({"wanted": "-5"}, None, 2, None),
        ({"offering": offering(size_gib=20)}, "9", 20, "9"),
        ({"offering": offering(size_gib=0, custom=True), "wanted": "4"}, None, 4, "4"),
    ],
)
def test_the_size_of_the_new_root(
    changes: dict[str, Any], detail: str | None, size_gib: int, kept: str | None
) -> None:
    """The size asked for wins, then a fixed offering, then the VM's detail, then the template."""
    case = stopped(SPEC)._replace(**changes)
    assert new_root_bytes(case, detail) == (size_gib * GIB, kept)
