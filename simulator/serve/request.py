"""What a client asked for: parameters out of query string and form, and its cookies."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

MAX_PARAMETERS = 5000
"""As many as the stock servlet container reads (ServerDaemon, request.max.form.keys)."""


class Request(NamedTuple):
    """One request; *low* is *parameters* by lower-case name."""

    method: str
    parameters: Mapping[str, str]
    low: Mapping[str, str]
    cookies: Mapping[str, str]

    @property
    def command(self) -> str | None:
        """Return the command as it was sent."""
        return self.low.get("command")

    @property
    def wants_json(self) -> bool:
        """Whether the answer is to be JSON; everything else is XML."""
        return self.low.get("response", "").lower() == "json"


def read(method: str, query: bytes, form: bytes, cookie: bytes) -> Request:
    """Return a request; ValueError for more parameters than MAX_PARAMETERS.

    The query string wins over the form, its last value over the first.
    """
    parameters = dict(reversed(_pairs(form))) if form else {}
    parameters |= _pairs(query)
    low = {name.lower(): value for name, value in parameters.items()}
    return Request(method, parameters, low, _cookies(cookie) if cookie else {})


def _pairs(text: bytes) -> list[tuple[str, str]]:
    return parse_qsl(
        text.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_PARAMETERS
    )


def _cookies(header: bytes) -> dict[str, str]:
    pairs = (part.partition("=") for part in header.decode("latin-1").split(";"))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs}
