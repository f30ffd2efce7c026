"""What a scenario takes from the cloud, by the part it plays: a zone, another host, a pool.

Features name no zone, host or pool of any cloud. They name roles; who runs them may say what plays
a role, and for all others the cloud is asked.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from steps.lists import LISTS

Row = dict[str, Any]
Ask = Callable[..., list[Row]]
"""Sends a list command and returns its rows: (command, key of the rows, parameters)."""

HYPERVISORS = ("KVM", "Simulator", "VMware", "XenServer", "LXC")
"""Scenarios that name no hypervisor mean the first of these that has hosts in the zone."""
CHEAPEST_FIRST = ("Simulator", "KVM", "VMware", "XenServer", "LXC")
"""The same where others use the cloud: hosts that are none cost nobody anything."""
MANAGED = "Managed"
"""The disk offering whose volumes lie on managed pools, by its tags."""


class NoSuchPlace(Exception):
    """The cloud has nothing that could play a role; the text says what was looked for."""


class Places:
    """Finds what plays a role in one cloud; each is looked for once.

    *given* says by name or id what plays a role, by the role's name; *hypervisors* are those to
    choose from, the best first.
    """

    def __init__(
        self,
        ask: Ask,
        given: Mapping[str, str] | None = None,
        hypervisors: tuple[str, ...] = HYPERVISORS,
    ) -> None:
        self._ask, self._hypervisors = ask, hypervisors
        self._given = dict(given or {})
        self._rows: dict[str, Row] = {}
        self._lists: dict[tuple[str, str], list[Row]] = {}
        self._others: dict[str, Places] = {}

    def of(self, hypervisor: str) -> "Places":
        """Return the same for scenarios that are about one hypervisor, "" for any."""
        if not hypervisor or self._given.get("hypervisor") == hypervisor:
            return self
        if hypervisor not in self._others:
            given = {role: name for role, name in self._given.items() if role != "template"}
            self._others[hypervisor] = Places(self._ask, given | {"hypervisor": hypervisor})
        return self._others[hypervisor]

    def row(self, role: str) -> Row:
        """Return what plays *role*; NoSuchPlace if nothing does, KeyError for no role."""
        if role not in self._rows:
            kind, candidates = ROLES[role]
            found = self._chosen(kind, self._given[role]) if role in self._given else None
            found = found or next(candidates(self), None)
            if found is None:
                msg = f"no {kind} that is {role.replace('-', ' ')}"
                raise NoSuchPlace(msg)
            self._rows[role] = found
        return self._rows[role]

    def _chosen(self, kind: str, name: str) -> Row:
        command, key = _LISTS[kind]
        row = next((r for r in self._all(command, key) if name in {r["id"], r["name"]}), None)
        if row is None:
            msg = f"no {kind} called {name}, which the target file names"
            raise NoSuchPlace(msg)
        return row

    def _all(self, command: str, key: str, **text: str) -> list[Row]:
        """Return the rows of a list by name: the order of a list is the cloud's affair."""
        known = command, str(sorted(text.items()))
        if known not in self._lists:
            self._lists[known] = sorted(self._ask(command, key, **text), key=lambda r: r["name"])
        return self._lists[known]

    @property
    def hypervisor(self) -> str:
        """The hypervisor of scenarios that name none."""
        if "hypervisor" in self._given:
            return self._given["hypervisor"]
        if not self._may("listHosts"):
            return self._of_templates()
        return self._in_zone(self.row("a-zone")["id"])

    def _in_zone(self, zone_id: str) -> str:
        """Return the best hypervisor that has hosts in a zone."""
        there = {host["hypervisor"] for host in self.hosts() if host["zoneid"] == zone_id}
        best = next((h for h in self._hypervisors if h in there), None)
        if best is None:
            msg = "no host that is Up"
            raise NoSuchPlace(msg)
        return best

    def usual_template(self, zone_id: str) -> str:
        """Return the template of VMs in a zone whose hypervisor is not named."""
        return self.template(self._in_zone(zone_id) if self._may("listHosts") else self.hypervisor)

    def _of_templates(self) -> str:
        """Return the first hypervisor that there is a ready template of."""
        rows = self._all("listTemplates", "template", templatefilter="executable")
        ready = {r["hypervisor"] for r in rows if r.get("isready")}
        return next((h for h in self._hypervisors if h in ready), "")

    def _may(self, command: str) -> bool:
        """Return whether the caller gets anything of a list."""
        key = {"listHosts": "host"}[command]
        return bool(self._all(command, key))

    def template(self, hypervisor: str) -> str:
        """Return the id of the first ready template of a hypervisor."""
        if "template" in self._given and hypervisor == self.hypervisor:
            return str(self._chosen("template", self._given["template"])["id"])
        rows = self._all("listTemplates", "template", templatefilter="executable")
        zone = self.row("a-zone")["id"]
        for row in rows:
            here = row.get("zoneid", zone) == zone
            if row["hypervisor"] == hypervisor and row.get("isready") and here:
                return str(row["id"])
        msg = f"no ready template of hypervisor {hypervisor}"
        raise NoSuchPlace(msg)

    def offering(self, kind: str, name: str) -> str:
        """Return the id of an offering of kind "disk" or "service" by its name, "" for none."""
        command, key, _ = LISTS[kind]
        rows = self._all(command, key)
        return next((str(r["id"]) for r in rows if r["name"] == name), "")

    def most_data_disks(self) -> int:
        """Return how many data disks a VM may have, by the least of its hypervisor's versions."""
        rows = self._ask("listHypervisorCapabilities", "hypervisorCapabilities")
        own = [r for r in rows if r.get("hypervisor") == self.hypervisor]
        return min((int(r.get("maxdatavolumeslimit", 6)) for r in own), default=6)

    def zones(self) -> Iterator[Row]:
        """Yield the enabled zones."""
        rows = self._all("listZones", "zone")
        yield from (r for r in rows if r.get("allocationstate", "Enabled") == "Enabled")

    def other_zones(self) -> Iterator[Row]:
        """Yield the zones beside the first."""
        own = self.row("a-zone")["id"]
        yield from (r for r in self.zones() if r["id"] != own)

    def hosts(self) -> Iterator[Row]:
        """Yield the hosts of VMs that are Up."""
        yield from (r for r in self._all("listHosts", "host") if _runs_vms(r))

    def near_hosts(self, hypervisor: str = "") -> Iterator[Row]:
        """Yield the hosts of the first zone of a hypervisor, the usual one if none is named."""
        zone, wanted = self.row("a-zone")["id"], hypervisor or self.hypervisor
        for host in self.hosts():
            if host["zoneid"] == zone and host["hypervisor"] == wanted:
                yield host

    def beside_host(self) -> Iterator[Row]:
        """Yield the hosts that share the cluster of the first."""
        own = self.row("a-host")
        for host in self.near_hosts():
            if host["clusterid"] == own["clusterid"] and host["id"] != own["id"]:
                yield host

    def hosts_elsewhere(self) -> Iterator[Row]:
        """Yield the hosts of other clusters, those of the same pod first."""
        own = self.row("a-host")
        others = [h for h in self.near_hosts() if h["clusterid"] != own["clusterid"]]
        yield from sorted(others, key=lambda h: h["podid"] != own["podid"])

    def hosts_of_other_pods(self) -> Iterator[Row]:
        """Yield the hosts of other pods."""
        own = self.row("a-host")
        yield from (h for h in self.near_hosts() if h["podid"] != own["podid"])

    def clusters_elsewhere(self) -> Iterator[Row]:
        """Yield the clusters of hosts elsewhere."""
        for host in self.hosts_elsewhere():
            rows = self._all("listClusters", "cluster")
            yield from (c for c in rows if c["id"] == host["clusterid"])

    def pools(self, cluster_id: str, *, managed: bool = False) -> Iterator[Row]:
        """Yield the pools of a cluster that are Up, local ones aside."""
        for pool in self._all("listStoragePools", "storagepool"):
            shared = pool.get("scope", "CLUSTER") == "CLUSTER" and pool.get("state") == "Up"
            here = shared and pool.get("clusterid") == cluster_id
            if here and bool(pool.get("managed")) == managed:
                yield pool

    def near_pools(self) -> Iterator[Row]:
        """Yield the pools of the first host's cluster."""
        yield from self.pools(self.row("a-host")["clusterid"])

    def managed_pools(self) -> Iterator[Row]:
        """Yield the managed pools of the first host's cluster that alone take the managed offering.

        Where a pool of another cluster takes it as well, volumes of it can go there.
        """
        own = self.row("a-host")["clusterid"]
        pools = self._all("listStoragePools", "storagepool")
        if not any(self._takes_managed(p) for p in pools if p.get("clusterid") != own):
            yield from filter(self._takes_managed, self.pools(own, managed=True))

    def _takes_managed(self, pool: Row) -> bool:
        """Return whether a pool bears the tags of the disk offering that is called Managed."""
        offerings = self._all("listDiskOfferings", "diskoffering")
        wanted = next((r.get("tags", "") for r in offerings if r["name"] == MANAGED), "")
        return set(wanted.split(",")) <= set(pool.get("tags", "").split(","))

    def beside_pool(self, pool_id: str) -> str:
        """Return the id of another pool of the cluster that a pool is of."""
        there = self.pools(self._cluster_of(pool_id))
        return str(next(pool["id"] for pool in there if pool["id"] != pool_id))

    def away_from_pool(self, pool_id: str) -> str:
        """Return the id of a pool of another cluster than a pool is of, the first host's first."""
        hosts = (self.row("a-host"), *self.hosts_elsewhere())
        far = (h["clusterid"] for h in hosts if h["clusterid"] != self._cluster_of(pool_id))
        return str(next(pool["id"] for cluster_id in far for pool in self.pools(cluster_id)))

    def _cluster_of(self, pool_id: str) -> str:
        pools = self._all("listStoragePools", "storagepool")
        return str(next(pool.get("clusterid", "") for pool in pools if pool["id"] == pool_id))

    def pools_elsewhere(self) -> Iterator[Row]:
        """Yield the pools of another cluster."""
        yield from self.pools(self.row("another-cluster")["id"])

    def pools_of_other_zones(self) -> Iterator[Row]:
        """Yield the pools of another zone."""
        zone = self.row("another-zone")["id"]
        for host in self.hosts():
            if host["zoneid"] == zone and host["hypervisor"] == self.hypervisor:
                yield from self.pools(host["clusterid"])


