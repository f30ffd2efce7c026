"""Users and their keys."""

from simulator.api import render_owner as render
from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged, visible
from simulator.api.matching import containing, same_text
from simulator.domain.errors import Kind, Refused
from simulator.domain.records import Account, Role, User

HIDDEN = frozenset({Role.SYSTEM, Role.PROJECT})
"""Roles of accounts that no list of accounts shows."""
NEW_USER = "username:text! password:text! firstname:text lastname:text email:text"
"""Parameters of a new user."""


def add_user(call: Call, account: Account) -> User:
    """Make a user of an account from the call's parameters."""
    store, args = call.world.store, call.args
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
    return store.users.setdefault(user.id, user)


def create_user(call: Call) -> Row:
    """createUser in an account that exists."""
    store, args = call.world.store, call.args
    home = args.get("domainid") or store.domains[call.account.domain_id]
    named = [
        a
        for a in store.accounts.values()
        if (a.name, a.domain_id, a.enabled) == (args["account"], home.id, True)
    ]
    if not named or named[0].role in HIDDEN:
        text = f"Unable to find account {args['account']} in domain id={home.id} to create user"
        raise Refused(Kind.PARAM, text, "REQ-05")
    taken = any(
        u.name == args["username"] and store.accounts[u.account_id].domain_id == home.id
        for u in store.users.values()
        if u.enabled
    )
    if taken:
        text = f"The user {args['username']} already exists in domain {home.id}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    return {"user": render.user(call, add_user(call, named[0]))}


def delete_user(call: Call) -> Row:
    """deleteUser, at once; its keys stop working."""
    user = call.args["id"]
    if user.name == "admin" and call.world.store.accounts[user.account_id].role is Role.ADMIN:
        text = "The user is default and can't be removed"
        raise Refused(Kind.PARAM, text, "REQ-02")
    call.world.store.users[user.id] = user._replace(
        removed=True, enabled=False, api_key=None, secret_key=None
    )
    return {"success": True}


def get_user(call: Call) -> Row:
    """getUser, by its API key."""
    key = call.args["userapikey"]
    found = [u for u in call.world.store.users.values() if u.api_key == key and key]
    if not found:
        text = "User account not found for the given apikey"
        raise Refused(Kind.PARAM, text, "REQ-05")
    return {"user": render.user(call, found[0])}


def get_keys(call: Call) -> Row:
    """getUserKeys; one without keys shows none."""
    user = call.args["id"]
    keys = {"apikey": user.api_key, "secretkey": user.secret_key}
    return {"userkeys": {k: v for k, v in keys.items() if v}}


def register_keys(call: Call) -> Row:
    """registerUserKeys."""
    world, user = call.world, call.args["id"]
    dice = world.dice("keys")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    keys = ["".join(dice.choices(letters, k=86)) for _ in range(2)]
    world.store.users[user.id] = user._replace(api_key=keys[0], secret_key=keys[1])
    return {"userkeys": {"apikey": keys[0], "secretkey": keys[1]}}


def _texts(call: Call, user: User) -> tuple[str, ...]:
    """Return what a keyword is looked for in."""
    home = call.world.store.accounts[user.account_id]
    state = "enabled" if user.enabled else "disabled"
    return (user.name, user.first_name, user.last_name, user.email, state, home.name)


def list_users(call: Call) -> Row:
    """listUsers."""
    sees, args = visible(call), call.args
    within = containing(args.get("keyword", ""))
    rows = [
        u
        for u in call.world.store.users.values()
        if sees(u.account_id)
        and not u.removed
        and ("id" not in args or args["id"].id == u.id)
        and same_text(args.get("username", u.name), u.name)
        and any(within(text) for text in _texts(call, u))
    ]
    shown = (render.user(call, u) | {"apikeyaccess": "INHERIT"} for u in rows)
    return paged(call, "user", shown)


COMMANDS = (
    Command(
        "createUser",
        create_user,
        f"account:text! {NEW_USER} domainid:domain timezone:text",
        says="Creates a user in an account",
        answers="user",
        roles="ASD",
    ),
    Command(
        "deleteUser",
        delete_user,
        "id:user!@",
        says="Deletes a user",
        answers="success",
        roles="ASD",
    ),
    Command(
        "getUser",
        get_user,
        "userapikey:text!",
        says="Finds a user by its API key",
        answers="user",
        roles="A",
    ),
    Command(
        "getUserKeys",
        get_keys,
        "id:user!@",
        says="Shows a user's API key and secret key",
        answers="userkeys",
    ),
    Command(
        "registerUserKeys",
        register_keys,
        "id:user!@",
        says="Makes a new API key and secret key for a user",
        answers="userkeys",
    ),
    Command(
        "listUsers",
        list_users,
        f"id:user~ username:text {OWNED}",
        says="Lists the users",
        answers="user",
        roles="ASDUR",
    ),
)
