"""What is no call of the API: other paths and methods, sizes, the keys of the root admin."""

import json

import pytest
from client import FORM, Client


@pytest.fixture(scope="module")
def client() -> Client:
    """A cloud that no test changes."""
    return Client()


ELSEWHERE = (("PUT", "/client/api", 405), ("DELETE", "/client/api/", 405), ("PATCH", "/", 404),
             ("GET", "/", 404), ("GET", "/client", 404), ("POST", "/client/apis", 404),
             ("POST", "/admin.json", 404), ("BREW", "/client/api", 405))  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), ELSEWHERE)
def test_elsewhere_is_no_envelope(client: Client, method: str, path: str, status: int) -> None:
    got = client.send(method, path)
    assert got.status == status
    assert "json" not in (got.header("content-type") or "")
    assert got.body == b"" or status == 404


def test_a_slash_at_the_end_is_fine(client: Client) -> None:
    assert client.post(client.signed({"command": "listZones"}), path="/client/api/").status == 200


def test_a_body_that_is_no_form_is_not_looked_at(client: Client) -> None:
    body = b"command=listZones"
    got = client.send("POST", body=body, query=b"response=json")
    assert (got.status, got.root) == (401, "null")
    got = client.send("POST", body=body, query=b"response=json", headers=[FORM])
    assert (got.status, got.root) == (401, "listzonesresponse")


def test_admin_json_has_the_keys_of_the_root_admin(client: Client) -> None:
    got = client.send("GET", "/admin.json")
    keys = json.loads(got.body)
    assert keys == {"apikey": client.user.api_key, "secretkey": client.user.secret_key}
    assert got.header("content-type") == "application/json"


def test_what_is_too_much_is_refused(client: Client) -> None:
    big = b"x=" + b"a" * (1 << 20)
    assert client.send("POST", body=big, headers=[FORM]).status == 413
    assert client.send("POST", body=big[: 1 << 20], headers=[FORM]).status == 401
    assert client.get("&".join(f"p{n}=1" for n in range(10000))).status == 414
    assert client.post({f"p{n}": "1" for n in range(5001)}).status == 400
    assert client.get("x=" + "a" * (1 << 16)).status == 414


def test_an_error_nobody_expected_is_answered_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Client(strict=False)
    monkeypatch.setattr(client.site, "send", lambda *_: 1 / 0)
    got = client.get("command=listZones&response=json")
    assert (got.status, got.root) == (530, "listzonesresponse")
    assert got.content == {
        "uuidList": [], "errorcode": 530, "cserrorcode": 9999,
        "errortext": "Internal error executing command, please contact your system administrator",
    }  # fmt: skip
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_long_text_is_cut_in_the_header_alone(client: Client) -> None:
    got = client.ask(command="listVolumes", id="☃" * 5000)
    assert len(got.header("x-description") or "") == 1000
    assert "☃" * 5000 in got.content["errortext"]
