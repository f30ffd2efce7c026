"""updateServiceOffering and updateDiskOffering, and what of compute offerings is not deleted."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, Host, ServiceOffering, StoragePool
from simulator.domain.lists import ACTIVE, INACTIVE
from simulator.domain.records import Role, User, Volume
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
_SOURCE = "ConfigurationManagerImpl"


class ReofferDisk(NamedTuple):
    """A disk offering to change, alone or as the twin of a *compute* offering.

    *tags* are its new storage tags, None where it keeps those it has; *volumes* are those that
    are made of it and *pools* where they are; *host_tags* are the new tags of the hosts of a
    compute offering, and *hosts* where its VMs are.
    """

    dialect: Dialect
    offering: DiskOffering
    role: Role
    user: User
    compute: ServiceOffering | None = None
    state: str = ""
    tags: frozenset[str] | None = None
    volumes: tuple[Volume, ...] = ()
    pools: tuple[StoragePool, ...] = ()
    host_tags: frozenset[str] | None = None
    hosts: tuple[Host, ...] = ()

    @property
    def refused_admin_text(self) -> str:
        """What a domain admin reads who wants to change what is everybody's."""
        compute = self.compute
        if compute is None:
            disk = self.offering
            spelt = f'DiskOffering {{"id":{disk.db_id},"name":"{disk.name}","uuid":"{disk.id}"}}.'
            return f"disk offering [{spelt}] by user [{self.user.text}] because it is domain-admin."
        spelt = f'{{"id":{compute.db_id},"name":"{compute.name}","uuid":"{compute.id}"}}.'
        return (
            f"service offering: Service offering {spelt} by user: {self.user.text} because it is "
            "domain-admin"
        )

    @property
    def foreign_pool(self) -> StoragePool | None:
        """The first pool with volumes of it that lacks a new tag."""
        wanted = self.tags or frozenset()
        return next((p for p in self.pools if not wanted <= p.tags), None)

    @property
    def pool_text(self) -> str:
        """That pool, as the refusal spells it."""
        pool = self.foreign_pool
        return f'{{"name":"{pool.name}","uuid":"{pool.id}"}}' if pool else ""

    @property
    def disk_text(self) -> str:
        """The disk offering, as the refusal of its tags spells it."""
        return f'{{"name":"{self.offering.name}","uuid":"{self.offering.id}"}}'

    @property
    def volumes_text(self) -> str:
        """Its volumes, as the refusal of its tags spells them."""
        return f"[{','.join(v.short for v in self.volumes)}]"

    @property
    def tagged(self) -> bool:
        """Whether all hosts with VMs of a compute offering have its new host tags."""
        return not self.host_tags or all(self.host_tags <= host.tags for host in self.hosts)

    @property
    def hosts_text(self) -> str:
        """Those hosts; the server reads nothing but their numbers."""
        rows = (
            f'Host {{"id":{h.db_id},"name":null,"type":null,"uuid":"{h.id}"}}' for h in self.hosts
        )
        return f"[{', '.join(rows)}]"

    @property
    def compute_text(self) -> str:
        """The compute offering as the refusal of its host tags spells it."""
        compute = self.compute
        if compute is None:
            return ""
        return f'Service offering {{"id":{compute.db_id},"name":null,"uuid":"{compute.id}"}}.'


class GoingCompute(NamedTuple):
    """A compute offering to delete, which stays as an inactive one."""

    dialect: Dialect
    offering: ServiceOffering

    @property
    def text(self) -> str:
        """Its description."""
        return self.offering.said or self.offering.name


# fmt: off
REOFFER: Table[ReofferDisk] = Table("updateServiceOffering, updateDiskOffering", (
    Rule("UOF-01", "an offering is Active or Inactive",
         lambda o: not o.state.strip() or o.state.lower() in {ACTIVE, INACTIVE}, R, Kind.PARAM,
         "Invalid state value: {c.state}", _SOURCE),
    Rule("UOF-02", "a domain admin changes no offering that is everybody's",
         lambda o: o.role is not Role.DOMAIN_ADMIN or bool(o.offering.domain_ids), R, Kind.PARAM,
         "Unable to update public {c.refused_admin_text}", _SOURCE, "SPEC-03"),
    Rule("UOF-03", "pools with volumes of an offering have its new storage tags",
         lambda o: o.foreign_pool is None, R, Kind.PARAM,
         "There are active volumes using the disk offering {c.disk_text}, and the pool "
         "{c.pool_text} doesn't have the new tags. The following volumes are using the mentioned "
         "disk offering {c.volumes_text}. Please first add the new tags to the mentioned storage "
         "pools before adding them to the disk offering.", _SOURCE),
    Rule("UOF-04", "hosts with VMs of an offering have its new host tags",
         lambda o: o.tagged, R, Kind.PARAM,
         "There are active VMs using offering [{c.compute_text}], and the hosts [{c.hosts_text}] "
         "don't have the new tags", _SOURCE),
))

DELETE_COMPUTE: Table[GoingCompute] = Table("deleteServiceOffering", (
    Rule("DCO-01", "a compute offering that system VMs have where nothing is said stays",
         lambda g: not g.offering.traits.default_use, R, Kind.PARAM,
         "The system service offering [{c.text}] is marked for default use and cannot be "
         "deleted", _SOURCE),
))
# fmt: on
