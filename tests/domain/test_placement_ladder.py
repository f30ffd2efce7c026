"""An attach that finds no storage is refused by its first broken row."""

from typing import Any

from builders import pool, vm, volume
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.placement import PLACE, Place, Reach
from simulator.domain.rules import Phase
from simulator.domain.states import VolumeState

W = Phase.WORK
PARAM, RUNTIME = Kind.PARAM, Kind.RUNTIME


def good(dialect: Dialect) -> Place:
    """Return a volume that stays where it is."""
    return Place(dialect, volume(), creates=False, reach=Reach.STAY, local=False, target=None)


def created(dialect: Dialect) -> Place:
    """Return a volume that gets storage."""
    return good(dialect)._replace(creates=True, target=pool())


def moved(dialect: Dialect) -> Place:
    """Return a volume that must move, and can."""
    return good(dialect)._replace(reach=Reach.MOVE, target=pool())


def uploaded(dialect: Dialect) -> Place:
    """Return an uploaded image that gets storage for a VM of its hypervisor."""
    image = volume(state=VolumeState.UPLOADED, image_format="QCOW2")
    return created(dialect)._replace(volume=image, vm=vm(), format="QCOW2")


def foreign(case: Place) -> Place:
    """Return *case* of an uploaded image of another hypervisor, which has a target if it had."""
    image = case.volume._replace(state=VolumeState.UPLOADED, image_format="OVA")
    return case._replace(volume=image, vm=vm(), format="QCOW2", creates=True)


BREAKS: dict[str, Break[Place]] = {
    "PLC-06": Break(W, RUNTIME, lambda p: p._replace(creates=True, first=True, target=None)),
    "PLC-05": Break(W, PARAM, foreign),
    "PLC-01": Break(W, RUNTIME, lambda p: p._replace(creates=True, target=None)),
    "PLC-02": Break(W, PARAM, lambda p: p._replace(reach=Reach.CANNOT)),
    "PLC-03": Break(W, RUNTIME, lambda p: p._replace(reach=Reach.MOVE, local=True)),
    "PLC-04": Break(W, RUNTIME, lambda p: p._replace(reach=Reach.MOVE, target=None)),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        PLACE,
        (good, created, moved, uploaded, lambda d: good(d)._replace(local=True)),
        BREAKS,
        {("PLC-02", "PLC-03"): "a scope that cannot be bridged is no move"},
    ),
)
