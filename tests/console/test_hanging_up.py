"""Browsers that go elsewhere before their page is there: nobody hears of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast

import pytest

from console.app import Console
from simulator.serve.http import Receive, Scope, Send

if TYPE_CHECKING:
    from simulator.serve.visits import Visits

GET: Scope = {"type": "http", "method": "GET", "path": "/vms", "headers": []}


def _served(words: str) -> None:
    """Ask for a page that ends as Starlette ends one that nobody waits for any more."""

    async def page(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError(words)

    async def asked() -> None:
        console = Console(cast("Visits", None))
        console._ready = asyncio.get_running_loop().create_future()
        console._ready.set_result(page)
        none = cast("Any", None)
        await console(GET, none, none)

    with ThreadPoolExecutor(1) as apart:  # the browser of other tests has a loop in this thread
        apart.submit(asyncio.run, asked()).result()


def test_a_browser_that_went_elsewhere_leaves_no_trace() -> None:
    _served("No response returned.")


def test_any_other_end_of_a_page_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="another"):
        _served("another end")
