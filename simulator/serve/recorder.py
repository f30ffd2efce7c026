"""`rootswap serve --log FILE`: what was asked and answered, a line of JSON for each request."""

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.api.service import Pending, SimulatedCloud
from simulator.serve.answer import Answer
from simulator.serve.exports import Unwritable
from simulator.serve.request import Request
from simulator.serve.site import Site

HIDDEN = "***"
_SECRET = re.compile(
    r"secret|password|passphrase|^signature$|sessionkey|privatekey|token", re.IGNORECASE
)
_KEY = re.compile(r"api_?key", re.IGNORECASE)
_KEPT_LETTERS = 6
"""Of an API key: enough to tell one from another."""
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)|(?<=password=)[^&\s]+|(?<=secret=)[^&\s]+")
"""What a URL says of who asks for it."""
_CALLER: ContextVar[dict[str, str] | None] = ContextVar("caller", default=None)
"""Who the request at hand is from; each request is a task of its own."""


class Recorder:
    """Appends to *file*, which its owner alone may read; Unwritable if that cannot be."""

    def __init__(self, file: Path) -> None:
        try:
            self._handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as no:
            msg = f"cannot write {file}: {no.strerror}"
            raise Unwritable(msg) from None
        self._failed = False

    def listen(self, site: Site) -> None:
        """Learn from *site* who each call is from."""
        ask = site.ask

        def heard(caller: SimulatedCloud, command: str, text: Mapping[str, str]) -> Pending:
            _CALLER.set({"user": caller.user.name, "account": caller.account.name})
            return ask(caller, command, text)

        site.ask = heard

    def begin(self) -> float:
        """Return the wall time at which a request comes, of a caller who is not known yet."""
        _CALLER.set(None)
        return time.time()

    def add(
        self,
        cloud: SimulatedCloud,
        path: str,
        given: Request | Answer,
        answer: Answer,
        began_s: float,
    ) -> None:
        """Write a line about a request to *path* that came at *began_s* and is answered now.

        *given* is the answer itself where there was no request that the API could read.
        """
        row: dict[str, Any] = {
            "date": datetime.fromtimestamp(began_s, tz=UTC).isoformat(timespec="milliseconds"),
            "seconds": cloud.now_s(),
            "caller": _CALLER.get(),
            "path": path,
        }
        if isinstance(given, Request):
            row |= {"method": given.method, "command": given.command}
            row["parameters"] = redacted(_parameters(given))
        row["status"] = answer.status
        if answer.reply is not None:
            body = answer.reply.body
            row["root"] = answer.reply.root
            row |= {"jobid": body["jobid"]} if _is_job(body) else {"body": redacted(body)}
        row["took_ms"] = round(max(time.time() - began_s, 0.0) * 1000, 3)
        self._write(json.dumps(row, ensure_ascii=False))

    def close(self) -> None:
        """Write no more."""
        os.close(self._handle)

    def _write(self, line: str) -> None:
        """Write a line at once; a full disk is told once and ends no answer."""
        try:
            os.write(self._handle, f"{line}\n".encode("utf-8", "replace"))
        except OSError as no:
            if not self._failed:
                sys.stderr.write(f"rootswap: the log cannot be written: {no.strerror}\n")
            self._failed = True


def _parameters(request: Request) -> dict[str, str]:
    return {n: v for n, v in request.parameters.items() if n.lower() not in {"command", "response"}}


def _is_job(body: Mapping[str, Any]) -> bool:
    """Whether *body* is the answer to a command that only began."""
    return body.keys() <= {"jobid", "id"} and "jobid" in body


def redacted(value: Any, name: str = "") -> Any:
    """Return *value*, which is called *name*, without secrets; an API key is cut short."""
    if isinstance(value, Mapping):
        named = str(value.get("name", ""))
        inner = {n: f"{named} value" if n == "value" else n for n in value}
        return {n: redacted(v, inner[n]) for n, v in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(item, name) for item in value]
    if isinstance(value, str) and value:
        if _SECRET.search(name):
            return HIDDEN
        if _KEY.search(name):
            return f"{value[:_KEPT_LETTERS]}…"
        return _CREDENTIALS.sub(HIDDEN, value)
    return value