def _runs_vms(host: Row) -> bool:
    up = host.get("state", "Up") == "Up" and host.get("resourcestate", "Enabled") == "Enabled"
    return up and host.get("type", "Routing") == "Routing" and "clusterid" in host


def _second(rows: Iterator[Row]) -> Iterator[Row]:
    next(rows, None)
    yield from rows


def _pools_of(hypervisor: str) -> Callable[[Places], Iterator[Row]]:
    def found(places: Places) -> Iterator[Row]:
        for cluster_id in dict.fromkeys(h["clusterid"] for h in places.near_hosts(hypervisor)):
            yield from places.pools(cluster_id)

    return found


_LISTS = {
    "zone": ("listZones", "zone"),
    "host": ("listHosts", "host"),
    "cluster": ("listClusters", "cluster"),
    "pool": ("listStoragePools", "storagepool"),
    "template": ("listTemplates", "template"),
}
ROLES: dict[str, tuple[str, Callable[[Places], Iterator[Row]]]] = {
    "a-zone": ("zone", Places.zones),
    "another-zone": ("zone", Places.other_zones),
    "a-host": ("host", Places.near_hosts),
    "another-host": ("host", Places.beside_host),
    "a-host-elsewhere": ("host", Places.hosts_elsewhere),
    "a-host-of-another-pod": ("host", Places.hosts_of_other_pods),
    "a-VMware-host": ("host", lambda places: _second(places.near_hosts("VMware"))),
    "another-cluster": ("cluster", Places.clusters_elsewhere),
    "a-pool": ("pool", Places.near_pools),
    "another-pool": ("pool", lambda places: _second(places.near_pools())),
    "a-managed-pool": ("pool", Places.managed_pools),
    "a-pool-elsewhere": ("pool", Places.pools_elsewhere),
    "a-pool-of-another-zone": ("pool", Places.pools_of_other_zones),
    "a-VMware-pool": ("pool", lambda places: _second(_pools_of("VMware")(places))),
    "a-Simulator-pool": ("pool", _pools_of("Simulator")),
    "another-Simulator-pool": ("pool", lambda places: _second(_pools_of("Simulator")(places))),
}
"""Role -> kind of place, and what of a cloud can play it, the best first."""
