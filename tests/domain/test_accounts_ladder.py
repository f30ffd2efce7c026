"""Commands on accounts and users refuse by their first broken row."""

from collections.abc import Callable
from typing import Any

from ladder import OLD, Break, Ladder
from people import AWAY, HOME, ROOT, account, fund

from simulator.domain.account_changes import UPDATE_ACCOUNT, ChangeAccount
from simulator.domain.accounts import (
    DELETE_ACCOUNT,
    DISABLE_ACCOUNT,
    ENABLE_ACCOUNT,
    LIST_ACCOUNTS,
    LOCK_ACCOUNT,
    NEVER_LOCKED,
    NEW_ACCOUNT,
    ListAccounts,
    NewAccount,
    OldAccount,
)
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Domain, Role, User
from simulator.domain.rules import Phase
from simulator.domain.users import (
    DELETE_USER,
    DISABLE_USER,
    ENABLE_USER,
    GET_USER,
    LIST_USERS,
    LOCK_USER,
    MAKE_KEYS,
    NEW_USER,
    SHOW_KEYS,
    UPDATE_USER,
    ChangeUser,
    KeyHolder,
    ListUsers,
    NewUser,
    OldUser,
)

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.RUNTIME
CHIEF = account("chief", role=Role.DOMAIN_ADMIN)
TOP = account("top", domain_id=ROOT.id, role=Role.ADMIN)
SYSTEM = account("system", domain_id=ROOT.id, role=Role.SYSTEM)
BOB = account("bob")
LOGIN = User("user-bob", 4, "bob", BOB.id, password="old")
OTHER = User("user-ann", 5, "ann", "account-ann")


def making(dialect: Dialect) -> NewAccount:
    """Return a user's account that a domain admin wants."""
    return NewAccount(dialect, CHIEF, HOME, "new", "new", HOME, Role.USER)


def old(dialect: Dialect) -> OldAccount:
    """Return a user's account that a domain admin works on."""
    return OldAccount(dialect, CHIEF, BOB, domain=HOME, home=HOME)


def changing(dialect: Dialect) -> ChangeAccount:
    """Return a user's account that gets another name."""
    return ChangeAccount(dialect, old(dialect), HOME, new_name="rob")


def in_domain(case: ChangeAccount, domain: Domain | None) -> ChangeAccount:
    """Return *case* with the domain named, or with none."""
    return case._replace(old=case.old._replace(domain=domain))


def joining(dialect: Dialect) -> NewUser:
    """Return a user wanted in a user's account."""
    return NewUser(dialect, CHIEF, "new", "bob", HOME, BOB)


def user(dialect: Dialect) -> OldUser:
    """Return a user that a domain admin works on."""
    return OldUser(dialect, CHIEF, OTHER, LOGIN, BOB, HOME)


def user_change(dialect: Dialect) -> ChangeUser:
    """Return a user that gets another name from a domain admin."""
    return ChangeUser(dialect, user(dialect), name="rob")


def of(case: OldAccount, role: Role) -> OldAccount:
    """Return *case* of an account of *role*, removed if it was."""
    found = case.account or BOB
    return case._replace(account=found._replace(role=role))


def old_in(case: ChangeAccount, change: Callable[[OldAccount], OldAccount]) -> ChangeAccount:
    """Return *case* with its account changed."""
    return case._replace(old=change(case.old))


def user_in(case: ChangeUser, **changes: Any) -> ChangeUser:
    """Return *case* with its user changed."""
    return case._replace(old=case.old._replace(**changes))


def by_user(case: ChangeUser) -> ChangeUser:
    """Return *case* asked for by a user."""
    return user_in(case, caller=BOB)


def shared(prefix: str, phase: Phase, system: Kind = DENIED) -> dict[str, Break[OldAccount]]:
    """Return the breaks that enabling and disabling an account share."""
    return {
        f"{prefix}-01": Break(phase, PARAM, lambda a: a._replace(
            account=(a.account or BOB)._replace(removed=True))),
        f"{prefix}-02": Break(phase, system, lambda a: of(a, Role.SYSTEM)),
        f"{prefix}-03": Break(phase, DENIED, lambda a: a._replace(caller_may=False)),
        f"{prefix}-04": Break(phase, DENIED, lambda a: of(a, Role.ADMIN) if not a.is_system else
                              a._replace(caller=BOB)),
    }  # fmt: skip


def on_user(prefix: str, phase: Phase) -> dict[str, Break[OldUser]]:
    """Return the breaks that commands on a user share."""
    return {
        f"{prefix}-01": Break(phase, PARAM, lambda u: u._replace(
            user=u.user._replace(removed=True))),
        f"{prefix}-02": Break(phase, DENIED, lambda u: u._replace(caller_may=False)),
        f"{prefix}-03": Break(phase, DENIED, lambda u: u._replace(account=TOP)),
    }  # fmt: skip


