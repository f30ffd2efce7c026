"""Domains, accounts and users as CloudStack's JSON, with what they own and may own (GT 6)."""

from collections.abc import Callable

from simulator.api.command import Call
from simulator.api.dates import date
from simulator.api.rows import tags
from simulator.api.shape import Row
from simulator.domain.limits import SIZES, Resource
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role, User
from simulator.domain.roles import TYPES
from simulator.engine.counts import Tally, domain_total

_SHOWN = (
    ("vm", Resource.USER_VM),
    ("ip", Resource.PUBLIC_IP),
    ("volume", Resource.VOLUME),
    ("snapshot", Resource.SNAPSHOT),
    ("backup", Resource.BACKUP),
    ("backupstorage", Resource.BACKUP_STORAGE),
    ("template", Resource.TEMPLATE),
    ("project", Resource.PROJECT),
    ("network", Resource.NETWORK),
    ("vpc", Resource.VPC),
    ("cpu", Resource.CPU),
    ("memory", Resource.MEMORY),
    ("gpu", Resource.GPU),
    ("primarystorage", Resource.PRIMARY_STORAGE),
    ("secondarystorage", Resource.SECONDARY_STORAGE),
    ("bucket", Resource.BUCKET),
    ("objectstorage", Resource.OBJECT_STORAGE),
)
"""Beginning of the field names -> resource, in the server's order."""
_AFTER_TEMPLATES = 3 * 7
_GIB = 1 << 30


def _amounts(limit: Callable[[Resource], int], total: Callable[[Resource], int]) -> Row:
    """Return limit, total and what is left of each resource; sizes in GiB."""
    body: Row = {}
    for name, resource in _SHOWN:
        scale = _GIB if resource in SIZES else 1
        most, have = limit(resource), total(resource)
        left = "Unlimited" if most < 0 else str(max(0, most - have) // scale)
        shown = have / scale if resource is Resource.SECONDARY_STORAGE else have // scale
        body |= {
            f"{name}limit": "Unlimited" if most < 0 else str(most // scale),
            f"{name}total": shown,
            f"{name}available": left,
        }
    return body


def domain(call: Call, record: Domain, counted: Tally) -> Row:
    """Return DomainResponse."""
    world, domains = call.world, call.world.store.domains.values()
    body: Row = {
        "id": record.id,
        "name": record.name,
        "level": record.path.count("/"),
        "parentdomainid": record.parent_id,
        "parentdomainname": world.store.domains[record.parent_id].name
        if record.parent_id
        else None,
        "haschild": any(d.parent_id == record.id and not d.removed for d in domains),
        "path": record.path,
        "networkdomain": record.network_domain or None,
        "state": "Active",
        **_amounts(
            lambda resource: world.domain_limit(record, resource),
            lambda resource: domain_total(world, record, counted, resource),
        ),
        "hasannotations": False,
    }
    return {key: value for key, value in body.items() if value is not None}


def _role(call: Call, account: Account) -> Row:
    row = call.world.store.role_of(account)
    return {"roleid": row.id, "roletype": row.type, "rolename": row.name} if row else {}


def account(call: Call, record: Account, counted: Tally) -> Row:
    """Return AccountResponse, with what it owns and may own."""
    world, store = call.world, call.world.store
    home = store.domains[record.domain_id]
    amounts = _amounts(
        lambda resource: world.limit(record, resource),
        lambda resource: counted.owned[record.id, resource],
    )
    head = dict(list(amounts.items())[:_AFTER_TEMPLATES])
    tail = dict(list(amounts.items())[_AFTER_TEMPLATES:])
    return {
        "id": record.id,
        "name": record.name,
        "accounttype": TYPES[record.role],
        **_role(call, record),
        "domainid": home.id,
        "domain": home.name,
        "domainpath": home.path,
        "receivedbytes": 0,
        "sentbytes": 0,
        **head,
        "vmstopped": counted.vms[record.id, False],
        "vmrunning": counted.vms[record.id, True],
        **tail,
        "state": record.state,
        **({"networkdomain": record.network_domain} if record.network_domain else {}),
        "user": [
            user(call, u)
            for u in store.users.values()
            if u.account_id == record.id and (record.removed or not u.removed)
        ],
        "isdefault": record.name == "admin" and record.role is Role.ADMIN,
        "groups": [],
        "apikeyaccess": "INHERIT",
    }


def user(call: Call, record: User) -> Row:
    """Return UserResponse; the secret key is never shown."""
    store = call.world.store
    home = store.accounts[record.account_id]
    domain_row = store.domains[home.domain_id]
    caller = store.domains[call.account.domain_id]
    body: Row = {
        "id": record.id,
        "username": record.name,
        "firstname": record.first_name,
        "lastname": record.last_name,
        "email": record.email,
        "created": date(record.created_s),
        "state": record.state,
        "account": home.name,
        "accounttype": TYPES[home.role],
        "usersource": "native",
        **_role(call, home),
        "domainid": domain_row.id,
        "domain": domain_row.name,
        "timezone": record.timezone or None,
        "apikey": record.api_key,
        "accountid": home.id,
        "iscallerchilddomain": caller.id != domain_row.id and caller.holds(domain_row),
        "isdefault": record.name == "admin" and home.role is Role.ADMIN,
        "is2faenabled": False,
        "is2famandated": False,
    }
    return {key: value for key, value in body.items() if value is not None}


def project(call: Call, record: Project, counted: Tally) -> Row:
    """Return ProjectResponse."""
    world, store = call.world, call.world.store
    owner, home = store.accounts[record.owner_id], store.domains[record.domain_id]
    fund = store.accounts[record.account_id]
    amounts = _amounts(
        lambda resource: world.limit(fund, resource),
        lambda resource: counted.owned[fund.id, resource],
    )
    return {
        "id": record.id,
        "name": record.name,
        "displaytext": record.text,
        "domainid": home.id,
        "domain": home.name,
        "owner": [{"account": owner.name}],
        "projectaccountname": fund.name,
        "created": date(record.created_s),
        "state": record.state,
        "tags": tags(call, record.id),
        **{key: value for key, value in amounts.items() if not key.startswith("project")},
        "vmstopped": counted.vms[fund.id, False],
        "vmrunning": counted.vms[fund.id, True],
    }


def project_member(call: Call, record: Project, account_id: str) -> Row:
    """Return ProjectAccountResponse."""
    store = call.world.store
    member, home = store.accounts[account_id], store.domains[record.domain_id]
    return {
        "projectid": record.id,
        "project": record.name,
        "accountid": member.id,
        "account": member.name,
        "accounttype": TYPES[member.role],
        "role": "Admin" if member.id == record.owner_id else "Regular",
        "domainid": home.id,
        "domain": home.name,
        "domainpath": home.path,
    }
