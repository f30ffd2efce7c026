"""createServiceOffering, and the size of a VM of a customized offering."""

from collections.abc import Mapping
from typing import NamedTuple

from simulator.domain.details import number
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import CPU_NUMBER, CPU_SPEED, MEMORY, ServiceOffering
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
LARGEST = (1 << 31) - 1
"""The largest number of cores, MHz or MiB."""
LEAST_MIB = 32
_STORAGES = frozenset({"local", "shared"})
PLANNERS = frozenset({
    "BareMetalPlanner", "ExternalServerPlanner", "FirstFitPlanner", "ImplicitDedicationPlanner",
    "SkipHeuresticsPlanner", "UserConcentratedPodPlanner", "UserDispersingPlanner",
})  # fmt: skip
"""What chooses the hosts of VMs, by name."""
SYSTEM_KINDS = {
    "domainrouter": "DomainRouter",
    "consoleproxy": "ConsoleProxy",
    "secondarystoragevm": "SecondaryStorageVm",
    "internalloadbalancervm": "InternalLoadBalancerVm",
}
"""Kinds of system VMs as callers spell them, and as the server does."""
ROUTERS = "domainrouter"


class OfferCompute(NamedTuple):
    """A compute offering an administrator wants: cores, MHz and MiB, None where left open.

    *bounds* are the least and most cores, the least and most MiB of a customized one.
    """

    dialect: Dialect
    name: str
    custom: bool
    cpu: int | None
    mhz: int | None
    mib: int | None
    bounds: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    storage: str = "shared"
    most_cpu: int = LARGEST
    most_mib: int = LARGEST
    offers_ha: bool = False
    system: bool = False
    kind: str = ROUTERS
    rate_mbps: int | None = None
    planner: str | None = None
    root_gib: int | None = None
    max_gib: int = 1024

    @property
    def bounded(self) -> bool:
        """Whether a customized offering has a speed and all bounds."""
        return self.custom and None not in (self.mhz, *self.bounds)

    @property
    def consistent(self) -> bool:
        """Whether speed and bounds are all given, or none of them."""
        return len({value is None for value in (self.mhz, *self.bounds)}) == 1

    @property
    def fixed(self) -> bool:
        """Whether its VMs are all of one size."""
        return not self.custom


class CustomSize(NamedTuple):
    """The size of a VM of an offering, as *details* say it; *most* are the server's bounds."""

    dialect: Dialect
    offering: ServiceOffering
    details: Mapping[str, str]
    most_cpu: int = LARGEST
    most_mib: int = LARGEST

    @property
    def custom(self) -> bool:
        """Whether the size is the VM's to choose, and something is chosen."""
        return self.offering.dynamic and bool(self.details)

    @property
    def cpu_bounds(self) -> tuple[int, int]:
        """The least and the most cores of a customized offering."""
        most = self.offering.most_cpu or LARGEST
        return self.offering.least_cpu or 1, min(most, self.most_cpu)

    @property
    def mib_bounds(self) -> tuple[int, int]:
        """The least and the most MiB of a customized offering."""
        most = self.offering.most_mib or LARGEST
        return self.offering.least_mib or LEAST_MIB, min(most, self.most_mib)

    def open(self, amount: int) -> bool:
        """Return whether an amount of the offering is left open, and details are given."""
        return self.custom and not amount

    def within(self, detail: str, amount: int, bounds: tuple[int, int]) -> bool:
        """Return whether a detail that the offering leaves open is in its bounds."""
        value = number(self.details.get(detail))
        return not self.open(amount) or bounds[0] <= value <= bounds[1]

    def unnamed(self, detail: str, amount: int) -> bool:
        """Return whether a detail that the offering fixes is not given."""
        return not self.custom or not amount or detail not in self.details


_SOURCE = "ConfigurationManagerImpl"
_FAILED = "Failed to create service offering {c.name}: specify the "
_NOT_YOURS = "of this offering id:{c.offering.id} is not customizable. This is predefined in the "
_STORAGE_TEXT = "Invalid storage type {c.storage} specified, valid types are: 'local' and 'shared'"


