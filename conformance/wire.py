"""A cloud at the other end of a wire: signed requests over one kept connection."""

import json
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from simulator.api.signing import signature
from simulator.port import Reply, Value, as_text

_IDLE_S = 2


class Unreachable(Exception):
    """No cloud answers at an address, or not as one does."""


class Wire:
    """One kept connection to an endpoint."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            msg = f"{url} is no http address"
            raise Unreachable(msg)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.url, self.path = url, parts.path or "/client/api"
        self.line = kind(parts.hostname, parts.port, timeout=60)
        self.used_at = time.monotonic()

    def ask(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* in a form and return the answer; Unreachable if none comes."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if time.monotonic() - self.used_at > _IDLE_S:
            self.line.close()  # servers hang up on who is silent; the next request connects anew
        try:
            self.line.request("POST", self.path, urlencode(parameters), headers)
            answer = self.line.getresponse()
            ((root, body),) = json.loads(answer.read()).items()
        except (OSError, HTTPException, ValueError, AttributeError) as no:
            self.line.close()
            msg = f"{self.url} does not answer as a cloud: {no}"
            raise Unreachable(msg) from None
        self.used_at = time.monotonic()
        return Reply(answer.status, body, root)


class WireCloud:
    """A served cloud as one user; as the root admin of a `rootswap serve` it is a Stage too."""

    def __init__(self, wire: Wire, key: str, secret: str, admin: "WireCloud | None" = None) -> None:
        self.wire, self.key, self.secret = wire, key, secret
        self.admin = admin or self

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*; refusals come back as replies."""
        full = {"command": command, "apiKey": self.key, "response": "json"}
        full |= as_text(command, parameters)
        return self.send(full | {"signature": signature(full, self.secret)})

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are."""
        return self.wire.ask(parameters)

    def sign_in(self, apikey: str, secretkey: str) -> "WireCloud":
        """Return the same cloud as another caller."""
        return WireCloud(self.wire, apikey, secretkey, self.admin)

    def reset(self, **wanted: str) -> None:
        """Let the cloud be made anew; Unreachable if it cannot."""
        reply = self.call("rootswapReset", **wanted)
        if reply.status != 200:
            msg = f"{self.wire.url} cannot be made anew: {reply.body.get('errortext', reply)}"
            raise Unreachable(msg)

    def _control(self, command: str, **text: str) -> dict[str, Any]:
        reply = self.admin.call(command, **text)
        if reply.status != 200:
            msg = f"{command} {text}: {reply.body.get('errortext', reply)}"
            raise Unreachable(msg)
        return reply.body

    def sleep(self, seconds: float) -> None:
        """Let simulated time pass."""
        self._control("rootswapAdvance", seconds=str(seconds))

    def now_s(self) -> float:
        """Return the simulated time."""
        return float(self._control("rootswapAdvance", seconds="0")["clock"]["now"])

    def arrange(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        """Overwrite fields of a record."""
        self._control("rootswapArrange", kind=kind, id=entity_id, fields=json.dumps(fields))

    def configure(self, name: str, value: str) -> None:
        """Set a global configuration."""
        self._control("updateConfiguration", name=name, value=value)

    def strike(
        self, operation: str, times: int = 1, mode: str = "fail", seconds: float | None = None
    ) -> None:
        """Make the next agent commands of a name fail."""
        extra = {} if seconds is None else {"seconds": str(seconds)}
        self._control("rootswapStrike", operation=operation, times=str(times), mode=mode, **extra)

    def agent_commands(self) -> Sequence[tuple[float, str, str, str]]:
        """Return every command sent to a host."""
        rows = self._control("rootswapLog")["log"]["agentcommands"]
        return [(r["at"], r["host"], r["command"], r["subject"]) for r in rows]

    def refusals(self) -> Sequence[str]:
        """Return the ids of the rules that refused."""
        return list(self._control("rootswapLog")["log"]["refusals"])

    def restart(self) -> None:
        """Restart the management server."""
        self._control("rootswapRestart")
