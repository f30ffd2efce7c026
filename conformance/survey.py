"""What a cloud has, by a few lists: what scenarios would find there, and what they would miss."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from conformance.contact import Contact, tables
from conformance.line import HttpCloud, Line
from steps.places import Places

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
        """The hypervisors of hosts; for who sees none of templates, else what might be there."""
        rows = self.of("listHosts") or self.templates
        found = [str(row["hypervisor"]) for row in rows if "hypervisor" in row]
        listed = [str(row.get("name")) for row in self.of("listHypervisors")]
        return sorted(set(found or listed))

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
        return Places(self._ask, roles, self.met.hypervisors)

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
