"""`rootswap parity`: two targets, a cassette and a target, and what is none of them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conformance.cli import main
from conformance.line import HttpCloud, Line
from conformance.targets import Target

RUN = [sys.executable, "-c", "from conformance.cli import main; main()"]
LISTS = {
    "listDomains": "domain", "listAccounts": "account", "listVirtualMachines": "virtualmachine",
    "listVolumes": "volume", "listSnapshots": "snapshot", "listNetworks": "network",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep ledgers in a folder of the test, and targets of the surroundings out of it."""
    for name in [n for n in os.environ if n.startswith("CLOUDSTACK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def served() -> Iterator[HttpCloud]:
    """Serve a cloud whose time passes by itself."""
    command = [*RUN, "serve", "--port", "0", "--preset", "simulator", "--clock", "120x",
               "--dialect", "acs-4.22", "--seed", "3"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        given = dict(server.stdout.readline().strip().split("=", 1) for _ in range(3))
        key, secret = given["CLOUDSTACK_KEY"], given["CLOUDSTACK_SECRET"]
        line = Line(Target("test", given["CLOUDSTACK_ENDPOINT"], key, secret))
        yield HttpCloud(line, key, secret)
        line.close()
        server.terminate()


def parity(*args: str) -> Result:
    return CliRunner().invoke(main, ["parity", *args])


def at(cloud: HttpCloud) -> list[str]:
    """Return the options that name a served cloud."""
    return ["--target", cloud.line.url, "--key", cloud.key, "--secret", cloud.secret]


def inventory(cloud: HttpCloud) -> dict[str, Any]:
    return {
        command: sorted(row["id"] for row in cloud.call(command, listall="true").body.get(key, []))
        for command, key in LISTS.items()
    }


def test_a_served_cloud_and_one_in_process_answer_alike(served: HttpCloud) -> None:
    """The dialect in this process follows the other's; nothing is left."""
    before = inventory(served)

    done = parity("--target", "inproc", *at(served), "--steps", "15", "--seed", "2")

    assert done.exit_code == 0, done.output
    assert "no divergence in 21 operations: inproc (acs-4.22)" in done.stdout
    assert "0 left behind" in done.stderr
    assert inventory(served) == before


def test_a_divergence_over_the_wire_is_shrunk_and_nothing_is_left(served: HttpCloud) -> None:
    before = inventory(served)

    done = parity(
        *at(served), "--target", "inproc:spec", "--steps", "40", "--ignore", "bootable", "--json"
    )

    assert done.exit_code == 1, done.output
    shown = json.loads(done.stdout)
    assert 1 <= len(shown["divergence"]["operations"]) <= 4
    assert shown["divergence"]["differences"]
    assert shown["ignored"] == {"bootable": "--ignore"}
    assert shown["left"] == []
    assert inventory(served) == before


def test_what_a_vendor_recorded_is_replayed_here(served: HttpCloud, tmp_path: Path) -> None:
    before, file = inventory(served), tmp_path / "vendor.jsonl"

    recorded = parity("--record", str(file), *at(served), "--steps", "12", "--seed", "4")

    assert recorded.exit_code == 0, recorded.output
    assert inventory(served) == before
    text = file.read_text()
    assert served.line.url not in text
    assert served.secret not in text
    assert not [i for ids in inventory(served).values() for i in ids if i in text]
    here = parity("--replay", str(file))
    assert here.exit_code == 0, here.output
    assert "no divergence in 18 operations: vendor.jsonl" in here.stdout
    back = parity("--replay", str(file), *at(served))
    assert back.exit_code == 0, back.output
    assert inventory(served) == before


def account(cloud: HttpCloud, kind: int) -> HttpCloud:
    """Make an account in a domain of its own and return the cloud as its user."""
    domain = cloud.call("createDomain", name=f"domain{kind}").body["domain"]
    made = cloud.call(
        "createAccount", username=f"caller{kind}", password="p", firstname="a", lastname="b",
        email="a@example.org", accounttype=kind, domainid=domain["id"],
    ).body["account"]  # fmt: skip
    keys = cloud.call("registerUserKeys", id=made["user"][0]["id"]).body["userkeys"]
    return cloud.sign_in(keys["apikey"], keys["secretkey"])


@pytest.mark.parametrize("kind", [0, 2], ids=["user", "domain admin"])
def test_a_key_that_is_no_root_admins_sees_no_divergence_where_there_is_none(
    served: HttpCloud, kind: int
) -> None:
    """Both clouds are looked at as who both have: neither host nor instance name is shown."""
    caller = account(served, kind)

    done = parity("--target", "inproc", *at(caller), "--steps", "12", "--seed", "6")

    assert "no divergence in 18 operations" in done.stdout, done.output


def test_one_cloud_twice_needs_a_room_for_each(served: HttpCloud) -> None:
    before = inventory(served)

    done = parity(*at(served), *at(served), "--steps", "8")

    assert done.exit_code == 0, done.output
    assert inventory(served) == before


def test_a_run_that_is_interrupted_leaves_nothing(served: HttpCloud) -> None:
    before = inventory(served)
    command = [*RUN, "parity", "--target", "inproc", *at(served), "--steps", "5000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith("20 of"):
                running.send_signal(signal.SIGTERM)
                break
        rest = running.stderr.read()
        assert running.wait() == 130
    assert "0 left behind" in rest
    assert "Traceback" not in rest
    assert inventory(served) == before


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """Record a short cassette."""
    file = tmp_path / "short.jsonl"
    done = parity("--record", str(file), "--target", "inproc:acs-4.22", "--steps", "20")
    assert done.exit_code == 0, done.output
    return file


def test_a_cassette_is_compared_with_another_dialect(cassette: Path) -> None:
    assert parity("--replay", str(cassette)).exit_code == 0

    done = parity("--replay", str(cassette), "--target", "inproc:spec")

    assert done.exit_code == 1, done.output
    assert "ROOT of A.bootable" in done.stdout
    assert "short.jsonl (acs-4.22, 20" in done.stdout


def test_one_changed_answer_of_a_cassette_is_seen(cassette: Path) -> None:
    lines = cassette.read_text().splitlines()
    row = json.loads(lines[4])
    row["outcome"]["status"] = 499
    cassette.write_text("\n".join([*lines[:4], json.dumps(row), *lines[5:]]) + "\n")

    done = parity("--replay", str(cassette), "--json")

    assert done.exit_code == 1
    differences = json.loads(done.stdout)["divergence"]["differences"]
    assert [(d["path"], d["one"], d["two"]) for d in differences] == [("outcome.status", 499, 200)]


def test_a_reason_excuses_a_field(tmp_path: Path) -> None:
    reasons = tmp_path / "ignored.toml"
    reasons.write_text('[fields]\nbootable = "the product has no such field"\n')
    both = ["--target", "inproc:spec", "--target", "inproc:acs-4.22", "--steps", "0"]

    assert parity(*both).exit_code == 1
    done = parity(*both, "--ignored", str(reasons), "--json")

    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["ignored"] == {"bootable": "the product has no such field"}


def altered(line: str, *path: str, to: Any) -> str:
    """Return a line of a cassette with another value at *path*."""
    row = json.loads(line)
    inner = row
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return json.dumps(row)


DAMAGES: dict[str, Callable[[list[str]], list[str]]] = {
    "empty": lambda _: [],
    "text": lambda lines: ["Dear vendor,", *lines],
    "foreign": lambda lines: ['{"openapi": "3.1.0"}', *lines[1:]],
    "newer": lambda lines: [altered(lines[0], "cassette", to=9), *lines[1:]],
    "header": lambda lines: [altered(lines[0], "seed", to="x"), *lines[1:]],
    "cut off": lambda lines: lines[:-3],
    "header alone": lambda lines: lines[:1],
    "cut in a line": lambda lines: [*lines[:-2], lines[-2][:40]],
    "missing": lambda lines: [*lines[:3], *lines[4:]],
    "command": lambda lines: [
        lines[0], altered(lines[1], "operation", "command", to="deleteDomain"), *lines[2:]
    ],
    "id": lambda lines: [
        lines[0], altered(lines[1], "operation", "given", "zoneid", to="1"), *lines[2:]
    ],
    "type": lambda lines: [lines[0], altered(lines[1], "delta", to=3), *lines[2:]],
}  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES)
def test_what_is_no_whole_cassette_is_one_line(cassette: Path, how: str) -> None:
    lines = DAMAGES[how](cassette.read_text().splitlines())
    cassette.write_text("".join(f"{line}\n" for line in lines))

    done = parity("--replay", str(cassette))

    assert done.exit_code == 2, done.output
    assert done.stderr.count("\n") == 1
    assert str(cassette) in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--target", "inproc"],
        ["--target", "inproc", "--target", "inproc", "--target", "inproc"],
        ["--target", "inproc", "--target", "inproc:acs-9.9"],
        ["--target", "inproc", "--target", "nowhere"],
        ["--target", "inproc", "--target", "http://127.0.0.1:9/client/api"],
        ["--target", "inproc", "--target", "inproc", "--key", "k"],
        ["--target", "inproc", "--target", "inproc", "--key", "k", "--secret", "s"],
        ["--target", "inproc", "--target", "inproc", "--steps", "-1"],
        ["--target", "inproc", "--target", "inproc", "--ignored", "none.toml"],
        ["--record", "no/such/folder/file", "--target", "inproc"],
        ["--record", "file", "--target", "inproc", "--ignore", "id"],
        ["--record", "file", "--replay", "file"],
        ["--replay", "none"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_compared_is_one_line(args: list[str]) -> None:
    done = parity(*args)

    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("rootswap: ")
