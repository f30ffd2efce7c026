"""Commands on domains and limits refuse by their first broken row."""

from typing import Any

from ladder import Break, Ladder
from people import AWAY, BELOW, HOME, ROOT, account

from simulator.domain.dialect import Dialect
from simulator.domain.domains import (
    DELETE_DOMAIN,
    NEW_DOMAIN,
    UPDATE_DOMAIN,
    OnDomain,
)
from simulator.domain.errors import Kind
from simulator.domain.limit_changes import CHANGE_LIMIT, COUNT_AGAIN, SHOW_LIMITS, OnLimit
from simulator.domain.records import Role
from simulator.domain.rules import Phase

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME
CHIEF = account("chief", role=Role.DOMAIN_ADMIN)
TOP = account("top", domain_id=ROOT.id, role=Role.ADMIN)
SYSTEM = account("system", domain_id=ROOT.id, role=Role.SYSTEM)
BOB = account("bob")


def domain(dialect: Dialect) -> OnDomain:
    """Return a domain below that of a domain admin who works on it."""
    return OnDomain(dialect, CHIEF, BELOW, name="x")


def limit(dialect: Dialect) -> OnLimit:
    """Return a limit of a user's account."""
    return OnLimit(dialect, CHIEF, BOB)


# fmt: off
NEW_DOMAIN_BREAKS: dict[str, Break[OnDomain]] = {
    "DOM-01": Break(R, PARAM, lambda d: d._replace(domain=d.domain._replace(removed=True))),
    "DOM-02": Break(R, DENIED, lambda d: d._replace(caller_may_enter=False)),
    "DOM-03": Break(R, PARAM, lambda d: d._replace(network_domain="a_b")),
    "DOM-04": Break(R, PARAM, lambda d: d._replace(name_free=False)),
    "DOM-05": Break(R, Kind.ARGUMENT, lambda d: d._replace(name="a/b")),
}
UPDATE_DOMAIN_BREAKS: dict[str, Break[OnDomain]] = {
    "DOM-06": Break(R, PARAM, lambda d: d._replace(domain=d.domain._replace(removed=True))),
    "DOM-07": Break(R, PARAM, lambda d: d._replace(domain=d.domain._replace(parent_id=None))),
    "DOM-08": Break(R, DENIED, lambda d: d._replace(caller_may_enter=False)),
    "DOM-09": Break(R, PARAM, lambda d: d._replace(name_free=False)),
    "DOM-10": Break(R, PARAM, lambda d: d._replace(network_domain="a_b")),
}
DELETE_DOMAIN_BREAKS: dict[str, Break[OnDomain]] = {
    "DOM-11": Break(J, PARAM, lambda d: d._replace(domain=d.domain._replace(removed=True))),
    "DOM-12": Break(J, DENIED, lambda d: d._replace(domain=d.domain._replace(parent_id=None))),
    "DOM-13": Break(J, DENIED, lambda d: d._replace(caller_may_enter=False)),
    "DOM-14": Break(J, RUNTIME, lambda d: d._replace(used=True)),
}


def of_domain(case: OnLimit, **changes: Any) -> OnLimit:
    """Return *case* as a domain's limit."""
    return case._replace(**{"account": None, "domain": case.domain or BELOW} | changes)


LIMIT_BREAKS: dict[str, Break[OnLimit]] = {
    "LIM-01": Break(R, PARAM, lambda k: k._replace(most=-2)),
    "LIM-02": Break(R, PARAM, lambda k: k._replace(code=99)),
    "LIM-03": Break(R, PARAM, lambda k: k._replace(account=SYSTEM)),
    "LIM-04": Break(R, PARAM, lambda k: k._replace(
        account=TOP, most=k.most if k.most < -1 else 5, caller=k.caller)),
    "LIM-05": Break(R, DENIED, lambda k: k._replace(
        account=(k.account or BOB)._replace(id=k.caller.id, name=k.caller.name))),
    "LIM-06": Break(R, DENIED, lambda k: k._replace(caller_may=False)),
    "LIM-07": Break(R, DENIED, lambda k: k._replace(
        account=(k.account or BOB)._replace(role=Role.ADMIN))),
    "LIM-08": Break(R, DENIED, lambda k: of_domain(k, caller_may_enter=False)),
    "LIM-09": Break(R, DENIED, lambda k: of_domain(k, domain=(k.domain or BELOW)._replace(
        parent_id=None))),
    "LIM-10": Break(R, DENIED, lambda k: of_domain(k, domain=(k.domain or BELOW)._replace(
        id=HOME.id))),
    "LIM-11": Break(R, PARAM, lambda k: of_domain(
        k, parent=HOME, parent_most=1, most=k.most if k.most < -1 else 2)),
    "LIM-12": Break(R, PARAM, lambda k: k._replace(account=None, domain=None)),
}
SHOW_LIMIT_BREAKS: dict[str, Break[OnLimit]] = {
    "LIM-13": Break(R, DENIED, lambda k: k._replace(domain=AWAY, caller_may_enter=False)),
}
COUNT_BREAKS: dict[str, Break[OnLimit]] = {
    "LIM-15": Break(R, PARAM, lambda k: k._replace(code=99)),
    "LIM-16": Break(R, PARAM, lambda k: k._replace(domain=AWAY._replace(removed=True))),
    "LIM-17": Break(R, DENIED, lambda k: k._replace(
        domain=k.domain or AWAY, caller_may_enter=False)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(NEW_DOMAIN, (domain,), NEW_DOMAIN_BREAKS),
    Ladder(
        UPDATE_DOMAIN,
        (domain, lambda d: domain(d)._replace(network_domain="")),
        UPDATE_DOMAIN_BREAKS,
    ),
    Ladder(DELETE_DOMAIN, (domain,), DELETE_DOMAIN_BREAKS),
    Ladder(
        CHANGE_LIMIT,
        (limit, lambda d: of_domain(limit(d))),
        LIMIT_BREAKS,
        {
            ("LIM-03", "LIM-04"): "the account is the server's or a root admin's",
            ("LIM-07", "LIM-08"): "an account is named or a domain",
            ("LIM-11", "LIM-12"): "a domain is named or nothing",
        },
    ),
    Ladder(SHOW_LIMITS, (limit,), SHOW_LIMIT_BREAKS),
    Ladder(COUNT_AGAIN, (limit, lambda d: limit(d)._replace(code=None)), COUNT_BREAKS),
)  # fmt: skip