def _in(value: int | None, least: int, most: int) -> bool:
    return value is None or least <= value <= most


# fmt: off
OFFER_COMPUTE: Table[OfferCompute] = Table("createServiceOffering", (
    Rule("COF-04", "a customized compute offering has neither cores nor memory",
         lambda o: o.fixed or (o.cpu is None and o.mib is None), R, Kind.PARAM,
         "For creating a custom compute offering cpu and memory all should be null", "GT 4"),
    Rule("COF-05", "a customized compute offering has a speed and all bounds, or none",
         lambda o: o.fixed or o.consistent, R, Kind.PARAM,
         "For creating a custom compute offering min/max cpu and min/max memory/cpu speed should "
         "all be null or all specified", "GT 4"),
    Rule("COF-06", "the speed of a customized compute offering is no less than nothing",
         lambda o: not o.bounded or _in(o.mhz, 0, LARGEST), R, Kind.PARAM,
         _FAILED + "cpu speed value between 1 and 2147483647", "GT 4"),
    Rule("COF-07", "the bounds of the cores of a compute offering are larger than nothing",
         lambda o: not o.bounded or all(_in(b, 1, LARGEST) for b in o.bounds[:2]), R, Kind.PARAM,
         _FAILED + "minimum or minimum cpu number value between 1 and 2147483647", "GT 4"),
    Rule("COF-08", "the bounds of the memory of a compute offering are in range",
         lambda o: not o.bounded
         or (_in(o.bounds[2], LEAST_MIB, LARGEST) and _in(o.bounds[3], -LARGEST, LARGEST)),
         R, Kind.PARAM, _FAILED + "memory value between 32 and 2147483647 MB", "GT 4"),
    Rule("COF-09", "the cores of a compute offering are in range",
         lambda o: o.custom or _in(o.cpu, 1, o.most_cpu), R, Kind.PARAM,
         _FAILED + "cpu number value between 1 and {c.most_cpu}", "callers"),
    Rule("COF-10", "the speed of a compute offering is given and in range",
         lambda o: o.custom or (o.mhz is not None and _in(o.mhz, 0, LARGEST)), R, Kind.PARAM,
         _FAILED + "cpu speed value between 0 and 2147483647", "callers"),
    Rule("COF-11", "the memory of a compute offering is in range",
         lambda o: o.custom or _in(o.mib, LEAST_MIB, o.most_mib), R, Kind.PARAM,
         _FAILED + "memory value between 32 and {c.most_mib} MB", "callers"),
    Rule("COF-12", "the storage of a compute offering is local or shared",
         lambda o: o.storage.lower() in _STORAGES, R, Kind.PARAM, _STORAGE_TEXT, "callers"),
    Rule("COF-13", "a compute offering with HA is not on local storage",
         lambda o: not o.offers_ha or o.storage.lower() != "local", R, Kind.PARAM,
         "HA offering with local storage is not supported. ", _SOURCE),
    Rule("COF-14", "a compute offering of the system's is for a kind of system VMs",
         lambda o: not o.system or o.kind in SYSTEM_KINDS, R, Kind.PARAM,
         "Invalid systemVmType. Supported types are: DomainRouter, ConsoleProxy, "
         "SecondaryStorageVm", _SOURCE),
    Rule("COF-15", "of the system's compute offerings those of routers alone have a network rate",
         lambda o: o.rate_mbps is None or not o.system or o.kind == ROUTERS, R, Kind.PARAM,
         "Network rate can be specified only for non-System offering and system offerings having "
         '"domainrouter" systemvmtype', _SOURCE),
    Rule("COF-16", "the network rate of a compute offering is no less than nothing",
         lambda o: o.rate_mbps is None or o.rate_mbps >= 0, R, Kind.PARAM,
         "Failed to create service offering {c.name}: specify the network rate value more than 0",
         _SOURCE),
    Rule("COF-17", "the deployment planner of a compute offering is one",
         lambda o: o.planner is None or o.planner in PLANNERS, R, Kind.PARAM,
         "Invalid name for Deployment Planner specified, please use listDeploymentPlanners to get "
         "the valid set", _SOURCE),
    Rule("COF-18", "the size of the ROOTs of a compute offering is larger than nothing",
         lambda o: o.root_gib is None or o.root_gib > 0, R, Kind.PARAM,
         "The Root disk size is of {c.root_gib} GB but it must be greater than 0.", _SOURCE),
    Rule("COF-19", "the size of the ROOTs of a compute offering is not above the largest of all",
         lambda o: o.root_gib is None or o.root_gib <= o.max_gib, R, Kind.PARAM,
         "The maximum size for a disk is {c.max_gib} GB.", _SOURCE),
))

