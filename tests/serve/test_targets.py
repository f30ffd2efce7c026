"""What `--target` names, and where its keys come from."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from conformance.surroundings import BadTarget
from conformance.targets import Given, Target, resolve
from simulator.domain.dialect import Quirk, dialect_of
from simulator.domain.releases import Flag

URL = "https://cloud.example/client/api"
OTHER = "https://other.example/client/api"
Find = Callable[..., Target]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, which is where we are, too."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def find(home: Path) -> Find:
    """Resolve a target from an environment that has nothing but the home folder."""

    def found(text: str = "", environ: Mapping[str, str] | None = None, **how: Any) -> Target:
        return resolve(text, environ={"HOME": str(home)} | dict(environ or {}), **how)

    return found


def cs(*names: str, prefix: str = "cs") -> dict[str, str]:
    """Return variables of `cs` with telling values."""
    values = {"ENDPOINT": URL, "KEY": f"{prefix}-key", "SECRET": f"{prefix}-secret"}
    return {f"CLOUDSTACK_{name}": values[name] for name in names}


ALL = ("ENDPOINT", "KEY", "SECRET")


def terraform(*names: str) -> dict[str, str]:
    values = {"API_URL": URL, "API_KEY": "tf-key", "SECRET_KEY": "tf-secret"}
    return {f"CLOUDSTACK_{name}": values[name] for name in names}


TERRAFORM = ("API_URL", "API_KEY", "SECRET_KEY")


def test_in_process_needs_nothing(find: Find) -> None:
    assert find("inproc", cs("KEY")).in_process


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://h", "http://h/client/api"),
        ("http://h:8080/", "http://h:8080/client/api"),
        ("HTTPS://Cloud.Example:443/client/", URL),
        ("http://h:80/client/api/", "http://h/client/api"),
        ("http://h:8096/other", "http://h:8096/other"),
        ("http://[::1]:8080", "http://[::1]:8080/client/api"),
    ],
)
def test_an_address_is_called_at_the_api(find: Find, text: str, url: str) -> None:
    assert find(text).url == url


@pytest.mark.parametrize(
    "text",
    ["ftp://h", "http://", "http://h:port", "http://h/api?command=x", "http://h/#x", "://"],
)
def test_what_is_no_address_is_one_line(find: Find, text: str) -> None:
    with pytest.raises(BadTarget, match="no http address") as no:
        find(text)
    assert "\n" not in str(no.value)


def test_an_address_holds_no_password(find: Find) -> None:
    with pytest.raises(BadTarget, match="without user and password") as no:
        find("http://me:hidden@h/client/api")
    assert "hidden" not in str(no.value)


def test_keys_of_the_command_line_come_first(find: Find) -> None:
    target = find(URL, cs(*ALL), given=Given("k", "s"))
    assert (target.key, target.secret) == ("k", "s")


def test_what_is_allowed_adds_up(find: Find, home: Path) -> None:
    (home / "rootswap.toml").write_text('[target.lab]\nurl = "http://h"\n')
    assert find("lab").allow == frozenset()
    assert find("lab", given=Given(allow=["disruptive"])).allow == {"disruptive"}


@pytest.mark.parametrize("given", [Given("k", ""), Given("", "s")])
def test_half_a_key_is_none(find: Find, given: Given) -> None:
    with pytest.raises(BadTarget, match="both of them"):
        find(URL, given=given)


@pytest.mark.parametrize("text", ["", "env", URL])
def test_the_variables_of_cs(find: Find, text: str) -> None:
    rest = {"METHOD": "get", "TIMEOUT": "7", "JOB_TIMEOUT": "70", "POLL_INTERVAL": "0.2",
            "DANGEROUS_NO_TLS_VERIFY": "true"}  # fmt: skip
    target = find(text, cs(*ALL) | {f"CLOUDSTACK_{n}": v for n, v in rest.items()})
    assert (target.url, target.key, target.secret) == (URL, "cs-key", "cs-secret")
    assert (target.method, target.timeout_s, target.job_timeout_s) == ("GET", 7, 70)
    assert (target.poll_s, target.insecure) == (0.2, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TIMEOUT", "soon", "no number of seconds"),
        ("JOB_TIMEOUT", "-1", "no number of seconds"),
        ("POLL_INTERVAL", "nan", "no number of seconds"),
        ("METHOD", "put", "neither get nor post"),
        ("DANGEROUS_NO_TLS_VERIFY", "maybe", "neither true nor false"),
        ("VERIFY", "false", "dangerous_no_tls_verify=true switches"),
    ],
)
def test_a_variable_of_another_kind(find: Find, name: str, value: str, words: str) -> None:
    with pytest.raises(BadTarget, match=words):
        find("", cs(*ALL) | {f"CLOUDSTACK_{name}": value})


@pytest.mark.parametrize("text", ["", URL])
def test_the_variables_of_terraform_come_last(find: Find, text: str) -> None:
    target = find(text, terraform(*TERRAFORM) | {"CLOUDSTACK_HTTP_GET_ONLY": "true"})
    assert (target.url, target.key, target.secret) == (URL, "tf-key", "tf-secret")
    assert target.method == "GET"
    assert find(text, terraform(*TERRAFORM) | cs(*ALL)).key == "cs-key"


@pytest.mark.parametrize(
    "environ",
    [
        cs("ENDPOINT", "KEY") | terraform("SECRET_KEY"),
        cs("ENDPOINT") | terraform("API_KEY", "SECRET_KEY"),
        cs("KEY") | terraform(*TERRAFORM),
    ],
)
def test_halves_of_two_families_are_no_whole(find: Find, environ: dict[str, str]) -> None:
    with pytest.raises(BadTarget, match="one family"):
        find("", environ)


def test_a_key_without_a_secret(find: Find) -> None:
    with pytest.raises(BadTarget, match="a key and its secret"):
        find("", cs("ENDPOINT", "KEY"))


def test_nothing_names_a_cloud(find: Find) -> None:
    with pytest.raises(BadTarget, match="no target: give"):
        find()


def test_keys_go_to_their_own_cloud_alone(find: Find) -> None:
    with pytest.raises(BadTarget, match=f"are for {URL}, none are given for {OTHER}"):
        find(OTHER, cs(*ALL))
    assert find(OTHER, cs(*ALL), given=Given("k", "s")).key == "k"
    assert find(OTHER, cs("KEY", "SECRET")).key == "cs-key"


INI = "[cloudstack]\nendpoint = {url}\nkey = ini-key\nsecret = ini-%%secret\ntimeout = 9\n"


def test_cloudstack_ini_as_cs_reads_it(find: Find, home: Path) -> None:
    """The home's file, the folder's over it, the named one last; and a file beats a variable."""
    (home / ".cloudstack.ini").write_text(INI.format(url=URL))
    target = find("", cs("KEY", "SECRET"))
    assert (target.key, target.secret, target.timeout_s) == ("ini-key", "ini-%secret", 9)
    (home / "cloudstack.ini").write_text("[cloudstack]\nkey = nearer\n[lab]\nkey = lab-key\n")
    assert find().key == "nearer"
    (home / "named.ini").write_text("[cloudstack]\nkey = named\ntrace = true\n")
    named = {"CLOUDSTACK_CONFIG": str(home / "named.ini")}
    assert find("", named).key == "named"
    assert find("", named | cs("KEY") | {"CLOUDSTACK_OVERRIDES": "key"}).key == "cs-key"
    assert find("", named | cs(*ALL)).key == "cs-key"
    assert find(URL).key == "nearer"


@pytest.mark.parametrize(
    ("environ", "text", "words"),
    [
        ({"CLOUDSTACK_REGION": "moon"}, INI, r"no section \[moon\]"),
        ({"CLOUDSTACK_CONFIG": "gone.ini"}, INI, "there is no file gone.ini"),
        ({}, "[cloudstack]\nsecret = 100%sure\n", "cloudstack.ini"),
        ({}, "key = deepsecret\n", "no INI file, line 1"),
        ({}, "[cloudstack]\nkey = a\nsecret\n", "no INI file, line 3"),
    ],
)
def test_a_bad_cloudstack_ini(
    find: Find, home: Path, environ: dict[str, str], text: str, words: str
) -> None:
    (home / "cloudstack.ini").write_text(text)
    with pytest.raises(BadTarget, match=words) as no:
        find("", environ)
    assert "sure" not in str(no.value)
    assert "deepsecret" not in str(no.value)


CMK = (
    "profile = lab\nverifycert = false\ntimeout = 1800\n[lab]\nurl = https://cloud.example/client\n"
    "apikey = cmk-key\nsecretkey = cmk%secret\n[named]\nurl = http://h\nusername = admin\n"
)


def test_a_profile_of_cmk(find: Find, home: Path) -> None:
    (home / ".cmk").mkdir()
    (home / ".cmk" / "config").write_text(CMK)
    target = find("", cs(*ALL), given=Given(cmk_profile="lab"))
    assert (target.url, target.key, target.secret) == (URL, "cmk-key", "cmk%secret")
    assert (target.insecure, target.job_timeout_s) == (True, 1800)
    with pytest.raises(BadTarget, match="has no apikey"):
        find("", given=Given(cmk_profile="named"))
    with pytest.raises(BadTarget, match="no profile 'moon', but lab, named"):
        find("", given=Given(cmk_profile="moon"))


def test_no_file_of_cmk(find: Find) -> None:
    with pytest.raises(BadTarget, match="there is no file"):
        find("", given=Given(cmk_profile="lab"))


def test_a_dialect_with_other_flags(find: Find, home: Path) -> None:
    (home / "rootswap.toml").write_text(
        '[target.a]\nurl = "http://h"\nflags = { instance-words = false, sleepy-lock = true }\n'
        '[target.b]\nurl = "http://h"\ndialect = "4.20.3"\n[target.c]\nurl = "http://h"\n'
    )
    spec, old = dialect_of("spec"), dialect_of("4.20.3")
    own = find("a").spoken(old)
    assert Flag.INSTANCE_WORDS in old
    assert Flag.INSTANCE_WORDS not in own
    assert own.name == "acs-4.20.3!instance-words+sleepy-lock"
    assert Quirk.SLEEPY_LOCK in find("a").spoken(spec)
    assert find("b").spoken(spec) == old
    assert find("c").spoken(spec) is spec


def test_a_section_without_keys_takes_those_around(find: Find, home: Path) -> None:
    (home / "rootswap.toml").write_text(f'[target.lab]\nurl = "{URL}"\ntimeout_s = 5\n')
    target = find("lab", cs(*ALL) | {"CLOUDSTACK_TIMEOUT": "7", "CLOUDSTACK_METHOD": "get"})
    assert (target.key, target.timeout_s, target.method) == ("cs-key", 5, "GET")
    with pytest.raises(BadTarget, match="none are given for"):
        find("lab", cs(*ALL) | {"CLOUDSTACK_ENDPOINT": OTHER})


def test_secrets_are_not_shown(find: Find) -> None:
    target = find(URL, given=Given("an-api-key", "a-secret/key+"))
    assert "an-api-key" not in repr(target)
    assert "a-secret" not in repr(target)
    redact = target.redactor()
    assert redact("key an-api-key, a-secret%2Fkey%2B and a-secret/key+") == "key ***, *** and ***"
    assert redact('{"secretkey": "other", "name": "x"}') == '{"secretkey": "***", "name": "x"}'
    assert redact("x?apiKey=other&signature=abc%3D&command=y") == (
        "x?apiKey=***&signature=***&command=y"
    )
    redact.learn("later-secret")
    assert redact.body({"a": [{"b": "later-secret"}], "password": "p"}) == (
        {"a": [{"b": "***"}], "password": "***"}
    )
    sent = {"command": "x", "password": "hidden", "name": "n", "signature": "s"}
    assert redact.parameters(sent) == {"password": "***", "name": "n"}
