"""Coming in and going out: a form of plain HTML, and the cookie that stands for the session."""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from simulator.port import Reply
from simulator.serve.visits import Visitor, Visits

PATHS = frozenset({"/login", "/logout"})
_PAGE = Template(Path(__file__).with_name("login.html").read_text("utf-8"))


def visits_of(request: Request) -> Visits:
    """Return the cloud's visits."""
    visits: Visits = request.app.state.visits
    return visits


def _cookie(request: Request) -> str:
    """Return the session cookie's name: browsers keep one jar for all ports of a host."""
    return f"rootswap_console_{request.url.port or 80}"


def visitor_of(request: Request) -> Visitor | None:
    """Return who sends *request*, None without an open session."""
    return visits_of(request).visitor(request.cookies.get(_cookie(request), ""))


def to_login(request: Request, path: str = "") -> RedirectResponse:
    """Return the way to the form, and from there to *path*, else to where *request* goes."""
    query = request.url.query
    path = path or request.url.path + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(path)}", status_code=303)


def door(visits: Visits) -> Starlette:
    """Return the application of PATHS, which needs none of what the pages are made with."""
    routes = [
        Route("/login", _form, methods=["GET"]),
        Route("/login", _enter, methods=["POST"]),
        Route("/logout", _leave, methods=["POST"]),
    ]
    application = Starlette(routes=routes)
    application.state.visits = visits
    return application


def _form(request: Request) -> Response:
    """Show the form."""
    return _shown(request.query_params.get("next", "/"))


async def _enter(request: Request) -> Response:
    """Open a session of the API and remember it in this browser."""
    form = await request.form()
    names = ("username", "password", "domain", "next")
    username, password, domain, path = (str(form.get(name, "")) for name in names)
    visitor = visits_of(request).enter(username, password, domain)
    if isinstance(visitor, Reply):
        return _shown(path, str(visitor.body.get("errortext", "")), username, domain, status=401)
    answer = RedirectResponse(_inside(path), status_code=303)
    answer.set_cookie(_cookie(request), visitor.session.id, httponly=True, samesite="lax")
    return answer


def _leave(request: Request) -> Response:
    """End the session."""
    visitor = visitor_of(request)
    if visitor is not None:
        visits_of(request).leave(visitor)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(_cookie(request))
    return answer


def _inside(path: str) -> str:
    """Return *path* if it is one of this server, else the first page."""
    local = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if local else "/"


def _shown(
    path: str, text: str = "", username: str = "", domain: str = "", *, status: int = 200
) -> Response:
    filled = {"next": path, "text": text, "username": username, "domain": domain}
    page = _PAGE.substitute({name: escape(value) for name, value in filled.items()})
    return HTMLResponse(page, status_code=status)
