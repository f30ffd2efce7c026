"""The site of the pages: NiceGUI on an application of ours, opened once for a process."""

import asyncio
import importlib
import logging
import pkgutil
from contextlib import suppress
from pathlib import Path

from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import ui
from starlette.types import ASGIApp

from console import pages, reports
from simulator.serve.visits import Visits

_STYLE = Path(__file__).with_name("style.css")
_SPOKEN = """<script>
addEventListener("DOMContentLoaded", () => {
  document.getElementById("popup").setAttribute("role", "alert");
});
</script>"""
"""Has screen readers say that the server is gone, and not only show it."""
_kept: list[asyncio.Task[None]] = []


async def opened(visits: Visits) -> ASGIApp:
    """Return the application that serves the pages of the cloud behind *visits*."""
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    application.include_router(reports.router)
    application.state.visits = nicegui_app.state.visits = visits
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}")
    logging.getLogger("nicegui").setLevel(logging.ERROR)  # an unknown address is no news
    ui.add_css(_STYLE, shared=True)
    ui.add_body_html(_SPOKEN, shared=True)
    ui.run_with(
        application, title="rootswap", favicon="💽", dark=None, show_welcome_message=False,
        language="en-US",
        reconnect_timeout=30, tailwind=False,
    )  # fmt: skip
    begun = asyncio.get_running_loop().create_future()
    living = asyncio.create_task(_live(application, begun))
    _kept.append(living)
    await asyncio.wait({living, begun}, return_when=asyncio.FIRST_COMPLETED)
    if living.done():
        living.result()  # says what hindered it
    return application


async def _live(application: FastAPI, begun: asyncio.Future[None]) -> None:
    """Keep the application going until the end of the event loop, and close it then."""
    async with application.router.lifespan_context(application):
        begun.set_result(None)
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
