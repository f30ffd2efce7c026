"""Who calls: the accounts of a run, each made when a scenario first speaks of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from faker import Faker

from simulator.port import Cloud, Reply

Row = dict[str, Any]


class Part(NamedTuple):
    """An account that scenarios speak of; *role* is "" for the usual one of its type.

    *domain* is spelt from the domain that the run is in: "guests/branch".
    """

    domain: str
    account_type: int
    role: str = ""


PARTS = {
    "owner": Part("guests", 0),
    "other": Part("guests", 0),
    "domain admin": Part("guests", 2),
    "reader": Part("guests", 0, "Read-Only User - Default"),
    "stranger": Part("elsewhere", 0),
    "foreign admin": Part("elsewhere", 2),
    "branch owner": Part("guests/branch", 0),
    "branch admin": Part("guests/branch", 2),
    "namesake": Part("guests-too", 0),
    "namesake admin": Part("guests-too", 2),
}


class Login(NamedTuple):
    """What a user types into a form to log in; *domain* is the path of the account's domain."""

    username: str
    password: str
    domain: str


class People:
    """Makes the accounts of a run in domains of its own, and remembers them with their keys.

    *parent_id* is the domain they are made in, "" for the ROOT domain; *domains* are those that
    are there already, by the names of PARTS. *named* makes the name of a user.
    """

    def __init__(
        self,
        cloud: Cloud,
        faker: Faker,
        *,
        parent_id: str = "",
        domains: dict[str, str] | None = None,
        named: Callable[[str], str] = str,
    ) -> None:
        self._cloud, self._faker, self._named = cloud, faker, named
        self._parent_id = parent_id
        self._domains = dict(domains or {})
        self.accounts: dict[str, Row] = {}
        self.callers: dict[str, Cloud] = {}
        self.keys: dict[str, tuple[str, str]] = {}
        self.logins: dict[str, Login] = {}

    @property
    def ids(self) -> set[str]:
        """The ids of all domains, accounts and users made so far."""
        users = {user["id"] for row in self.accounts.values() for user in row["user"]}
        accounts = {row["id"] for row in self.accounts.values()}
        return {self._parent_id, *self._domains.values()} | users | accounts

    def caller(self, who: str) -> Cloud:
        """Return the cloud as *who*, a key of PARTS or the owner's "colleague", sees it."""
        if who not in self.callers:
            user = self._join() if who == "colleague" else self._register(who)
            self.callers[who] = self._keyed(who, user)
        return self.callers[who]

    def account(self, who: str) -> Row:
        """Return the account of *who* as it was made."""
        self.caller(who)
        return self.accounts[who]

    def _domain(self, name: str) -> str:
        if name not in self._domains:
            above, _, last = name.rpartition("/")
            parent_id = self._domain(above) if above else self._parent_id
            inside = {"parentdomainid": parent_id} if parent_id else {}
            made = body(self._cloud.call("createDomain", name=last, **inside))
            self._domains[name] = made["domain"]["id"]
        return self._domains[name]

    def _register(self, who: str) -> str:
        part = PARTS[who]
        kind = {"accounttype": str(part.account_type)}
        if part.role:
            roles = body(self._cloud.call("listRoles"))["role"]
            kind = {"roleid": next(r["id"] for r in roles if r["name"] == part.role)}
        domain_id = self._domain(part.domain)
        person = self._person()
        made = body(self._cloud.call("createAccount", domainid=domain_id, **kind, **person))
        self.logins[who] = Login(person["username"], person["password"], part.domain)
        self.accounts[who] = made["account"]
        return str(made["account"]["user"][0]["id"])

    def _join(self) -> str:
        """Make a second user of the owner's account."""
        owner = self.account("owner")
        where = {"account": owner["name"], "domainid": owner["domainid"]}
        made = body(self._cloud.call("createUser", **where, **self._person()))
        return str(made["user"]["id"])

    def _person(self) -> dict[str, str]:
        return {
            "username": self._named(self._faker.unique.user_name()),
            "password": self._faker.password(),
            "firstname": self._faker.first_name(),
            "lastname": self._faker.last_name(),
            "email": self._faker.email(),
        }

    def _keyed(self, who: str, user_id: str) -> Cloud:
        """Return the cloud as a user sees it, who is given keys."""
        keys = body(self._cloud.call("registerUserKeys", id=user_id))["userkeys"]
        self.keys[who] = keys["apikey"], keys["secretkey"]
        return self._cloud.sign_in(*self.keys[who])


def body(reply: Reply) -> Row:
    """Return the body of a reply that must be a success."""
    assert reply.status == 200, reply
    return reply.body
