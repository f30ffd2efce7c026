"""What is judged: `inproc`, the address of a cloud, or a named section of a file of targets."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from conformance.redaction import Redactor
from conformance.surroundings import BadTarget, Surroundings, environment, read_text, surroundings
from conformance.target_file import Budget, Placed, Section, section_of
from simulator.boot.reading import meant
from simulator.domain.dialect import TRAITS, Dialect, dialect_of

IN_PROCESS = "inproc"
ENVIRONMENT = "env"
API = "/client/api"
TIMEOUT_S, JOB_TIMEOUT_S, POLL_S = 60, 600, 0.5
"""How long an answer and a job may take, and how soon a job is first asked for again."""
_TRUE, _FALSE = {"1", "true", "yes", "on", "y", "t"}, {"0", "false", "no", "off", "n", "f"}
_PLAIN = (
    "insecure", "timeout_s", "job_timeout_s", "poll_s", "calls_per_minute", "method", "lanes",
    "dialect", "flags", "roles", "budget", "proxy",
)  # fmt: skip
"""Fields of a section that a target has as they are."""


class Given(NamedTuple):
    """What the command line says beside the target itself."""

    key: str = ""
    secret: str = ""
    cmk_profile: str = ""
    allow: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A cloud and how to deal with it; without *url* it is simulated in this process.

    *roles* are names or ids of what scenarios take from the cloud, by role (`zone`, `pool`, …).
    """

    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    verify: Path | None = None
    insecure: bool = False
    proxy: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S
    job_timeout_s: float = JOB_TIMEOUT_S
    poll_s: float = POLL_S
    calls_per_minute: float | None = None
    method: str = "POST"
    lanes: int = 1
    dialect: str = ""
    flags: Mapping[str, bool] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    expected: Path | None = None
    allow: frozenset[str] = frozenset()
    budget: Budget = Budget()

    @property
    def in_process(self) -> bool:
        """Return whether the cloud is simulated here."""
        return not self.url

    @property
    def pace_per_minute(self) -> float | None:
        """Return how many calls a minute may have, None for any number."""
        bounds = (self.calls_per_minute, self.budget.calls_per_minute)
        return min((bound for bound in bounds if bound is not None), default=None)

    def shared(self, lanes: int) -> "Target":
        """Return what one of so many processes may do, all of which call at once."""
        pace = self.pace_per_minute
        return self if pace is None else replace(self, calls_per_minute=pace / lanes)

    def redactor(self) -> Redactor:
        """Return what hides this target's secrets."""
        password = unquote(urlsplit(self.proxy).password or "")
        return Redactor((self.key, self.secret, password))

    def spoken(self, released: Dialect) -> Dialect:
        """Return the dialect to judge by: the one named here, else *released*, with the flags."""
        base = dialect_of(self.dialect) if self.dialect else released
        changes = (("+" if wanted else "!") + name for name, wanted in self.flags.items())
        return dialect_of(base.name + "".join(changes))


def resolve(
    text: str,
    files: Sequence[Path] = (),
    environ: Mapping[str, str] = os.environ,
    given: Given = Given(),  # noqa: B008 - immutable
) -> Target:
    """Return the target that *text* names: `inproc`, `env` or nothing, an address, or a section.

    Keys come from *given*, from the section, else from around: the variables of `cs`,
    cloudstack.ini, the variables of Terraform, or the cmk profile that is named. BadTarget, in
    one line without a secret, for what names no target.
    """
    if bool(given.key) != bool(given.secret):
        msg = "--key and --secret: both of them, or neither"
        raise BadTarget(msg)
    if text == IN_PROCESS:
        return Target(IN_PROCESS)
    if "://" in text:
        return _Making(text, Section(url=text), None, environ).target(given)
    if text in {"", ENVIRONMENT}:
        return _Making(ENVIRONMENT, Section(), None, environ).target(given)
    placed = section_of(text, files, environ)
    return _Making(text, placed.section, placed, environ).target(given)


