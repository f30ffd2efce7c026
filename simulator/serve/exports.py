"""What clients read: a served cloud's endpoint and keys in the form of their configuration."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Access(NamedTuple):
    """Where a cloud is served, and who its root admin is."""

    endpoint: str
    key: str
    secret: str
    user: str
    password: str


class Export(NamedTuple):
    """A format, and the file it goes to; None is standard output."""

    form: str
    file: Path | None


class Unwritable(Exception):
    """A file that an export cannot be written to."""


def environment(access: Access) -> dict[str, str]:
    """Return both families of variables: of cs and Ansible, of Terraform and Packer."""
    return {
        "CLOUDSTACK_ENDPOINT": access.endpoint,
        "CLOUDSTACK_KEY": access.key,
        "CLOUDSTACK_SECRET": access.secret,
        "CLOUDSTACK_API_URL": access.endpoint,
        "CLOUDSTACK_API_KEY": access.key,
        "CLOUDSTACK_SECRET_KEY": access.secret,
    }


def _env(access: Access) -> str:
    return "".join(f"{name}={value}\n" for name, value in environment(access).items())


def _ini(access: Access) -> str:
    """Return a cloudstack.ini, whose reader takes a % for the start of a name."""
    endpoint, key, secret = (text.replace("%", "%%") for text in access[:3])
    return f"[cloudstack]\nendpoint = {endpoint}\nkey = {key}\nsecret = {secret}\n"


def _cmk(access: Access) -> str:
    """Return a ~/.cmk/config whose one profile is this cloud."""
    return (
        "asyncblock = true\ntimeout = 1800\noutput = json\nverifycert = true\nprofile = rootswap\n"
        f"\n[rootswap]\nurl = {access.endpoint}\nusername = {access.user}\n"
        f"password = {access.password}\ndomain = /\n"
        f"apikey = {access.key}\nsecretkey = {access.secret}\n"
    )


def _cloud_config(access: Access) -> str:
    """Return the gcfg file of the Kubernetes cloud provider and the CSI driver."""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"') for text in access[:3]]
    names = ("api-url", "api-key", "secret-key")
    rows = [f'{name} = "{text}"\n' for name, text in zip(names, quoted, strict=True)]
    return "[Global]\n" + "".join(rows) + "ssl-no-verify = false\n"


def _admin_json(access: Access) -> str:
    return json.dumps({"apikey": access.key, "secretkey": access.secret}) + "\n"


FORMATS: dict[str, Callable[[Access], str]] = {
    "env": _env,
    "ini": _ini,
    "cmk": _cmk,
    "cloud-config": _cloud_config,
    "admin.json": _admin_json,
}
APPENDED = frozenset({"env"})
"""Formats whose file may be another's too, as $GITHUB_ENV is; the others describe one cloud."""


def export(wanted: Export, access: Access) -> str:
    """Write to the file that is *wanted*, or return the text; a new file is its owner's only."""
    text = FORMATS[wanted.form](access)
    if wanted.file is None:
        return text
    try:
        appended = wanted.form in APPENDED
        if appended and _is_cut(wanted.file):
            text = f"\n{text}"
        how = os.O_APPEND if appended else os.O_TRUNC
        handle = os.open(wanted.file, os.O_WRONLY | os.O_CREAT | how, 0o600)
        with os.fdopen(handle, "a" if appended else "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as no:
        msg = f"cannot write {wanted.file}: {no.strerror}"
        raise Unwritable(msg) from None
    return ""


def _is_cut(file: Path) -> bool:
    """Whether *file* ends within a line."""
    return file.is_file() and not file.read_bytes().endswith(b"\n") and file.stat().st_size > 0


def chosen(text: str) -> Export:
    """Return the export that FORMAT[=FILE] names; ValueError for an unknown format."""
    form, equals, file = text.partition("=")
    if form not in FORMATS or (equals and not file):
        msg = f"'{text}' is no export: {'|'.join(FORMATS)}, and =FILE for a file"
        raise ValueError(msg)
    return Export(form, Path(file) if equals else None)
