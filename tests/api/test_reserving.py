"""What a job that grows a volume has reserved, and until when (versions 3)."""

import pytest
from lab import Lab

from simulator.api.service import SimulatedCloud
from simulator.domain.limits import Resource

ROOM = 15
"""A ROOT of 2 GiB, two disks of 5 GiB, and 3 more."""


def at_the_limit(dialect: str) -> tuple[Lab, SimulatedCloud, list[str]]:
    """Return a cloud where a user has room to grow one of two disks, and the disks."""
    lab = Lab(dialect)
    user = lab.user("u")
    vm = lab.store.vms[lab.vm]
    asked = {"zoneid": lab.zone, "serviceofferingid": vm.service_offering_id}
    made = lab.ok("deployVirtualMachine", user, templateid=vm.template_id or "", **asked)
    first, second = lab.disk(user), lab.disk(user)
    for volume_id in (first, second):
        lab.ok("attachVolume", id=volume_id, virtualmachineid=made["virtualmachine"]["id"])
    lab.ok("updateConfiguration", name="max.account.primary.storage", value=str(ROOM))
    return lab, user, [first, second]


@pytest.mark.parametrize(
    ("dialect", "codes"),
    [
        ("acs-4.21.0", [1, 1]),
        ("acs-4.22", [1, 1]),
        ("acs-4.20.3", [1, 535]),
        ("acs-4.22.1", [1, 535]),
        ("acs-4.23.0", [1, 535]),
    ],
)
def test_two_that_grow_at_once_into_room_for_one(dialect: str, codes: list[int]) -> None:
    lab, user, disks = at_the_limit(dialect)
    jobs = [lab.submit("resizeVolume", user, id=d, size="8") for d in disks]
    assert sorted(lab.answer(job).code for job in jobs) == codes
    assert not lab.store.reserved


def test_a_restart_takes_what_was_reserved_back() -> None:
    lab, user, disks = at_the_limit("acs-4.22.1")
    lab.submit("resizeVolume", user, id=disks[0], size="8")
    lab.cloud.sleep(0.1)
    owner_id = lab.store.volumes[disks[0]].account_id
    assert lab.store.reserved == {(owner_id, Resource.PRIMARY_STORAGE): 3 << 30}
    lab.cloud.restart()
    assert not lab.store.reserved
