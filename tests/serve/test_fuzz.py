"""Whatever is sent, the answer is an envelope or a plain 4xx, and a refusal changes nothing."""

import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from client import FORM, INSIDE, Client, Got
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator import boot
from simulator.api.entities import ENTITIES
from simulator.api.service import SimulatedCloud
from simulator.api.table import COMMANDS
from simulator.domain.records import User

BATCH, EXAMPLES = 50, 250
PLAIN = {400, 404, 405, 413, 414}
ENVELOPES = {401, 430, 431, 432, 530, 531, 532, 533, 534, 535}

NASTY = (
    "", " ", "0", "1", "-1", "2", "3", "7", "+1", "1 ", "1.5", "1e3", "1e10", "1e300", "1e400",
    "-Infinity", "Infinity", "NaN", str(10**18), str(2**63 - 1), str(2**63), str(-(2**63)),
    "9" * 5000, "true", "True", "false", "null", "\x00", "a\x7f", "\t", "é☃\U0001f600", "\ufffe",
    "%", "%zz", "~*", "<&>\"'", "a,b,,c", ",", "[0]", "{x}", "{c.name}", "%(x)s", "a" * 3000, "٣",
    "00000000-0000-4000-8000-000000000000", "admin", "Running", "Ready", "DATADISK", "KVM", "u",
    "StartCommand", "featured", "root/sub", "../..", "'; drop table volumes", "volume_delete",
)  # fmt: skip
NAMES = (
    "command", "apiKey", "APIKEY", "signature", "signatureVersion", "expires", "response",
    "sessionkey", "id", "ids", "username", "password", "domain", "domainid", "page", "pagesize",
    "tags[0].key", "tags[0", "tags]0[", "a[0][0]", "details[0].x", "l[99999999999]", "[0].x", "",
    "é", "\x00", "a\nb", "self", "text", "listall", "account", "keyword", "name",
)  # fmt: skip
WORDS = st.sampled_from(NASTY) | st.text(max_size=8) | st.integers().map(str)
NUMBERS = st.integers(-1, 9).map(str) | st.integers().map(str)
BOOLEANS = st.sampled_from(("true", "False"))
INDEX = st.integers(0, 1 << 16)
FITTING: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS, "date": WORDS, "map": WORDS, "bool": BOOLEANS,
    "long": NUMBERS, "integer": NUMBERS, "float": NUMBERS,
}  # fmt: skip


def prepared() -> tuple[SimulatedCloud, list[str]]:
    """Return a cloud in which there is something of most kinds, and every id in it."""
    cloud = boot("simulator", dialect="acs-4.22")
    zone = cloud.call("listZones").body["zone"][0]["id"]
    offering = cloud.call("listServiceOfferings").body["serviceoffering"][0]["id"]
    template = cloud.call("listTemplates", templatefilter="all").body["template"][0]["id"]
    disk = cloud.call("listDiskOfferings").body["diskoffering"][0]["id"]
    made = {"zoneid": zone, "serviceofferingid": offering, "templateid": template}
    vms = [cloud.call("deployVirtualMachine", **made, name=n).body["id"] for n in ("v", "w")]
    three = [
        cloud.call("createVolume", zoneid=zone, diskofferingid=disk, name=n).body["id"]
        for n in ("d", "e", "gone")
    ]
    cloud.settle()
    cloud.call("attachVolume", id=three[0], virtualmachineid=vms[0])
    cloud.call("stopVirtualMachine", id=vms[0])
    cloud.call("deleteVolume", id=three[2])
    cloud.settle()
    cloud.call("createSnapshot", volumeid=three[0])
    cloud.call(
        "createAccount",
        username="u",
        password="p",
        email="a@example.org",
        firstname="a",
        lastname="b",
        accounttype="0",
    )
    cloud.settle()
    kinds = [v for v in vars(cloud.world.store).values() if isinstance(v, dict)]
    found = {k for kind in kinds for k in kind if isinstance(k, str)} | set(cloud.jobs.all)
    return cloud, sorted(found)


def state(cloud: SimulatedCloud) -> dict[str, Any]:
    """Return everything that a refused call must leave as it was."""
    world = cloud.world
    kinds = {k: v for k, v in vars(world.store).items() if isinstance(v, dict)}
    kinds["rows"] = {k: v for k, v in world.store.rows.items() if k != "event"}
    kept: dict[str, Any] = {
        kind: {k: dict(v) if isinstance(v, dict) else v for k, v in rows.items()}
        for kind, rows in kinds.items()
    }
    kept["settings"] = repr(sorted(vars(world.settings).items()))
    kept["world"] = (dict(world.faults), set(world.claims), world.env.now, set(cloud.jobs.all))
    return kept


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, list[tuple[str, str | int]], bool]:
    """Return a command, its parameters (a number stands for an id), and whether it is a form."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    known = [p.partition(":") for p in COMMANDS[name].params.split()]
    text: list[tuple[str, str | int]] = []
    for parameter, _, kind in known:
        wanted = 9 if "!" in kind else 2
        if draw(st.integers(0, 9)) < wanted:
            bare = kind.rstrip("!@~?*")
            odd = draw(st.integers(0, 9)) == 0
            fitting = WORDS if odd else FITTING.get(bare, INDEX)
            text.append((parameter, draw(fitting)))
    if draw(st.integers(0, 9)) == 0:
        text.append((draw(st.sampled_from(NAMES)), draw(WORDS)))
    return name, text, draw(st.booleans())


def ids_of(cloud: SimulatedCloud, command: str, parameter: str, every: list[str]) -> list[str]:
    """Return the ids to choose from: mostly of the parameter's own kind."""
    kinds = dict(p.split(":") for p in COMMANDS[command].params.split())
    bare = kinds.get(parameter, "").rstrip("!@~?*")
    where = ENTITIES[bare].store if bare in ENTITIES else ""
    return [*getattr(cloud.world.store, where, {}), every[len(parameter) % len(every)]]


