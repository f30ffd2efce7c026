"""Domains, accounts, users, limits, and the lists of what the cloud is made of."""

from collections.abc import Callable
from typing import Any

from simulator.api import places, render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, PAGING, paged, visible
from simulator.domain.errors import Kind, Refused
from simulator.domain.limits import RESOURCE_CODES, Resource
from simulator.domain.records import Account, Domain, Role, User


def create_domain(call: Call) -> dict[str, Any]:
    """createDomain."""
    store = call.world.store
    root = next(d for d in store.domains.values() if d.parent_id is None)
    parent = call.args.get("parentdomainid") or root
    name = call.args["name"]
    domain = Domain(store.new_id(), store.new_row(), name, parent.id, f"{parent.path}/{name}")
    store.domains[domain.id] = domain
    return {"domain": _domain(domain)}


def _domain(domain: Domain) -> dict[str, Any]:
    body = {"id": domain.id, "name": domain.name, "path": domain.path, "state": "Active"}
    return body | ({"parentdomainid": domain.parent_id} if domain.parent_id else {})


def create_account(call: Call) -> dict[str, Any]:
    """createAccount with its first user."""
    store, args = call.world.store, call.args
    domain = args.get("domainid") or store.domains[call.account.domain_id]
    roles = {0: Role.USER, 1: Role.ADMIN, 2: Role.DOMAIN_ADMIN}
    wanted = args.get("role")
    role = Role(wanted) if wanted in list(Role) else roles.get(args.get("accounttype") or 0)
    if role is None:
        text = f"Invalid account type {args['accounttype']}: 0, 1 or 2"
        raise Refused(Kind.PARAM, text, "REQ-02")
    name = args.get("account") or args["username"]
    if any(a.name == name and a.domain_id == domain.id for a in store.accounts.values()):
        text = f"The user {args['username']} already exists in domain {domain.id}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    account = Account(store.new_id(), store.new_row(), name, domain.id, role)
    store.accounts[account.id] = account
    user = User(
        store.new_id(),
        store.new_row(),
        args["username"],
        account.id,
        args.get("firstname", ""),
        args.get("lastname", ""),
        args.get("email", ""),
        args.get("password", ""),
        created_s=call.world.env.now,
    )
    store.users[user.id] = user
    return {"account": render.account(call, account) | {"user": [_user(call, user)]}}


def _user(call: Call, user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "username": user.name,
        "firstname": user.first_name,
        "lastname": user.last_name,
        "email": user.email,
        "created": render.date(user.created_s),
        "state": "enabled" if user.enabled else "disabled",
        "accountid": user.account_id,
        **render.owner(call, user.account_id),
    }


def register_keys(call: Call) -> dict[str, Any]:
    """registerUserKeys."""
    world, user = call.world, call.args["id"]
    dice = world.dice("keys")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    keys = ["".join(dice.choices(letters, k=86)) for _ in range(2)]
    world.store.users[user.id] = user._replace(api_key=keys[0], secret_key=keys[1])
    return {"userkeys": {"apikey": keys[0], "secretkey": keys[1]}}


def delete_account(call: Call) -> dict[str, Any]:
    """deleteAccount: its VMs and volumes go with it."""
    world, store, account = call.world, call.world.store, call.args["id"]
    for volume in [v for v in store.volumes.values() if v.account_id == account.id]:
        store.put_volume(volume._replace(removed=True, vm_id=None, device_id=None))
    for vm in [v for v in store.vms.values() if v.account_id == account.id]:
        store.put_vm(vm._replace(removed=True, host_id=None))
    for user in [u for u in store.users.values() if u.account_id == account.id]:
        store.users[user.id] = user._replace(enabled=False, api_key=None)
    store.accounts[account.id] = account._replace(enabled=False)

    def flow() -> Any:
        yield world.spend("work")

    return _done(call, flow())


def _done(call: Call, flow: Any) -> dict[str, Any]:
    name = "org.apache.cloudstack.api.command.admin.account." + call.command[0].upper()
    name += call.command[1:] + "Cmd"
    job = call.jobs.submit(flow, name, call.account.id, call.user.id, lambda *_: {"success": True})
    return {"jobid": job.id}


def delete_domain(call: Call) -> dict[str, Any]:
    """deleteDomain; the rows of its accounts stay, switched off."""

    def flow() -> Any:
        yield call.world.spend("work")

    return _done(call, flow())


def update_limit(call: Call) -> dict[str, Any]:
    """updateResourceLimit of an account or a domain; storage is given in GiB."""
    store, args = call.world.store, call.args
    code = args["resourcetype"]
    if code not in RESOURCE_CODES:
        text = "Please specify a valid resource type"
        raise Refused(Kind.PARAM, text, "REQ-02")
    resource = RESOURCE_CODES[code]
    domain = args.get("domainid") or store.domains[call.account.domain_id]
    name, maximum = args.get("account"), args["max"]
    subject = domain.id
    if name is not None:
        named = [a for a in store.accounts.values() if (a.name, a.domain_id) == (name, domain.id)]
        subject = named[0].id if named else domain.id
    scaled = maximum << 30 if resource is Resource.PRIMARY_STORAGE and maximum >= 0 else maximum
    store.limits[subject, resource] = scaled
    return {"resourcelimit": {"resourcetype": str(code), "max": maximum}}


