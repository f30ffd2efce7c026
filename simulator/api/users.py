"""Users and their keys."""

from collections.abc import Callable
from typing import Any

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.owners import account_named
from simulator.api.render import SUCCESS
from simulator.api.render_owner import USER
from simulator.api.shape import Row, Shape, text
from simulator.api.submit import submit
from simulator.domain.access import may_enter
from simulator.domain.records import Account, Role, User
from simulator.domain.rules import Phase, Table
from simulator.domain.users import (
    DELETE_USER,
    DISABLE_USER,
    ENABLE_USER,
    GET_USER,
    LOCK_USER,
    MAKE_KEYS,
    SHOW_KEYS,
    UPDATE_USER,
    ChangeUser,
    KeyHolder,
    NewUser,
    OldUser,
)
from simulator.domain.users import (
    NEW_USER as MAY_BE_MADE,
)
from simulator.engine.jobs import Job
from simulator.engine.world import Flow

NEW_USER = "username:text! password:text! firstname:text! lastname:text! email:text! timezone:text"
"""Parameters of a new user."""


def add_user(call: Call, account: Account) -> User:
    """Make a user of an account from the call's parameters."""
    store, args = call.world.store, call.args
    user = User(
        store.new_id(),
        store.new_row(),
        args["username"],
        account.id,
        args["firstname"],
        args["lastname"],
        args["email"],
        args["password"],
        created_s=call.world.env.now,
        timezone=args.get("timezone", ""),
    )
    return store.users.setdefault(user.id, user)


def _of_domain(call: Call, name: str, domain_id: str) -> User | None:
    """Return the user of a name in a domain that is not removed."""
    store = call.world.store
    return next(
        (
            u
            for u in store.users.values()
            if u.name == name
            and not u.removed
            and store.accounts[u.account_id].domain_id == domain_id
        ),
        None,
    )


def name_free(call: Call, name: str, domain_id: str) -> bool:
    """Return whether no user of a domain has a name."""
    return _of_domain(call, name, domain_id) is None


def create_user(call: Call) -> Row:
    """createUser in an account that exists."""
    store, args = call.world.store, call.args
    root = next(d for d in store.domains.values() if d.parent_id is None)
    home = args.get("domainid") or root
    account = account_named(call, args["account"], home)
    case = NewUser(
        dialect=call.world.dialect,
        caller=call.account,
        name=args["username"],
        account_name=args["account"],
        domain=home,
        account=account if account is not None and account.enabled else None,
        caller_may_enter=may_enter(call.account, home, store.domains),
        name_free=name_free(call, args["username"], home.id),
    )
    MAY_BE_MADE.require(Phase.REQUEST, case)
    made = add_user(call, case.account or call.account)
    return {"user": render.user(call, made)}


def _old(call: Call) -> OldUser:
    """Return the user a call names, as it stands."""
    store, named = call.world.store, call.args["id"]
    user = store.users.get(named.id) or User("", named.db_id, "", call.account.id, removed=True)
    account = store.accounts[user.account_id]
    return OldUser(
        dialect=call.world.dialect,
        caller=call.account,
        calling=call.user,
        user=user,
        account=account,
        home=store.domains[account.domain_id],
        caller_may=call.world.may(call.account, account.id),
        default=user.name == "admin" and account.role is Role.ADMIN,
    )


def _judged(call: Call, table: Table[OldUser]) -> User:
    case = _old(call)
    table.require(Phase.REQUEST, case)
    return case.user


def _put(call: Call, user: User) -> Row:
    call.world.store.users[user.id] = user
    return {"user": render.user(call, user)}


def delete_user(call: Call) -> Row:
    """deleteUser, at once; its keys stop working."""
    user = _judged(call, DELETE_USER)
    call.world.store.users[user.id] = user._replace(
        removed=True, enabled=False, api_key=None, secret_key=None
    )
    return SUCCESS.render(True)


def enable_user(call: Call) -> Row:
    """enableUser; its account is enabled with it."""
    user, store = _judged(call, ENABLE_USER), call.world.store
    account = store.accounts[user.account_id]
    store.accounts[account.id] = account._replace(enabled=True, locked=False)
    return _put(call, user._replace(enabled=True, locked=False))


def disable_user(call: Call) -> Row:
    """disableUser: its requests and its sessions are refused."""
    user_id = call.args["id"].id

    def flow() -> Flow:
        yield call.world.spend("work")
        case = _old(call)
        DISABLE_USER.require(Phase.JOB, case)
        _put(call, case.user._replace(enabled=False, locked=False))

    def show(_: object, __: Job) -> Row:
        return {"user": render.user(call, call.world.store.users[user_id])}

    return submit(call, flow(), "user", show, ("User", user_id))


