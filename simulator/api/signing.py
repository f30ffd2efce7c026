"""Request signatures (semantics 7.1): HMAC-SHA1 over the sorted, encoded, lower-cased query."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote


def signature(parameters: Mapping[str, str], secret: str) -> str:
    """Return the signature of *parameters* (any given signature left out)."""
    pairs = sorted((k, v) for k, v in parameters.items() if k.lower() != "signature")
    text = "&".join(f"{k}={quote(v, safe='*-._').replace('~', '%7E')}" for k, v in pairs)
    digest = hmac.new(secret.encode(), text.lower().encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def expired(parameters: Mapping[str, str], now: datetime) -> bool:
    """Return whether a version-3 request is past its `expires`, or has none that can be read."""
    low = {k.lower(): v for k, v in parameters.items()}
    if low.get("signatureversion") != "3":
        return False
    try:
        until = datetime.strptime(low.get("expires", ""), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return True
    return until < now.astimezone(UTC)