def _rows(
    kind: str, root: str, show: Callable[[Call, Any], dict[str, Any]]
) -> Callable[[Call], dict[str, Any]]:
    def handler(call: Call) -> dict[str, Any]:
        args = call.args
        found = []
        for record in getattr(call.world.store, kind).values():
            same = (
                ("id" not in args or args["id"].id == record.id)
                and ("name" not in args or args["name"] == record.name)
                and ("zoneid" not in args or getattr(record, "zone_id", None) == args["zoneid"].id)
                and (
                    "clusterid" not in args
                    or getattr(record, "cluster_id", None) == args["clusterid"].id
                )
                and not getattr(record, "removed", False)
            )
            if same:
                found.append(show(call, record))
        return paged(call, root, found)

    return handler


def list_templates(call: Call) -> dict[str, Any]:
    """listTemplates: every template is ready in every zone."""
    zone = call.args.get("zoneid") or next(iter(call.world.store.zones.values()))
    rows = [
        {
            "id": t.id,
            "name": t.name,
            "displaytext": t.name,
            "ispublic": True,
            "isready": True,
            "isfeatured": t.featured,
            "templatetype": t.kind,
            "format": t.image_format,
            "hypervisor": str(t.hypervisor),
            "size": t.size_bytes,
            "ostypename": t.os_name,
            "zoneid": zone.id,
            "zonename": zone.name,
            **render.owner(call, t.account_id),
        }
        for t in call.world.store.templates.values()
        if not t.removed and call.args.get("hypervisor", t.hypervisor) == t.hypervisor
    ]
    return paged(call, "template", rows)


def list_users(call: Call) -> dict[str, Any]:
    """listUsers."""
    sees = visible(call)
    users = call.world.store.users.values()
    return paged(call, "user", [_user(call, u) for u in users if sees(u.account_id)])


def list_accounts(call: Call) -> dict[str, Any]:
    """listAccounts."""
    name, store = call.args.pop("name", None), call.world.store
    sees = visible(call)
    rows = [
        render.account(call, a)
        for a in store.accounts.values()
        if a.enabled and sees(a.id) and a.role is not Role.SYSTEM and name in (None, a.name)
    ]
    return paged(call, "account", rows)


def _service(_: Call, o: Any) -> dict[str, Any]:
    return {
        "id": o.id,
        "name": o.name,
        "displaytext": o.name,
        "cpunumber": o.cpu_count,
        "cpuspeed": o.cpu_mhz,
        "memory": o.memory_mib,
        "storagetype": "local" if o.local else "shared",
    }


def _disk(_: Call, o: Any) -> dict[str, Any]:
    return {
        "id": o.id,
        "name": o.name,
        "displaytext": o.name,
        "disksize": o.size_gib,
        "iscustomized": o.custom,
        "storagetype": "local" if o.local else "shared",
        "encrypt": o.encrypted,
    }


def capabilities(_: Call) -> dict[str, Any]:
    """listCapabilities."""
    version = {"cloudstackversion": "4.22.0.0-SNAPSHOT", "allowusercreateprojects": True}
    return {"capability": version}


COMMANDS = (
    Command("createDomain", create_domain, "name:text! parentdomainid:domain", roles="A"),
    Command(
        "createAccount",
        create_account,
        "accounttype:long username:text! password:text! domainid:domain account:text role:text",
        roles="AD",
    ),
    Command("registerUserKeys", register_keys, "id:user!@"),
    Command("deleteAccount", delete_account, "id:account!", roles="A", is_async=True),
    Command("deleteDomain", delete_domain, "id:domain! cleanup:bool", roles="A", is_async=True),
    Command(
        "updateResourceLimit",
        update_limit,
        "resourcetype:long! max:long! account:text domainid:domain",
        roles="AD",
    ),
    Command("listDomains", _rows("domains", "domain", lambda _, d: _domain(d)), PAGING, roles="AD"),
    Command("listAccounts", list_accounts, f"name:text {OWNED}", roles="ADUR"),
    Command("listUsers", list_users, OWNED, roles="ADUR"),
    Command("listZones", _rows("zones", "zone", places.zone), f"id:zone {PAGING}", roles="ADUR"),
    Command(
        "listPods", _rows("pods", "pod", places.pod), f"id:pod zoneid:zone {PAGING}", roles="A"
    ),
    Command(
        "listClusters",
        _rows("clusters", "cluster", places.cluster),
        f"id:cluster zoneid:zone {PAGING}",
        roles="A",
    ),
    Command(
        "listHosts",
        _rows("hosts", "host", places.host),
        f"id:host zoneid:zone clusterid:cluster {PAGING}",
        roles="A",
    ),
    Command(
        "listStoragePools",
        _rows("pools", "storagepool", places.pool),
        f"id:pool zoneid:zone clusterid:cluster {PAGING}",
        roles="A",
    ),
    Command(
        "listServiceOfferings",
        _rows("service_offerings", "serviceoffering", _service),
        f"id:service {PAGING}",
        roles="ADUR",
    ),
    Command(
        "listDiskOfferings",
        _rows("disk_offerings", "diskoffering", _disk),
        f"id:disk {PAGING}",
        roles="ADUR",
    ),
    Command(
        "listTemplates", list_templates, f"templatefilter:text zoneid:zone {PAGING}", roles="ADUR"
    ),
    Command("listCapabilities", capabilities, roles="ADUR"),
)
