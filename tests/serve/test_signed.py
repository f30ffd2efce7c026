"""Who may speak: signatures, time limits and roles over HTTP (ground truth 7, C21)."""

import base64
import hashlib
import hmac
import re

import pytest
from client import Client

T_401 = "unable to verify user credentials and/or request signature"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def client() -> Client:
    """A cloud that no test changes."""
    return Client()


CHANGES = {"wrong signature": {"signature": "bm8="}, "unknown key": {"apiKey": "nobody"},
           "empty signature": {"signature": ""}, "one more parameter": {"page": "1"}}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_call_is_401_under_its_own_root(client: Client, change: dict[str, str]) -> None:
    got = client.post(client.signed({"command": "listZones"}) | change)
    assert (got.status, got.root, got.content["errortext"]) == (401, "listzonesresponse", T_401)


def test_an_unsigned_call_is_401(client: Client) -> None:
    got = client.get("command=listZones&response=JSON")
    assert (got.status, got.root) == (401, "listzonesresponse")


def test_a_switched_off_account_or_user_is_401() -> None:
    client = Client()
    user = client.account("u")
    assert client.ask(user, command="listZones").status == 200
    client.cloud.arrange("account", user.account_id, enabled=False)
    assert client.ask(user, command="listZones").status == 401
    client.cloud.arrange("account", user.account_id, enabled=True)
    client.cloud.world.store.users[user.id] = user._replace(enabled=False)
    assert client.ask(user, command="listZones").status == 401


def test_new_keys_replace_the_old_ones() -> None:
    client = Client()
    old = client.account("u")
    assert client.ask(old, command="listZones").status == 200
    client.cloud.call("registerUserKeys", id=old.id)
    new = client.cloud.world.store.users[old.id]
    assert client.ask(old, command="listZones").status == 401
    assert client.ask(new, command="listZones").status == 200


EXPIRES = {
    "2099-01-01T00:00:00+0000": 200, "2099-01-01T00:00:00Z": 200,
    "2099-01-01T00:00:00.123Z": 200, "2099-01-01T00:00:00.123456789+0200": 200,
    "2020-01-01T00:00:00Z": 401, "2099-01-01T00:00:00": 401, "2099-13-01T00:00:00Z": 401,
    "2099-01-01": 401, "tomorrow": 401, "": 401, "0001-01-01T00:00:00+2359": 401,
    "9999-12-31T23:59:59-2359": 200, "2099-01-01T00:00:00+9999": 401,
}  # fmt: skip


@pytest.mark.parametrize(("text", "status"), EXPIRES.items())
def test_version_three_expires(client: Client, text: str, status: int) -> None:
    ask = {"command": "listZones", "signatureVersion": "3", "expires": text}
    assert client.ask(**ask).status == status


def test_expires_counts_in_version_three_only(client: Client) -> None:
    assert client.ask(command="listZones", expires="2020-01-01T00:00:00Z").status == 200
    assert client.ask(command="listZones", signatureVersion="3").status == 401


def test_a_role_without_the_command_is_432_whatever_the_signature() -> None:
    client = Client()
    user = client.account("u")
    ids = []
    changes: list[dict[str, str]] = [{}, {"signature": "bm8="}]
    for change in changes:
        got = client.post(client.signed({"command": "migrateVolume"}, user) | change)
        assert (got.status, got.root) == (432, "errorresponse")
        text = got.content["errortext"]
        assert text == got.header("x-description")
        assert text.startswith("The API [migrateVolume] does not exist or is not available for the")
        (found,) = UUID.finditer(text)
        ids.append(found[0])
    assert len({*ids, user.id}) == 3


def test_the_id_in_a_432_decides_no_other_id() -> None:
    one, other = Client(), Client()
    user = one.account("u")
    other.account("u")
    for _ in range(3):
        assert one.ask(user, command="migrateVolume").status == 432
    assert one.account("w") == other.account("w")


@pytest.mark.parametrize("text", ["a b*c.d-e_f", "~", "a+b&c=d", "/é☃", "[x]", "%41"])
def test_any_text_can_be_signed(client: Client, text: str) -> None:
    assert client.ask(command="listVolumes", name=text).content == {}


def sent(client: Client, order: str, **text: str) -> int:
    """Return the status of a call that was signed over *order*."""
    user = client.user
    signed = order.format(key=user.api_key).lower().encode()
    digest = hmac.new((user.secret_key or "").encode(), signed, hashlib.sha1).digest()
    full = {"apiKey": user.api_key or "", "signature": base64.b64encode(digest).decode()}
    return client.post(full | text).status


@pytest.mark.parametrize(("lenient", "sign", "status"), [
    (False, "%7E", 200), (False, "~", 401), (True, "%7E", 200), (True, "~", 200),
    (True, "%7E%7E", 401),
])  # fmt: skip
def test_a_tilde_is_signed_encoded(lenient: bool, sign: str, status: int) -> None:
    order = f"apiKey={{key}}&command=listVolumes&name={sign}"
    assert sent(Client(lenient=lenient), order, command="listVolumes", name="~") == status


def test_names_are_sorted_as_sent(client: Client) -> None:
    ask = {"command": "listVolumes", "Name": "x"}
    assert sent(client, "Name=x&apiKey={key}&command=listVolumes", **ask) == 200
    assert sent(client, "apiKey={key}&command=listVolumes&Name=x", **ask) == 401


def test_a_form_is_as_good_as_a_query_and_the_query_wins(client: Client) -> None:
    form = client.signed({"command": "listZones", "name": "Zone1"})
    assert client.post(form).status == 200
    query = b"name=Zone1"
    assert client.post(form | {"name": "other"}, query=query).status == 200
    assert client.post(form, query=b"name=other").status == 401
