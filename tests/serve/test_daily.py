"""`rootswap serve` in daily use: a log, an address for its health, a command meanwhile."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from client import Client
from cs import CloudStack
from test_server import SERVE, Server, fetch

from simulator import __version__
from simulator.serve import Edge
from simulator.serve.recorder import Recorder, redacted

SHOW = (
    "import os, sys; "
    "print({n: v for n, v in os.environ.items() if n.startswith('CLOUDSTACK_')}); sys.exit(7)"
)
ENV = {"ENDPOINT", "KEY", "SECRET", "API_URL", "API_KEY", "SECRET_KEY"}


def serve(*args: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SERVE, *args], capture_output=True, text=True, check=False, timeout=30, **more
    )


def logged(client: Client, file: Path) -> list[dict[str, Any]]:
    bob = client.account("bob")
    client.edge = Edge(client.site, integration_port=8096, recorder=Recorder(file))
    client.login()
    client.session("listUsers")
    client.ask(command="registerUserKeys", id=bob.id)
    client.ask(command="listVolumes", id="nonsense")
    client.ask(command="createUser", password="hunter2", username="x")
    client.volume("v1")
    client.get(
        "command=listZones&apiKey=unknown-key&signature=AAAA&response=json", with_cookies=False
    )
    client.get("command=listZones", port=8096, path="/")
    client.get(path="/elsewhere")
    client.get(path="/healthz")
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_each_request_is_a_line_without_secrets(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text('{"earlier": 1}\n')
    client = Client()
    earlier, *rows = logged(client, file)
    assert earlier == {"earlier": 1}
    commands = [row.get("command") for row in rows]
    assert commands == [
        "login", "listUsers", "registerUserKeys", "listVolumes", "createUser", "listZones",
        "listDiskOfferings", "createVolume", "listZones", "listZones", None,
    ]  # fmt: skip
    statuses = [row["status"] for row in rows]
    assert statuses == [200, 200, 200, 431, 431, 200, 200, 200, 401, 200, 404]
    admin = {"user": "admin", "account": "admin"}
    assert [row["caller"] == admin for row in rows] == [False] + [True] * 7 + [False, True, False]
    for row in rows:
        assert row["took_ms"] >= 0
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", row["date"])
    assert rows[0]["parameters"] == {"username": "admin", "password": "***"}
    assert rows[0]["body"]["sessionkey"] == "***"
    assert rows[2]["body"]["userkeys"]["secretkey"] == "***"
    assert rows[3]["root"] == "listvolumesresponse"
    assert rows[3]["body"]["errorcode"] == 431
    assert rows[7]["jobid"]
    assert "body" not in rows[7]
    assert rows[9]["body"]["count"] == 2
    text = file.read_text()
    assert client.cloud.user.secret_key
    bob = next(u for u in client.cloud.world.store.users.values() if u.name == "bob")
    assert bob.secret_key
    hidden = ("hunter2", bob.secret_key, client.cloud.user.secret_key, client.cookies["sessionkey"])
    for secret in hidden:
        assert secret not in text
    assert file.stat().st_mode & 0o777 == 0o644  # it was there, with these rights


def test_a_new_log_is_its_owners_and_simulated_time_is_told(tmp_path: Path) -> None:
    server = Server("--log", str(tmp_path / "log"), "--clock", "manual", "--integration-port", "0",
                    lines=4)  # fmt: skip
    inside = server.said["CLOUDSTACK_INTEGRATION"]
    fetch(f"{inside}?command=rootswapAdvance&seconds=60")
    fetch(f"{inside}?command=listZones")
    assert server.end() == ("", "")
    rows = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [row["seconds"] for row in rows] == [60.0, 60.0]
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"password": "x", "a": {"SecretKey": "y"}},
         {"password": "***", "a": {"SecretKey": "***"}}),
        ({"url": "cifs://u:p@h/x?user=u&password=q&a=1", "mail": "a@b"},
         {"url": "cifs://***@h/x?user=u&password=***&a=1", "mail": "a@b"}),
        ({"apikey": "0123456789"}, {"apikey": "012345…"}),
        ([{"privatekey": "x"}, {"name": "a.secret", "value": "x"}],
         [{"privatekey": "***"}, {"name": "a.secret", "value": "***"}]),
        ({"name": "web", "value": "1", "n": 5, "password": ""},
         {"name": "web", "value": "1", "n": 5, "password": ""}),
        ({"passwordenabled": False, "signatureVersion": "3"},
         {"passwordenabled": False, "signatureVersion": "3"}),
        ({"details[0].password": "x", "admin.Password": "y"},
         {"details[0].password": "***", "admin.Password": "***"}),
    ],
)  # fmt: skip
def test_secrets_are_known_by_their_names(value: Any, kept: Any) -> None:
    assert redacted(value) == kept


def test_health_needs_no_signature_and_changes_nothing() -> None:
    client = Client()
    client.cloud.call("startVirtualMachine", id="nonsense")
    got = client.get(path="/healthz")
    state = json.loads(got.body)
    assert (got.status, state["status"], state["version"]) == (200, "ok", __version__)
    assert state["clock"]["seconds"] == client.cloud.now_s()
    assert state["jobs"] == 0
    client.volume("v1")
    before = client.cloud.now_s(), len(client.cloud.jobs.running)
    assert json.loads(client.get(path="/healthz").body)["jobs"] == before[1] == 1
    assert (client.cloud.now_s(), len(client.cloud.jobs.running)) == before
    assert client.post({}, path="/healthz").status == 405
    assert client.get(path="/healthz", port=8096).status != 200


@pytest.mark.parametrize("clock", ["instant", "manual", "real", "60x"])
def test_health_says_how_time_passes(clock: str) -> None:
    server = Server("--clock", clock)
    try:
        status, body = fetch(f"http://127.0.0.1:{server.port}/healthz")
        url = f"http://127.0.0.1:{server.port}/healthz"
        head = urllib.request.Request(url, method="HEAD")
        with urllib.request.urlopen(head, timeout=10) as answer:  # noqa: S310
            assert (answer.status, answer.read()) == (200, b"")
    finally:
        server.end()
    assert (status, json.loads(body)["clock"]["kind"]) == (200, clock)


def test_a_command_runs_meanwhile_with_the_environment_set() -> None:
    done = serve("--", sys.executable, "-c", SHOW)
    assert (done.returncode, done.stderr) == (7, "")
    shown = eval(done.stdout)  # noqa: S307
    assert shown.keys() >= {f"CLOUDSTACK_{name}" for name in ENV}


def test_a_command_meets_a_cloud(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = serve("--preset", "kvm", "--log", str(log), "--", sys.executable, "-m", "cs",
                 "listVolumes", "listall=true")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["count"] > 2
    assert json.loads(log.read_text())["command"] == "listVolumes"


def test_a_command_ends_the_server_of_a_kept_cloud(tmp_path: Path) -> None:
    state = tmp_path / "cloud.db"
    for _ in range(2):
        done = serve("--state", str(state), "--export", "ini", "--", "true")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("[cloudstack]\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1])
def test_signals_go_to_the_command(number: signal.Signals) -> None:
    child = (
        "import signal, sys, time; "
        f"signal.signal({int(number)}, lambda *_: sys.exit(42)); print('on', flush=True); "
        "time.sleep(20)"
    )
    command = [*SERVE, "--", sys.executable, "-c", child]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "on\n"
        process.send_signal(number)
        assert process.wait(10) == 42


def test_a_command_that_a_signal_ends_is_told_as_a_shell_does() -> None:
    assert serve("--", "sh", "-c", "kill -9 $$").returncode == 128 + 9


@pytest.mark.parametrize(
    "args",
    [
        ("--",),
        ("--", "no-such-program"),
        ("--", "/etc/hostname"),
        ("true",),
        ("--port", "x", "--", "true"),
        ("--log",),
        ("--log", "/no-such-folder/log", "--", "true"),
        ("--log", "/", "--", "true"),
        ("--log", "x", "--state", "./x", "--", "true"),
        ("--log", "x", "--cloud", "x", "--", "true"),
        ("--log", "x", "--export", "env=x", "--", "true"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line_and_exit_2(args: tuple[str, ...], tmp_path: Path) -> None:
    done = serve(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_the_machine_does_not_start_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"\x00no program")
    (tmp_path / "run").chmod(0o755)
    done = serve("--", str(tmp_path / "run"))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: cannot run [^\n]*\n", done.stderr), done.stderr


def test_env_is_added_to_a_file_and_the_others_replace_it(tmp_path: Path) -> None:
    env, ini = tmp_path / "env", tmp_path / "ini"
    env.write_text("EARLIER=1")
    ini.write_text("[other]\n")
    done = serve("--export", f"env={env}", "--export", f"ini={ini}", "--", "true")
    assert done.returncode == 0
    lines = env.read_text().splitlines()
    assert lines[0] == "EARLIER=1"
    assert {line.partition("=")[0] for line in lines[1:]} == {f"CLOUDSTACK_{n}" for n in ENV}
    assert "other" not in ini.read_text()
    serve("--export", f"env={env}", "--", "true")
    assert len(env.read_text().splitlines()) == 1 + 2 * len(ENV)


def test_a_full_disk_ends_no_answer() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    server = Server("--preset", "kvm", "--log", "/dev/full")
    said = server.said
    cs = CloudStack(said["CLOUDSTACK_ENDPOINT"], said["CLOUDSTACK_KEY"], said["CLOUDSTACK_SECRET"])
    assert [cs.listZones()["count"] for _ in range(2)] == [1, 1]
    time.sleep(0.1)
    out, err = server.end()
    assert out == ""
    assert err == "rootswap: the log cannot be written: No space left on device\n"
