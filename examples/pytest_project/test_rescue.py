"""Tests of a CloudStack client: no cloud, no conftest, one fixture."""

import pytest
from cs import CloudStack, CloudStackApiException
from rescue import machine, rescue, root_of

from rootswap import RunningCloud


@pytest.fixture
def client(cloudstack: RunningCloud) -> CloudStack:
    return CloudStack(cloudstack.endpoint, cloudstack.key, cloudstack.secret, poll_interval=0)


def test_the_root_of_a_broken_vm_becomes_a_disk_of_the_helper(client: CloudStack) -> None:
    disk = rescue(client, "old", "web")
    assert (disk["vmname"], disk["deviceid"], disk["type"]) == ("web", 2, "DATADISK")


def test_every_test_finds_the_cloud_as_it_was_booted(client: CloudStack) -> None:
    assert root_of(client, machine(client, "old")["id"])["deviceid"] == 0


def test_a_host_that_fails(client: CloudStack, cloudstack: RunningCloud) -> None:
    cloudstack.fail("AttachCommand")
    with pytest.raises(CloudStackApiException, match="Failed to attach volume"):
        rescue(client, "old", "web")
    assert [command for _, _, command, _ in cloudstack.log().commands] == ["AttachCommand"]


@pytest.mark.cloudstack(clock="manual")
def test_a_slow_cloud(client: CloudStack, cloudstack: RunningCloud) -> None:
    job = client.stopVirtualMachine(id=machine(client, "web")["id"])["jobid"]
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 0
    cloudstack.advance(60)
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 1


def test_a_restart_of_the_management_server(client: CloudStack, cloudstack: RunningCloud) -> None:
    cloudstack.set_clock("manual")
    job = client.stopVirtualMachine(id=machine(client, "web")["id"])["jobid"]
    cloudstack.restart()
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 2
