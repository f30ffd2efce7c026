"""The two servers the endpoint benchmark asks, and the connections it asks over."""

import http.client
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from simulator.api.signing import signature

_TICKS = os.sysconf("SC_CLK_TCK")
_AWS = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/ec2/aws4_request, "
    "SignedHeaders=host, Signature=0",
    "Content-Type": "application/x-www-form-urlencoded",
}


LANES = 8


class Lane:
    """One of several connections, with two requests to send in turn."""

    def __init__(self, port: int, *requests: tuple[str, str, str | None, dict[str, str]]) -> None:
        self.wire, self.requests = http.client.HTTPConnection("127.0.0.1", port), cycle(requests)

    def ask(self) -> None:
        """Send the next request."""
        method, path, body, headers = next(self.requests)
        self.wire.request(method, path, body, headers)

    def hear(self) -> None:
        """Read its answer, which must be a success."""
        reply = self.wire.getresponse()
        text = reply.read()
        if reply.status != 200:
            raise RuntimeError(text)


def crowd(lanes: list[Lane]) -> None:
    """Let every lane ask, then hear."""
    for lane in lanes:
        lane.ask()
    for lane in lanes:
        lane.hear()


class Server:
    """A server in a subprocess, its kept connection, and what it costs."""

    def __init__(self, command: list[str], port: int) -> None:
        self.started_s = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603 - commands of these benchmarks
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.port = port

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()

    def connect(self) -> None:
        """Open the connection as soon as the server listens."""
        for _ in range(3000):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            time.sleep(0.01)
        self.wire = http.client.HTTPConnection("127.0.0.1", self.port)

    def cpu_s(self) -> float:
        """Return the CPU seconds the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mib(self) -> float:
        """Return the resident memory of the server."""
        found = re.search(
            r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text()
        )
        return int(found[1]) / 1024 if found else 0.0

    def rate(self, calls: int, work: Callable[[], Any]) -> float:
        """Return how many of the *calls* that *work* makes take one CPU second of the server."""
        before = self.cpu_s()
        work()
        return calls / max(self.cpu_s() - before, 1 / _TICKS)


class Rootswap(Server):
    """`rootswap serve`, spoken to by its root admin."""

    def __init__(self, preset: str) -> None:
        run = "from conformance.cli import main; main()"
        command = [sys.executable, "-c", run, "serve", "--port", "0", "--preset", preset]
        super().__init__(command, 0)
        said = dict(
            (self.process.stdout.readline() if self.process.stdout else "").strip().split("=", 1)
            for _ in range(3)
        )
        self.port = urlsplit(said["CLOUDSTACK_ENDPOINT"]).port or 0
        self.key, self.secret = said["CLOUDSTACK_KEY"], said["CLOUDSTACK_SECRET"]
        self.connect()

    def path(self, command: str, **text: str) -> str:
        """Return the path of a signed call."""
        full = {"command": command, "apiKey": self.key, "response": "json"} | text
        full["signature"] = signature(full, self.secret)
        return "/client/api?" + urlencode(full)

    def lane(self) -> Lane:
        """Return a connection that attaches a volume of its own, and detaches it."""
        volume = self.create()
        attach = self.path("attachVolume", id=volume, virtualmachineid=self.vm)
        detach = self.path("detachVolume", id=volume)
        return Lane(self.port, ("GET", attach, None, {}), ("GET", detach, None, {}))

    def call(self, command: str, **text: str) -> dict[str, Any]:
        """Return the body of a signed call that must succeed."""
        self.wire.request("GET", self.path(command, **text))
        reply = self.wire.getresponse()
        (body,) = json.loads(reply.read()).values()
        if reply.status != 200:
            raise RuntimeError(body)
        return dict(body)

    def job(self, command: str, **text: str) -> dict[str, Any]:
        """Return the result of a call's job, which must have ended well at its first poll."""
        made = self.call(command, **text)
        job = self.call("queryAsyncJobResult", jobid=made["jobid"])
        if job["jobstatus"] != 1:
            raise RuntimeError(job)
        return dict(job["jobresult"])

    def first(self, command: str, key: str, **text: str) -> str:
        """Return the id of the first listed row."""
        return str(self.call(command, **text)[key][0]["id"])

    def prepare(self) -> None:
        """Note what everything is made from, deploy a VM and make a volume."""
        self.own = {
            "zoneid": self.first("listZones", "zone"),
            "serviceofferingid": self.first("listServiceOfferings", "serviceoffering"),
            "templateid": self.first("listTemplates", "template", templatefilter="featured"),
        }
        self.disk = self.first("listDiskOfferings", "diskoffering", name="Small")
        self.vm = self.job("deployVirtualMachine", **self.own)["virtualmachine"]["id"]
        self.volume = self.create()

    def create(self) -> str:
        """Return the id of a new volume."""
        made = self.call(
            "createVolume", name="d", zoneid=self.own["zoneid"], diskofferingid=self.disk
        )
        return str(made["id"])

    def swap(self) -> None:
        """Attach the volume and detach it again, with a poll after each."""
        self.job("attachVolume", id=self.volume, virtualmachineid=self.vm)
        self.job("detachVolume", id=self.volume)

    def listed(self, count: int) -> None:
        """List *count* volumes in pages of 500."""
        for page in range(1, -(-count // 500) + 1):
            self.call("listVolumes", listall="true", page=str(page), pagesize=str(min(500, count)))


class Moto(Server):
    """`moto_server`, as EC2."""

    def __init__(self, command: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        super().__init__([*shlex.split(command), "-p", str(port)], port)
        self.connect()

    def call(self, action: str, **text: str) -> str:
        """Return the XML of an EC2 call that must succeed."""
        body = urlencode({"Action": action, "Version": "2016-11-15"} | text)
        self.wire.request("POST", "/", body, _AWS)
        reply = self.wire.getresponse()
        xml = reply.read().decode()
        if reply.status != 200:
            raise RuntimeError(xml)
        return xml

    def prepare(self) -> None:
        """Run an instance and make a volume."""
        self.run()
        self.vm = _tag(self.call("DescribeInstances"), "instanceId")
        self.volume = self.create()

    def run(self) -> None:
        """Run one instance."""
        self.call("RunInstances", ImageId="ami-12c6146b", MinCount="1", MaxCount="1")

    def create(self) -> str:
        """Return the id of a new volume."""
        return _tag(self.call("CreateVolume", Size="5", AvailabilityZone="us-east-1a"), "volumeId")

    def lane(self, number: int) -> Lane:
        """Return a connection that attaches a volume of its own, and detaches it."""
        which = {"VolumeId": self.create(), "InstanceId": self.vm, "Device": f"/dev/sd{number}"}
        texts = [
            urlencode({"Action": action, "Version": "2016-11-15"} | which)
            for action in ("AttachVolume", "DetachVolume")
        ]
        return Lane(self.port, *(("POST", "/", text, _AWS) for text in texts))


def _tag(xml: str, name: str) -> str:
    found = re.search(f"<{name}>([^<]+)</{name}>", xml)
    if found is None:
        raise RuntimeError(xml)
    return found[1]
