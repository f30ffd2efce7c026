"""How long the console makes people wait, in a real browser.

`python benchmarks/pages.py [--runs N]` prints, in ms, the median and the slowest of N runs: from
the start of `rootswap serve` until the form to log in, and the page after it, can be used; from a
click until the result of its job is shown, with the instant clock; until the list of the 10,000
VMs of the cloud `large` is there, and until its next page is. Bars: 1,500, 300, and none that
blocks.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from playwright.sync_api import Browser, Page

from conformance.browsing import browser


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Serve a cloud and give the address of its first page."""
    command = [sys.executable, "-m", "rootswap", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own
        line = cast("IO[str]", server.stdout).readline()
        try:
            yield line.strip().partition("=")[2].removesuffix("/client/api")
        finally:
            server.terminate()


def enter(chromium: Browser, url: str, path: str) -> Page:
    """Log in as the root admin and return the page at *path* once it can be used."""
    page = chromium.new_context().new_page()
    page.goto(f"{url}{path}")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", level=1).wait_for()
    return page


def form_s(chromium: Browser) -> float:
    """Return the time from the start of the server until the form to log in can be used."""
    began_s = time.perf_counter()
    with serving("--preset", "kvm") as url:
        page = chromium.new_context().new_page()
        page.goto(url)
        page.get_by_label("User name").fill("admin")
        took_s = time.perf_counter() - began_s
        page.context.close()
        return took_s


def first_page_s(chromium: Browser) -> float:
    """Return the time from the start of the server until its first page can be used."""
    began_s = time.perf_counter()
    with serving("--preset", "kvm") as url:
        enter(chromium, url, "/").context.close()
        return time.perf_counter() - began_s


def result_s(chromium: Browser) -> float:
    """Return the time from a click on "Detach ROOT" until the page says that it has none."""
    with serving("--preset", "kvm") as url:
        page = enter(chromium, url, "/vms")
        page.get_by_role("link", name="old").click()
        button = page.get_by_role("button", name="Detach ROOT")
        button.wait_for()
        began_s = time.perf_counter()
        button.click()
        page.get_by_role("region", name="No ROOT volume").wait_for()
        took_s = time.perf_counter() - began_s
        page.context.close()
        return took_s


def list_s(chromium: Browser) -> tuple[float, float]:
    """Return how long the first page of 10,000 VMs takes, and how long the next."""
    with serving("--preset", "large") as url:
        page = enter(chromium, url, "/clock")
        began_s = time.perf_counter()
        page.goto(f"{url}/vms")
        page.locator("tbody a").first.wait_for()
        first_s = time.perf_counter() - began_s
        name = page.locator("tbody a").first.inner_text()
        began_s = time.perf_counter()
        page.get_by_role("button", name="Next page").click()
        page.locator("tbody a").first.filter(has_not_text=name).wait_for()
        took_s = time.perf_counter() - began_s
        page.context.close()
        return first_s, took_s


def main() -> None:
    """Measure, and print a line for each figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    runs = asked.parse_args().runs
    with browser() as chromium:
        first_page_s(chromium)  # the browser's own first page
        lists = [list_s(chromium) for _ in range(runs)]
        rows = {
            "form to log in from the start of serve": [form_s(chromium) for _ in range(runs)],
            "first page from the start of serve": [first_page_s(chromium) for _ in range(runs)],
            "result of an action from the click": [result_s(chromium) for _ in range(runs)],
            "first page of 10,000 VMs": [first for first, _ in lists],
            "next page of 10,000 VMs": [after for _, after in lists],
        }
    for name, times_s in rows.items():
        middle, slowest = statistics.median(times_s) * 1000, max(times_s) * 1000
        sys.stdout.write(f"{name:40} {middle:6.0f} ms, slowest {slowest:6.0f} ms\n")


if __name__ == "__main__":
    main()
