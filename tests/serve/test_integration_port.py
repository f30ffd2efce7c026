"""The integration port: nobody signs, everybody is the root admin (ground truth 7)."""

import xml.etree.ElementTree as ET

import pytest
from client import INSIDE, Client, Got


def inside(client: Client, query: str, method: str = "GET", path: str = "/") -> Got:
    """Ask the integration port."""
    return client.send(method, path, query.encode(), port=INSIDE)


@pytest.fixture(scope="module")
def client() -> Client:
    """A cloud that no test changes."""
    return Client()


@pytest.mark.parametrize("path", ["/", "/client/api", "/any/path", "/admin.json"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_path_answers_unsigned(client: Client, method: str, path: str) -> None:
    got = inside(client, "command=listHosts&response=json", method, path)
    assert (got.status, got.root) == (200, "listhostsresponse")
    assert got.header("content-type") == "application/json; charset=UTF-8"


def test_a_form_is_no_command(client: Client) -> None:
    got = client.post({"command": "listZones"}, query=b"response=json", port=INSIDE)
    assert (got.status, got.root) == (432, "errorresponse")
    assert got.content["errortext"] == "Invalid request, no command sent"
    assert got.header("x-description") is None


def test_an_unknown_command_is_432(client: Client) -> None:
    got = inside(client, "command=foo&response=json")
    assert (got.status, got.content["errortext"]) == (432, "Unknown API command: foo")
    assert got.content["cserrorcode"] == 9999


def test_a_project_that_is_not_named_is_missed_here_alone(client: Client) -> None:
    """The servlet of the other port answers nothing at all, signed or not."""
    got = inside(client, "command=deleteProject&response=json")
    assert (got.status, got.root) == (431, "deleteprojectresponse")
    for other in (
        client.get("command=deleteProject&response=json"),
        client.ask(command="deleteProject"),
    ):
        assert (other.status, other.body) == (200, b"")
        assert other.header("content-type") == "text/xml;charset=utf-8"


def test_its_xml_has_no_version(client: Client) -> None:
    got = inside(client, "command=listZones")
    assert (got.status, got.header("content-type")) == (200, "text/xml")
    root = ET.fromstring(got.body)  # noqa: S314
    assert (root.tag, root.attrib) == ("listzonesresponse", {})


def test_the_other_port_wants_credentials(client: Client) -> None:
    assert client.get("command=listHosts&response=json").status == 401


def test_without_an_integration_port_nobody_comes_in_unsigned(client: Client) -> None:
    client.edge.integration_port = None
    try:
        assert inside(client, "command=listHosts", path="/client/api").status == 401
    finally:
        client.edge.integration_port = INSIDE
