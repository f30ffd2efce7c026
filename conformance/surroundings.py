"""A cloud's address and keys as other clients are given them: variables, cloudstack.ini, cmk."""

import re
from collections.abc import Mapping
from configparser import ConfigParser, Error, RawConfigParser
from pathlib import Path
from typing import NamedTuple

CS_NAMES = (
    "endpoint", "key", "secret", "method", "timeout", "verify", "dangerous_no_tls_verify",
    "job_timeout", "poll_interval",
)  # fmt: skip
"""What `cs` and Ansible call them: CLOUDSTACK_KEY in the environment, key in cloudstack.ini."""
_TERRAFORM = {"endpoint": "API_URL", "key": "API_KEY", "secret": "SECRET_KEY"}
_CMK = {
    "url": "endpoint", "apikey": "key", "secretkey": "secret", "timeout": "job_timeout",
}  # fmt: skip
_TOP = "top of the file"


class BadTarget(ValueError):
    """What names no target that could be used, in one line."""


class Surroundings(NamedTuple):
    """What stands around: *values* by the names of `cs`, and the *source* that says so."""

    source: str = "the environment"
    values: Mapping[str, str] = {}

    def get(self, name: str) -> str:
        """Return a value, "" for none."""
        return self.values.get(name, "")


def home_of(environ: Mapping[str, str]) -> Path:
    """Return the caller's home folder."""
    return Path(environ["HOME"]) if environ.get("HOME") else Path.home()


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what the variables of `cs` say."""
    named = {name: environ.get(f"CLOUDSTACK_{name.upper()}", "") for name in CS_NAMES}
    return {name: value for name, value in named.items() if value}


def surroundings(environ: Mapping[str, str], cmk_profile: str = "") -> Surroundings:
    """Return a cmk profile if one is named, else variables and cloudstack.ini as `cs` reads them.

    The names of Terraform come last. BadTarget for a file that cannot be read, and for halves of
    both families of names.
    """
    if cmk_profile:
        return _cmk(home_of(environ) / ".cmk" / "config", cmk_profile)
    values, source = environment(environ), "the environment"
    overrides = set(re.split(r"\W+", environ.get("CLOUDSTACK_OVERRIDES", "").strip().lower()))
    if "endpoint" not in values or overrides != {""}:
        ini = _ini(environ)
        over = {name: value for name, value in values.items() if name in overrides}
        source = ini.source if ini.values else source
        values = {**values, **ini.values, **over}
    return _both_families(Surroundings(source, values), environ)


def _both_families(ours: Surroundings, environ: Mapping[str, str]) -> Surroundings:
    named = {name: environ.get(f"CLOUDSTACK_{other}", "") for name, other in _TERRAFORM.items()}
    others = {name: value for name, value in named.items() if value}
    have = ours.values.keys() & _TERRAFORM.keys()
    if not others or {"key", "secret"} <= have:
        return ours
    if have:
        one = ", ".join(f"CLOUDSTACK_{name.upper()}" for name in sorted(have))
        other = ", ".join(f"CLOUDSTACK_{_TERRAFORM[name]}" for name in others)
        msg = f"{one} beside {other}: give the names of one family, all of them"
        raise BadTarget(msg)
    get_only = environ.get("CLOUDSTACK_HTTP_GET_ONLY", "").lower() == "true"
    method = {"method": "get"} if get_only else {}
    return Surroundings("the environment", {**ours.values, **others, **method})


def _ini(environ: Mapping[str, str]) -> Surroundings:
    """Return what cloudstack.ini says; the last file that says something wins."""
    files = [home_of(environ) / ".cloudstack.ini", Path("cloudstack.ini")]
    named = environ.get("CLOUDSTACK_CONFIG", "")
    if named:
        files.append(Path(named).expanduser())
        if not files[-1].is_file():
            msg = f"CLOUDSTACK_CONFIG: there is no file {named}"
            raise BadTarget(msg)
    files = [file for file in files if file.is_file()]
    section = environ.get("CLOUDSTACK_REGION", "")
    reader, read = ConfigParser(), ", ".join(str(file) for file in files)
    for file in files:
        _read(reader, file, read_text(file))
    if not reader.has_section(section or "cloudstack"):
        if section:
            msg = f"CLOUDSTACK_REGION: no section [{section}] in {read or 'any cloudstack.ini'}"
            raise BadTarget(msg)
        return Surroundings()
    try:
        rows = reader.items(section or "cloudstack")
    except Error as no:
        msg = f"{read}: {' '.join(str(no).split()).partition(': ')[0]}"
        raise BadTarget(msg) from None
    values = {name: value for name, value in rows if name in CS_NAMES and value}
    return Surroundings(read, values)


def _cmk(file: Path, profile: str) -> Surroundings:
    if not file.is_file():
        msg = f"--cmk-profile {profile}: there is no file {file}"
        raise BadTarget(msg)
    reader = RawConfigParser(strict=False)
    _read(reader, file, f"[{_TOP}]\n{read_text(file)}")
    known = [name for name in reader.sections() if name != _TOP]
    if profile not in known:
        msg = f"{file} has no profile {profile!r}, but {', '.join(known) or 'none at all'}"
        raise BadTarget(msg)
    rows = {**dict(reader.items(_TOP)), **dict(reader.items(profile))}
    values = {ours: rows[name] for name, ours in _CMK.items() if rows.get(name)}
    if rows.get("verifycert", "").lower() == "false":
        values["dangerous_no_tls_verify"] = "true"
    if "key" not in values:
        msg = f"profile {profile!r} of {file} has no apikey, and a password signs nothing"
        raise BadTarget(msg)
    return Surroundings(f"profile {profile!r} of {file}", values)


def _read(reader: RawConfigParser, file: Path, text: str) -> None:
    """Let *reader* take in *text* of *file*; BadTarget, which quotes none of it, if it cannot."""
    try:
        reader.read_string(text, str(file))
    except Error as no:
        line = getattr(no, "lineno", None) or (getattr(no, "errors", None) or [[0]])[0][0]
        msg = f"{file}: is no INI file" + (f", line {line}" if line else "")
        raise BadTarget(msg) from None


def read_text(file: Path) -> str:
    """Return what stands in *file*; BadTarget if it cannot be read."""
    try:
        return file.read_text("utf-8")
    except OSError as no:
        msg = f"{file}: {no.strerror}"
        raise BadTarget(msg) from None
    except UnicodeDecodeError as no:
        msg = f"{file}: is no UTF-8 text, at byte {no.start}"
        raise BadTarget(msg) from None
