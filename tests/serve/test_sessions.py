"""Sessions as measured (ground truth 7): login, the key in two places, logout, time-out."""

from datetime import UTC, datetime, timedelta

import pytest
from client import Client, Got

DEAD = "unable to verify user credentials"


@pytest.fixture
def client() -> Client:
    """A client whose root admin is logged in."""
    client = Client()
    assert client.login().status == 200
    return client


def refused(got: Got, text: str, status: int = 401, cs: int | None = None) -> bool:
    """Return whether an answer is this refusal."""
    content = got.content
    return (got.status, content["errortext"], content.get("cserrorcode")) == (status, text, cs)


def test_login_answers_flat_with_strings() -> None:
    client = Client()
    got = client.login()
    content = got.content
    user, account = client.user, client.cloud.account
    assert got.root == "loginresponse"
    assert content == {
        "username": "admin", "userid": user.id, "domainid": account.domain_id, "timeout": 1800,
        "account": "admin", "firstname": user.first_name, "lastname": user.last_name, "type": "1",
        "timezoneoffset": "0.0", "registered": "false", "sessionkey": content["sessionkey"],
        "is2faenabled": "false", "is2faverified": "true", "issuerfor2fa": "CloudStack",
        "managementserverid": next(iter(client.cloud.world.store.servers)),
    }  # fmt: skip
    first, second = (v.decode() for k, v in got.headers if k == b"set-cookie")
    assert first == f"JSESSIONID={got.cookies['JSESSIONID']};Path=/client;HttpOnly"
    assert second == f"sessionkey={content['sessionkey']};HttpOnly;SameSite=Lax"


def test_a_session_sees_the_same_cloud_as_signed_calls(client: Client) -> None:
    volume = client.volume("mine")
    found = client.session("listVolumes", id=volume)
    assert found.content == client.ask(command="listVolumes", id=volume).content
    assert found.content["volume"][0]["name"] == "mine"
    posted = client.post(
        {"command": "deleteVolume", "id": volume, "sessionkey": client.cookies["sessionkey"]}
    )
    assert posted.status == 200
    assert client.ask(command="listVolumes", id=volume).content == {}


def test_an_account_of_another_domain_sees_nothing_of_it(client: Client) -> None:
    volume = client.volume("mine")
    domain = client.ask(command="createDomain", name="sub").content["domain"]["id"]
    client.account("guest", domainid=domain)
    guest = Client(client.cloud)
    guest.edge = client.edge
    assert guest.login(username="guest", password="secret", domain="/sub/").status == 200
    assert guest.session("listVolumes", listall="true").content == {}
    assert guest.session("listVolumes", id=volume).content == {}
    assert guest.session("deleteVolume", id=volume).status == 531
    assert client.session("listVolumes", id=volume).content["count"] == 1


def test_session_keys_are_no_part_of_the_cloud() -> None:
    """The same seed gives other keys, and a login changes no id that comes later."""
    one, other = Client(), Client()
    keys = [one.login().content["sessionkey"], one.login().content["sessionkey"]]
    keys.append(other.login().content["sessionkey"])
    assert len(set(keys)) == 3
    assert one.volume("v") == other.volume("v") == Client().volume("v")


@pytest.mark.parametrize("how", ["no parameter", "other parameter", "no cookie", "other cookie"])
def test_a_session_ends_when_its_key_is_not_in_both_places(client: Client, how: str) -> None:
    kept = dict(client.cookies)
    query = f"command=listZones&response=json&sessionkey={kept['sessionkey']}"
    if how == "no parameter":
        query = "command=listZones&response=json"
    elif how == "other parameter":
        query += "x"
    elif how == "no cookie":
        del client.cookies["sessionkey"]
    else:
        client.cookies["sessionkey"] = "x"
    got = client.get(query)
    assert refused(got, DEAD)
    assert got.root == "listzonesresponse"
    client.cookies = kept
    assert client.session("listZones").status == 401


def test_without_a_command_a_session_gets_nothing(client: Client) -> None:
    got = client.get(f"response=json&sessionkey={client.cookies['sessionkey']}")
    assert (got.status, got.body) == (200, b"")


@pytest.mark.parametrize("command", ["noSuchCommand", "", "listzones"])
def test_an_unknown_command_in_a_session_is_432(client: Client, command: str) -> None:
    text = (
        f"The API [{command}] does not exist or is not available for the account for user id "
        f"[{client.user.id}]."
    )
    got = client.session(command)
    assert refused(got, text, 432, 9999)
    assert got.root == "errorresponse"
    assert client.session("listZones").status == 200


def test_a_432_of_a_session_names_the_real_user() -> None:
    client = Client()
    user = client.account("u")
    client.login(username="u", password="secret")
    got = client.session("migrateVolume")
    assert got.status == 432
    assert f"user id [{user.id}]." in got.content["errortext"]