def lock_user(call: Call) -> Row:
    """lockUser; an account without an enabled user is locked with its last one."""
    user, store = _judged(call, LOCK_USER), call.world.store
    body = _put(call, user._replace(enabled=False, locked=True))
    account = store.accounts[user.account_id]
    others = [u for u in store.users.values() if u.account_id == account.id and not u.removed]
    if account.enabled and not any(u.enabled for u in others):
        store.accounts[account.id] = account._replace(enabled=False, locked=True)
    return body


def update_user(call: Call) -> Row:
    """updateUser: names, mail address, password and keys."""
    store, args, old = call.world.store, call.args, _old(call)
    name, key = args.get("username"), (args.get("userapikey") or "").strip()
    taken = _of_domain(call, name, old.home.id) if name else None
    if taken is not None and taken.id == old.user.id:
        taken = None
    holders = [u for u in store.users.values() if key and u.api_key == key]
    case = ChangeUser(
        dialect=call.world.dialect,
        old=old,
        api_key=args.get("userapikey"),
        secret_key=args.get("usersecretkey"),
        key_free=not any(u.id != old.user.id for u in holders),
        first_name=args.get("firstname"),
        last_name=args.get("lastname"),
        name=name,
        taken=taken,
        taken_account=store.accounts[taken.account_id] if taken else None,
        password=args.get("password"),
        current=args.get("currentpassword"),
    )
    UPDATE_USER.require(Phase.REQUEST, case)
    return _put(call, _changed(old.user, case, call))


def _changed(user: User, case: ChangeUser, call: Call) -> User:
    """Return *user* with what was given."""
    given: dict[str, Any] = {
        "first_name": case.first_name,
        "last_name": case.last_name,
        "name": case.name,
        "password": case.password,
        "email": call.text("email"),
        "timezone": call.text("timezone"),
        "api_key": (case.api_key or "").strip(),
        "secret_key": (case.secret_key or "").strip(),
    }
    return user._replace(**{name: text for name, text in given.items() if text})


def get_user(call: Call) -> Row:
    """getUser, by its API key."""
    key = call.args["userapikey"]
    users = call.world.store.users.values()
    holder = next((u for u in users if u.api_key == key and key), None)
    GET_USER.require(Phase.REQUEST, KeyHolder(call.world.dialect, holder))
    return {"user": render.user(call, holder)} if holder else {}


USER_KEYS = Shape[User](
    "userkeys",
    text("apikey", "API key of the user", lambda u: u.api_key or None),
    text("secretkey", "secret key of the user", lambda u: u.secret_key or None),
)


def get_keys(call: Call) -> Row:
    """getUserKeys; one without keys shows none."""
    user = _judged(call, SHOW_KEYS)
    return {"userkeys": USER_KEYS.render(user)}


def register_keys(call: Call) -> Row:
    """registerUserKeys."""
    world, user = call.world, _judged(call, MAKE_KEYS)
    rng = world.dice("keys")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    keys = ["".join(rng.choices(letters, k=86)) for _ in range(2)]
    changed = user._replace(api_key=keys[0], secret_key=keys[1])
    world.store.users[user.id] = changed
    return {"userkeys": USER_KEYS.render(changed)}


def _command(
    name: str,
    handler: Callable[[Call], Row],
    params: str,
    says: str,
    answers: Shape[Any] = USER,
    roles: str = "ASD",
    *,
    is_async: bool = False,
) -> Command:
    return Command(
        name, handler, params, roles=roles, is_async=is_async, says=says, answers=answers
    )


COMMANDS = (
    _command(
        "createUser",
        create_user,
        f"account:text! {NEW_USER} domainid:domain~",
        "Creates a user in an account",
    ),
    _command(
        "updateUser",
        update_user,
        "id:user!~ username:text firstname:text lastname:text email:text password:text "
        "currentpassword:text userapikey:text usersecretkey:text timezone:text",
        "Changes the names, the password or the keys of a user",
        roles="ASDU",
    ),
    _command("deleteUser", delete_user, "id:user!~", "Deletes a user", SUCCESS),
    _command("enableUser", enable_user, "id:user!~", "Lets a user in again"),
    _command("disableUser", disable_user, "id:user!~", "Lets a user in no more", is_async=True),
    _command("lockUser", lock_user, "id:user!~", "Lets a user in no more until it is enabled"),
    _command("getUser", get_user, "userapikey:text!", "Finds a user by its API key", roles="A"),
    _command(
        "getUserKeys",
        get_keys,
        "id:user!~",
        "Shows a user's API key and secret key",
        USER_KEYS,
        "ASDU",
    ),
    _command(
        "registerUserKeys",
        register_keys,
        "id:user!~",
        "Makes a new API key and secret key for a user",
        USER_KEYS,
        "ASDU",
    ),
)
