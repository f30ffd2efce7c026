"""The official UI asks for zones and commands at once, and hangs where the latter come first."""

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from test_server import Server

ROUNDS = 8


@pytest.fixture(scope="module", params=["instant", "real"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    server = Server("--clock", request.param)
    yield server.port
    server.end()


def session(port: int) -> tuple[str, str]:
    """Log in; return the session's key and its cookies."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"command": "login", "username": "admin", "password": "password", "response": "json"}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/client/api", urlencode(form), kind)
    answer = line.getresponse()
    cookies = answer.headers.get_all("set-cookie") or []
    key = json.loads(answer.read())["loginresponse"]["sessionkey"]
    line.close()
    return key, "; ".join(cookie.partition(";")[0] for cookie in cookies)


def test_the_commands_do_not_overtake_the_zones(port: int) -> None:
    """Each on a line of its own: when the first byte of one is here, all of the other is."""
    key, cookies = session(port)
    with (
        socket.create_connection(("127.0.0.1", port), timeout=60) as zones,
        socket.create_connection(("127.0.0.1", port), timeout=60) as apis,
    ):
        for _ in range(ROUNDS):
            for line, command in ((zones, "listZones"), (apis, "listApis")):
                query = urlencode({"command": command, "response": "json", "sessionkey": key})
                head = f"GET /client/api?{query} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\n\r\n"
                line.sendall(head.encode())
            apis.recv(1)
            zones.setblocking(False)
            assert b'{"listzonesresponse":{"count":' in zones.recv(1 << 20)
            zones.setblocking(True)
            _drained(apis)


def _drained(line: socket.socket) -> None:
    """Read what is left of an answer."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += line.recv(1 << 16)
    head, _, body = text.partition(b"\r\n\r\n")
    size = int(next(h for h in head.lower().split(b"\r\n") if h.startswith(b"content-length"))[15:])
    while len(body) < size:
        body += line.recv(1 << 20)
    assert body.startswith(b'{"listapisresponse"')
