"""A served cloud with its console, and how a user comes in by a browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from conformance.line import HttpCloud, Line
from conformance.targets import Target

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

    def disks(self, vm_id: str) -> list[tuple[int, str]]:
        """Return device and type of each volume of a VM."""
        rows = self.cloud.call("listVolumes", listall=True, virtualmachineid=vm_id).body
        return sorted((row["deviceid"], row["type"]) for row in rows.get("volume", []))


@contextmanager
def serving(*options: str) -> Iterator[Served]:
    """Serve a cloud with its console."""
    command = [sys.executable, "-m", "rootswap", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        given = dict(server.stdout.readline().strip().split("=", 1) for _ in range(3))
        url, key = given["CLOUDSTACK_ENDPOINT"], given["CLOUDSTACK_KEY"]
        line = Line(Target("test", url, key, given["CLOUDSTACK_SECRET"]))
        yield Served(url.removesuffix("/client/api"), HttpCloud(line, key, line.target.secret))
        line.close()
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