def test_logout_ends_the_session_and_touches_no_cookie(client: Client) -> None:
    got = client.post({"command": "logout", "response": "json"})
    assert (got.status, got.root, got.content) == (
        200, "logoutresponse", {"description": "success"},
    )  # fmt: skip
    assert got.header("set-cookie") is None
    assert client.session("listZones").status == 401
    again = client.session("logout")
    assert refused(again, "Session not found for the logout process.", 431, 9999)


def test_a_session_times_out_by_the_clock_of_the_edge(client: Client) -> None:
    at = datetime.now(tz=UTC)
    client.cloud.clock = lambda: at
    for minutes in (29, 58):
        client.cloud.clock = lambda minutes=minutes: at + timedelta(minutes=minutes)  # type: ignore[misc]
        assert client.session("listZones").status == 200
    client.cloud.clock = lambda: at + timedelta(minutes=89)
    assert client.session("listZones").status == 401


def test_a_second_login_ends_the_first_session(client: Client) -> None:
    first = dict(client.cookies)
    client.login()
    assert client.session("listZones").status == 200
    client.cookies = first
    assert client.session("listZones").status == 401


def test_a_user_switched_off_is_out_at_once() -> None:
    client = Client()
    user = client.account("u")
    client.login(username="u", password="secret")
    assert client.session("listZones").status == 200
    client.cloud.world.store.users[user.id] = user._replace(enabled=False)
    assert refused(client.session("listZones"), DEAD)


def test_login_is_for_post_only() -> None:
    got = Client().get("command=login&username=admin&password=password&response=json")
    assert got.status == 405
    assert got.header("set-cookie") is None


def test_a_login_that_names_nobody_is_refused() -> None:
    client = Client()
    domain = client.cloud.world.store.domains[client.cloud.account.domain_id]
    text = "Failed to authenticate user {} in domain {}; please provide valid credentials"
    assert refused(client.login(password="x"), text.format("admin", domain.db_id), 531)
    assert refused(client.login(password=""), text.format("admin", domain.db_id), 531)
    assert refused(client.login(username="u"), text.format("u", domain.db_id), 531)
    wrong = client.login(domain="/x/")
    assert refused(wrong, "Unable to find the domain from the path /x/", 531)
    assert wrong.header("x-description") == "Unable to find the domain from the path /x/"
    assert refused(client.login(domain="x"), "Unable to find the domain from the path /x/", 531)
    bad = client.login(domainId="x")
    assert refused(bad, "Invalid domain id entered, please enter a valid one")
    nameless = client.post({"command": "login", "response": "json"})
    assert (nameless.status, nameless.body) == (531, b"null")
    assert client.cookies == {}


@pytest.mark.parametrize("where", [{}, {"domain": "/"}, {"domain": ""}, {"DOMAIN": "/"}])
def test_the_root_domain_is_a_slash_or_nothing(where: dict[str, str]) -> None:
    assert Client().login(**where).status == 200


def test_a_login_may_name_its_domain_by_id() -> None:
    client = Client()
    assert client.login(domainId=client.cloud.account.domain_id).status == 200


def test_a_disabled_user_is_told_so() -> None:
    client = Client()
    user = client.account("u")
    client.cloud.world.store.users[user.id] = user._replace(enabled=False)
    got = client.login(username="u", password="secret")
    text = got.content["errortext"]
    assert (got.status, got.content.get("cserrorcode")) == (531, None)
    assert text.startswith('User UserAccount {"id":')
    assert "is disabled/locked. " in text


def test_a_password_in_another_domain_opens_nothing() -> None:
    client = Client()
    domain = client.ask(command="createDomain", name="sub").content["domain"]["id"]
    client.account("u", domainid=domain)
    assert client.login(username="u", password="secret").status == 531
    assert client.login(username="u", password="secret", domain="sub").status == 200
    assert client.login(username="u", password="secret", domainid=domain).status == 200


def test_a_removed_user_or_domain_logs_nobody_in() -> None:
    client = Client()
    domain = client.ask(command="createDomain", name="sub").content["domain"]["id"]
    user = client.account("u", domainid=domain)
    where = {"username": "u", "password": "secret", "domain": "sub"}
    assert client.login(**where).status == 200
    assert client.ask(command="deleteUser", id=user.id).status == 200
    assert client.session("listZones").status == 401
    assert client.login(**where).content["errortext"].startswith("Failed to authenticate user u")
    assert client.ask(command="deleteDomain", id=domain, cleanup="true").status == 200
    client.cloud.settle()
    assert client.login(**where).content["errortext"].startswith("Unable to find the domain")
    assert client.login(domainid=domain).status == 401


def test_login_speaks_xml_too() -> None:
    got = Client().login(response="xml")
    assert got.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?><loginresponse cloud-stack')
