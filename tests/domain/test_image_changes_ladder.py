"""updateTemplate and updateIso refuse by their first broken row."""

from typing import Any

from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.image_changes import CHANGE_IMAGE, ChangeImage
from simulator.domain.inventory import Hypervisor, Template
from simulator.domain.rules import Phase

R, PARAM = Phase.REQUEST, Kind.PARAM
IMAGE = Template("image-1", 7, "image", Hypervisor.KVM, 1, "account-1", "QCOW2")


def change(dialect: Dialect) -> ChangeImage:
    """Return an image whose format changes."""
    return ChangeImage(dialect, IMAGE, format="raw")


BREAKS: dict[str, Break[ChangeImage]] = {
    "IMC-01": Break(R, PARAM, lambda i: i._replace(image=i.image._replace(removed=True))),
    "IMC-02": Break(R, Kind.DENIED, lambda i: i._replace(denied="no")),
    "IMC-03": Break(R, PARAM, lambda i: i._replace(format="tape")),
    "IMC-04": Break(R, PARAM, lambda i: i._replace(other_os=True, vms=1, forced=False)),
}
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        CHANGE_IMAGE,
        (
            change,
            lambda d: change(d)._replace(format=None, other_os=True, vms=2),
            lambda d: change(d)._replace(other_os=True, vms=0, forced=False),
        ),
        BREAKS,
    ),
)
