"""Whom a new project is for, where a user is named."""

from simulator.api.command import Call
from simulator.domain.records import Account


def ids_given(call: Call) -> tuple[str | None, str | None, str | None]:
    """Return the ids of the user, the account and the domain that are named."""
    given = [getattr(call.args.get(n), "id", None) for n in ("userid", "accountid", "domainid")]
    return given[0], given[1], given[2]


def by_user(call: Call, owner: Account) -> tuple[Account, bool]:
    """Return whom a project is for, and whether the user named is of the account and domain."""
    user_id, account_id, domain_id = ids_given(call)
    user = call.world.store.users.get(user_id or "")
    if user is None or account_id is None or domain_id is None:
        return owner, True
    account = call.world.store.accounts[user.account_id]
    return account, (account.id, account.domain_id) == (account_id, domain_id)
