"""Where a scenario finds what a cloud has, by its name."""

from collections.abc import Mapping
from typing import Any

from simulator.port import Cloud

Row = dict[str, Any]
LISTS = {
    "zone": ("listZones", "zone", "name"),
    "host": ("listHosts", "host", "name"),
    "pool": ("listStoragePools", "storagepool", "name"),
    "disk": ("listDiskOfferings", "diskoffering", "name"),
    "ostype": ("listOsTypes", "ostype", "description"),
    "service": ("listServiceOfferings", "serviceoffering", "name"),
    "systemoffering": ("listServiceOfferings", "serviceoffering", "name"),
    "template": ("listTemplates", "template", "hypervisor"),
    "image": ("listTemplates", "template", "name"),
    "templatetype": ("listTemplates", "template", "templatetype"),
    "iso": ("listIsos", "iso", "name"),
    "role": ("listRoles", "role", "name"),
    "area": ("listDomains", "domain", "name"),
    "people": ("listAccounts", "account", "name"),
    "login": ("listUsers", "user", "username"),
    "cluster": ("listClusters", "cluster", "name"),
    "network": ("listNetworks", "network", "name"),
    "router": ("listRouters", "router", "guestnetworkname"),
    "plan": ("listNetworkOfferings", "networkoffering", "name"),
    "systemvm": ("listSystemVms", "systemvm", "systemvmtype"),
    "affinity": ("listAffinityGroups", "affinitygroup", "name"),
    "userdata": ("listUserData", "userdata", "name"),
    "policy": ("listSnapshotPolicies", "snapshotpolicy", "schedule"),
    "address": ("listPublicIpAddresses", "publicipaddress", "associatednetworkname"),
}
"""What a cloud has from the start -> (list command, key of its rows, field it is named by)."""
ASKED = {"systemoffering": {"issystem": "true"}}
"""What a list is asked for a kind, beside what all are."""
OWNED = frozenset({"network", "router", "affinity", "userdata", "policy", "address"})
"""Kinds that are always somebody's: where others are, none of theirs is taken for an own one."""
VOLATILE = (
    "jobid", "jobstatus", "lastupdated", "cpuused", "networkkbsread", "networkkbswrite",
    "diskkbsread", "diskkbswrite", "diskioread", "diskiowrite", "memorykbs", "memoryintfreekbs",
    "memorytargetkbs",
)  # fmt: skip
"""Fields that change by themselves: what a job shows, and statistics."""
_FINAL = frozenset({401, 430, 432, 531})
"""Codes of who may not ask a list, or asks what no list takes: asked again, they are the same."""


def shown(
    cloud: Cloud, command: str, key: str, text: Mapping[str, str], *, again: bool
) -> list[dict[str, Any]]:
    """Return the rows of a list command, none where it is refused.

    A real server's list stumbles over a row that somebody else deletes meanwhile: such a refusal
    may pass, and with *again* the list is asked once more.
    """
    asked = {"listall": "true", **text}
    reply = cloud.call(command, **asked)
    if again and reply.status not in {200, *_FINAL}:
        reply = cloud.call(command, **asked)
    rows: list[dict[str, Any]] = reply.body.get(key, []) if reply.status == 200 else []
    return rows


def nearest(rows: list[Row], ids: set[str], *, alone: bool) -> list[Row]:
    """Return rows by whose they are: those of *ids* or of domains of *ids* first, or *alone*."""
    near = [bool({row["id"], row.get("domainid")} & ids) for row in rows]
    others = [row for row, is_near in zip(rows, near, strict=True) if not is_near and not alone]
    return [row for row, is_near in zip(rows, near, strict=True) if is_near] + others