SIZE: Table[CustomSize] = Table("the size of a VM", (
    Rule("SIZ-01", "a VM of a customized offering comes with its size",
         lambda s: not s.offering.dynamic or bool(s.details), R, Kind.PARAM,
         "Need to specify custom parameter values cpu, cpu speed and memory when using custom "
         "offering", "GT 4"),
    Rule("SIZ-02", "the cores of a VM are within its offering's",
         lambda s: s.within(CPU_NUMBER, s.offering.cpu_count, s.cpu_bounds), R, Kind.PARAM,
         "Invalid cpu cores value, specify a value between {c.cpu_bounds[0]} and "
         "{c.cpu_bounds[1]}", "GT 4"),
    Rule("SIZ-03", "cores that the offering fixes are not chosen",
         lambda s: s.unnamed(CPU_NUMBER, s.offering.cpu_count), R, Kind.PARAM,
         "The cpu cores " + _NOT_YOURS + "template.", "4.3"),
    Rule("SIZ-04", "the speed of a VM is larger than nothing",
         lambda s: s.within(CPU_SPEED, s.offering.cpu_mhz, (1, LARGEST)), R, Kind.PARAM,
         "Invalid cpu speed value, specify a value between 1 and 2147483647", "4.3"),
    Rule("SIZ-05", "a speed that the offering fixes is not chosen",
         lambda s: s.unnamed(CPU_SPEED, s.offering.cpu_mhz), R, Kind.PARAM,
         "The cpu speed " + _NOT_YOURS + "template.", "4.3"),
    Rule("SIZ-06", "the memory of a VM is within its offering's",
         lambda s: s.within(MEMORY, s.offering.memory_mib, s.mib_bounds), R, Kind.PARAM,
         "Invalid memory value, specify a value between {c.mib_bounds[0]} and {c.mib_bounds[1]}",
         "GT 4"),
    Rule("SIZ-07", "memory that the offering fixes is not chosen",
         lambda s: s.unnamed(MEMORY, s.offering.memory_mib), R, Kind.PARAM,
         "The memory " + _NOT_YOURS + "template.", "4.3"),
    Rule("SIZ-08", "the cores of a fixed offering are within the server's bound",
         lambda s: s.offering.dynamic or s.offering.cpu_count <= s.most_cpu, R, Kind.PARAM,
         "Invalid cpu cores value, please choose another service offering with cpu cores between 1 "
         "and {c.most_cpu}", "4.3"),
    Rule("SIZ-09", "the memory of a fixed offering is within the server's bound",
         lambda s: s.offering.dynamic or s.offering.memory_mib <= s.most_mib, R, Kind.PARAM,
         "Invalid memory value, please choose another service offering with memory between 32 and "
         "{c.most_mib} MB", "4.3"),
))
# fmt: on


def chosen(offering: ServiceOffering, details: Mapping[str, str]) -> dict[str, str | None]:
    """Return the details that hold the size of a VM of *offering*; None for what it fixes."""
    amounts = {
        CPU_NUMBER: offering.cpu_count,
        CPU_SPEED: offering.cpu_mhz,
        MEMORY: offering.memory_mib,
    }
    return {name: None if amount else str(int(details[name])) for name, amount in amounts.items()}
