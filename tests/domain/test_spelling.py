"""Objects in refusals, as each release shows them (versions 10)."""

import pytest
from builders import account, data, pool, vm
from people import HOME

from simulator.domain.attach import Attach
from simulator.domain.dialect import dialect_of
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Role
from simulator.domain.spelling import worded

DISK, POOL, VM = data(1, name='a "name"'), pool(), vm()
ENTITY = Attach(
    dialect_of("4.22"), DISK, VM, None, (), POOL, None, Hypervisor.KVM, 6, False, False, False,
    False, VM, "", 1,
).object_text  # fmt: skip
STATE = '"state":"Stopped",'
OLD = {
    DISK.spelt(VM): 'Vol[31|name=a "name"|vm=7|DATADISK]',
    DISK.spelt(None): 'Vol[31|name=a "name"|vm=null|DATADISK]',
    POOL.text: "Pool[1|NetworkFilesystem]",
    HOME.text: "Domain:2/home/",
    account().text: account().text,
    DISK.plain: DISK.plain,
}
"""How an object is shown -> how it was before 4.20.1."""


@pytest.mark.parametrize("shown", OLD)
def test_an_object_was_shown_in_a_form_of_its_own(shown: str) -> None:
    said = f"Of {shown} and {shown}."
    for release in ("4.18.0", "4.19.3", "4.20.0"):
        assert worded(dialect_of(release), account(), said) == f"Of {OLD[shown]} and {OLD[shown]}."
    for release in ("4.20.1", "4.21.0", "4.22", "4.23"):
        assert worded(dialect_of(release), account(), said) == said


def test_an_object_without_a_form_is_shown_by_its_class() -> None:
    old = worded(dialect_of("4.20.0"), account(), f"Entity {VM.text} and {ENTITY} differ")
    before, _, after = old.partition("org.apache.cloudstack.storage.volume.VolumeObject@")
    assert before == f"Entity {VM.text.replace(STATE, '')} and "
    assert after.endswith(" differ")
    int(after.removesuffix(" differ"), 16)
    assert "VolumeObject {" in worded(dialect_of("4.20.1"), account(), ENTITY)


def test_the_state_of_a_vm_came_went_and_came_again() -> None:
    releases = ("4.18.0", "4.19.2", "4.19.3", "4.20.0", "4.20.1", "4.22")
    shown = [STATE in worded(dialect_of(r), account(), VM.text) for r in releases]
    assert shown == [False, False, True, False, True, True]


def test_who_is_no_root_admin_reads_no_cause_of_a_start_that_failed() -> None:
    cause = f"Unable to create a deployment for {VM.text}"
    said = f"Unable to start a VM [{VM.id}] due to [{cause}]."
    hidden = f"Unable to start a VM [{VM.id}] due to insufficient capacity."
    root_admin = account(role=Role.ADMIN)
    for release in ("4.22.1", "4.23"):
        assert worded(dialect_of(release), account(), said) == hidden
        assert worded(dialect_of(release), root_admin, said) == said
    assert worded(dialect_of("4.22"), account(), said) == said
