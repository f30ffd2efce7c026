"""What answers at a target: a cloud and whose key it is, or something else, told in one line."""

import json
from collections.abc import Iterator
from email.utils import formatdate

import pytest
from faulty_proxy import Fault, FaultyProxy, closed_port, scripted, stranger

from conformance.attempts import Answer, Edges
from conformance.contact import Contact, NoContact, Why, contact, nearest
from conformance.line import Line, is_read
from conformance.targets import Target
from simulator.port import Reply
from simulator.serve.running import RunningCloud, running_cloud

MOTO = (
    b'<?xml version="1.0" encoding="UTF-8"?><ErrorResponse><Errors><Error><Code>'
    b"MissingParameter</Code><Message>no Action</Message></Error></Errors></ErrorResponse>"
)
STRANGERS = {
    "html": (200, b"<html><body>It works!</body></html>", "text/html", "It works!"),
    "not found": (404, b"<html>404</html>", "text/html", "answers 404"),
    "empty object": (200, b"{}", "application/json", "'{}'"),
    "moto": (400, MOTO, "text/xml", "ErrorResponse"),
    "basic": (401, b"Unauthorized", "text/plain", "answers 401"),
    "other json": (200, b'{"items": {"a": 1}}', "application/json", "no CloudStack"),
    "other error": (401, b'{"error": {"code": 16}}', "application/json", "no CloudStack"),
    "other release": (200, b'{"listcapabilitiesresponse": {}}', "application/json", "no CloudSt"),
}


@pytest.fixture(scope="module")
def served() -> Iterator[RunningCloud]:
    with running_cloud("mixed", dialect="4.20.3") as cloud:
        yield cloud


def at(url: str, key: str = "a-key", secret: str = "a-word") -> Contact:  # noqa: S107
    line = Line(Target("t", url, key, secret))
    try:
        return contact(line)
    finally:
        line.close()


def keys_of(served: RunningCloud, name: str, **how: str) -> tuple[str, str]:
    """Return keys of the first user of a new account."""
    roles = served.call("listRoles", name=how.pop("role")).body["role"]
    fields = {"username": name, "password": "secret", "firstname": "f", "lastname": "l",
              "email": "f@example.org", "roleid": roles[0]["id"]}  # fmt: skip
    user = served.call("createAccount", **(fields | how)).body["account"]["user"][0]["id"]
    keys = served.call("registerUserKeys", id=user).body["userkeys"]
    return keys["apikey"], keys["secretkey"]


def test_a_rootswap_and_its_root_admin(served: RunningCloud) -> None:
    met = at(served.endpoint, served.key, served.secret)
    assert met.kind == "rootswap"
    assert met.served is not None
    assert (met.served.clock, met.served.dialect) == ("instant", "acs-4.20.3")
    assert (met.version, met.dialect.name) == ("4.20.3.0", "acs-4.20.3")
    assert (met.role, met.is_root, met.is_stage, met.read_only) == ("Admin", True, True, False)
    assert (met.account["name"], met.account["domainpath"], met.user) == ("admin", "ROOT", "admin")
    assert met.apis is not None
    assert "virtualmachineid" in met.apis["attachVolume"]
    assert met.may("rootswapReset")
    assert not met.may("noSuchCommand")
    assert met.remarks == ()
    assert met.skew_s is not None
    assert abs(met.skew_s) < 30


@pytest.mark.parametrize(
    ("role", "roletype", "read_only"),
    [("User", "User", False), ("Read-Only User - Default", "User", True)],
)
def test_a_user(served: RunningCloud, role: str, roletype: str, read_only: bool) -> None:
    keys = keys_of(served, f"one-{read_only}", role=role)
    met = at(served.endpoint, *keys)
    assert (met.role, met.is_root, met.is_stage, met.read_only) == (
        (roletype, False, False, read_only)
    )
    assert met.account["name"] == met.user == f"one-{read_only}"


def test_the_clock_decides_whether_it_is_a_stage() -> None:
    with running_cloud("kvm", clock="60x") as real:
        met = at(real.endpoint, real.key, real.secret)
    assert met.served is not None
    assert (met.kind, met.served.clock, met.is_stage) == ("rootswap", "60x", False)
    assert met.dialect.name == "spec"


