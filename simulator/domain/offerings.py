"""createDiskOffering to deleteNetworkOffering: what may be offered."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import ISOLATED, SERVICES, SHARED, NetworkOffering
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
_MOST = (1 << 31) - 1


class OfferDisk(NamedTuple):
    """A disk offering an administrator wants."""

    dialect: Dialect
    size_gib: int | None
    custom: bool
    max_gib: int


class OfferCompute(NamedTuple):
    """A compute offering an administrator wants: cores, MHz and MiB."""

    dialect: Dialect
    name: str
    amounts: tuple[int | None, int | None, int | None]


class OfferNetwork(NamedTuple):
    """A network offering an administrator wants."""

    dialect: Dialect
    kind: str
    services: tuple[str, ...]
    name_free: bool

    @property
    def unknown(self) -> str:
        """The services nobody knows."""
        return ", ".join(s for s in self.services if s not in SERVICES)


class OnNetworkOffering(NamedTuple):
    """A network offering that shall change or go; *state* is what it shall be, None as it is."""

    dialect: Dialect
    offering: NetworkOffering
    state: str | None = None
    networks: int = 0


# fmt: off
OFFER_DISK: Table[OfferDisk] = Table("createDiskOffering", (
    Rule("DOF-02", "a disk offering of any size has none",
         lambda o: not o.custom or o.size_gib is None, R, Kind.PARAM,
         "Disksize is not allowed for a customized disk offering", "callers"),
    Rule("DOF-03", "a disk offering has a size, or any",
         lambda o: o.custom or o.size_gib is not None, R, Kind.PARAM,
         "Disksize is required for a non-customized disk offering", "callers"),
    Rule("DOF-04", "the size of a disk offering is in the allowed range",
         lambda o: o.size_gib is None or 0 < o.size_gib <= o.max_gib, R, Kind.PARAM,
         "Failed to create disk offering: specify a disk size of 1 to {c.max_gib} Gb", "callers"),
))

OFFER_COMPUTE: Table[OfferCompute] = Table("createServiceOffering", (
    Rule("COF-02", "a compute offering has cores, speed and memory",
         lambda o: None not in o.amounts, R, Kind.PARAM,
         "Failed to create service offering {c.name}: specify cpunumber, cpuspeed and memory",
         "callers"),
    Rule("COF-03", "cores, speed and memory of a compute offering are in range",
         lambda o: all(a is None or 0 < a <= _MOST for a in o.amounts), R, Kind.PARAM,
         "Failed to create service offering {c.name}: specify cpunumber, cpuspeed and memory "
         "between 1 and 2147483647", "callers"),
))

OFFER_NETWORK: Table[OfferNetwork] = Table("createNetworkOffering", (
    Rule("NOF-01", "the guest type of a network offering is known",
         lambda o: o.kind in {ISOLATED, SHARED}, R, Kind.PARAM,
         "Invalid value for guestIpType parameter: {c.kind}", "callers"),
    Rule("NOF-02", "the services of a network offering are known",
         lambda o: not o.unknown, R, Kind.PARAM,
         "Invalid service name specified: {c.unknown}", "callers"),
    Rule("NOF-03", "the name of a network offering is free",
         lambda o: o.name_free, R, Kind.PARAM,
         "Network offering with this name already exists", "callers"),
))

UPDATE_NETWORK_OFFERING: Table[OnNetworkOffering] = Table("updateNetworkOffering", (
    Rule("UNO-01", "a network offering is Enabled or Disabled",
         lambda o: o.state in {None, "enabled", "disabled"}, R, Kind.PARAM,
         "Incorrect state value: {c.state}", "callers"),
))

DELETE_NETWORK_OFFERING: Table[OnNetworkOffering] = Table("deleteNetworkOffering", (
    Rule("DNO-01", "a stock network offering stays",
         lambda o: not o.offering.default, R, Kind.PARAM,
         "Default network offering can't be deleted", "callers"),
    Rule("DNO-02", "no network was made from a network offering to delete",
         lambda o: o.networks == 0, R, Kind.PARAM,
         "Can't delete network offering {c.offering.id} as its used by {c.networks} networks. To "
         "make the network offering unavailable, disable it", "callers"),
))
# fmt: on
