"""What two clouds have in common, as far as operations are drawn from it."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from conformance.parity.operations import CATALOGUE, OWNER, PARTS
from conformance.target_file import Budget
from simulator.port import Cloud
from steps.places import NoSuchPlace, Places

Row = dict[str, Any]
_SHORT_S = 600.0
"""A destroyed VM that is expunged sooner may be gone while the run still looks at it."""
_MOST_VMS, _MOST_VOLUMES, _MOST_GIB = 3, 9, 10

_PARTS = {OWNER: (OWNER,), "domain admin": (OWNER, "other", "stranger")}
"""Part of the key -> who can ask there: a domain admin above the room is none like those in it."""


class NothingInCommon(Exception):
    """Two clouds of which no operation makes sense at both."""


class Common(Struct, frozen=True, forbid_unknown_fields=True):
    """What operations are drawn from.

    *disks* are offerings of a size by their name, *custom* those of any size. *destroys* is
    whether a destroyed VM surely stays there for a while, *template_bytes* the size of a ROOT, 0
    if they differ.
    """

    hypervisor: str
    commands: list[str]
    parts: list[str]
    service: str
    disks: dict[str, int]
    custom: list[str]
    another_zone: bool
    destroys: bool
    vms: int
    volumes: int
    template_bytes: int


def observed(cloud: Cloud, places: Places, part: str, budget: Budget) -> Common:
    """Return what *cloud* has, asked as who plays *part* there; nothing is changed by it."""
    disks = [
        row for row in listed(cloud, "listDiskOfferings", "diskoffering")
        if row.get("storagetype") == "shared" and not row.get("tags") and not row.get("encrypt")
    ]  # fmt: skip
    services = [
        row for row in listed(cloud, "listServiceOfferings", "serviceoffering")
        if not row.get("iscustomized") and not row.get("hosttags") and not row.get("isvolatile")
    ]  # fmt: skip
    apis = {row.get("name") for row in listed(cloud, "listApis", "api")}
    services.sort(key=lambda row: (row.get("memory", 0), row["name"]))
    return Common(
        places.hypervisor,
        [name for name in CATALOGUE if name in apis],
        list(_PARTS.get(part, PARTS)),
        services[0]["name"] if services else "",
        {
            row["name"]: row["disksize"]
            for row in disks
            if not row.get("iscustomized") and row["disksize"] <= _MOST_GIB
        },
        [row["name"] for row in disks if row.get("iscustomized")],
        _has_another_zone(places),
        _keeps_destroyed(cloud),
        min(_MOST_VMS, budget.vms or _MOST_VMS),
        min(_MOST_VOLUMES, budget.volumes or _MOST_VOLUMES),
        int(template_row(cloud, places).get("size", 0)),
    )


def shared(sides: Iterable[Common]) -> Common:
    """Return what all of them have; NothingInCommon if that is too little to start from."""
    first, *others = sides
    for other in others:
        if first.hypervisor != other.hypervisor:
            msg = f"hosts of {first.hypervisor} here, of {other.hypervisor} there"
            raise NothingInCommon(msg)
        if first.service != other.service:
            msg = f"the least compute offering is {first.service} here, {other.service} there"
            raise NothingInCommon(msg)
        sizes = first.disks.items() & other.disks.items()
        first = Common(
            first.hypervisor,
            [c for c in first.commands if c in other.commands],
            [p for p in first.parts if p in other.parts],
            first.service,
            {n: s for n, s in first.disks.items() if (n, s) in sizes},
            [n for n in first.custom if n in other.custom],
            first.another_zone and other.another_zone,
            first.destroys and other.destroys,
            min(first.vms, other.vms),
            min(first.volumes, other.volumes),
            first.template_bytes if first.template_bytes == other.template_bytes else 0,
        )
    lacks = [
        what for what, there in (
            ("command deployVirtualMachine", "deployVirtualMachine" in first.commands),
            ("compute offering", first.service), ("disk offering", first.disks or first.custom),
        ) if not there
    ]  # fmt: skip
    if lacks:
        msg = f"no {lacks[0]} that all have"
        raise NothingInCommon(msg)
    return first


def template_row(cloud: Cloud, places: Places) -> Row:
    """Return the template that VMs are made from."""
    wanted = places.template(places.hypervisor)
    rows = listed(cloud, "listTemplates", "template", templatefilter="executable", id=wanted)
    return rows[0] if rows else {}


def listed(cloud: Cloud, command: str, key: str, **text: str) -> list[Row]:
    """Return the rows of a list, none where it may not be called."""
    reply = cloud.call(command, **{"listall": "true"} | text)
    rows: list[Row] = reply.body.get(key, []) if reply.status == 200 else []
    return rows


def _has_another_zone(places: Places) -> bool:
    try:
        places.row("another-zone")
    except NoSuchPlace:
        return False
    return True


def _keeps_destroyed(cloud: Cloud) -> bool:
    rows = listed(cloud, "listConfigurations", "configuration", name="expunge.delay")
    values = [str(row.get("value")) for row in rows if row.get("name") == "expunge.delay"]
    return bool(values) and values[0].isdigit() and int(values[0]) >= _SHORT_S
