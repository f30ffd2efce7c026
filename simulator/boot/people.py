"""The root admin, and the domains, accounts and users of a plan."""

from simulator.boot.build import Build, numbered
from simulator.boot.lines import Path
from simulator.boot.plan import AccountPlan, CloudPlan, UserPlan
from simulator.domain.records import Account, Domain, Role, User
from simulator.engine.catalogue import add_security_group


def build_admin(build: Build, plan: UserPlan, key: str | None, secret: str | None) -> User:
    """Add the root domain and its admin, with *key* and *secret* where they are given."""
    store = build.store
    root = Domain(store.new_id(), store.new_row(), "ROOT", None, "ROOT")
    store.domains[root.id] = root
    account = Account(store.new_id(), store.new_row(), "admin", root.id, Role.ADMIN)
    store.accounts[account.id] = account
    build.claim("account", account.name, account.id, ())
    named = UserPlan(
        name=plan.name or "admin",
        password=plan.password,
        firstname=plan.firstname,
        lastname=plan.lastname,
        email=plan.email or "admin@example.org",
        apikey=key or plan.apikey,
        secretkey=secret or plan.secretkey,
    )
    return _user(build, named, account, ("admin",))


def build_people(build: Build, plan: CloudPlan) -> None:
    """Add the accounts of *plan*, and the domains they live in."""
    for n, accounts in enumerate(plan.accounts):
        path: Path = ("accounts", n)
        domain = _domain(build, accounts.domain, (*path, "domain"))
        if domain is None:
            continue
        keyed = any(u.apikey for u in accounts.users)
        if accounts.count > 1 and (keyed or any(u.name for u in accounts.users)):
            build.faults.add((*path, "count"), "several accounts cannot share a user")
            continue
        for m in range(accounts.count):
            _account(build, accounts, domain, m, path)


def _domain(build: Build, where: str, path: Path) -> Domain | None:
    """Return the domain of a path like ROOT/sub, making what is missing."""
    store = build.store
    names = where.split("/")
    if names[0] != "ROOT" or not all(names):
        build.faults.add(path, f"{where!r} is no domain path like ROOT/sub")
        return None
    domain = next(d for d in store.domains.values() if d.parent_id is None)
    for name in names[1:]:
        below = f"{domain.path}/{name}"
        known = next((d for d in store.domains.values() if d.path == below), None)
        domain = known or Domain(store.new_id(), store.new_row(), name, domain.id, below)
        store.domains[domain.id] = domain
    return domain


def _account(build: Build, plan: AccountPlan, domain: Domain, number: int, path: Path) -> None:
    store = build.store
    if plan.name is not None:
        name = numbered(plan.name, plan.count, number)
    else:
        name = build.fake("account", build.faker.user_name)
    role = Role(plan.role)
    account = Account(store.new_id(), store.new_row(), name, domain.id, role)
    store.accounts[account.id] = account
    build.claim("account", name, account.id, (*path, "name"))
    for n, user in enumerate(plan.users):
        _user(build, user, account, (*path, "users", n))
    add_security_group(build.world, account)


def _user(build: Build, plan: UserPlan, account: Account, path: Path) -> User:
    store, faker = build.store, build.faker
    if (plan.apikey is None) != (plan.secretkey is None) and path != ("admin",):
        build.faults.add(path, "apikey and secretkey go together")
    name = plan.name or account.name
    drawn = _key(build), _key(build)  # also where they are given: the next keys stay the same
    user = User(
        store.new_id(),
        store.new_row(),
        name,
        account.id,
        plan.firstname or faker.first_name(),
        plan.lastname or faker.last_name(),
        plan.email or f"{name}@example.org",
        plan.password,
        plan.apikey or drawn[0],
        plan.secretkey or drawn[1],
    )
    build.claim(f"user in {store.domains[account.domain_id].path}", name, user.id, path)
    build.claim("API key", user.api_key or "", user.id, (*path, "apikey"))
    store.users[user.id] = user
    return user


def _key(build: Build) -> str:
    return f"{build.world.dice('keys').getrandbits(256):064x}"
