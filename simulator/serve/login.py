"""Login: a password for a session (ground truth 7)."""

import hmac
from collections.abc import Mapping
from typing import Any

from simulator.api.refusals import refusal
from simulator.api.service import SimulatedCloud
from simulator.domain.errors import Kind
from simulator.domain.records import Domain, Role, User
from simulator.port import Reply
from simulator.serve.sessions import TIMEOUT_S, Session

ROOT = "loginresponse"
_TYPES = {Role.ADMIN: "1", Role.DOMAIN_ADMIN: "2", Role.RESOURCE_ADMIN: "3"}


def enter(cloud: SimulatedCloud, low: Mapping[str, str]) -> User | Reply:
    """Return who logs in with the parameters *low*, or the refusal."""
    domain = _domain_of(cloud, low.get("domain"), low.get("domainid"))
    if isinstance(domain, Reply):
        return domain
    return _user_by(cloud, domain, low.get("username", ""), low.get("password", ""))


def _domain_of(cloud: SimulatedCloud, path: str | None, uuid: str | None) -> Domain | Reply:
    """Return the domain that a login names by path or id, ROOT if by neither; or the refusal."""
    domains = [d for d in cloud.world.store.domains.values() if not d.removed]
    if uuid:
        found = next((d for d in domains if d.id == uuid), None)
        text = "Invalid domain id entered, please enter a valid one"
        return found or refusal(Kind.UNAUTHORIZED, text, ROOT)
    wanted = "/" + (path or "").strip("/")
    wanted += "" if wanted == "/" else "/"
    for domain in domains:
        below = domain.path.partition("/")[2]
        if (f"/{below}/" if below else "/") == wanted:
            return domain
    return _denied(f"Unable to find the domain from the path {wanted}")


def _user_by(cloud: SimulatedCloud, domain: Domain, name: str, password: str) -> User | Reply:
    """Return the user of *domain* whose password this is, or the refusal."""
    store = cloud.world.store
    for user in store.users.values():
        account = store.accounts[user.account_id]
        theirs = user.name == name and account.domain_id == domain.id
        if not theirs or user.removed or not user.password:
            continue
        given, right = (t.encode("utf-8", "replace") for t in (password, user.password))
        if not hmac.compare_digest(given, right):
            continue
        if user.enabled and account.enabled:
            return user
        who = f'UserAccount {{"id":{user.db_id},"username":"{name}","uuid":"{user.id}"}}'
        where = f'Domain {{"id":{domain.db_id},"name":"{domain.name}","uuid":"{domain.id}"}}'
        return _denied(
            f"User {who}. (or their account) in domain {where} is disabled/locked. Please contact "
            "the administrator."
        )
    return _denied(
        f"Failed to authenticate user {name} in domain {domain.db_id}; please provide valid "
        "credentials"
    )


def welcome(cloud: SimulatedCloud, user: User, session: Session) -> Reply:
    """Return what a login answers: flat, and everything but the timeout is a string."""
    account = cloud.world.store.accounts[user.account_id]
    body: dict[str, Any] = {
        "username": user.name,
        "userid": user.id,
        "domainid": account.domain_id,
        "timeout": TIMEOUT_S,
        "account": account.name,
        "firstname": user.first_name,
        "lastname": user.last_name,
        "type": _TYPES.get(account.role, "0"),
        "timezoneoffset": "0.0",
        "registered": "false",
        "sessionkey": session.key,
        "is2faenabled": "false",
        "is2faverified": "true",
        "issuerfor2fa": "CloudStack",
    }
    server = next(iter(cloud.world.store.servers.values()), None)
    if account.role is Role.ADMIN and server is not None:
        body["managementserverid"] = server.id
    return Reply(200, body, ROOT)


def _denied(text: str) -> Reply:
    """Return a 531 as login gives it, without a cserrorcode."""
    code = Kind.DENIED.sync_code
    return Reply(code, {"uuidList": [], "errorcode": code, "errortext": text}, ROOT)
