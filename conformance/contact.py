"""First contact: what answers at a target, and as whom one calls; nothing is changed by it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from conformance.attempts import Answer
from conformance.line import HttpCloud, Line, NoAnswer
from simulator.domain.dialect import SPEC, Dialect, dialect_of
from simulator.domain.releases import MEASURED, RELEASES, release_of
from simulator.port import Reply
from steps.places import CHEAPEST_FIRST, HYPERVISORS

UNAUTHORIZED, UNAVAILABLE = 401, 432
_HEADER = "x-rootswap"
_NUMBERS = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_CHANGES = ("createVolume", "attachVolume", "deployVirtualMachine")
_STAGE_CLOCKS = frozenset({"instant", "manual"})


class Why(StrEnum):
    """Why there is no contact."""

    CLOSED = "nothing answers"
    OTHER = "something else answers"
    KEYS = "nobody with such keys"
    REFUSED = "a cloud that refuses"


class NoContact(Exception):
    """No cloud that could be dealt with, in one line."""

    def __init__(self, why: Why, text: str) -> None:
        super().__init__(text)
        self.why = why


class Served(NamedTuple):
    """What a `rootswap serve` says of itself."""

    version: str
    dialect: str
    clock: str


@dataclass(frozen=True)
class Contact:
    """What answers, and what the caller may.

    *kind* is "cloudstack", or "rootswap" with *served*; *version* is as it says, *dialect* the one
    to judge by. *apis* are the commands that the key may call, with their parameters, None if
    that cannot be asked; *account* is the caller's as listAccounts shows it.
    """

    kind: Literal["cloudstack", "rootswap"]
    url: str
    version: str
    dialect: Dialect
    served: Served | None = None
    apis: Mapping[str, frozenset[str]] | None = None
    account: Mapping[str, Any] = field(default_factory=dict)
    capability: Mapping[str, Any] = field(default_factory=dict)
    user: str = ""
    skew_s: float | None = None
    remarks: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        """Return the type of the caller's role: Admin, DomainAdmin, User, …; "" if unknown."""
        return str(self.account.get("roletype", ""))

    @property
    def is_root(self) -> bool:
        """Return whether the caller is a root admin."""
        return self.role == "Admin"

    @property
    def is_stage(self) -> bool:
        """Return whether all can be arranged there: a rootswap whose clock the caller moves."""
        return self.is_root and self.served is not None and self.served.clock in _STAGE_CLOCKS

    @property
    def read_only(self) -> bool:
        """Return whether the key creates nothing."""
        return self.apis is not None and not any(self.may(command) for command in _CHANGES)

    @property
    def hypervisors(self) -> tuple[str, ...]:
        """The hypervisors of the scenarios' VMs, the best first.

        In the specification no simulated host lets a ROOT go.
        """
        return HYPERVISORS if self.dialect is SPEC else CHEAPEST_FIRST

    def may(self, command: str) -> bool:
        """Return whether the key may call *command*, as far as that is known."""
        return self.apis is None or command in self.apis


def contact(line: Line) -> Contact:
    """Return what answers on *line*, by three calls at most; NoContact if it is no cloud.

    One more call tells keys that are wrong from a command that is unknown.
    """
    cloud = HttpCloud(line, line.target.key, line.target.secret)
    try:
        answer = cloud.hear("listCapabilities")
        skew_s = _skew_s(answer, line)
        capability, remarks = _capability(cloud, answer.reply)
        served = _served(answer.headers)
        version = str(capability.get("cloudstackversion", ""))
        dialect, doubts = _dialect(served, version)
        apis, more = _apis(cloud.call("listApis"))
        account, others = _account(cloud.call("listAccounts"), cloud.key)
    except NoAnswer as no:
        raise NoContact(Why.OTHER if no.status else Why.CLOSED, str(no)) from None
    return Contact(
        "rootswap" if served else "cloudstack", line.url, version, line.target.spoken(dialect),
        served, apis, account, capability, _user(account, line.target.key),
        skew_s, (*remarks, *doubts, *more, *others),
    )  # fmt: skip


