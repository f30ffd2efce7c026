"""A kept HTTP line to a cloud: paced, patient, and never sending a change twice."""

import re
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

import urllib3
from urllib3.exceptions import (
    HTTPError,
    InsecureRequestWarning,
)

from conformance.attempts import Answer, Edges, Failure, Throttle, failure, read
from conformance.surroundings import BadTarget
from conformance.targets import Target
from simulator.api.signing import signature
from simulator.port import Reply, Value, as_text

PATIENCE_S = 60.0
"""How long one call is tried again."""
EARLY_S = 10.0
"""How long it is before a cloud ever answered on the line."""
IDLE_S = 2.0
"""Servers hang up on who is silent; after that long the next call connects anew."""
_LONGEST_WAIT_S = 8.0
METHOD = "httpmethod"
"""Parameter that names the HTTP method of one request: a server writes there how it was sent."""
_READS = re.compile(r"(list|query|get|find)[A-Z]")
_NO_READS = re.compile(r"getUploadParamsFor|listAndSwitch")
"""They create a record, and change the session."""


def is_read(command: str) -> bool:
    """Return whether *command* changes nothing, so that it may be sent again after anything."""
    return bool(_READS.match(command)) and not _NO_READS.match(command)


class NoAnswer(Exception):
    """A *command* whose answer never came, and why; *status* and *first* are what came instead."""

    def __init__(self, command: str, detail: str, status: int = 0, first: str = "") -> None:
        super().__init__(detail)
        self.command, self.detail, self.status, self.first = command, detail, status, first


class Unreachable(NoAnswer):
    """Nothing was executed: no cloud answers there, or none that takes the call."""


class Lost(NoAnswer):
    """A command that may have been executed: its answer was lost or garbled."""


class Exchange(NamedTuple):
    """One request and what came back, without secrets; *status* 0 is no answer, told in *detail*.

    *attempt* counts from 1; *at_s* is when it was sent, by the line's clock.
    """

    command: str
    parameters: Mapping[str, str]
    status: int
    root: str
    body: Any
    seconds: float
    at_s: float
    attempt: int
    detail: str = ""