def test_wrong_keys(served: RunningCloud) -> None:
    with pytest.raises(NoContact, match="the keys are wrong") as no:
        at(served.endpoint, served.key, "a-wrong-secret")
    assert no.value.why is Why.KEYS
    assert served.key not in str(no.value)
    with pytest.raises(NoContact, match="no keys are given"):
        at(served.endpoint, "", "")


def test_nothing_listens() -> None:
    with pytest.raises(NoContact, match="Connection refused") as no:
        at(closed_port())
    assert no.value.why is Why.CLOSED


@pytest.mark.parametrize("what", STRANGERS)
def test_what_is_no_cloud(what: str) -> None:
    """One line, and nothing is asked that could change anything."""
    status, body, kind, words = STRANGERS[what]
    with stranger(status, body, kind) as other, pytest.raises(NoContact, match=words) as no:
        at(other.url)
    assert "\n" not in str(no.value)
    assert no.value.why is Why.OTHER
    assert len(other.requests) == 1
    assert "command=listCapabilities" in other.requests[0]


@pytest.mark.parametrize("status", [500, 503])
def test_a_broken_gateway_is_waited_for_a_little(status: int) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    edges = Edges(lambda: now[0], lambda: 0, sleep)
    with stranger(status, b"<html>down</html>") as other:
        line = Line(Target("t", other.url, "k", "s"), edges)
        with pytest.raises(NoContact, match="down"):
            contact(line)
        line.close()
    assert 2 < len(other.requests) < 12


def test_faults_on_the_way_do_not_matter(served: RunningCloud) -> None:
    plan = scripted(Fault.UNAVAILABLE, Fault.LOST, Fault.HTML, None, Fault.GARBLED, Fault.LIMITED)
    with FaultyProxy(served.endpoint, plan) as proxy:
        met = at(proxy.url, served.key, served.secret)
    assert met.kind == "rootswap"
    assert all(is_read(command) for command in proxy.commands())