def _capability(cloud: HttpCloud, reply: Reply) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    body = reply.body.get("capability")
    if reply.status == 200 and isinstance(body, dict) and "cloudstackversion" in body:
        return body, ()
    url, text = cloud.line.url, cloud.line.redact(str(reply.body.get("errortext", reply.body)))
    said = f"{reply.status} {text[:120]!r}"
    if reply.status == UNAUTHORIZED and "errortext" in reply.body:
        raise NoContact(Why.KEYS, f"{url}: {_unauthorized(cloud, reply)}: {said}")
    if reply.status == UNAVAILABLE and reply.root == "errorresponse":
        return {}, ("the role may not call listCapabilities: the release is not known",)
    if "errorcode" in reply.body and reply.root.lower() == "listcapabilitiesresponse":
        raise NoContact(Why.REFUSED, f"{url} refuses listCapabilities: {said}")
    raise NoContact(Why.OTHER, f"{url} is no CloudStack: it answers listCapabilities {said}")


def _unauthorized(cloud: HttpCloud, reply: Reply) -> str:
    """Return what a 401 means: keys, or a command that the server does not know.

    Who is not known is answered under the command's name, if that is known.
    """
    if not cloud.key:
        return "no keys are given, and unsigned calls are not taken"
    if reply.root.lower() == "listcapabilitiesresponse":
        return "the keys are wrong, or their account is disabled or locked"
    other = cloud.call("listZones")
    if other.status == 200:
        return "the keys are right, and listCapabilities is unknown: no CloudStack of this age"
    if other.root.lower() == "listzonesresponse":
        return "the keys are wrong, or their account is disabled or locked"
    return "neither listCapabilities nor listZones is known there"


def _served(headers: Mapping[str, str]) -> Served | None:
    """Return what a rootswap says in its header, None for another server."""
    version, _, rest = headers.get(_HEADER, "").partition(";")
    words = dict(part.strip().partition("=")[::2] for part in rest.split(";") if part)
    if not version:
        return None
    return Served(version, words.get("dialect", ""), words.get("clock", ""))


def _dialect(served: Served | None, version: str) -> tuple[Dialect, tuple[str, ...]]:
    """Return the dialect to judge by, and a remark if that is a guess."""
    if served is not None:
        with suppress(ValueError):
            return dialect_of(served.dialect), ()
    try:
        return dialect_of(release_of(version)), ()
    except ValueError:
        near = nearest(version)
    text = f"{version or 'the release'} is not known here and judged as {near}"
    return dialect_of(near), (f"{text}, the nearest that is",)


def nearest(version: str) -> str:
    """Return the known release nearest to *version*, in its line if there is one."""
    numbers = _NUMBERS.match(version)
    if numbers is None:
        return MEASURED
    wanted = _weight(numbers[0])
    return min(reversed(RELEASES), key=lambda release: abs(_weight(release) - wanted))


def _weight(release: str) -> int:
    major, minor, patch = (int(part) for part in f"{release}.0.0".split(".")[:3])
    return (major * 100 + minor) * 100 + patch


def tables(reply: Reply, name: str) -> list[dict[str, Any]]:
    """Return the rows that a list command answers under *name*, none if it is refused."""
    rows = reply.body.get(name) if reply.status == 200 else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _apis(reply: Reply) -> tuple[Mapping[str, frozenset[str]] | None, tuple[str, ...]]:
    rows = tables(reply, "api")
    if not rows:
        return None, ("listApis is refused: what the key may call is not known",)
    return {
        str(row.get("name")): frozenset(str(p.get("name")) for p in row.get("params") or ())
        for row in rows
    }, ()


def _account(reply: Reply, key: str) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the caller's account.

    Without a filter that one alone is listed, but for a setting that shows users all of their
    domain (allow.user.view.all.domain.accounts).
    """
    rows = tables(reply, "account")
    own = [row for row in rows if any(user.get("apikey") == key for user in _users(row))]
    if own or len(rows) == 1:
        return (own or rows)[0], ()
    text = "lists several accounts, none with this key" if rows else "is refused"
    return {}, (f"listAccounts {text}: whose key it is is not known",)


def _users(account: Mapping[str, Any]) -> list[dict[str, Any]]:
    users = account.get("user")
    return [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []


def _user(account: Mapping[str, Any], key: str) -> str:
    """Return the name of the user whose key it is, "" if that cannot be told."""
    users = _users(account)
    own = [user for user in users if user.get("apikey") == key] or (
        users if len(users) == 1 else []
    )
    return str(own[0].get("username", "")) if own else ""


def _skew_s(answer: Answer, line: Line) -> float | None:
    """Return how far the server's clock is ahead of ours, None if it tells no date."""
    try:
        date = parsedate_to_datetime(answer.headers.get("date", ""))
        return date.timestamp() - (line.edges.wall() - answer.seconds / 2)
    except ValueError:
        return None
