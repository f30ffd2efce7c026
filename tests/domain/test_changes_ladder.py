"""createTemplate refuses by their first broken row."""

from typing import Any

from builders import vm, volume
from ladder import Break, Ladder

from simulator.domain.changes import (
    MAKE_TEMPLATE,
    Copy,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, INTERNAL = Kind.PARAM, Kind.DENIED, Kind.INTERNAL


def copying(dialect: Dialect) -> Copy:
    """Return a loose volume to copy out."""
    return Copy(dialect, volume(), None)


def on_running(case: Copy) -> Copy:
    """Return *case* of a volume whose VM runs."""
    return case._replace(vm=vm(state=VmState.RUNNING))


# fmt: off
MAKE_TEMPLATE_BREAKS: dict[str, Break[Copy]] = {
    "TPL-01": Break(R, PARAM, lambda t: t._replace(volume=None, from_snapshot=False)),
    "TPL-02": Break(R, PARAM, lambda t: t._replace(from_snapshot=True)),
    "TPL-03": Break(R, Kind.RUNTIME, on_running),
    "TPL-05": Break(R, Kind.LIMIT, lambda t: t._replace(over_limit="no room")),
    "TPL-04": Break(J, INTERNAL, lambda t: t._replace(volume=volume(state=VolumeState.ALLOCATED))),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(MAKE_TEMPLATE, (
        copying,
        lambda d: copying(d)._replace(vm=vm()),
        lambda d: copying(d)._replace(volume=None, from_snapshot=True),
    ), MAKE_TEMPLATE_BREAKS, {("TPL-01", "TPL-02"): "a source is missing or there are two"}),
)
# fmt: on
