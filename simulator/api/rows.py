"""Parts of responses whose fields are not declared by a shape yet."""

from simulator.api.command import Call
from simulator.api.render import TAG, Seen
from simulator.api.shape import Row


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


def tags(call: Call, record_id: str) -> list[Row]:
    """Return the tags of a record."""
    rows = call.world.store.tags.get(record_id, {}).values()
    return [TAG.render(Seen(call, tag)) for tag in rows]


def present(body: Row) -> Row:
    """Return *body* without the fields that have no value."""
    return {key: value for key, value in body.items() if value is not None}