class Scripted:
    """Answers commands as said, and is counted."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        self.replies, self.asked = replies, list[str]()

    def body(self, command: str) -> Reply:
        """Return the answer to *command*."""
        self.asked.append(command)
        return self.replies[command]


LIST = "listcapabilitiesresponse"
NOBODY = {"uuidList": [], "errorcode": 401, "errortext": "unable to verify user credentials"}


def scripted_server(monkeypatch: pytest.MonkeyPatch, replies: dict[str, Reply]) -> Scripted:
    """Let every line be answered by *replies*, with a date that is 90 s ahead."""
    script = Scripted(replies)

    def ask(self: Line, parameters: dict[str, str]) -> Answer:  # noqa: ARG001 - as it is
        headers = {"date": formatdate(1090, usegmt=True)}
        return Answer(script.body(parameters["command"]), headers, 0.0)

    monkeypatch.setattr(Line, "ask", ask)
    return script


def real(version: str, **more: Reply) -> dict[str, Reply]:
    """Return what a management server of *version* answers to a user."""
    capability = {"capability": {"cloudstackversion": version}}
    account = {"name": "a", "roletype": "User", "user": [{"username": "u"}, {"username": "v"}]}
    return {
        "listCapabilities": Reply(200, capability, LIST),
        "listApis": Reply(200, {"api": [{"name": "listZones", "params": None}, "x"]}, "x"),
        "listAccounts": Reply(200, {"count": 1, "account": [account]}, "x"),
    } | more


@pytest.mark.parametrize(
    ("version", "dialect", "remarks"),
    [
        ("4.22.0.0-SNAPSHOT", "acs-4.22", 0),
        ("4.18.2.5", "acs-4.18.2", 0),
        ("4.20.3.0-vendor7", "acs-4.20.3", 0),
        ("4.20.9.0", "acs-4.20.3", 1),
        ("4.17.2.0", "acs-4.18.0", 1),
        ("5.1.0.0", "acs-4.23.0", 1),
        ("trunk", "acs-4.22", 1),
    ],
)
def test_the_dialect_follows_the_release(
    monkeypatch: pytest.MonkeyPatch, version: str, dialect: str, remarks: int
) -> None:
    scripted_server(monkeypatch, real(version))
    met = contact(Line(Target("t", "http://h", "k", "s"), Edges(wall=lambda: 1000)))
    assert (met.kind, met.served, met.dialect.name) == ("cloudstack", None, dialect)
    assert len(met.remarks) == remarks
    assert all(version in remark for remark in met.remarks)
    assert met.skew_s == 90
    assert met.user == ""
    assert met.read_only


def test_the_target_may_name_another_dialect(monkeypatch: pytest.MonkeyPatch) -> None:
    scripted_server(monkeypatch, real("4.22.0.0"))
    met = contact(Line(Target("t", "http://h", "k", "s", dialect="4.19.1")))
    assert met.dialect.name == "acs-4.19.1"


def test_what_a_role_may_not_ask_is_remarked(monkeypatch: pytest.MonkeyPatch) -> None:
    no = Reply(432, {"errorcode": 432, "errortext": "The API [x] does not exist"}, "errorresponse")
    scripted_server(
        monkeypatch, dict.fromkeys(["listCapabilities", "listApis", "listAccounts"], no)
    )
    met = contact(Line(Target("t", "http://h", "k", "s")))
    assert [remark.split(":")[0] for remark in met.remarks] == [
        "the role may not call listCapabilities",
        "the release is not known here and judged as 4.22.0, the nearest that is",
        "listApis is refused",
        "listAccounts is refused",
    ]
    assert met.may("anything")
    assert (met.role, met.read_only) == ("", False)


@pytest.mark.parametrize(
    ("root", "other", "words"),
    [
        (LIST, None, "the keys are wrong"),
        ("errorresponse", Reply(401, NOBODY, "listzonesresponse"), "the keys are wrong"),
        ("errorresponse", Reply(200, {}, "listzonesresponse"), "listCapabilities is unknown"),
        ("errorresponse", Reply(401, NOBODY, "errorresponse"), "neither listCapabilities nor"),
    ],
)
def test_401_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, root: str, other: Reply | None, words: str
) -> None:
    """A server answers 401 to wrong keys, and to a command that it does not know."""
    replies = {"listCapabilities": Reply(401, NOBODY, root)}
    script = scripted_server(monkeypatch, replies | ({"listZones": other} if other else {}))
    with pytest.raises(NoContact, match=words) as no:
        contact(Line(Target("t", "http://h", "k", "s")))
    assert no.value.why is Why.KEYS
    assert len(script.asked) == (2 if other else 1)


@pytest.mark.parametrize(("key", "name"), [("k2", "two"), ("k9", None)])
def test_one_of_several_accounts_is_the_callers(
    monkeypatch: pytest.MonkeyPatch, key: str, name: str | None
) -> None:
    """A setting lets users see all accounts of their domain."""
    rows = [
        {"name": name, "user": [{"username": f"{name}-u", "apikey": own}, "odd"]}
        for name, own in (("one", "k1"), ("two", "k2"))
    ]
    several = Reply(200, {"account": [*rows, {"name": "three", "user": "odd"}]}, "x")
    scripted_server(monkeypatch, real("4.22.0.0", listAccounts=several))
    met = contact(Line(Target("t", "http://h", key, "s")))
    assert met.account.get("name") == name
    assert met.user == (f"{name}-u" if name else "")
    assert len(met.remarks) == (0 if name else 1)


def test_a_refusal_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Reply(530, {"errorcode": 530, "errortext": "down for repair"}, LIST)
    scripted_server(monkeypatch, {"listCapabilities": refused})
    with pytest.raises(NoContact, match="refuses listCapabilities: 530 'down for repair'") as no:
        contact(Line(Target("t", "http://h", "k", "s")))
    assert no.value.why is Why.REFUSED


def test_the_nearest_release() -> None:
    assert json.dumps([nearest(v) for v in ("4.19.9", "4.24", "3.0.7", "")]) == (
        '["4.19.3", "4.23.0", "4.18.0", "4.22.0"]'
    )


def test_scenarios_of_the_specification_run_where_a_root_can_be_detached(
    served: RunningCloud,
) -> None:
    """Of the product simulated hosts let it go as well, and cost nobody anything."""
    assert at(served.endpoint, served.key, served.secret).hypervisors[0] == "Simulator"
    with running_cloud("mixed", dialect="spec") as cloud:
        assert at(cloud.endpoint, cloud.key, cloud.secret).hypervisors[0] == "KVM"
