"""A `rootswap serve` at the other end of a line: a cloud and its stage."""

import json
from collections.abc import Sequence
from typing import Any

from conformance.line import HttpCloud, Line


class Unstaged(Exception):
    """A stage that does not do what it is asked."""


class WireCloud(HttpCloud):
    """A served cloud as one user; as the root admin of a `rootswap serve` it is a Stage too."""

    def __init__(self, line: Line, key: str, secret: str, admin: "WireCloud | None" = None) -> None:
        super().__init__(line, key, secret)
        self.admin = admin or self

    def sign_in(self, apikey: str, secretkey: str) -> "WireCloud":
        """Return the same cloud as another caller."""
        return WireCloud(self.line, apikey, secretkey, self.admin)

    def reset(self, **wanted: str) -> None:
        """Let the cloud be made anew; Unstaged if it cannot."""
        reply = self.call("rootswapReset", **wanted)
        if reply.status != 200:
            msg = f"{self.line.url} cannot be made anew: {reply.body.get('errortext', reply)}"
            raise Unstaged(msg)

    def _control(self, command: str, **text: str) -> dict[str, Any]:
        reply = self.admin.call(command, **text)
        if reply.status != 200:
            msg = f"{command} {text}: {reply.body.get('errortext', reply)}"
            raise Unstaged(msg)
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
