"""`[target.NAME]`: what a file of targets may say, and where it is looked for."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conformance.surroundings import BadTarget
from conformance.target_file import Budget
from conformance.targets import Target, resolve

Find = Callable[..., Target]
URL = "https://cloud.example/client/api"
WHOLE = """
[target.lab]
url = "https://cloud.example/client"
key_env = "LAB_KEY"
secret_file = "lab.secret"
verify = "ca.pem"
proxy = "http://me:proxypass@proxy.example:3128"
timeout_s = 20
job_timeout_s = 900.5
poll_s = 2
calls_per_minute = 120
method = "GET"
lanes = 6
dialect = "4.20.3"
expected = "lab.expected.toml"
allow = ["disruptive"]
[target.lab.flags]
instance-words = false
sleepy-lock = true
[target.lab.roles]
zone = "zone1"
other_zone = "0a1b"
[target.lab.budget]
vms = 3
volumes = 12
gib = 40
calls_per_minute = 60
minutes = 30
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, which is where we are, too."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def find(home: Path) -> Find:
    """Resolve a target where nothing but this home folder is."""

    def found(text: str, files: Sequence[Path] = (), **environ: str) -> Target:
        return resolve(text, files, environ | {"HOME": str(home)})

    return found


def test_a_section_says_all(find: Find, home: Path) -> None:
    for name, text in (("lab.secret", "deep-secret\n"), ("ca.pem", "x"), ("lab.expected.toml", "")):
        (home / name).write_text(text)
    (home / "rootswap.toml").write_text(WHOLE)
    target = find("lab", LAB_KEY="lab-key")
    assert (target.url, target.key, target.secret) == (URL, "lab-key", "deep-secret")
    assert target.proxy == "http://me:proxypass@proxy.example:3128"
    assert (target.timeout_s, target.job_timeout_s, target.poll_s) == (20, 900.5, 2)
    assert (target.method, target.lanes, target.dialect) == ("GET", 6, "4.20.3")
    assert (target.verify, target.expected) == (Path("ca.pem"), Path("lab.expected.toml"))
    assert target.roles == {"zone": "zone1", "other_zone": "0a1b"}
    assert target.allow == {"disruptive"}
    assert target.budget == Budget(3, 12, 40, 60, 30)
    assert target.pace_per_minute == 60


def test_where_sections_are_looked_for(find: Find, home: Path) -> None:
    usual = home / ".config" / "rootswap"
    usual.mkdir(parents=True)
    (usual / "targets.toml").write_text('[target.far]\nurl = "http://far"\n')
    (home / "rootswap.toml").write_text('[target.near]\nurl = "http://near"\n')
    (home / "own.toml").write_text('[target.own]\nurl = "http://own"\n')
    assert find("far").url == "http://far/client/api"
    assert find("near").url == "http://near/client/api"
    assert find("own", files=[Path("own.toml")]).url == "http://own/client/api"
    with pytest.raises(BadTarget, match=r"did you mean near\?"):
        find("neer")
    with pytest.raises(BadTarget, match=r"no \[target.near\] in own.toml"):
        find("near", files=[Path("own.toml")])
    with pytest.raises(BadTarget, match=r"gone.toml: No such file"):
        find("near", files=[Path("gone.toml")])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('url = "http://h"\ncolour = 1', "rootswap.toml:3: target.lab.colour: unknown key"),
        ('url = "http://h"\nlanes = "six"', "target.lab.lanes: 'six': expected `int`"),
        ('url = "http://h"\nlanes = 0', "target.lab.lanes: 0: expected `int` >= 1"),
        ('url = "http://h"\nmethod = "PUT"', "'PUT' is no method: one of GET, POST"),
        ('url = "http://h"\nallow = ["murder"]', "'murder' is no"),
        ('url = "http://h"\nkey = 12345', "target.lab.key: is no text"),
        ('url = "http://h"\nkey = "k"', "needs key and secret, or neither"),
        ('url = "http://h"\nkey = "k"\nkey_env = "K"\nsecret = "s"', "stands beside key"),
        ('url = "http://h"\nkey_env = "K"\nsecret = "s"', "key_env: K is not set"),
        ('url = "http://h"\nkey_file = "k"\nsecret = "s"', "key_file: there is no file k"),
        ('url = "http://h"\nverify = "ca"', "verify: there is no file ca"),
        ('url = "http://h"\nverify = "ca"\ninsecure = true', "stands beside insecure"),
        ('url = "http://h"\nexpected = "e"', "expected: there is no file e"),
        ('url = "http://h"\nproxy = "proxy:3128"', "proxy: no address"),
        ('url = "http://h"\ndialect = "4.99"', "dialect: '4.99' is no release"),
        ('url = "http://h"\nflags = { instance-wrods = true }', r"did you mean instance-words\?"),
        ('url = "http://h"\nbudget = { vms = -1 }', "target.lab.budget.vms: -1"),
        ('url = "http://h"\nroles = { zone = 1 }', "target.lab.roles"),
        ("lanes = 1", "needs url"),
        ('url = "nowhere"', "nowhere is no http address"),
        ("url", "rootswap.toml:2: "),
        ('url = "http://h"\n[targets.x]', "targets: unknown key .did you mean target"),
    ],
)
def test_a_wrong_section_is_one_line(find: Find, home: Path, text: str, words: str) -> None:
    (home / "rootswap.toml").write_text(f"[target.lab]\n{text}\n")
    with pytest.raises(BadTarget, match=words) as no:
        find("lab")
    assert "\n" not in str(no.value)
    assert "12345" not in str(no.value)
