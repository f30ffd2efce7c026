"""What a cloud has, by a few lists: what scenarios would find there, and what they would miss."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from conformance.contact import Contact, tables
from conformance.line import HttpCloud, Line
from steps.places import HYPERVISORS, ROLES, NoSuchPlace, Places

Row = dict[str, Any]
_LISTS = {
    "listHosts": ("host", {}),
    "listStoragePools": ("storagepool", {}),
    "listZones": ("zone", {}),
    "listHypervisors": ("hypervisor", {}),
    "listTemplates": ("template", {"templatefilter": "executable"}),
    "listServiceOfferings": ("serviceoffering", {}),
    "listDiskOfferings": ("diskoffering", {}),
}
_FOR_OPERATORS = ("listHosts", "listStoragePools")
_INSTEAD = ("listZones", "listHypervisors")
"""Who may list hosts reads zones and hypervisors from them; that keeps a survey at 8 calls."""
QUOTAS = {
    "vm": "VMs", "volume": "volumes", "primarystorage": "GiB of primary storage",
    "snapshot": "snapshots", "cpu": "CPU cores", "memory": "MiB of memory",
    "network": "networks", "template": "templates",
}  # fmt: skip


class Quota(NamedTuple):
    """How much of something the account has, and may have; None is any number."""

    what: str
    used: int
    limit: int | None


class Lack(NamedTuple):
    """What is not there, so that the scenarios that need it are skipped; and what would help."""

    why: str
    remedy: str


@dataclass(frozen=True)
class Survey:
    """What was met, and the rows of each list that the key may call."""

    met: Contact
    rows: Mapping[str, list[Row]] = field(default_factory=dict)

    def of(self, command: str) -> list[Row]:
        """Return the rows of a list, none if it was not asked for."""
        return self.rows.get(command, [])

    @property
    def zones(self) -> list[Row]:
        """The zones, for an operator those that have hosts or pools."""
        if "listZones" in self.rows:
            return self.of("listZones")
        rows = [row for command in _FOR_OPERATORS for row in self.of(command)]
        found = {row["zoneid"]: row.get("zonename", "") for row in rows if "zoneid" in row}
        return [{"id": zone_id, "name": name} for zone_id, name in found.items()]

    @property
    def clusters(self) -> list[Row]:
        """The clusters that have hosts."""
        rows = [row for row in self.of("listHosts") if "clusterid" in row]
        found = {row["clusterid"]: row.get("clustername", "") for row in rows}
        return [{"id": cluster_id, "name": name} for cluster_id, name in found.items()]

    @property
    def hypervisors(self) -> list[str]:
        """The hypervisors of hosts; of templates and lists for who sees no hosts."""
        hosts = [str(row["hypervisor"]) for row in self.of("listHosts") if "hypervisor" in row]
        listed = [str(row.get("name")) for row in self.of("listHypervisors")]
        return sorted(set(hosts or listed))

    @property
    def templates(self) -> list[Row]:
        """The templates that are ready."""
        return [row for row in self.of("listTemplates") if row.get("isready")]

    @property
    def quotas(self) -> list[Quota]:
        """What the account uses of its limits, as far as it was told."""
        account, found = self.met.account, []
        for name, what in QUOTAS.items():
            used, limit = _number(account.get(f"{name}total")), account.get(f"{name}limit")
            if used is not None and limit is not None:
                found.append(Quota(what, used, _number(limit)))
        return found

    def places(self, roles: Mapping[str, str]) -> Places:
        """Return what plays which role, of what was listed."""
        return Places(self._ask, roles)

    def _ask(self, command: str, key: str, **_: str) -> list[Row]:
        derived = {"listZones": self.zones, "listClusters": self.clusters}
        rows = derived.get(command, self.of(command))
        return [row for row in rows if key and {"id", "name"} <= row.keys()]


def survey(line: Line, met: Contact) -> Survey:
    """Return what *met* has, by five lists at most; NoAnswer if it falls silent."""
    cloud = HttpCloud(line, line.target.key, line.target.secret)
    sees_hosts = met.apis is not None and met.may("listHosts")
    skipped = _INSTEAD if sees_hosts else _FOR_OPERATORS
    rows = {
        command: tables(cloud.call(command, **text), key)
        for command, (key, text) in _LISTS.items()
        if command not in skipped and met.may(command)
    }
    return Survey(met, rows)


def _number(value: Any) -> int | None:
    """Return a whole number, None for "Unlimited", -1 and what is none."""
    try:
        number = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number >= 0 else None


def lacks(found: Survey, roles: Mapping[str, str], allow: frozenset[str]) -> Iterator[Lack]:
    """Yield what scenarios would miss there."""
    met = found.met
    if met.read_only:
        yield Lack("the key may create nothing", "a key that may deploy VMs; reads are judged")
    if not met.is_stage:
        yield Lack("no stage: states, faults and time cannot be arranged",
                   "a `rootswap serve` with the clock instant or manual")  # fmt: skip
    if not met.is_root:
        yield Lack("no root admin: no other accounts, no settings, no hosts", "a root admin's key")
    if "disruptive" not in allow or not met.is_root:
        yield Lack("settings and hosts are left alone",
                   "a root admin's key and --allow disruptive")  # fmt: skip
    places = found.places(roles)
    usual = _usual(places)
    if isinstance(usual, Lack):
        yield usual
        return
    for role in ROLES:
        with_role = _missing(places, role)
        if with_role:
            yield Lack(with_role, f"one in the cloud, or named in [roles] as {role}")
    for name in HYPERVISORS:
        try:
            places.template(name)
        except NoSuchPlace as no:
            yield Lack(str(no), f"a host of {name} and a template")
    yield from _offerings(found)


def _usual(places: Places) -> str | Lack:
    try:
        return places.hypervisor or places.row("a-zone")["id"]
    except NoSuchPlace as no:
        return Lack(str(no), "a zone with a host")


def _missing(places: Places, role: str) -> str:
    try:
        places.row(role)
    except NoSuchPlace as no:
        return str(no)
    return ""


def _offerings(found: Survey) -> Iterator[Lack]:
    service = [o for o in found.of("listServiceOfferings") if not o.get("iscustomized")]
    disks = found.of("listDiskOfferings")
    if not service:
        yield Lack("no service offering of a fixed size", "a service offering")
    if not any(not disk.get("iscustomized") for disk in disks):
        yield Lack("no disk offering of a fixed size", "a disk offering")
    if not any(disk.get("iscustomized") for disk in disks):
        yield Lack("no disk offering of any size", "a disk offering with customized=true")
