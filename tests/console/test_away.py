"""The server goes away while a page is open, and comes back at the same address."""

import re
import socket

import pytest
from playwright.sync_api import Browser, expect
from visited import PATIENCE_MS, Door, serving


@pytest.fixture
def port() -> str:
    """Return a port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_the_page_says_that_the_server_is_gone_and_comes_back_by_itself(
    chromium: Browser, port: str
) -> None:
    options = ("--preset", "kvm", "--port", port)
    with serving(*options) as first:
        door = Door(chromium, first, [])
        page = door("/jobs")
        lost = page.get_by_role("alert").filter(has_text="Connection lost.")
        expect(page.get_by_role("heading", name="Jobs")).to_be_visible()
        expect(lost).to_be_hidden()

    expect(lost).to_be_visible(timeout=PATIENCE_MS)

    with serving(*options):
        page.wait_for_url(re.compile(r"/login\?next=/jobs$"), timeout=PATIENCE_MS)
        page.get_by_label("User name").fill("alice")
        page.get_by_label("Password").fill("password")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Jobs")).to_be_visible(timeout=PATIENCE_MS)
        assert page.url.endswith("/jobs")
        for context in door.contexts:
            context.close()
