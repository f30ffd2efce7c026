"""What every response shares: dates, owners, places; and jobs (semantics 7.4, ground truth 7)."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from simulator.api.command import Call
from simulator.domain.releases import Flag
from simulator.domain.spelling import worded
from simulator.engine import schedules
from simulator.engine.jobs import Job

EPOCH = schedules.EPOCH
Row = dict[str, Any]


def date(at_s: float) -> str:
    """Return simulated seconds as the API's date."""
    return _date(int(at_s))


@lru_cache(4096)
def _date(second: int) -> str:
    return (EPOCH + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def stamp(at_s: float) -> str:
    """Return simulated seconds as snapshot names carry them."""
    return (EPOCH + timedelta(seconds=at_s)).strftime("%Y%m%d%H%M%S")


def owner(call: Call, account_id: str) -> Row:
    """Return the fields that name an owner: its account, or its project."""
    account = call.world.store.accounts[account_id]
    domain = call.world.store.domains[account.domain_id]
    body: Row = {"account": account.name}
    if account.project_id is not None:
        body = {"projectid": account.project_id, "project": account.project}
    return body | {"domainid": domain.id, "domain": domain.name, "domainpath": domain.path}


def zone_of(call: Call, zone_id: str) -> Row:
    """Return the fields that name a zone."""
    return {"zoneid": zone_id, "zonename": call.world.store.zones[zone_id].name}


def place(call: Call, cluster_id: str | None, pod_id: str | None) -> Row:
    """Return the fields that name a cluster and a pod."""
    store = call.world.store
    body: Row = {}
    if cluster_id is not None:
        body |= {"clusterid": cluster_id, "clustername": store.clusters[cluster_id].name}
    if pod_id is not None:
        body |= {"podid": pod_id, "podname": store.pods[pod_id].name}
    return body


def server(call: Call) -> Row:
    """Return the fields that name the management server."""
    one = next(iter(call.world.store.servers.values()), None)
    return {"managementserverid": one.id, "managementservername": one.name} if one else {}


def os_type(call: Call, name: str) -> str | None:
    """Return the id of a guest operating system by its name."""
    found = (o.id for o in call.world.store.os_types.values() if o.name == name)
    return next(found, None)


def tags(call: Call, record_id: str) -> list[Row]:
    """Return the tags of a record."""
    return [tag_fields(call, t) for t in call.world.store.tags.get(record_id, {}).values()]


def tag_fields(call: Call, tag: Any) -> Row:
    """Return ResourceTagResponse."""
    return {
        "key": tag.key,
        "value": tag.value,
        "resourcetype": tag.kind,
        "resourceid": tag.record_id,
        **owner(call, tag.account_id),
    }


def present(body: Row) -> Row:
    """Return *body* without the fields that have no value."""
    return {key: value for key, value in body.items() if value is not None}


def job(call: Call, record: Job) -> Row:
    """Return AsyncJobResponse, in the server's order of fields (ground truth 7)."""
    account = call.world.store.accounts[record.account_id]
    domain = call.world.store.domains[account.domain_id]
    body: Row = {
        "accountid": account.id,
        "account": account.name,
        "domainid": domain.id,
        "domainpath": domain.path,
        "userid": record.user_id,
        "cmd": record.command,
        "jobprocstatus": 0,
        "jobresultcode": 0,
    }
    if record.status == 2:
        known = record.error and Flag.JOB_CODE_530 not in call.world.dialect
        body["jobresultcode"] = record.error[0] if record.error and known else 530
    result = record.result
    if record.status == 2 and record.error:
        code, text = record.error
        result = {"errorcode": code, "errortext": worded(call.world.dialect, account, text)}
    if result is not None:
        body |= {"jobresulttype": "object", "jobresult": result}
    if record.instance_type:
        body["jobinstancetype"] = record.instance_type
    if record.instance_id:
        body["jobinstanceid"] = record.instance_id
    if record.status == 0 or (record.status == 2 and record.error is None):
        body |= server(call)  # a job that a restart ended keeps it (ground truth 2, 2)
    body["created"] = date(record.created_s)
    if record.completed_s is not None:
        body["completed"] = date(record.completed_s)
    return body | {"jobid": record.id, "jobstatus": record.status}
