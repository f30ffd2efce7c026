"""A served cloud with its console, and how a user comes in by a browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from conformance.line import HttpCloud, Line
from conformance.targets import Target
from simulator.port import Value

PATIENCE_MS = 30_000
"""Machines are busy; what shows at last is right."""


class Served(NamedTuple):
    """A cloud that is served: its first page's address, and the API as its root admin."""

    url: str
    cloud: HttpCloud

    def vm(self, name: str) -> str:
        """Return the id of the VM of that name."""
        rows = self.cloud.call("listVirtualMachines", listall=True).body["virtualmachine"]
        return str(next(row["id"] for row in rows if row["name"] == name))

    def volume(self, name: str) -> dict[str, Any]:
        """Return the row of the volume of that name."""
        rows = self.cloud.call("listVolumes", listall=True, name=name).body["volume"]
        row: dict[str, Any] = rows[0]
        return row

    def volumes(self, vm_id: str) -> list[dict[str, Any]]:
        """Return the rows of the volumes of a VM."""
        body = self.cloud.call("listVolumes", listall=True, virtualmachineid=vm_id).body
        rows: list[dict[str, Any]] = body.get("volume", [])
        return rows

    def state(self, vm_id: str) -> str:
        """Return the state of a VM."""
        rows = self.cloud.call("listVirtualMachines", listall=True, id=vm_id).body
        return str(rows["virtualmachine"][0]["state"])

    def disks(self, vm_id: str) -> list[tuple[int, str]]:
        """Return device and type of each volume of a VM."""
        return sorted((row["deviceid"], row["type"]) for row in self.volumes(vm_id))

    def do(self, command: str, /, **parameters: Value) -> dict[str, Any]:
        """Have the root admin do something; return what it was answered at last."""
        body = self.cloud.call(command, **parameters).body
        while body.get("jobstatus", 0) == 0 and "jobid" in body:
            body = self.cloud.call("queryAsyncJobResult", jobid=body["jobid"]).body
        result: dict[str, Any] = body.get("jobresult", body)
        assert "errorcode" not in result, result
        return result


@contextmanager
def serving(*options: str) -> Iterator[Served]:
    """Serve a cloud with its console."""
    command = [sys.executable, "-m", "rootswap", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            given = dict(server.stdout.readline().strip().split("=", 1) for _ in range(3))
            url, key = given["CLOUDSTACK_ENDPOINT"], given["CLOUDSTACK_KEY"]
            line = Line(Target("test", url, key, given["CLOUDSTACK_SECRET"]))
            yield Served(url.removesuffix("/client/api"), HttpCloud(line, key, line.target.secret))
            line.close()
        finally:
            server.terminate()


class Door(NamedTuple):
    """By which users come in; each in a browser context of its own."""

    browser: Browser
    served: Served
    contexts: list[BrowserContext]

    def __call__(self, path: str = "/", user: str = "admin", *, width: int = 1280) -> Page:
        """Log *user* in and return the page at *path*."""
        context = self.browser.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(f"{self.served.url}{path}")
        page.get_by_label("User name").fill(user)
        page.get_by_label("Password").fill("password")
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("main").wait_for()
        return page