def address(text: str, source: str) -> str:
    """Return the address of an API as it is called; BadTarget for what is none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        shown = Redactor()(text)
        msg = f"{source}: {shown} is no http address like https://cloud.example/client/api"
        raise BadTarget(msg)
    if "@" in parts.netloc:
        msg = f"{source}: an address without user and password is wanted; keys are given apart"
        raise BadTarget(msg)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port in {None, 443 if parts.scheme == "https" else 80}
    path = API if parts.path.rstrip("/") in {"", "/client", API} else parts.path
    return f"{parts.scheme}://{host if usual else f'{host}:{port}'}{path}"


@dataclass(frozen=True, slots=True)
class _Making:
    """A target in the making: what a section says, and what stands around."""

    name: str
    section: Section
    placed: Placed | None
    environ: Mapping[str, str]

    @property
    def label(self) -> str:
        return f"{self.placed.file} [target.{self.name}]" if self.placed else "--target"

    def target(self, given: Given) -> Target:
        """Return it; BadTarget if it is none."""
        key, secret = (given.key, given.secret) if given.key else self._pair()
        profile = given.cmk_profile or self.section.cmk_profile
        if key and self.section.url and not profile:
            around = Surroundings(values=environment(self.environ))
        else:
            around = surroundings(self.environ, profile)
        url = self._url(around)
        theirs = around.get("endpoint") and address(around.get("endpoint"), around.source)
        if theirs and theirs != url:
            if not key and around.get("key"):
                msg = f"the keys of {around.source} are for {theirs}, none are given for {url}"
                raise BadTarget(msg)
            around = Surroundings()
        if not key:
            key, secret = around.get("key"), around.get("secret")
        if bool(key) != bool(secret):
            msg = f"{around.source}: a key and its secret, both of them or neither"
            raise BadTarget(msg)
        rest = _around(around) | self._own()
        rest["allow"] = frozenset((*self.section.allow, *given.allow))
        if rest.get("insecure"):
            rest.pop("verify", None)
        return Target(self.name, url, key, secret, **rest)

    def _pair(self) -> tuple[str, str]:
        """Return key and secret that the section holds or refers to."""
        return self._held("key"), self._held("secret")

    def _held(self, name: str) -> str:
        variable = getattr(self.section, f"{name}_env")
        if variable and not self.environ.get(variable):
            msg = f"{self.label} {name}_env: {variable} is not set"
            raise BadTarget(msg)
        file = getattr(self.section, f"{name}_file")
        if file:
            return read_text(self._file(f"{name}_file", file)).strip()
        held: str = getattr(self.section, name)
        return held or (self.environ[variable] if variable else "")

    def _url(self, around: Surroundings) -> str:
        if self.section.url:
            return address(self.section.url, self.label)
        if around.get("endpoint"):
            return address(around.get("endpoint"), around.source)
        if self.placed:
            msg = f"{self.label}: needs url"
        else:
            msg = "no target: give --target, CLOUDSTACK_ENDPOINT, cloudstack.ini or --cmk-profile"
        raise BadTarget(msg)

    def _own(self) -> dict[str, Any]:
        """Return what the section itself says."""
        section = self.section
        own: dict[str, Any] = {name: getattr(section, name) for name in _PLAIN}
        own = {name: value for name, value in own.items() if value}
        if section.dialect:
            self._known_dialect(section.dialect)
        for flag in section.flags:
            if flag not in TRAITS:
                msg = f"{self.label} flags.{flag}: unknown flag{meant(flag, list(TRAITS))}"
                raise BadTarget(msg)
        if section.proxy:
            _proxy(section.proxy, self.label)
        files = {
            n: self._file(n, text) for n in ("verify", "expected") if (text := getattr(section, n))
        }
        own |= files | ({"insecure": False} if section.verify else {})
        return own

    def _known_dialect(self, text: str) -> None:
        try:
            dialect_of(text)
        except ValueError as no:
            msg = f"{self.label} dialect: {no}"
            raise BadTarget(msg) from None

    def _file(self, name: str, text: str) -> Path:
        """Return the file that *text* of the section names."""
        path = self.placed.path(text) if self.placed else Path(text)
        if not path.is_file():
            msg = f"{self.label} {name}: there is no file {path}"
            raise BadTarget(msg)
        return path


def _proxy(text: str, label: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"{label} proxy: no address like http://proxy.example:3128"
        raise BadTarget(msg)


def _around(around: Surroundings) -> dict[str, Any]:
    """Return what the surroundings say of how to call a cloud."""
    names = {"timeout": "timeout_s", "job_timeout": "job_timeout_s", "poll_interval": "poll_s"}
    rest: dict[str, Any] = {
        ours: _seconds(around, name) for name, ours in names.items() if around.get(name)
    }
    method = around.get("method").upper()
    if method:
        if method not in {"GET", "POST"}:
            msg = f"{around.source}: method {method!r} is neither get nor post"
            raise BadTarget(msg)
        rest["method"] = method
    if _insecure(around):
        return rest | {"insecure": True}
    if around.get("verify"):
        rest["verify"] = _authorities(around)
    return rest


def _seconds(around: Surroundings, name: str) -> float:
    text = around.get(name)
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        msg = f"{around.source}: {name} {text!r} is no number of seconds"
        raise BadTarget(msg)
    return seconds


def _insecure(around: Surroundings) -> bool:
    text = around.get("dangerous_no_tls_verify").lower()
    if text in _TRUE or not text or text in _FALSE:
        return text in _TRUE
    msg = f"{around.source}: dangerous_no_tls_verify {text!r} is neither true nor false"
    raise BadTarget(msg)


def _authorities(around: Surroundings) -> Path:
    file = Path(around.get("verify")).expanduser()
    if not file.is_file():
        msg = (
            f"{around.source}: verify is a file of certificates, and there is no file {file}; "
            "dangerous_no_tls_verify=true switches verification off"
        )
        raise BadTarget(msg)
    return file
