"""For whom a call creates something."""

from simulator.api.command import Call
from simulator.domain.access import may_enter, may_share
from simulator.domain.errors import Refused
from simulator.domain.owners import ADDRESS_OWNER, NEW_OWNER, SOLE_OWNER, NewOwner
from simulator.domain.records import Account, Domain
from simulator.domain.rules import Phase


def account_named(call: Call, name: str, domain: Domain) -> Account | None:
    """Return the account called *name* in *domain* that is not removed."""
    for account in call.world.store.accounts.values():
        if (account.name, account.domain_id, account.removed) == (name, domain.id, False):
            return account
    return None


def _case(call: Call) -> NewOwner:
    store, args, caller = call.world.store, call.args, call.account
    name, domain, project = args.get("account"), args.get("domainid"), args.get("projectid")
    owner, enters = None, True
    if name is not None and domain is not None:
        owner = account_named(call, name, domain)
        enters = may_enter(caller, domain, store.domains)
    fund = store.accounts.get(project.account_id) if project else None
    return NewOwner(
        dialect=call.world.dialect,
        caller=caller,
        name=name,
        domain=domain,
        owner=owner,
        caller_may_enter=enters,
        project=project,
        fund=fund,
        caller_may_share=fund is None or may_share(caller, fund, store.domains),
    )


def owner_of(call: Call) -> Account:
    """Return whom the caller creates for: `account` in `domainid`, else a project, else itself.

    Whether the caller may use what it owns is for the command to say.
    """
    case = _case(call)
    NEW_OWNER.require(Phase.REQUEST, case)
    return case.owner or case.fund or call.account


def sole_owner_of(call: Call) -> Account:
    """Return who gets a VM: an account or a project, never both."""
    case = _case(call)
    SOLE_OWNER.require(Phase.REQUEST, case)
    return case.fund or case.owner or call.account


def network_owner_of(call: Call) -> Account:
    """Return whose a network will be: whose the command is must be clear before (CreateNetworkCmd).

    An account without its domain counts for nothing after that.
    """
    case = _case(call)
    NEW_OWNER.require(Phase.REQUEST, case)
    return sole_owner_of(call) if case.by_account or case.project else call.account


def address_owner_of(call: Call) -> Account:
    """Return whose an address will be; an account without its domain counts for nothing."""
    case = _case(call)
    if case.by_account:
        return sole_owner_of(call)
    case = case._replace(name=None)
    ADDRESS_OWNER.require(Phase.REQUEST, case)
    NEW_OWNER.require(Phase.REQUEST, case)
    return case.fund or call.account


def owner_or_self(call: Call) -> Account:
    """Return whom the caller creates for, itself where `owner_of` refuses."""
    try:
        return owner_of(call)
    except Refused:
        return call.account
