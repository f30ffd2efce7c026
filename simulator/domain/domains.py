"""Domains: who may make, change, remove and see which (semantics 6.1)."""

from typing import NamedTuple

from simulator.domain.access import outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.ranks import NETWORK_DOMAIN_TEXT, is_network_domain
from simulator.domain.records import Account, Domain
from simulator.domain.rules import Phase, Rule, Table

R, J = Phase.REQUEST, Phase.JOB


class OnDomain(NamedTuple):
    """A domain to look at, to change, to remove or to put another into.

    *name* and *network_domain* are wanted; *used* is whether it holds an account or a domain.
    """

    dialect: Dialect
    caller: Account
    domain: Domain
    caller_may_enter: bool = True
    name: str | None = None
    name_free: bool = True
    network_domain: str | None = None
    used: bool = False

    @property
    def enter_text(self) -> str:
        """Why the domain is refused."""
        return outside_text(self.caller, self.domain.id)

    @property
    def is_root(self) -> bool:
        """Whether it is the domain of all domains."""
        return self.domain.parent_id is None

    @property
    def network_domain_fits(self) -> bool:
        """Whether the network domain, if it is given, is one."""
        return self.network_domain is None or is_network_domain(self.network_domain)

    @property
    def network_domain_text(self) -> str:
        """Why the network domain is refused."""
        return NETWORK_DOMAIN_TEXT

    @property
    def new_network_domain_text(self) -> str:
        """Why the network domain of a new domain is refused."""
        return (
            "Invalid network domain. Total length should not exceed 190 chars. Each domain label "
            "must be between 1 and 63 characters long. It can contain ASCII letters 'a' through "
            "'z', the digits '0' through '9', and the hyphen ('-'); it cannot start or end with "
            '"-".'
        )


# fmt: off
NEW_DOMAIN: Table[OnDomain] = Table("createDomain", (
    Rule("DOM-01", "the parent of a new domain is there",
         lambda d: not d.domain.removed, R, Kind.PARAM,
         "Unable to create domain {c.name}, parent domain {c.domain.db_id} not found.", "6.1"),
    Rule("DOM-02", "the caller may look into the parent of a new domain",
         lambda d: d.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("DOM-03", "the network domain of a new domain is one",
         lambda d: d.network_domain_fits, R, Kind.PARAM, "{c.new_network_domain_text}", "6.1"),
    Rule("DOM-04", "no other domain below the parent has the name",
         lambda d: d.name_free, R, Kind.PARAM,
         "Domain with name [{c.name}] already exists for the parent with ID [{c.domain.db_id}].",
         "6.1"),
    Rule("DOM-05", "the name of a new domain has no slash",
         lambda d: "/" not in (d.name or ""), R, Kind.ARGUMENT,
         "Domain name contains one or more invalid characters.  Please enter a name without '/' "
         "characters.", "6.1"),
))

UPDATE_DOMAIN: Table[OnDomain] = Table("updateDomain", (
    Rule("DOM-06", "the domain to change is there",
         lambda d: not d.domain.removed, R, Kind.PARAM,
         "Unable to find domain with specified domain id", "6.1",
         ids="{c.domain.db_id} domainId"),
    Rule("DOM-07", "ROOT keeps its name",
         lambda d: not d.is_root or d.name is None, R, Kind.PARAM,
         "ROOT domain can not be edited with a new name", "6.1"),
    Rule("DOM-08", "the caller may look into the domain to change",
         lambda d: d.caller_may_enter, R, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("DOM-09", "no other domain below the parent has the new name",
         lambda d: d.name_free, R, Kind.PARAM,
         "Failed to update specified domain id with name '{c.name}' since it already exists in the "
         "system", "6.1", ids="{c.domain.id} domainId"),
    Rule("DOM-10", "the new network domain of a domain is one",
         lambda d: d.network_domain == "" or d.network_domain_fits, R, Kind.PARAM,
         "{c.network_domain_text}", "6.1"),
))

DELETE_DOMAIN: Table[OnDomain] = Table("deleteDomain", (
    Rule("DOM-11", "the domain to delete is there",
         lambda d: not d.domain.removed, J, Kind.PARAM,
         "Failed to delete domain {c.domain.db_id}, domain not found", "6.1"),
    Rule("DOM-12", "the domain to delete is not ROOT",
         lambda d: not d.is_root, J, Kind.DENIED, "Can't delete ROOT domain", "6.1"),
    Rule("DOM-13", "the caller may look into the domain to delete",
         lambda d: d.caller_may_enter, J, Kind.DENIED, "{c.enter_text}", "6.1", "SPEC-03"),
    Rule("DOM-14", "a domain to delete without cleanup holds nothing",
         lambda d: not d.used, J, Kind.RUNTIME,
         "Delete failed on domain {c.domain.text}; Please make sure all users and sub domains have "
         "been removed from the domain before deleting", "6.1"),
))
# fmt: on
