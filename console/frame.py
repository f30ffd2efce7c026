"""What all pages share: who looks, the way to other pages, the light, and how a page is built."""

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from fastapi import Request
from nicegui import app, ui
from starlette.responses import Response

from console.login import to_login, visitor_of
from console.words import counted
from simulator.serve.visits import SignedOut, Visitor

REFRESH_S = 0.5
"""How often a page looks whether anything changed."""
_PLACES = (
    ("/", "Cloud", "cloud"),
    ("/vms", "Virtual machines", "dns"),
    ("/volumes", "Volumes", "save"),
    ("/rescue", "Rescue", "healing"),
    ("/jobs", "Jobs", "view_timeline"),
    ("/clock", "Clock and faults", "schedule"),
    ("/specification", "Specification", "fact_check"),
    ("/study", "Study", "insights"),
)
_THEME = "rootswap_theme"
_LIGHTS = {"light": False, "dark": True}


class Visit(NamedTuple):
    """A page on its way to a browser: who looks, by which request."""

    visitor: Visitor
    request: Request


class Missing(Exception):
    """What a page's address names does not exist, for this visitor; the text says what."""


Build = Callable[..., Awaitable[None]]


def page(path: str, title: str) -> Callable[[Build], Build]:
    """Register a page: *build* fills it, given the Visit and what *path* has in braces.

    Without a session the browser goes to the log-in; Missing makes it a page of status 404.
    """

    def register(build: Build) -> Build:
        async def shown(request: Request, **given: Any) -> Response | None:
            visitor = visitor_of(request)
            if visitor is None:
                return to_login(request)
            visit = Visit(visitor, request)
            _frame(visit, title)
            content = ui.column().classes("page").props('id="main" tabindex="-1"')
            try:
                with content:
                    await build(visit, **given)
            except SignedOut:
                return to_login(request)
            except Missing as missing:
                content.clear()
                with content:
                    _nothing(str(missing))
                return ui.context.client.build_response(request, 404)
            return None

        own = [p for n, p in inspect.signature(build).parameters.items() if n != "visit"]
        asked = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
        kept = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        shown.__signature__ = inspect.Signature([asked, *kept])  # type: ignore[attr-defined]
        ui.page(path, title=f"{title} · rootswap", dark=None)(shown)
        return build

    return register


def _nothing(text: str) -> None:
    """Fill a page about what does not exist."""
    heading("Not found")
    ui.label(text)
    ui.link("To the first page", "/")


def heading(text: str, level: int = 1) -> ui.element:
    """Add a heading."""
    with ui.element(f"h{level}").classes(f"heading{level}") as element:
        ui.label(text).props('style="display:inline"')
    return element


def _frame(visit: Visit, title: str) -> None:
    """Add what surrounds every page."""
    ui.html('<a class="skip" href="#main">Skip to the page</a>', sanitize=False)
    ui.colors(primary="#2a6cb8")
    dark = ui.dark_mode(_LIGHTS.get(visit.request.cookies.get(_THEME, "")))
    with ui.left_drawer(value=False, bordered=True).props(
        'show-if-above width=220 breakpoint=900 role="navigation" aria-label="Pages"'
    ) as drawer:
        for path, name, icon in _PLACES:
            here = name == title or (visit.request.url.path.startswith(f"{path}/") and path != "/")
            with ui.link(target=path).classes("place" + (" here" if here else "")) as link:
                if here:
                    link.props('aria-current="page"')
                ui.icon(icon).props('aria-hidden="true"')
                ui.label(name)
    with ui.header().classes("bar"):
        ui.button(icon="menu", on_click=drawer.toggle, color=None).props(
            'flat round dense aria-label="Pages"'
        ).classes("menu")
        ui.link("rootswap", "/").classes("brand")
        ui.space()
        _clock(visit)
        _themes(dark)
        ui.label(visit.visitor.name).classes("who")
        ui.html(
            '<form method="post" action="/logout"><button class="leave">Log out</button></form>',
            sanitize=False,
        )


def _clock(visit: Visit) -> None:
    """Show where the cloud's time stands."""
    label = ui.label().classes("now")

    def show() -> None:
        try:
            clock = visit.visitor.clock
        except SignedOut:
            ui.navigate.to("/login")
            return
        day = clock.date.replace("T", " ").partition("+")[0]
        label.text = f"{day} · {clock.kind} · {counted(clock.jobs, 'job')} running"

    show()
    ui.timer(REFRESH_S, show)


def _themes(dark: ui.dark_mode) -> None:
    """Let the visitor choose light or dark; the browser remembers it for a year."""

    def choose(name: str) -> None:
        dark.value = _LIGHTS.get(name)
        ui.run_javascript(
            f"document.cookie = '{_THEME}={name}; path=/; max-age=31536000; samesite=lax'"
        )

    button = ui.button(icon="contrast", color=None)
    with button.props('flat round dense aria-label="Light or dark"'), ui.menu():
        for name in ("light", "dark", "automatic"):
            ui.menu_item(name.capitalize(), lambda name=name: choose(name))


def live(show: Callable[[], Awaitable[Any]], every_s: float = REFRESH_S) -> None:
    """Call *show* now and then while the page is open; it returns what it looked at.

    Once the session is over, the browser goes to the log-in; once what the page is about is gone,
    the page is loaded anew, and says so.
    """

    async def again() -> None:
        try:
            await show()
        except SignedOut:
            ui.navigate.to("/login")
        except Missing:
            timer.deactivate()
            ui.navigate.reload()

    timer = ui.timer(every_s, again, immediate=False)


def on_error(error: Exception) -> None:
    """Send a visitor whose session is over to the log-in, whatever he did."""
    if isinstance(error, SignedOut):
        ui.navigate.to("/login")


app.on_exception(on_error)
