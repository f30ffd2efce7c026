"""What scenarios about the console run on: a served cloud of their own, and a browser."""

import subprocess
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, cast

import pytest

from conformance.browsing import OPTION, browser
from conformance.line import Line
from conformance.targets import Target
from conformance.wire import WireCloud
from steps.screen import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --with-browser."""
    parser.getgroup("rootswap").addoption(OPTION, action="store_true")


@pytest.fixture(scope="session")
def console_cloud() -> Iterator[WireCloud]:
    """Serve a cloud with its console, and give it as its root admin."""
    command = [sys.executable, "-m", "rootswap", "serve", "--port", "0"]
    # a server that is asked to end by the signal that ends the run would be gone too early
    with subprocess.Popen(  # noqa: S603 - this project's own program
        command, stdout=subprocess.PIPE, text=True, process_group=0
    ) as server:
        lines = cast("IO[str]", server.stdout)
        given = dict(lines.readline().strip().split("=", 1) for _ in range(3))
        url, key = given["CLOUDSTACK_ENDPOINT"], given["CLOUDSTACK_KEY"]
        line = Line(Target("console", url, key, given["CLOUDSTACK_SECRET"]))
        try:
            yield WireCloud(line, key, line.target.secret)
        finally:
            line.close()
            server.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """Give a headless browser."""
    with browser() as started:
        yield started


@pytest.fixture
def screen(chromium: "Browser", console_cloud: WireCloud) -> Iterator[Screen]:
    """Give a browser at the console of the scenario's cloud."""
    shown = Screen(chromium, console_cloud.line.url.removesuffix("/client/api"))
    yield shown
    shown.close()
