"""The cloud: zones, pods, clusters, hosts and pools, and how many VMs and volumes there are."""

import asyncio
from collections.abc import Sequence
from functools import partial

from nicegui import ui

from console.bars import bar
from console.frame import Visit, heading, live, page
from console.looking import Row, places
from console.part import Part
from console.words import counted, gib

_EVERY_S = 2.0
"""How often the page looks: counting ten thousand VMs by state takes a part of that."""
_VM_STATES = (
    "Running", "Stopped", "Starting", "Stopping", "Migrating", "Destroyed", "Expunging", "Error",
)  # fmt: skip
_VOLUME_STATES = (
    "Ready", "Allocated", "Creating", "Attaching", "Snapshotting", "Migrating", "Resizing",
    "Uploaded", "Destroy",
)  # fmt: skip
_COUNTED = (
    ("Virtual machines", "/vms", "listVirtualMachines", _VM_STATES),
    ("Volumes", "/volumes", "listVolumes", _VOLUME_STATES),
)
_LISTS = (
    ("listZones", "zone"), ("listPods", "pod"), ("listClusters", "cluster"),
    ("listHosts", "host"), ("listStoragePools", "storagepool"),
)  # fmt: skip
_USUAL = frozenset({"Up", "Enabled"})
_MHZ_PER_GHZ = 1000


@page("/", "Cloud")
async def cloud(visit: Visit) -> None:
    """Show what the visitor may see of the cloud."""
    heading("Cloud")
    shown = _Cloud(visit)
    await shown.again()
    live(shown.again, _EVERY_S)


