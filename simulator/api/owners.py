"""For whom a call creates something."""

from simulator.api.command import Call
from simulator.api.lists import project_account
from simulator.domain.errors import Kind, Refused
from simulator.domain.records import Account


def owner_of(call: Call) -> Account:
    """Return whom the caller creates for: a project, `account` in `domainid`, else itself."""
    store, name, domain = call.world.store, call.text("account"), call.args.get("domainid")
    project = call.text("projectid")
    if project and name:
        text = "Account and projectId can't be specified together"
        raise Refused(Kind.PARAM, text, "REQ-02")
    if project:
        return store.accounts[project_account(call, project)]
    if name is None:
        return call.account
    home = domain.id if domain else call.account.domain_id
    for account in store.accounts.values():
        if account.name == name and account.domain_id == home and account.enabled:
            return account
    text = f"Unable to find account {name} in domain {home}"
    raise Refused(Kind.PARAM, text, "REQ-05")
