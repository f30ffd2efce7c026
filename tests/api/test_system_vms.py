"""System VMs and routers: what is shown of them while they stand still, and what lists filter."""

import pytest
from lab import Lab


@pytest.fixture
def lab() -> Lab:
    return Lab()


def test_a_stopped_system_vm_gives_back_what_it_had_inside(lab: Lab) -> None:
    rows = lab.ok("listSystemVms", systemvmtype="consoleproxy")["systemvm"]
    proxy = rows[0]["id"]
    job = lab.submit("stopSystemVm", id=proxy)
    shown = (lab.answer(job).result or {})["systemvm"]
    asked = lab.cloud.call("queryAsyncJobResult", jobid=job).body
    assert asked["cmd"] == "org.apache.cloudstack.api.command.admin.systemvm.StopSystemVmCmd"
    assert (asked["jobinstancetype"], asked["jobinstanceid"]) == ("SystemVm", proxy)
    gone = {"hostid", "hostname", "hostcontrolstate", "privateip", "privatemacaddress",
            "privatenetmask", "linklocalip", "linklocalmacaddress", "linklocalnetmask"}  # fmt: skip
    assert set(rows[0]) - set(shown) == gone
    assert (shown["state"], shown["publicip"]) == ("Stopped", rows[0]["publicip"])
    (event,) = lab.ok("listEvents", type="PROXY.STOP", pagesize="1", page="1")["event"]
    assert event["state"] == "Completed"
    started = lab.ok("startSystemVm", id=proxy)["systemvm"]
    assert started["state"] == "Running"
    assert set(started) == set(rows[0])


def test_system_vms_and_routers_are_listed_by_every_filter(lab: Lab) -> None:
    def ids(command: str, **text: str) -> set[str]:
        rows = lab.ok(command, **text)
        return {r["id"] for key in ("systemvm", "router") for r in rows.get(key, ())}

    everything = ids("listSystemVms")
    proxies = ids("listSystemVms", systemvmtype="consoleproxy", zoneid=lab.zone)
    (proxy,) = proxies
    host = lab.store.vms[proxy].host_id or ""
    lab.ok("stopSystemVm", id=proxy)
    assert ids("listSystemVms", state="stopped") == {proxy}
    assert proxy not in ids("listSystemVms", hostid=host)
    pod = lab.store.hosts[host].pod_id
    assert proxy in ids("listSystemVms", podid=pod)
    assert ids("listSystemVms") == everything

    (router,) = ids("listRouters", listall="true")
    at = lab.store.hosts[lab.store.vms[router].host_id or ""]
    places = {"hostid": at.id, "podid": at.pod_id, "clusterid": at.cluster_id, "state": "Running"}
    assert ids("listRouters", **places) == {router}
    assert ids("listRouters", forvpc="true") == set()
    assert ids("listRouters", healthchecksfailed="true") == set()
    lab.ok("stopRouter", id=router)
    assert ids("listRouters", state="Running") == set()
    assert ids("listRouters", state="Stopped", listall="true") == {router}
    assert lab.ok("startRouter", id=router)["router"]["state"] == "Running"


def test_a_host_that_fails_leaves_a_router_stopped(lab: Lab) -> None:
    (row,) = lab.ok("listRouters", listall="true")["router"]
    lab.ok("stopRouter", id=row["id"])
    lab.cloud.strike("StartCommand")
    assert lab.do("startRouter", id=row["id"]).code == 530
    assert str(lab.store.vms[row["id"]].state) == "Stopped"
