"""A state file that is not ours, not whole or not free is refused in one line and not touched."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from teller import Served, Wall, story

from conformance.cli import main


def run(*words: str | Path) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A state file with commands and a checkpoint, closed cleanly."""
    path = tmp_path_factory.mktemp("good") / "cloud.db"
    served = Served(path, "instant", Wall(), spacing=20)
    for _ in story(served, Random(1), 60):
        pass
    served.journal.close()
    return path.read_bytes()


@pytest.fixture(scope="module", autouse=True)
def no_server() -> Iterator[None]:
    """A server that would start after all fails instead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("conformance.serving.run_server", lambda *_: pytest.fail("it was served"))
        yield


def flipped(word: bytes) -> Callable[[bytes], bytes]:
    """Return the breaker that changes one bit of *word* where it stands last."""

    def change(good: bytes) -> bytes:
        at = good.rindex(word)
        return good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]

    return change


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "is not a rootswap state file"),
    "text": (lambda _: b"[cloud]\n" * 40, "is not a rootswap state file"),
    "head only": (lambda good: good[:60], "is not a rootswap state file"),
    "one page": (lambda good: good[:4096], "is damaged"),
    "half": (lambda good: good[: len(good) // 2], "is damaged"),
    "half a page": (lambda good: good[: len(good) // 2 - 100], "is damaged"),
    "last page": (lambda good: good[:-4096], "is damaged"),
    "newer": (lambda good: good[:60] + (2).to_bytes(4) + good[64:], "format 2, this rootswap rea"),
    "parameter": (flipped(b"virtualmachineid"), "is damaged"),
    "name": (flipped(b"createVolume"), "is damaged"),
    "header": (flipped(b'"preset":"mixed"'), "is damaged, its header was changed"),
    "checkpoint": (flipped(b"\x78\x01"), "was changed"),
    "noise": (lambda good: good[:100] + Random(1).randbytes(len(good) - 100), "is damaged"),
}


@pytest.mark.parametrize("command", ["serve", "replay"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_left_alone(
    tmp_path: Path, good: bytes, name: str, command: str
) -> None:
    breaker, words = BAD[name]
    path = tmp_path / "cloud.db"
    path.write_bytes(breaker(good))
    digest = hashlib.sha256(path.read_bytes()).digest()
    refuses(path, command, words)
    assert hashlib.sha256(path.read_bytes()).digest() == digest


def refuses(path: Path, command: str, words: str) -> None:
    """Check for one line and exit 2."""
    how = ("serve", "--state", path) if command == "serve" else ("replay", path)
    done = run(*how)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def edited(path: Path, *statements: str) -> None:
    """Change a state file behind its back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM command WHERE seq = 30", "is damaged, command 30 was changed"),
        ("DELETE FROM command WHERE seq > 15", "is damaged, its checkpoint was changed"),
        ("UPDATE command SET at_s = at_s + 1 WHERE seq = 3", "is damaged, command 3 was changed"),
        ("UPDATE command SET name = 'x' WHERE seq = 50", "is damaged, command 50 was changed"),
        ("UPDATE checkpoint SET state = x'00'", "is damaged, its checkpoint was changed"),
        ("UPDATE checkpoint SET seq = seq - 1", "is damaged, its checkpoint was changed"),
        ("UPDATE history SET chapter = x'00' WHERE seq < 30", "its history was changed"),
        ("DELETE FROM history WHERE seq > 30", "is damaged, its checkpoint was changed"),
        ("UPDATE header SET text = replace(text, '3', '4')", "is damaged, its header was changed"),
        ("DELETE FROM header", "is damaged"),
        ("DROP TABLE command", "no such table"),
        ("PRAGMA user_version = 7", "has format 7, this rootswap reads 1"),
        ("PRAGMA application_id = 7", "is not a rootswap state file"),
    ],
)
def test_a_file_that_was_edited_is_refused(
    tmp_path: Path, good: bytes, statement: str, words: str
) -> None:
    path = tmp_path / "cloud.db"
    path.write_bytes(good)
    edited(path, statement)
    digest = hashlib.sha256(path.read_bytes()).digest()
    refuses(path, "serve", words)
    assert hashlib.sha256(path.read_bytes()).digest() == digest


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    edited(path, "CREATE TABLE header (text TEXT)", "INSERT INTO header VALUES ('mine')")
    digest = hashlib.sha256(path.read_bytes()).digest()
    refuses(path, "serve", "is not a rootswap state file")
    assert hashlib.sha256(path.read_bytes()).digest() == digest