class _Cloud:
    """What was last seen of the cloud."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.lists: dict[str, list[Row]] = {}
        with ui.element("div").classes("cards"):
            self.counts = {heading: Part() for heading, *_ in _COUNTED}
        self.ground = Part()
        self.clusters: dict[str, Part] = {}
        self.pools: dict[str, Part] = {}

    async def again(self) -> None:
        """Look, and draw what changed."""
        for name, path, command, states in _COUNTED:
            counts = {state: await self._count(command, state) for state in states}
            self.counts[name].show(counts, partial(_counts, name, path, counts))
            await asyncio.sleep(0)  # other pages and the API have their turn between
        self.lists = {key: await places(self.visit, command, key) for command, key in _LISTS}
        where = [
            [(row["id"], row["name"], row.get("allocationstate")) for row in self.lists[key]]
            for _, key in _LISTS[:3]
        ]
        self.ground.show(where, self._places)
        for row in self.lists["cluster"]:
            self._fill(self.clusters[row["id"]], "clusterid", row)
        for row in self.lists["zone"]:
            self._fill(self.pools[row["id"]], "zoneid", row)

    async def _count(self, command: str, state: str) -> int:
        reply = await self.visit.visitor.call(
            command, listall=True, state=state, page=1, pagesize=1
        )
        count: int = reply.body.get("count", 0)
        return count

    def _places(self) -> None:
        """Draw zones, pods and clusters, with a place for what is in each."""
        self.clusters, self.pools = {}, {}
        for zone in self.lists["zone"]:
            with _section(zone["name"]):
                heading(f"Zone {zone['name']}", 2)
                facts = (zone["networktype"], zone["allocationstate"])
                ui.label(" · ".join(facts)).classes("small")
                for pod in self.lists["pod"]:
                    if pod["zoneid"] == zone["id"]:
                        self._pod(pod)
                self.pools[zone["id"]] = Part()
        if not self.lists["pod"]:
            ui.label("What the zones are made of is shown to who may list pods and hosts.")

    def _pod(self, pod: Row) -> None:
        heading(f"Pod {pod['name']}", 3)
        with ui.element("div").classes("cards"):
            for cluster in self.lists["cluster"]:
                if cluster["podid"] == pod["id"]:
                    self.clusters[cluster["id"]] = Part()

    def _fill(self, part: Part, by: str, place: Row) -> None:
        """Draw the hosts and pools of a cluster, or the pools of a whole zone."""
        whole = by == "zoneid"
        hosts = [] if whole else _of(self.lists["host"], by, place, _HOST)
        pools = [
            pool for pool in _of(self.lists["storagepool"], by, place, _POOL)
            if whole <= ("clusterid" not in pool)
        ]  # fmt: skip
        if not whole:
            part.show((place["name"], hosts, pools), partial(_cluster, place, hosts, pools))
        elif pools:
            part.show(pools, partial(_zone_pools, pools))


_HOST = (
    "id", "name", "state", "resourcestate", "memorytotal", "memoryallocatedbytes",
    "cpuwithoverprovisioning", "cpuallocatedvalue", "hypervisor",
)  # fmt: skip
_POOL = ("id", "name", "state", "disksizetotal", "disksizeallocated", "clusterid")


def _of(every: Sequence[Row], by: str, place: Row, names: Sequence[str]) -> list[Row]:
    """Return of the rows in a place the fields that are shown."""
    inside = (row for row in every if row.get(by) == place["id"])
    return [{name: row[name] for name in names if name in row} for row in inside]


def _section(name: str) -> ui.element:
    section = ui.element("section").classes("zone")
    section.props["aria-label"] = f"Zone {name}"
    return section


def _counts(name: str, path: str, counts: dict[str, int]) -> None:
    """Draw how many there are in each state; states that nothing is in are left out."""
    with ui.element("section").classes("card") as card:
        card.props["aria-label"] = name
        with heading("", 2):
            ui.link(name, path)
        there = {state: number for state, number in counts.items() if number}
        if not there:
            ui.label("None")
        with ui.element("ul").classes("counts"):
            for state, number in there.items():
                with ui.element("li"):
                    ui.label(f"{number:,}").classes("number")
                    ui.label(state)


def _cluster(cluster: Row, hosts: list[Row], pools: list[Row]) -> None:
    with ui.element("section").classes("card") as card:
        card.props["aria-label"] = f"Cluster {cluster['name']}"
        heading(cluster["name"], 3)
        parts = (
            cluster["hypervisortype"], counted(len(hosts), "host"), counted(len(pools), "pool")
        )  # fmt: skip
        ui.label(" · ".join(parts)).classes("small")
        for host in hosts:
            _host(host)
        for pool in pools:
            _pool(pool)


def _zone_pools(pools: list[Row]) -> None:
    heading("Pools of the whole zone", 3)
    with ui.element("div").classes("card"):
        for pool in pools:
            _pool(pool)


def _named(icon: str, name: str, *states: str) -> None:
    """Name a host or pool, with its states; others than the usual ones stand out."""
    with ui.row().classes("named"):
        ui.icon(icon).props('aria-hidden="true"')
        ui.label(name).classes("clip")
        for state in states:
            ui.label(state).classes("small" if state in _USUAL else "small unusual")


def _host(host: Row) -> None:
    name = host["name"]
    _named("dns", name, host["state"], host["resourcestate"])
    if "memorytotal" not in host:
        return
    used, total = host["memoryallocatedbytes"], host["memorytotal"]
    bar(f"Memory of {name}", used, total, f"Memory {gib(used)} of {gib(total)}")
    used_mhz, total_mhz = host["cpuallocatedvalue"], float(host["cpuwithoverprovisioning"])
    text = f"CPU {used_mhz / _MHZ_PER_GHZ:,.4g} of {total_mhz / _MHZ_PER_GHZ:,.4g} GHz"
    bar(f"CPU of {name}", used_mhz, total_mhz, text)


def _pool(pool: Row) -> None:
    name = pool["name"]
    _named("storage", name, pool["state"])
    used, total = pool["disksizeallocated"], pool["disksizetotal"]
    bar(f"Space of {name}", used, total, f"Space {gib(used)} of {gib(total)}")
