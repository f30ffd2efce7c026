"""`rootswap serve --export`: read by the parsers that clients use."""

import configparser
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from cs import CloudStack, read_config
from test_server import SERVE, Server

from simulator.serve.exports import FORMATS, Access, Export, export

NASTY = Access("http://127.0.0.1:1/client/api", 'k%"\\e~y', "s%(x)s", "admin", "pass")


def ini(text: str) -> configparser.RawConfigParser:
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return parser


def gcfg(text: str) -> dict[str, str]:
    """Return a [Global] section: quoted values with backslashes, or bare ones."""
    head, *rows = text.splitlines()
    assert head == "[Global]"
    pairs = [re.fullmatch(r'([a-z-]+) = (?:"((?:[^"\\]|\\.)*)"|(\w+))', row) for row in rows]
    return {m[1]: re.sub(r"\\(.)", r"\1", m[2] or m[3]) for m in pairs if m}


def test_each_format_says_where_and_who(tmp_path: Path) -> None:
    files = {form: tmp_path / form for form in FORMATS}
    server = Server(*(f"--export={form}={file}" for form, file in files.items()))
    try:
        where, key, secret = (
            server.said[f"CLOUDSTACK_{name}"] for name in ("ENDPOINT", "KEY", "SECRET")
        )
        text = {form: file.read_text() for form, file in files.items()}
        env = dict(line.split("=", 1) for line in text["env"].splitlines())
        assert env.items() >= server.said.items()
        assert {env[f"CLOUDSTACK_{n}"] for n in ("API_URL", "API_KEY", "SECRET_KEY")} == {
            where, key, secret,
        }  # fmt: skip
        assert dict(ini(text["ini"])["cloudstack"]) == {
            "endpoint": where, "key": key, "secret": secret,
        }  # fmt: skip
        cmk = ini("[top]\n" + text["cmk"])
        profile = cmk[cmk["top"]["profile"]]
        assert [profile[n] for n in ("url", "apikey", "secretkey")] == [where, key, secret]
        assert [profile[n] for n in ("username", "password", "domain")] == [
            "admin",
            "password",
            "/",
        ]
        config = gcfg(text["cloud-config"])
        assert [config[n] for n in ("api-url", "api-key", "secret-key")] == [where, key, secret]
        assert json.loads(text["admin.json"]) == {"apikey": key, "secretkey": secret}
        assert {oct(file.stat().st_mode & 0o777) for file in files.values()} == {"0o600"}
    finally:
        assert server.end() == ("", "")


def test_cs_talks_to_it_with_the_ini_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CLOUDSTACK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    server = Server("--export", "ini=cloudstack.ini", "--preset", "kvm")
    try:
        client = CloudStack(**read_config())
        names = [vm["name"] for vm in client.listVirtualMachines(listall=True)["virtualmachine"]]
        assert names == ["web", "old", "db"]
    finally:
        server.end()


def test_without_a_file_it_follows_the_three_lines() -> None:
    server = Server("--export", "env", lines=9)
    assert server.end() == ("", "")
    assert list(server.said)[:3] == ["CLOUDSTACK_ENDPOINT", "CLOUDSTACK_KEY", "CLOUDSTACK_SECRET"]
    assert server.said["CLOUDSTACK_API_URL"] == server.said["CLOUDSTACK_ENDPOINT"]
    assert server.said["CLOUDSTACK_SECRET_KEY"] == server.said["CLOUDSTACK_SECRET"]


def test_keys_of_any_letters_survive() -> None:
    text = {form: export(Export(form, None), NASTY) for form in ("ini", "cloud-config")}
    assert ini(text["ini"])["cloudstack"]["secret"] == NASTY.secret
    assert gcfg(text["cloud-config"])["api-key"] == NASTY.key


@pytest.mark.parametrize("words", ["yaml", "ini=", "env=/no-such-folder/x", "env=/"])
def test_what_cannot_be_written_is_one_line_and_exit_2(words: str) -> None:
    run = subprocess.run(
        [*SERVE, "--port", "0", "--export", words],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: [^\n]*\n", run.stderr), run.stderr
