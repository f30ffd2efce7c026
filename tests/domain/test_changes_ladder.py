"""createTemplate refuses by their first broken row."""

from typing import Any

from builders import snapshot, vm, volume
from ladder import Break, Ladder

from simulator.domain.changes import (
    MAKE_TEMPLATE,
    MakeTemplate,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME


def making(dialect: Dialect) -> MakeTemplate:
    """Return a loose volume to make a template of."""
    return MakeTemplate(dialect, volume(), None)


# fmt: off
MAKE_TEMPLATE_BREAKS: dict[str, Break[MakeTemplate]] = {
    "TPL-06": Break(R, PARAM, lambda t: t._replace(volume=volume(removed=True))),
    "TPL-01": Break(R, PARAM, lambda t: t._replace(volume=None, volume_id=False)),
    "TPL-07": Break(R, PARAM, lambda t: t._replace(
        volume_id=False, snapshot=snapshot(removed=True))),
    "TPL-08": Break(R, DENIED, lambda t: t._replace(caller_may=False)),
    "TPL-09": Break(R, PARAM, lambda t: t._replace(name=" ")),
    "TPL-10": Break(R, DENIED, lambda t: t._replace(tagged=True)),
    "TPL-11": Break(R, PARAM, lambda t: t._replace(placed=True)),
    "TPL-02": Break(R, PARAM, lambda t: t._replace(snapshot=snapshot())),
    "TPL-12": Break(R, Kind.UNCAUGHT, lambda t: t._replace(encrypted=True)),
    "TPL-03": Break(R, RUNTIME, lambda t: t._replace(vm=vm(state=VmState.RUNNING))),
    "TPL-13": Break(R, PARAM, lambda t: t._replace(hypervisor=Hypervisor.LXC)),
    "TPL-14": Break(R, PARAM, lambda t: t._replace(
        volume_id=False, snapshot=snapshot(state="Creating"))),
    "TPL-05": Break(R, Kind.LIMIT, lambda t: t._replace(over_limit="no room")),
    "TPL-04": Break(J, RUNTIME, lambda t: t._replace(volume=volume(state=VolumeState.ALLOCATED))),
}
APART: dict[tuple[str, str], str] = {
    ("TPL-06", "TPL-01"): "what is not given is not gone",
    ("TPL-01", "TPL-07"): "what is not given is not gone",
    ("TPL-11", "TPL-02"): "a zone beside no snapshot, or a snapshot beside a volume",
    ("TPL-13", "TPL-14"): "a volume is copied or a snapshot",
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(MAKE_TEMPLATE, (
        making,
        lambda d: making(d)._replace(vm=vm()),
        lambda d: making(d)._replace(
            volume_id=False, snapshot=snapshot(), vm=vm(state=VmState.RUNNING), placed=True,
            hypervisor=Hypervisor.LXC),
        lambda d: making(d)._replace(is_root=True, tagged=True),
    ), MAKE_TEMPLATE_BREAKS, APART),
)
# fmt: on
