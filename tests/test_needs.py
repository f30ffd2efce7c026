"""What a step needs is read off its words; what others use is touched only where allowed."""

import pytest

from steps.needs import Need, of_step, of_upload

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


@pytest.mark.parametrize(
    ("upload_format", "then", "hypervisors"),
    [
        ("qcow2", "the request succeeds", {"KVM"}),
        ("OVA", "the request is refused because offering-denied", {"VMware"}),
        ("QCOW2", "the request is refused because upload-limit", set()),
        ("VHDX", "the request succeeds", set()),
    ],
)
def test_an_upload_that_gets_past_its_format_needs_a_zone_that_takes_it(
    upload_format: str, then: str, hypervisors: set[str]
) -> None:
    found = of_upload({"command": "uploadVolume"}, [["format", upload_format]], then)
    assert {need.what for need in found} == hypervisors