@pytest.mark.parametrize("command", ["serve", "replay"])
def test_a_file_in_use_is_refused(tmp_path: Path, command: str) -> None:
    """The server that holds it does not notice; nobody else may read the keys in it."""
    served = Served(tmp_path / "cloud.db", "instant", Wall())
    assert served.path.stat().st_mode & 0o77 == 0
    assert served.ask("createDomain", name="d").status == 200
    refuses(served.path, command, "is in use by another rootswap")
    assert served.ask("createDomain", name="e").status == 200
    assert len(served.again().cloud.world.store.domains) == 3


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """No folder, a folder, a file for a folder; nothing is left behind."""
    (tmp_path / "file").write_text("x")
    refuses(tmp_path / "none" / "cloud.db", "serve", "cannot be written, No such file")
    refuses(tmp_path / "file" / "cloud.db", "serve", "cannot be written, Not a directory")
    refuses(tmp_path, "serve", "is not a file")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable for root")
def test_what_may_not_be_written_is_refused(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "cloud.db"
    path.write_bytes(good)
    path.chmod(0o400)
    refuses(path, "serve", "cannot be written, Permission denied")
    tmp_path.chmod(0o500)
    refuses(tmp_path / "new.db", "serve", "cannot be written, Permission denied")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--seed", "4"), ("--preset", "simulator"), ("--dialect", "acs-4.22"), ("--clock", "real"),
     ("--admin-key", "k"), ("--admin-secret", "s")],
)  # fmt: skip
def test_an_option_that_says_otherwise_is_refused(
    tmp_path: Path, good: bytes, option: str, value: str
) -> None:
    """Without options the file decides; what agrees with it may be said again."""
    path = tmp_path / "cloud.db"
    path.write_bytes(good)
    done = run("serve", "--state", path, "--seed", "3", option, value)
    assert done.exit_code == 2
    assert done.stderr == f"rootswap: {path} was made with another {option}\n"
    assert path.read_bytes() == good


def test_replay_tells_what_a_file_holds(tmp_path: Path, good: bytes) -> None:
    """As text and as JSON, up to a second or to the end, the file untouched."""
    path = tmp_path / "cloud.db"
    path.write_bytes(good)
    text, early = run("replay", path).stdout, run("replay", path, "--until", "0").stdout
    assert "last commands" in text
    assert early.startswith("second 0, 2026-01-01T00:00:00+0000: ")
    assert run("replay", path, "--until", "2026-01-01T00:00:00+0000").stdout == early
    assert path.read_bytes() == good


def test_replay_stops_where_it_is_told_to(tmp_path: Path) -> None:
    """Also in the middle of what rootswapAdvance let pass, with the job in flight."""
    served = Served(tmp_path / "cloud.db", "manual", Wall())
    store = served.cloud.world.store
    zone, disk = next(iter(store.zones)), next(iter(store.disk_offerings))
    served.ask("createVolume", zoneid=zone, diskofferingid=disk, name="d")
    served.ask("rootswapAdvance", seconds="50")
    served.ask("deleteVolume", id=next(iter(store.volumes)))
    served.journal.close()
    expected = {"0.001": (0.001, 1, 1, 1), "20": (20, 1, 0, 1), "60": (60, 3, 0, 0)}
    for until, (seconds, commands, flying, volumes) in expected.items():
        found = json.loads(run("replay", served.path, "--json", "--until", until).stdout)
        assert found["seconds"] == seconds
        assert (found["counts"]["commands"], len(found["inflight"])) == (commands, flying)
        assert len(found["volumes"]) == volumes
    assert found["commands"][-1]["outcome"] == "done"


@pytest.mark.parametrize("until", ["soon", "-1", "nan", "2025-01-01T00:00:00+0000", ""])
def test_a_time_that_is_none_is_refused(tmp_path: Path, until: str) -> None:
    assert run("replay", tmp_path / "none", "--until", until).exit_code == 2
