"""What a step needs is read off its words; what others use is touched only where allowed."""

import pytest

from steps.needs import Need, of_step

CALL = {"who": "root admin", "command": ""}


def needed(command: str, *table: list[str]) -> set[Need]:
    return set(of_step(None, CALL | {"command": command}, list(table)))


@pytest.mark.parametrize(
    ("command", "thing"),
    [
        ("deleteDiskOffering", "disk:Custom"),
        ("updateTemplate", "template:usual"),
        ("updateTemplate", "image:SystemVM Template (KVM)"),
        ("deleteServiceOffering", "service:Small Instance"),
        ("updateNetworkOffering", "plan:DefaultSharedNetworkOffering"),
    ],
)
def test_what_belongs_to_the_cloud_is_not_changed_nor_deleted(command: str, thing: str) -> None:
    assert Need("risk", command) in needed(command, ["id", thing])


@pytest.mark.parametrize(
    ("command", "thing"),
    [
        ("deleteDiskOffering", "disk:short"),
        ("updateTemplate", "image:t1"),
        ("deleteVolume", "volume:d1"),
        ("listDiskOfferings", "disk:Custom"),
        ("deployVirtualMachine", "template:usual"),
    ],
)
def test_what_a_scenario_creates_is_its_own_and_what_is_there_may_be_used(
    command: str, thing: str
) -> None:
    assert not [need for need in needed(command, ["id", thing]) if need.kind == "risk"]
