"""`rootswap serve` as a process: its ports, its end, and bytes that are no HTTP."""

import json
import random
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

SERVE = [sys.executable, "-c", "from conformance.cli import main; main()", "serve"]


class Server:
    """A served cloud and what it announced."""

    def __init__(self, *options: str, lines: int = 3) -> None:
        self.process = subprocess.Popen(
            [*SERVE, "--port", "0", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = [self.process.stdout.readline().strip() for _ in range(lines)]
        self.said = dict(line.split("=", 1) for line in said)
        self.port = urlsplit(self.said["CLOUDSTACK_ENDPOINT"]).port or 0

    def end(self) -> tuple[str, str]:
        """Ask it to end and return what else it wrote."""
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=20)
        assert self.process.returncode in (0, -signal.SIGTERM)
        return out, err


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A served cloud with an integration port, which ends with nothing more to say."""
    server = Server("--integration-port", "0", "--lenient", lines=4)
    try:
        yield server
    finally:
        assert server.end() == ("", "")


def fetch(url: str) -> tuple[int, bytes]:
    """Return what a URL answers."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310
        return answer.status, answer.read()


def test_both_ports_answer(server: Server) -> None:
    status, body = fetch(f"http://127.0.0.1:{server.port}/admin.json")
    assert status == 200
    assert json.loads(body)["apikey"] == server.said["CLOUDSTACK_KEY"]
    inside = server.said["CLOUDSTACK_INTEGRATION"]
    status, body = fetch(f"{inside}?command=listZones&response=json")
    assert (status, json.loads(body)["listzonesresponse"]["count"]) == (200, 2)


@pytest.mark.parametrize("option", ["--port", "--integration-port"])
def test_a_port_in_use_is_one_line_and_exit_2(server: Server, option: str) -> None:
    run = subprocess.run(
        [*SERVE, "--port", "0", option, str(server.port)],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"rootswap: cannot listen on 127.0.0.1 port {server.port}: Address already in use\n"
    )


def test_it_ends_although_a_client_is_still_talking() -> None:
    server = Server("--preset", "simulator")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as idle:
        idle.sendall(b"POST /client/api HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
        server.end()


def speak(port: int, sent: bytes) -> bytes:
    """Send bytes as they are and return everything that comes back."""
    back = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        with suppress(OSError):  # it may hang up before it has heard everything
            wire.sendall(sent)
            wire.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := wire.recv(65536):
                back += part
    return back


def garbled(dice: random.Random) -> bytes:
    """Return bytes that are more or less a request."""
    line = b"GET /client/api?command=listZones&response=json HTTP/1.1\r\nHost: x\r\n\r\n"
    kind = dice.randrange(5)
    if kind == 0:
        return dice.randbytes(dice.randrange(200))
    if kind == 1:
        query = bytes(dice.choice(b"%=&?;+\xff\xc3\x28#[]~ az09") for _ in range(40))
        return line.replace(b"command", query)
    if kind == 2:
        headers = b"".join(
            dice.randbytes(5) + b": " + dice.randbytes(9) + b"\r\n" for _ in range(3)
        )
        return line[:-2] + headers + b"\r\n"
    if kind == 3:
        length = str(dice.choice([0, 5, 10**9, -1])).encode()
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length
        return line.replace(b"GET", b"POST")[:-2] + form + b"\r\n\r\n" + dice.randbytes(9)
    at = dice.randrange(len(line))
    return line[:at] + dice.randbytes(dice.randrange(1, 4)) + line[at + 1 :]


def test_bytes_that_are_no_request_are_a_plain_4xx_or_nothing(server: Server) -> None:
    dice = random.Random(7)
    answers = [speak(server.port, garbled(dice)) for _ in range(400)]
    codes = {answer.split(b" ", 2)[1] for answer in answers if answer}
    assert codes <= {b"400", b"401", b"404", b"405", b"414"}
    assert {b"400", b"401"} <= codes
    assert not any(b"Traceback" in answer for answer in answers)
    status, _ = fetch(server.said["CLOUDSTACK_INTEGRATION"] + "?command=listZones")
    assert status == 200


@pytest.mark.parametrize("bytes_sent", [1 << 17, 1 << 20])
def test_a_head_that_does_not_end_is_refused(server: Server, bytes_sent: int) -> None:
    answer = speak(server.port, b"GET /client/api?" + b"x" * bytes_sent)
    assert answer == b"" or answer.split(b" ", 2)[1] in {b"400", b"414"}


def test_a_body_over_the_limit_is_refused(server: Server) -> None:
    head = b"POST /client/api HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n"
    answer = speak(server.port, head + b"x" * 3000000)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 ")
