"""A client in this process: requests go straight into the edge, without a socket."""

import json
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.api.signing import signature
from simulator.domain.records import User
from simulator.serve import Edge, Site, pace

FORM = (b"content-type", b"application/x-www-form-urlencoded")
INSIDE = 8096
"""The integration port."""


class Got(NamedTuple):
    """An answer as it came over the wire."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return a header's value."""
        return next((v.decode() for k, v in self.headers if k == name.encode()), None)

    @property
    def root(self) -> str:
        """The one key of a JSON envelope."""
        (root,) = json.loads(self.body)
        return str(root)

    @property
    def content(self) -> dict[str, Any]:
        """What a JSON envelope holds."""
        (content,) = json.loads(self.body).values()
        return dict(content)

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies an answer sets."""
        pairs = [v.decode().split(";")[0] for k, v in self.headers if k == b"set-cookie"]
        return dict(pair.split("=", 1) for pair in pairs)


class Client:
    """Asks a cloud over its edge; signs as the root admin or as *user*."""

    def __init__(
        self, cloud: SimulatedCloud | None = None, *, lenient: bool = False, strict: bool = True
    ) -> None:
        self.cloud = cloud or boot("mixed", dialect="acs-4.22")
        self.site = Site(self.cloud, pace("instant", lambda: 0, 0), lenient=lenient)
        self.edge = Edge(self.site, integration_port=INSIDE, strict=strict)
        self.user = self.cloud.user
        self.cookies: dict[str, str] = {}

    def signed(self, text: dict[str, str], user: User | None = None) -> dict[str, str]:
        """Return *text* with a key and its signature; the answer will be JSON."""
        who = user or self.user
        full = {"apiKey": who.api_key or "", "response": "json"} | text
        return full | {"signature": signature(full, who.secret_key or "")}

    def ask(self, user: User | None = None, /, **text: str) -> Got:
        """Send a signed GET, without cookies."""
        query = urlencode(self.signed(text, user), quote_via=quote)
        return self.get(query, with_cookies=False)

    def get(self, query: str = "", **how: Any) -> Got:
        """Send a GET with a query string as it is."""
        return self.send("GET", query=query.encode(), **how)

    def post(self, form: dict[str, str], **how: Any) -> Got:
        """Send a form."""
        return self.send("POST", body=urlencode(form).encode(), headers=[FORM], **how)

    def send(
        self,
        method: str,
        path: str = "/client/api",
        query: bytes = b"",
        body: bytes = b"",
        headers: list[tuple[bytes, bytes]] | None = None,
        port: int = 8080,
        *,
        with_cookies: bool = True,
    ) -> Got:
        """Send anything."""
        sent = list(headers or [])
        if self.cookies and with_cookies:
            pairs = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            sent.append((b"cookie", pairs.encode()))
        scope = {"type": "http", "method": method, "path": path, "query_string": query,
                 "headers": sent, "server": ("127.0.0.1", port)}  # fmt: skip
        return _run(self.edge, scope, body)

    def session(self, command: str, **text: str) -> Got:
        """Send a GET in the session at hand, as a browser does."""
        full = {"command": command, "response": "json", "sessionkey": self.cookies["sessionkey"]}
        return self.get(urlencode(full | text))

    def login(self, **text: str) -> Got:
        """Log in, as the root admin unless said otherwise, and keep the cookies."""
        form = {"command": "login", "username": "admin", "password": "password"}
        got = self.post(form | {"response": "json"} | text)
        self.cookies |= got.cookies
        return got

    def account(self, name: str, **text: str) -> User:
        """Create an account, give its user keys and return the user."""
        fields = {"username": name, "password": "secret", "firstname": "f", "lastname": "l"}
        fields |= {"email": "f@example.org", "accounttype": "0"}
        made = self.cloud.call("createAccount", **(fields | text)).body["account"]
        self.cloud.call("registerUserKeys", id=made["user"][0]["id"])
        return self.cloud.world.store.users[made["user"][0]["id"]]

    def volume(self, name: str, user: User | None = None) -> str:
        """Create a data disk, Allocated, and return its id."""
        zone = self.ask(command="listZones").content["zone"][0]["id"]
        offering = self.ask(command="listDiskOfferings").content["diskoffering"][0]["id"]
        fields = {"zoneid": zone, "diskofferingid": offering, "name": name}
        return str(self.ask(user, command="createVolume", **fields).content["id"])


def _run(edge: Edge, scope: dict[str, Any], body: bytes) -> Got:
    sent: list[Any] = []
    parts = [body[i : i + 65536] for i in range(0, len(body), 65536)] or [b""]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    coroutine = edge(scope, receive, send)
    try:
        coroutine.send(None)
    except StopIteration:
        start, end = sent
        return Got(start["status"], start["headers"], end["body"])
    coroutine.close()
    msg = "the edge waited for something that is no request"
    raise AssertionError(msg)
