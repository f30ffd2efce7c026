"""`rootswap roles`: who may call which command, as the endpoint itself answers."""

import click

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.api.signing import signature
from simulator.api.table import COMMANDS
from simulator.domain.calls import OF_ONE_PROJECT
from simulator.port import Reply

_STOCK = (
    "Root Admin",
    "Resource Admin",
    "Domain Admin",
    "User",
    "Read-Only Admin - Default",
    "Read-Only User - Default",
    "Support Admin - Default",
    "Support User - Default",
)
_UNMADE = "Resource Admin"
"""A role that nobody is given in a cloud without zones of a domain's own."""
_ELSEWHERE, _UNSIGNED = "user of another domain", "no signature"
_HEAD = """# Who may call what

Every command that is served, and what the endpoint answers to a request of each stock role before
it looks at the parameters: **yes** where the role may call it, else the code of the refusal: 432
(the role does not have the command) or 401 (nobody knows the caller; a command that is not served
answers 401 too). Whether the caller may then touch *that* record is for the command to say.

The four commands of a project by id are asked with one: without it everybody gets 200 and nothing.

Made by `rootswap roles`; a test holds the page against the answers.
"""


def _caller(cloud: SimulatedCloud, role: str, domain: str) -> dict[str, str]:
    """Make an account of a role in a domain, and return the keys of its user."""
    rows = cloud.call("listRoles").body["role"]
    role_id = next(row["id"] for row in rows if row["name"] == role)
    name = f"{role} {domain}".lower().replace(" ", "-")
    made = cloud.call(
        "createAccount",
        username=name,
        password=name,
        firstname="a",
        lastname="b",
        email=f"{name}@example.org",
        domainid=domain,
        **({"accounttype": "0"} if role == _UNMADE else {"roleid": role_id}),
    ).body["account"]
    if role == _UNMADE:
        cloud.arrange("account", made["id"], role="ResourceAdmin")
    keys: dict[str, str] = cloud.call("registerUserKeys", id=made["user"][0]["id"]).body["userkeys"]
    return keys


def _answer(cloud: SimulatedCloud, command: str, keys: dict[str, str]) -> str:
    """Return how the endpoint lets a signed request in: "yes" or the code of its refusal."""
    request = {"command": command, "apikey": keys["apikey"]}
    if command in OF_ONE_PROJECT:
        request["id"] = "none"
    if "secretkey" in keys:
        request["signature"] = signature(request, keys["secretkey"])
    found = cloud.authenticate(request)
    return str(found.status) if isinstance(found, Reply) else "yes"


def matrix() -> dict[str, dict[str, str]]:
    """Return command -> caller -> "yes" or the code of the refusal, asked of a fresh cloud."""
    cloud = boot("simulator")
    root = cloud.account.domain_id
    away = cloud.call("createDomain", name="elsewhere").body["domain"]["id"]
    callers = {role: _caller(cloud, role, root) for role in _STOCK}
    callers[_ELSEWHERE] = _caller(cloud, "User", away)
    callers[_UNSIGNED] = {"apikey": callers["Root Admin"]["apikey"]}
    return {
        command: {who: _answer(cloud, command, keys) for who, keys in callers.items()}
        for command in sorted(COMMANDS)
    }


def page() -> str:
    """Return the page."""
    found = matrix()
    callers = list(next(iter(found.values())))
    lines = [_HEAD, f"| command | {' | '.join(callers)} |", "|---" * (len(callers) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(row.values())} |" for name, row in found.items()]
    return "\n".join(lines)


@click.command()
def roles() -> None:
    """Print who may call which command, as the page docs/roles.md."""
    click.echo(page())