def present(cloud: SimulatedCloud, user: User) -> User:
    """Return *user* with the keys it has now, switched on again if a call switched it off."""
    store = cloud.world.store
    store.accounts[user.account_id] = store.accounts[user.account_id]._replace(enabled=True)
    now = store.users[user.id]
    store.users[user.id] = now._replace(api_key=now.api_key or user.api_key, enabled=True)
    return store.users[user.id]


def judge(got: Got) -> None:
    """Fail unless an answer is an envelope with its own status, or a plain 4xx."""
    kind = got.header("content-type") or ""
    if got.status in PLAIN:
        assert "text/" in kind
    elif kind.startswith("text/xml") and not got.body:
        assert got.status == 200  # a project that is not named: the servlet answers nothing
    elif kind.startswith("text/xml"):
        root = ET.fromstring(got.body)  # noqa: S314
        assert got.status == 200 or root.findtext("errorcode") == str(got.status)
    elif got.body not in {b"", b"null"}:
        content = got.content if got.root else None
        assert content is not None
        assert got.status == 200 or content["errorcode"] == got.status
    assert got.status in PLAIN | ENVELOPES | {200}


def checked(client: Client, said: Any, send: Any) -> Got:
    """Send, judge the answer, and see that a refusal left everything as it was."""
    client.cloud.settle()
    before = state(client.cloud)
    try:
        got: Got = send()
        judge(got)
        assert got.status == 200 or state(client.cloud) == before
    except Exception as no:
        no.add_note(f"sent: {said}")
        raise
    return got


LOOSE = settings(
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_command_with_any_values() -> None:
    """Well-signed calls of the root admin and of a user, with ids that are and are not."""
    statuses: Counter[int] = Counter()
    asked: Counter[str] = Counter()

    @settings(LOOSE, max_examples=EXAMPLES)
    @given(st.lists(calls(), min_size=BATCH, max_size=BATCH), st.integers(0, 3))
    def run(batch: list[Any], who: int) -> None:
        cloud, every = prepared()
        client = Client(cloud)
        user = client.account("fuzz", accounttype="0") if who == 0 else client.user
        for command, values, as_form in batch:
            text = {"command": command}
            for name, value in values:
                if isinstance(value, int):
                    known = ids_of(cloud, command, name, every)
                    text[name] = known[value % len(known)]
                else:
                    text[name] = value.encode("utf-8", "replace").decode()
            full = client.signed(text, present(cloud, user))
            query = urlencode(full).encode()
            got = checked(
                client,
                text,
                lambda full=full, query=query, as_form=as_form: (
                    client.post(full) if as_form else client.send("GET", query=query)
                ),
            )
            statuses[got.status] += 1
            asked[command] += 1

    run()
    assert sum(asked.values()) >= BATCH * EXAMPLES
    assert set(asked) == set(COMMANDS)
    assert statuses[200] > statuses.total() / 5
    assert {431, 432, 531} <= set(statuses)


QUERIES = st.lists(st.tuples(st.sampled_from(NAMES), WORDS), max_size=6).map(
    lambda pairs: urlencode([(k, v.encode("utf-8", "replace")) for k, v in pairs]).encode()
)
RAW = st.binary(max_size=40) | st.sampled_from((
    b"%", b"%zz=%", b"&&&", b"=", b"a=%ED%A0%80", b"\xff\xfe=\x80", b"command=%00",
    b"command=login&username=admin&password=password", b"command=logout", b"response=json",
    b"command=listZones&command=listPods", b"p=1&" * 5001, b"x" * 70000, b"a=" + b"b" * 1100000,
))  # fmt: skip
HEADERS = st.sampled_from((
    [], [FORM], [(b"content-type", b"\xff")], [(b"cookie", b"JSESSIONID=\xff; =;;a; sessionkey=")],
    [FORM, (b"cookie", b"JSESSIONID=x")],
))  # fmt: skip


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Return a request that nobody signed properly."""
    return {
        "method": draw(st.sampled_from(("GET", "POST", "POST", "PUT", "\x00"))),
        "path": draw(st.sampled_from(("/client/api", "/client/api", "/client/api/", "/", "/é"))),
        "query": draw(QUERIES | RAW),
        "body": draw(QUERIES | RAW),
        "headers": draw(HEADERS),
        "port": draw(st.sampled_from((8080, 8080, INSIDE))),
    }


def test_anything_else() -> None:
    """Any bytes as query, form, cookies, method and path, on either port."""
    statuses: Counter[int] = Counter()

    @settings(LOOSE, max_examples=EXAMPLES)
    @given(st.lists(requests(), min_size=BATCH, max_size=BATCH))
    def run(batch: list[dict[str, Any]]) -> None:
        client = Client(boot("simulator"))
        for request in batch:
            got = checked(client, request, lambda request=request: client.send(**request))
            statuses[got.status] += 1

    run()
    assert statuses.total() >= BATCH * EXAMPLES
    assert {400, 401, 404, 405, 413, 414, 432} <= set(statuses)
