"""A browser that is there: Debian's Chromium or another, driven by Playwright, never downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OPTION = "--with-browser"
"""Option of `rootswap check` and pytest by which the console is judged, too."""
TAG = "browser"
"""Tag of scenarios about the console."""
VARIABLE = "ROOTSWAP_BROWSER"
"""Names the browser's program, where it is none of the usual ones."""
_USUAL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


class NoBrowser(Exception):
    """No browser can be driven here; the text says what is missing."""


def program() -> str:
    """Return the path of a browser; NoBrowser, which says what to install, if there is none."""
    if find_spec("playwright") is None or find_spec("nicegui") is None:
        msg = "the browser is driven by an extra: pip install 'rootswap[browser]'"
        raise NoBrowser(msg)
    asked = os.environ.get(VARIABLE)
    paths = (shutil.which(name) for name in ([asked] if asked else _USUAL))
    path = next((path for path in paths if path), None)
    if path is None:
        what = f"{VARIABLE}={asked} is no program" if asked else "no Chromium is installed"
        msg = f"{what}: apt install chromium, or name one in {VARIABLE}"
        raise NoBrowser(msg)
    return path


@contextmanager
def browser() -> Iterator["Browser"]:
    """Give a headless browser; NoBrowser if there is none."""
    path = program()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox wants rights that containers do not give; all pages are ours
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
