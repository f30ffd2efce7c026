"""Fixtures: a browser, a served cloud, and the door into it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from visited import PATIENCE_MS, Door, Served, serving

from conformance.browsing import NoBrowser, browser

expect.set_options(timeout=PATIENCE_MS)
REQUIRED = "ROOTSWAP_BROWSER_REQUIRED"
"""Set where a machine must have a browser, as in CI."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give a browser; skip, with the reason, where none is."""
    try:
        with browser() as started:
            yield started
    except NoBrowser as no:
        if os.environ.get(REQUIRED):
            raise
        pytest.skip(str(no))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve the ready cloud of KVM with the instant clock, for the tests of a module."""
    with serving("--preset", "kvm") as there:
        yield there


@pytest.fixture
def enter(chromium: Browser, served: Served) -> Iterator[Door]:
    """Give what opens a page as a user: `enter("/vms", "alice")`."""
    door = Door(chromium, served, [])
    yield door
    for context in door.contexts:
        context.close()


@pytest.fixture(scope="module")
def odd() -> Iterator[Served]:
    """Serve a cloud where most volumes and VMs do not fit one another."""
    with serving("--cloud", str(Path(__file__).with_name("odd.toml"))) as there:
        yield there


@pytest.fixture
def enter_odd(chromium: Browser, odd: Served) -> Iterator[Door]:
    """Open pages of that cloud."""
    door = Door(chromium, odd, [])
    yield door
    for context in door.contexts:
        context.close()
