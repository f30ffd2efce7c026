"""A server that is killed at any moment loses nothing it acknowledged and half-does nothing.

`python tests/serve/test_kill.py --kills 100` is the long proof.
"""

import argparse
import http.client
import json
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

import pytest

from simulator.api.signing import signature

MAIN = "from conformance.cli import main; main()"
DISKS = 4


class Server:
    """A `rootswap serve` process; leaving it kills it with signal 9."""

    def __init__(self, state: Path, clock: str) -> None:
        command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--state", str(state)]
        self.process = subprocess.Popen(
            [*command, "--clock", clock], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline().strip() for _ in range(3)]
        told = dict(line.split("=", 1) for line in lines)
        self.address = urlsplit(told["CLOUDSTACK_ENDPOINT"]).netloc
        self.key, self.secret = told["CLOUDSTACK_KEY"], told["CLOUDSTACK_SECRET"]
        self.clients: list[Client] = []

    def client(self) -> "Client":
        """Return a new caller, whose line is closed at the end."""
        self.clients.append(Client(self))
        return self.clients[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.communicate()
        for client in self.clients:
            client.line.close()
        assert self.process.returncode == -signal.SIGKILL


class Client:
    """A caller over one connection; `ask` raises OSError or HTTPException when the server dies."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.line = http.client.HTTPConnection(server.address, timeout=20)
        for _ in range(200):  # it announces itself before it listens
            try:
                self.line.connect()
            except ConnectionRefusedError:
                time.sleep(0.01)
            else:
                return

    def ask(self, command: str, **text: str) -> dict[str, Any]:
        """Return the body of an answer that must be a success."""
        full = {"command": command, "apiKey": self.server.key, "response": "json"} | text
        signed = full | {"signature": signature(full, self.server.secret)}
        self.line.request("GET", f"/client/api?{urlencode(signed)}")
        answer = self.line.getresponse()
        body: dict[str, Any] = json.loads(answer.read())
        assert answer.status == 200, body
        return dict(next(iter(body.values())))

    def finish(self, job_id: str) -> dict[str, Any]:
        """Return a job once it has succeeded."""
        while True:
            job = self.ask("queryAsyncJobResult", jobid=job_id)
            if job["jobstatus"]:
                assert job["jobstatus"] == 1, job
                return job
            time.sleep(0.005)


class Change(NamedTuple):
    """One call of a worker: what it does to its volume called *name*."""

    kind: str
    name: str


class Worker:
    """Changes a VM and its volumes without end, and knows what must be there.

    *held* is name -> whether the volume is attached, *open* the change not acknowledged yet,
    *jobs* what was acknowledged to run.
    """

    def __init__(self, number: int, dice: Random, client: Client) -> None:
        self.number, self.dice = number, dice
        self.ids: dict[str, str] = {}
        self.held: dict[str, bool] = {}
        self.open: Change | None = None
        self.jobs: list[str] = []
        self.made = self.acknowledged = 0
        self.zone = client.ask("listZones")["zone"][0]["id"]
        self.disk = client.ask("listDiskOfferings", name="Small")["diskoffering"][0]["id"]
        offering = client.ask("listServiceOfferings")["serviceoffering"][0]["id"]
        found = client.ask("listTemplates", templatefilter="featured")["template"]
        template = next(t["id"] for t in found if t["hypervisor"] == "KVM")
        made = client.ask(
            "deployVirtualMachine", zoneid=self.zone, templateid=template,
            serviceofferingid=offering, name=f"vm{number}",
        )  # fmt: skip
        client.finish(made["jobid"])
        self.vm = made["id"]

    def run(self, client: Client) -> None:
        """Make changes until the server dies."""
        try:
            while True:
                change = self.choose()
                self.open = change
                self.send(client, change)
                self.open = None
                self.acknowledged += 1
                if self.jobs and self.dice.random() < 0.8:
                    client.finish(self.jobs[-1])
        except (OSError, http.client.HTTPException):
            return

    def choose(self) -> Change:
        """Return a change that a cloud as it must be accepts."""
        loose = [name for name, held in self.held.items() if not held]
        if len(self.held) < DISKS or not self.held:
            self.made += 1
            return Change("create", f"w{self.number}-{self.made}")
        kind = self.dice.choice(("attach", "detach", "delete", "attach", "detach"))
        if kind == "detach" or not loose:
            held = [name for name in self.held if name not in loose]
            return Change("detach", self.dice.choice(held)) if held else Change("attach", loose[0])
        return Change(kind, self.dice.choice(loose))

    def send(self, client: Client, change: Change) -> None:
        """Make a change and note it once it is acknowledged."""
        for job in self.jobs[-1:]:
            client.finish(job)  # the next change rests on the last one
        volume = {"id": self.ids.get(change.name, "")}
        if change.kind == "create":
            text = {"zoneid": self.zone, "diskofferingid": self.disk, "name": change.name}
            body = client.ask("createVolume", **text)
            self.ids[change.name] = body["id"]
        elif change.kind == "attach":
            body = client.ask("attachVolume", virtualmachineid=self.vm, **volume)
        else:
            body = client.ask(f"{change.kind}Volume", **volume)
        self.note(change)
        if "jobid" in body:
            self.jobs.append(body["jobid"])

    def note(self, change: Change) -> None:
        """Take a change as made."""
        if change.kind == "delete":
            del self.held[change.name]
        else:
            self.held[change.name] = change.kind == "attach"

    def check(self, client: Client) -> None:
        """Compare what is there with what must be, the open change wholly or not at all."""
        for job in self.jobs[-20:]:
            client.finish(job)
        while client.ask("listAsyncJobs", listall="true"):
            time.sleep(0.005)
        rows = {r["name"]: r for r in client.ask("listVolumes", listall="true")["volume"]}
        mine = {n: row for n, row in rows.items() if n.startswith(f"w{self.number}-")}
        seen = {n: row.get("virtualmachineid") == self.vm for n, row in mine.items()}
        if self.open is not None and seen != self.held:
            self.note(self.open)
            if self.open.kind == "create":
                self.ids[self.open.name] = mine[self.open.name]["id"]
        assert seen == self.held, (self.open, seen, self.held)
        assert {n: row["id"] for n, row in mine.items()} == {n: self.ids[n] for n in self.held}
        devices = [row["deviceid"] for row in mine.values() if "deviceid" in row]
        assert len(devices) == len(set(devices)) == sum(seen.values())
        assert {row["state"] for row in mine.values()} <= {"Allocated", "Ready"}
        assert all(row["state"] == "Ready" for n, row in mine.items() if seen[n])
        self.open = None


def torment(state: Path, clock: str, kills: int, seed: int, workers: int = 2) -> tuple[int, int]:
    """Kill a server *kills* times under load and check it each time it is back.

    Return how many changes were acknowledged, and how often one was open at a kill.
    """
    dice = Random(seed)
    with Server(state, clock) as server:
        first = server.client()
        crew = [Worker(n, Random(f"{seed}/{n}"), first) for n in range(workers)]
    hit = 0
    for kill in range(kills + 1):
        with Server(state, clock) as server, ThreadPoolExecutor(workers) as pool:
            client = server.client()
            for worker in crew:
                worker.check(client)
            if kill == kills:
                break
            ends = [pool.submit(worker.run, server.client()) for worker in crew]
            time.sleep(dice.uniform(0.02, 0.4))
            server.process.kill()
            for end in ends:
                end.result()
            hit += sum(worker.open is not None for worker in crew)
    return sum(w.acknowledged for w in crew), hit


@pytest.mark.parametrize(("clock", "kills"), [("instant", 14), ("200x", 8)])
def test_nothing_acknowledged_is_lost(tmp_path: Path, clock: str, kills: int) -> None:
    """Every acknowledged change is there after a kill, and no half of another."""
    acknowledged, hit = torment(tmp_path / "cloud.db", clock, kills, seed=7)
    assert acknowledged > 3 * kills
    assert hit > 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clock", default="instant")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun_s = time.monotonic()
        counts = torment(Path(folder) / "cloud.db", chosen.clock, chosen.kills, chosen.seed)
        sys.stdout.write(
            f"{chosen.kills} kills, clock {chosen.clock}: {counts[0]} acknowledged changes, all "
            f"there; {counts[1]} open at a kill, each there wholly or not at all; "
            f"{time.monotonic() - begun_s:.0f} s\n"
        )