class Line:
    """Connections to a target, one for each thread; any number of threads may ask.

    *observer* gets each exchange, in the thread that asked.
    """

    def __init__(
        self,
        target: Target,
        edges: Edges = Edges(),  # noqa: B008 - immutable
        observer: Callable[[Exchange], None] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.target, self.edges, self.observer = target, edges, observer
        self.patience_s, self.redact = patience_s, target.redactor()
        self.heard = False
        """Whether a cloud ever answered; before that nobody waits for one to come up."""
        self._throttle = Throttle(target.pace_per_minute, edges)
        self._options = _options(target)
        self._own, self._pools = threading.local(), list[urllib3.PoolManager]()

    @property
    def url(self) -> str:
        """Return where the cloud is."""
        return self.target.url

    def close(self) -> None:
        """Hang up."""
        for pool in self._pools:
            pool.clear()

    def ask(self, parameters: Mapping[str, str]) -> Answer:
        """Send *parameters* and return the answer.

        What surely was not executed is sent again, and a read after anything. Unreachable if no
        answer comes in time, Lost for a change that may have been made.
        """
        command = parameters.get("command", "")
        patience_s = self.patience_s if self.heard else min(self.patience_s, EARLY_S)
        end_s, attempt = self.edges.clock() + patience_s, 1
        while True:
            self._throttle.wait()
            outcome = self._once(command, parameters, attempt)
            if isinstance(outcome, Answer):
                self.heard = True
                return outcome
            wait_s = max(outcome.wait_s, self._back_off_s(attempt))
            again = outcome.again and (self.heard or outcome.early)
            again = again and (is_read(command) or not outcome.sent)
            if not again or self.edges.clock() + wait_s > end_s:
                raise self._no(command, outcome, attempt)
            if outcome.wait_s:
                self._throttle.hold(outcome.wait_s)
            self.edges.sleep(wait_s)
            attempt += 1

    def _back_off_s(self, attempt: int) -> float:
        longest: float = min(_LONGEST_WAIT_S, 0.125 * 2.0**attempt)
        return longest * (1 + self.edges.chance()) / 2

    def _no(self, command: str, failure: Failure, attempt: int) -> NoAnswer:
        tried = f" ({attempt} times)" if attempt > 1 else ""
        lost = failure.sent and not is_read(command)
        what = f"the answer to {command} was lost: " if lost else ""
        kind = Lost if lost else Unreachable
        text = f"{self.url}: {what}{failure.detail}{tried}"
        return kind(command, self.redact(text), failure.status, self.redact(failure.first))

    def _pool(self) -> urllib3.PoolManager:
        """Return this thread's connection, a fresh one if it was silent for long."""
        now_s = self.edges.clock()
        pool: urllib3.PoolManager | None = getattr(self._own, "pool", None)
        if pool is None:
            pool = _pool(self.target.proxy, self._options)
            self._own.pool = pool
            self._pools.append(pool)
        elif now_s - self._own.used_s > IDLE_S:
            pool.clear()
        self._own.used_s = now_s
        return pool

    def _once(self, command: str, parameters: Mapping[str, str], attempt: int) -> Answer | Failure:
        """Send once; return the answer, or why there is none."""
        began_s = self.edges.clock()
        outcome = self._sent(parameters, began_s)
        seconds = self.edges.clock() - began_s
        if self.observer is not None:
            shown = self.redact.parameters(parameters)
            if isinstance(outcome, Answer):
                reply = outcome.reply
                body = self.redact.body(reply.body)
                told = Exchange(command, shown, reply.status, reply.root, body, seconds, began_s,
                                attempt)  # fmt: skip
            else:
                told = Exchange(command, shown, outcome.status, "", self.redact(outcome.first),
                                seconds, began_s, attempt, self.redact(outcome.detail))  # fmt: skip
            self.observer(told)
        return outcome

    def _sent(self, parameters: Mapping[str, str], began_s: float) -> Answer | Failure:
        text, url, how = urlencode(parameters, quote_via=quote), self.url, dict[str, Any]()
        method = parameters.get(METHOD, self.target.method)
        if method == "GET":
            url = f"{url}?{text}"
        else:
            how = {"body": text, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
        try:
            got = self._pool().request(method, url, redirect=False, retries=False, **how)
        except HTTPError as no:
            return failure(no)
        finally:
            self._own.used_s = self.edges.clock()
        return read(got, self.edges.clock() - began_s)


class HttpCloud:
    """A cloud at the other end of a line as one caller; without a key nothing is signed."""

    def __init__(self, line: Line, key: str = "", secret: str = "") -> None:
        self.line, self.key, self.secret = line, key, secret
        line.redact.learn(key, secret)

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*; refusals come back as replies, NoAnswer is raised where none comes."""
        return self.hear(command, **parameters).reply

    def hear(self, command: str, /, **parameters: Value) -> Answer:
        """Send *command* and return the reply with what came beside it."""
        full = {"command": command, "response": "json"} | as_text(command, parameters)
        if self.key:
            full = {"apiKey": self.key} | full
            full |= {"signature": signature(full, self.secret)}
        return self.line.ask(full)

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are."""
        return self.line.ask(parameters).reply

    def sleep(self, seconds: float) -> None:
        """Let *seconds* of wall time pass."""
        self.line.edges.sleep(seconds)

    def sign_in(self, apikey: str, secretkey: str) -> "HttpCloud":
        """Return the same cloud as another caller."""
        return HttpCloud(self.line, apikey, secretkey)


def _pool(proxy: str, options: dict[str, Any]) -> urllib3.PoolManager:
    """Return a keeper of connections, through a proxy if there is one."""
    if not proxy:
        return urllib3.PoolManager(**options)
    parts = urlsplit(proxy)
    words = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    headers = urllib3.make_headers(proxy_basic_auth=words) if parts.username else None
    return urllib3.ProxyManager(proxy, proxy_headers=headers, **options)


def _options(target: Target) -> dict[str, Any]:
    """Return what each connection is made with; BadTarget for certificates that are none."""
    options: dict[str, Any] = {"timeout": target.timeout_s, "maxsize": 1, "retries": False}
    if not target.url.startswith("https:"):
        return options
    try:
        context = ssl.create_default_context(cafile=target.verify)
    except (OSError, ValueError):
        msg = f"{target.name}: verify: {target.verify} holds no certificates"
        raise BadTarget(msg) from None
    if target.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        urllib3.disable_warnings(InsecureRequestWarning)
    return options | {"ssl_context": context}
