"""What domain admins may not change, as it is the whole cloud's (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import DiskOffering, ServiceOffering
from simulator.domain.records import Role, User
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST


class CloudWide(NamedTuple):
    """An offering to make or to delete, or a setting to change, by a user of an account of *role*.

    *for_domains* is whether a new offering shall be for some domains; *offering* is the one to
    delete, *what* its kind in words; *setting* is a name.
    """

    dialect: Dialect
    role: Role
    user: User
    what: str = "disk"
    for_domains: bool = False
    offering: DiskOffering | ServiceOffering | None = None
    setting: str | None = None

    @property
    def local(self) -> bool:
        """Whether a domain admin asks."""
        return self.role is Role.DOMAIN_ADMIN

    @property
    def makes(self) -> bool:
        """Whether an offering shall be made."""
        return self.offering is None and self.setting is None

    @property
    def for_some(self) -> bool:
        """Whether the offering is for some domains alone."""
        return bool(getattr(self.offering, "domain_ids", ()))

    @property
    def spelt(self) -> str:
        """The offering as the refusal spells it."""
        offering = self.offering
        if offering is None:
            return ""
        kind = "Service offering" if self.what == "service" else "DiskOffering"
        return f'{kind} {{"id":{offering.db_id},"name":"{offering.name}","uuid":"{offering.id}"}}.'


# fmt: off
CLOUD_WIDE: Table[CloudWide] = Table("what is the whole cloud's", (
    Rule("DAD-01", "a domain admin makes an offering for domains alone",
         lambda w: not w.local or not w.makes or w.for_domains, R, Kind.PARAM,
         "Unable to create public {c.what} offering by admin: {c.user.text} because it is "
         "domain-admin", "6.1", "SPEC-03"),
    Rule("DAD-02", "a domain admin deletes no offering that is everybody's",
         lambda w: not w.local or w.offering is None or w.for_some, R, Kind.PARAM,
         "Unable to delete public {c.what} offering: {c.spelt} by admin: {c.user.text} because it "
         "is domain-admin", "6.1", "SPEC-03"),
    Rule("DAD-03", "a domain admin changes no setting of the whole cloud",
         lambda w: not w.local or w.setting is None, R, Kind.PARAM,
         "Invalid scope id provided for the parameter {c.setting}", "6.1", "SPEC-03"),
))
# fmt: on