# fmt: off
NEW_BREAKS: dict[str, Break[NewAccount]] = {
    "ANT-01": Break(R, Kind.MALFORMED, lambda a: a._replace(kind=None)),
    "ANT-02": Break(R, PARAM, lambda a: a._replace(domain=a.domain._replace(removed=True))),
    "ANT-03": Break(R, DENIED, lambda a: a._replace(caller_may_enter=False)),
    "ANT-04": Break(R, PARAM, lambda a: a._replace(user_free=False)),
    "ANT-05": Break(R, PARAM, lambda a: a._replace(network_domain="a..b")),
    "ANT-06": Break(R, PARAM, lambda a: a._replace(kind=Role.ADMIN, caller=TOP)),
    "ANT-07": Break(R, PARAM, lambda a: a._replace(name_free=False)),
    "ANT-08": Break(R, PARAM, lambda a: a._replace(kind=Role.RESOURCE_ADMIN, caller=TOP)),
    "ANT-09": Break(R, DENIED, lambda a: a._replace(
        caller=BOB, kind=a.kind if a.kind in {Role.ADMIN, Role.RESOURCE_ADMIN}
        else Role.DOMAIN_ADMIN)),
    "ANT-10": Break(R, DENIED, lambda a: a._replace(escalates=True)),
}
LIST_BREAKS: dict[str, Break[ListAccounts]] = {
    "LSA-01": Break(R, PARAM, lambda a: a._replace(
        wanted=a.wanted or BOB, domain=HOME, name="none", found=None)),
    "LSA-02": Break(R, PARAM, lambda a: a._replace(wanted=BOB, domain=AWAY, name=None)),
    "LSA-03": Break(R, DENIED, lambda a: a._replace(caller_may=False)),
}
DELETE_BREAKS: dict[str, Break[OldAccount]] = {
    "DLA-01": Break(J, PARAM, lambda a: a._replace(caller=a.account or BOB)),
    "DLA-02": Break(J, PARAM, lambda a: a._replace(
        account=fund(id=a.account.id if a.account and a.own else "fund"))),
    "DLA-03": Break(J, PARAM, lambda a: a._replace(default=True)),
    "DLA-04": Break(J, PARAM, lambda a: a._replace(managed=(3,))),
    "DLA-05": Break(J, DENIED, lambda a: of(a, Role.ADMIN)),
}
DISABLE_BREAKS = shared("DSA", J) | {
    "DSA-05": Break(J, RUNTIME, lambda a: a._replace(default=True)),
}
LOCK_BREAKS = shared("LCA", J) | {
    "LCA-05": Break(J, RUNTIME, lambda a: a._replace(
        account=(a.account or BOB)._replace(enabled=False))),
}
UPDATE_BREAKS: dict[str, Break[ChangeAccount]] = {
    "UPA-01": Break(R, Kind.UNCAUGHT, lambda a: old_in(a, lambda o: o._replace(
        account=(o.account or BOB)._replace(removed=True)))),
    "UPA-02": Break(R, PARAM, lambda a: old_in(a, lambda o: of(o, Role.SYSTEM))),
    "UPA-03": Break(R, DENIED, lambda a: a._replace(caller_may_enter=False)),
    "UPA-04": Break(R, DENIED, lambda a: old_in(a, lambda o: of(o, Role.ADMIN))),
    "UPA-05": Break(R, PARAM, lambda a: in_domain(a, HOME)._replace(new_name="")),
    "UPA-11": Break(R, Kind.UNCAUGHT, lambda a: in_domain(a, None)._replace(new_name="")),
    "UPA-06": Break(R, PARAM, lambda a: a._replace(other=BOB)),
    "UPA-07": Break(R, PARAM, lambda a: a._replace(network_domain="-a")),
    "UPA-12": Break(R, PARAM, lambda a: in_domain(a, HOME)._replace(escalates=True)),
    "UPA-13": Break(R, Kind.UNCAUGHT, lambda a: in_domain(a, None)._replace(escalates=True)),
    "UPA-91": Break(R, DENIED, lambda a: a._replace(
        kind=Role.RESOURCE_ADMIN, old=of(a.old, Role.USER)), (OLD,)),
    "UPA-08": Break(R, DENIED, lambda a: a._replace(kind=a.kind or Role.RESOURCE_ADMIN)),
    "UPA-09": Break(R, DENIED, lambda a: a._replace(
        kind=Role.ADMIN, old=a.old._replace(caller=a.old.caller if a.climbs else TOP))),
}
NEW_USER_BREAKS: dict[str, Break[NewUser]] = {
    "NUS-01": Break(R, RUNTIME, lambda u: u._replace(domain=HOME._replace(removed=True))),
    "NUS-02": Break(R, DENIED, lambda u: u._replace(caller_may_enter=False)),
    "NUS-03": Break(R, PARAM, lambda u: u._replace(account=None)),
    "NUS-04": Break(R, DENIED, lambda u: u._replace(account=SYSTEM)),
    "NUS-05": Break(R, RUNTIME, lambda u: u._replace(name_free=False)),
    "NUS-06": Break(R, DENIED, lambda u: u._replace(account=TOP)),
}
DELETE_USER_BREAKS: dict[str, Break[OldUser]] = {
    "DLU-01": Break(R, PARAM, lambda u: u._replace(user=u.user._replace(removed=True))),
    "DLU-02": Break(R, PARAM, lambda u: u._replace(default=True)),
    "DLU-03": Break(R, PARAM, lambda u: u._replace(calling=u.user)),
    "DLU-04": Break(R, DENIED, lambda u: u._replace(caller_may=False)),
    "DLU-05": Break(R, DENIED, lambda u: u._replace(account=TOP)),
}
LOCK_USER_BREAKS = on_user("LCU", R) | {
    "LCU-04": Break(R, RUNTIME, lambda u: u._replace(user=u.user._replace(enabled=False))),
}
UPDATE_USER_BREAKS: dict[str, Break[ChangeUser]] = {
    "UPU-01": Break(R, PARAM, lambda u: user_in(u, user=u.old.user._replace(removed=True))),
    "UPU-02": Break(R, DENIED, lambda u: user_in(u, caller_may=False)),
    "UPU-03": Break(R, DENIED, lambda u: user_in(u, account=TOP)),
    "UPU-04": Break(R, PARAM, lambda u: u._replace(api_key="k")),
    "UPU-05": Break(R, PARAM, lambda u: u._replace(key_free=False)),
    "UPU-06": Break(R, PARAM, lambda u: u._replace(first_name=" ")),
    "UPU-07": Break(R, PARAM, lambda u: u._replace(last_name="")),
    "UPU-08": Break(R, PARAM, lambda u: u._replace(name=" ")),
    "UPU-09": Break(R, PARAM, lambda u: u._replace(taken=OTHER, taken_account=BOB)),
    "UPU-10": Break(R, PARAM, lambda u: u._replace(password=" ")),
    "UPU-11": Break(R, PARAM, lambda u: by_user(u._replace(
        password=u.password or "new", current=None))),
    "UPU-12": Break(R, PARAM, lambda u: by_user(u._replace(
        password=u.password or "new", current=u.current if u.own_password else "wrong"))),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(NEW_ACCOUNT, (making,), NEW_BREAKS),
    Ladder(
        LIST_ACCOUNTS,
        (
            lambda d: ListAccounts(d, CHIEF),
            lambda d: ListAccounts(d, CHIEF, BOB),
            lambda d: ListAccounts(d, CHIEF, BOB, HOME, "bob", BOB),
        ),
        LIST_BREAKS,
        {("LSA-01", "LSA-02"): "a name beside the id counts, or the id"},
    ),
    Ladder(DELETE_ACCOUNT, (old,), DELETE_BREAKS),
    Ladder(
        NEVER_LOCKED,
        (old,),
        {
            "LCK-01": Break(R, RUNTIME, lambda a: a._replace(verb="lock")),
        },
    ),
    Ladder(ENABLE_ACCOUNT, (old,), shared("ENA", R)),
    Ladder(DISABLE_ACCOUNT, (old,), DISABLE_BREAKS),
    Ladder(LOCK_ACCOUNT, (lambda d: old(d)._replace(verb="lock"),), LOCK_BREAKS),
    Ladder(
        UPDATE_ACCOUNT,
        (changing,),
        UPDATE_BREAKS,
        {
            ("UPA-05", "UPA-11"): "a domain is named or none is",
            ("UPA-12", "UPA-13"): "a domain is named or none is",
        },
    ),
    Ladder(
        NEW_USER,
        (joining,),
        NEW_USER_BREAKS,
        {("NUS-03", "NUS-04"): "the account is there or it is not"},
    ),
    Ladder(DELETE_USER, (user,), DELETE_USER_BREAKS),
    Ladder(ENABLE_USER, (user,), on_user("ENU", R)),
    Ladder(DISABLE_USER, (user,), on_user("DSU", J)),
    Ladder(LOCK_USER, (user,), LOCK_USER_BREAKS),
    Ladder(SHOW_KEYS, (user,), on_user("SHK", R)),
    Ladder(MAKE_KEYS, (user,), {k: b for k, b in on_user("RGK", R).items() if k != "RGK-01"}),
    Ladder(
        GET_USER,
        (lambda d: KeyHolder(d, LOGIN),),
        {
            "GKU-01": Break(R, PARAM, lambda k: k._replace(user=None)),
        },
    ),
    Ladder(
        LIST_USERS,
        (lambda d: ListUsers(d, CHIEF, OTHER, LOGIN),),
        {
            "LSU-01": Break(R, DENIED, lambda u: u._replace(caller=BOB)),
        },
    ),
    Ladder(
        UPDATE_USER,
        (user_change, lambda d: by_user(user_change(d)._replace(password="new", current="old"))),
        UPDATE_USER_BREAKS,
    ),
)  # fmt: skip
