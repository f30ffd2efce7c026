"""Request signatures (semantics 7.1): HMAC-SHA1 over the sorted, encoded, lower-cased query."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

_PROTOCOL = frozenset(
    {"command", "apikey", "signature", "response", "signatureversion", "expires", "sessionkey"}
)
_EXPIRES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)", re.ASCII)


def signature(parameters: Mapping[str, str], secret: str, *, bare_tilde: bool = False) -> str:
    """Return the signature of *parameters* (any given signature left out).

    A `~` is signed as %7E, as Java encodes it; with *bare_tilde* as other languages leave it.
    """
    tilde = "~" if bare_tilde else "%7E"
    text = "&".join(
        f"{name}={quote(parameters[name], safe='*-._', errors='replace').replace('~', tilde)}"
        for name in sorted(parameters)
        if name.lower() != "signature"
    )
    words = text.lower().encode("utf-8", "replace")
    digest = hmac.new(secret.encode("utf-8", "replace"), words, hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def signed(
    parameters: Mapping[str, str], secret: str | None, given: str, *, lenient: bool = False
) -> bool:
    """Return whether *given* is the signature of *parameters*, taking as long for any text."""
    if secret is None:
        return False
    sent = given.encode("utf-8", "replace")
    if hmac.compare_digest(signature(parameters, secret).encode(), sent):
        return True
    bare = lenient and signature(parameters, secret, bare_tilde=True)
    return bool(bare) and hmac.compare_digest(str(bare).encode(), sent)


def expired(low: Mapping[str, str], now: datetime) -> bool:
    """Return whether a version-3 request is past its `expires`, or has none that can be read.

    *low* are the parameters by lower-case name.
    """
    if low.get("signatureversion") != "3":
        return False
    text = low.get("expires", "")
    if not _EXPIRES.fullmatch(text):
        return True
    try:
        return datetime.fromisoformat(text) < now.astimezone(UTC)
    except ValueError:
        return True


def spoken(parameters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the command of a request, and its parameters without those of the protocol."""
    low = {k.lower(): k for k in parameters}
    text = {k: parameters[k] for name, k in low.items() if name not in _PROTOCOL}
    return parameters.get(low.get("command", ""), ""), text
