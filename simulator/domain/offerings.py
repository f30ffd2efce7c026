"""createNetworkOffering to deleteNetworkOffering: which networks may be offered."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.networks import ISOLATED, L2, SERVICES, SHARED, NetworkOffering
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST
_CONFIG = "ConfigurationManagerImpl"
_PROVIDERS = frozenset({
    "bigswitchbcf", "brocadevcs", "ciscovnmc", "configdrive", "elasticloadbalancervm",
    "externaldhcpserver", "externalgateway", "f5bigip", "globodns", "internallbvm",
    "junipercontrailrouter", "junipercontrailvpcrouter", "junipersrx", "netris", "netscaler",
    "niciranvp", "none", "nsx", "opendaylight", "ovs", "paloalto", "securitygroupprovider",
    "tungsten", "virtualrouter", "vpcvirtualrouter",
})  # fmt: skip
"""The providers of network services, in small letters."""


class OfferDisk(NamedTuple):
    """A disk offering an administrator wants; *custom_iops* is None where that is not said."""

    dialect: Dialect
    size_gib: int | None
    custom: bool
    max_gib: int
    storage: str = "shared"
    custom_iops: bool | None = None
    wanted_iops: tuple[int | None, int | None] = (None, None)

    @property
    def iops(self) -> tuple[int | None, int | None]:
        """The least and the most iops: None unless they are fixed, 0 where none is given."""
        least, most = self.wanted_iops
        if self.custom_iops is not False:
            return None, None
        return (0, 0) if least is None and most is None else (least, most or 0)

    @property
    def iops_positive(self) -> bool:
        """Whether there are least iops, if there are most."""
        if self.custom_iops is not False or self.wanted_iops == (None, None):
            return True
        return (self.wanted_iops[0] or 0) > 0


class OfferNetwork(NamedTuple):
    """A network offering an administrator wants."""

    dialect: Dialect
    kind: str
    services: tuple[str, ...]
    name_free: bool
    ranges: bool = False
    providers: tuple[str, ...] = ()

    @property
    def stranger(self) -> str:
        """The first provider nobody knows, "" for none."""
        return next((p for p in self.providers if p.lower() not in _PROVIDERS), "")

    @property
    def unknown(self) -> str:
        """The first service nobody knows, "" for none."""
        return next((s for s in self.services if s not in SERVICES), "")


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
    Rule("DOF-05", "the storage of a disk offering is local or shared",
         lambda o: o.storage.lower() in {"local", "shared"}, R, Kind.PARAM,
         "Invalid storage type {c.storage} specified, valid types are: 'local' and 'shared'",
         "callers"),
    Rule("DOF-04", "the size of a disk offering is 1 GiB at least",
         lambda o: o.size_gib is None or o.size_gib > 0, R, Kind.PARAM,
         "Please specify a disk size of at least 1 GB.", "callers"),
    Rule("DOF-06", "the size of a disk offering is not above the largest of all",
         lambda o: o.size_gib is None or o.size_gib <= o.max_gib, R, Kind.PARAM,
         "The maximum size for a disk is {c.max_gib} GB.", "callers"),
    Rule("DOF-07", "the least iops of a disk offering are above nothing",
         lambda o: o.iops_positive, R, Kind.PARAM,
         "The min IOPS must be greater than 0.", "callers"),
    Rule("DOF-08", "the least iops of a disk offering are not above the most",
         lambda o: (o.iops[0] or 0) <= (o.iops[1] or 0), R, Kind.PARAM,
         "The min IOPS must be less than or equal to the max IOPS.", "callers"),
))

OFFER_NETWORK: Table[OfferNetwork] = Table("createNetworkOffering", (
    Rule("NOF-01", "the guest type of a network offering is known",
         lambda o: o.kind in {ISOLATED, SHARED, L2}, R, Kind.PARAM,
         'Invalid "type" parameter is given; can have Shared and Isolated values', _CONFIG),
    Rule("NOF-02", "the services of a network offering are known",
         lambda o: not o.unknown, R, Kind.PARAM,
         "Invalid service {c.unknown}", _CONFIG),
    Rule("NOF-06", "the providers of the services of a network offering are known",
         lambda o: not o.stranger, R, Kind.PARAM, "Invalid service provider: {c.stranger}",
         _CONFIG),
    Rule("NOF-04", "an isolated network offering with SourceNat has no ranges of addresses",
         lambda o: not o.ranges or o.kind != ISOLATED or "SourceNat" not in o.services, R,
         Kind.PARAM, "SpecifyIpRanges can only be true for Shared network offerings and Isolated "
         "with no SourceNat service", _CONFIG),
    Rule("NOF-05", "a shared network offering has ranges of addresses",
         lambda o: o.ranges or o.kind != SHARED, R, Kind.PARAM,
         "SpecifyIpRanges should always be true for Shared network offerings", _CONFIG),
    Rule("NOF-03", "the name of a network offering is free",
         lambda o: o.name_free, R, Kind.UNCAUGHT, "Entity already exists ",
         "NetworkOfferingDaoImpl"),
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
