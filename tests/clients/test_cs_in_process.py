"""cs without a socket, on a cloud in this process."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cs import CloudStack, CloudStackApiException

from rootswap import boot, cs_session


def client_of(session: Any, **more: Any) -> CloudStack:
    return CloudStack(
        session.endpoint, session.key, session.secret, session=session, poll_interval=0, **more
    )


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_lists_changes_and_waits(method: str) -> None:
    cloud = boot("kvm")
    cs = client_of(cs_session(cloud), method=method)
    volumes = cs.listVolumes(listall=True, fetch_list=True)
    assert volumes == cloud.call("listVolumes", listall=True).body["volume"]
    vm = cs.listVirtualMachines(listall=True, name="web")["virtualmachine"][0]
    stopped = cs.stopVirtualMachine(id=vm["id"], fetch_result=True)["virtualmachine"]
    assert stopped["state"] == "Stopped"
    assert cs.createDomain(name="é & ü+")["domain"]["name"] == "é & ü+"


def test_refusals_and_wrong_keys_are_as_over_http() -> None:
    session = cs_session(boot("kvm"))
    with pytest.raises(CloudStackApiException) as refused:
        client_of(session).deleteVolume(id="x")
    assert refused.value.response.status_code == refused.value.error["errorcode"] == 431
    wrong = CloudStack(session.endpoint, session.key, "wrong", session=session)
    with pytest.raises(CloudStackApiException) as refused:
        wrong.listZones()
    assert refused.value.response.status_code == 401
    assert "<listzonesresponse" in client_of(session).listZones(json=False)


def test_the_clock_may_be_moved_by_hand() -> None:
    cloud = boot("kvm")
    cs = client_of(cs_session(cloud, clock="manual"))
    vm = cs.listVirtualMachines(listall=True, name="web")["virtualmachine"][0]["id"]
    job = cs.stopVirtualMachine(id=vm)["jobid"]
    assert cs.queryAsyncJobResult(jobid=job)["jobstatus"] == 0
    cloud.sleep(60)
    assert cs.queryAsyncJobResult(jobid=job)["jobstatus"] == 1


@pytest.mark.parametrize("clock", ["real", "60x"])
def test_a_clock_that_follows_wall_time_takes_a_server(clock: str) -> None:
    with pytest.raises(ValueError, match="follows wall time, which takes a server: running_cloud"):
        cs_session(boot("kvm"), clock=clock)


def test_a_clock_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="'fast' is no clock"):
        cs_session(boot("kvm"), clock="fast")


def test_it_works_where_an_event_loop_runs_and_from_threads() -> None:
    cs = client_of(cs_session(boot("kvm")))

    async def counted() -> int:
        return int(cs.listZones()["count"])

    assert asyncio.run(counted()) == 1
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: cs.listZones()["count"], range(40))) == {1}
