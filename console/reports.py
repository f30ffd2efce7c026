"""Reports of studies that were uploaded or made here: kept for a while, shown in a box of sand."""

import secrets
from collections import OrderedDict

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from console.login import to_login, visitor_of

router = APIRouter()
_MOST_BYTES = 32 << 20
_MOST = 8
"""As many are kept; an older one has to be uploaded again."""
_BOX = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""What is in a report is another's: it runs no script, sends no form, and loads nothing."""
_FOR_ADMINS = "Reports are for root admins.\n"
_kept: OrderedDict[str, bytes] = OrderedDict()


def keep(page: bytes) -> str:
    """Keep a report, and return where it is shown."""
    token = secrets.token_urlsafe(16)
    _kept[token] = page
    while len(_kept) > _MOST:
        _kept.popitem(last=False)
    return token


def is_there(token: str) -> bool:
    """Return whether a report is kept under that name."""
    return token in _kept


def address(token: str) -> str:
    """Return where a report is shown."""
    return f"/study/reports/{token}"


def _refusal(request: Request) -> Response | None:
    """Return what answers who is no root admin."""
    visitor = visitor_of(request)
    if visitor is None:
        return to_login(request, "/study")
    return None if visitor.is_root else PlainTextResponse(_FOR_ADMINS, status_code=403)


@router.get("/study/reports/{token}")
def report(request: Request, token: str) -> Response:
    """Show a report."""
    refusal = _refusal(request)
    if refusal is not None:
        return refusal
    page = _kept.get(token)
    if page is None:
        return PlainTextResponse("This report is no longer kept.\n", status_code=404)
    return HTMLResponse(page, headers=_BOX)


@router.post("/study/reports")
async def upload(request: Request, file: UploadFile) -> Response:
    """Take in a report, and show it on the page of studies."""
    refusal = _refusal(request)
    if refusal is not None:
        return refusal
    page = await file.read(_MOST_BYTES + 1)
    if len(page) > _MOST_BYTES:
        return RedirectResponse("/study?why=big", status_code=303)
    if not page.lstrip().lower().startswith(b"<!doctype html"):
        return RedirectResponse("/study?why=other", status_code=303)
    return RedirectResponse(f"/study?report={keep(page)}", status_code=303)
