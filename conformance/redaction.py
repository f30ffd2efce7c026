"""What may be shown of requests, answers and errors: everything but keys and passwords."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from simulator.serve.recorder import HIDDEN, redacted

_SHORTEST = 4
"""A shorter secret is no secret, and would hide half of any text."""
_MOST_ROWS = 3
"""Of a list in an answer that is cut."""
_NAMED = re.compile(
    r"""(?ix) \b(api_?key | secret_?key | signature | session_?key | jsessionid | \w*password
    | \w*secret) (["']?\s*[=:]\s*["']?) [^"'&;,\s}]+"""
)
"""A secret as a query, a cookie, JSON or an error names it."""
_ADDRESSED = re.compile(r"(?<=://)[^/@\s]+(?=@)")
"""Who asks, in an address."""


class Redactor:
    """Hides the secrets it knows, in any spelling, and what is named like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: dict[str, None] = {}
        self.learn(*secrets)

    def learn(self, *secrets: str) -> None:
        """Hide *secrets* from now on."""
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                spellings = (secret, quote(secret, safe=""), repr(secret)[1:-1])
                self._known |= dict.fromkeys(spellings)

    def __call__(self, text: str) -> str:
        """Return *text* with each secret hidden."""
        for secret in sorted(self._known.copy(), key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        return _NAMED.sub(rf"\1\2{HIDDEN}", _ADDRESSED.sub(HIDDEN, text))

    def parameters(self, parameters: Mapping[str, str]) -> dict[str, str]:
        """Return what was sent, without secrets, signature and the words of every request."""
        dull = {"command", "response", "signature"}
        shown = {n: v for n, v in parameters.items() if n.lower() not in dull}
        return {name: str(self.body(value, name)) for name, value in shown.items()}

    def body(self, value: Any, name: str = "") -> Any:
        """Return the parts of an answer, the one called *name* or all of it, without secrets."""
        return self._each(redacted(value, name))

    def cut(self, value: Any, longest: int) -> str:
        """Return an answer as it is shown: JSON, the first rows of its lists, in *longest* letters.

        Secrets are hidden by their names first, so that none is cut in two.
        """
        rows = _first_rows(redacted(value))
        return self(shortened(json.dumps(rows, ensure_ascii=False, default=str), longest))

    def _each(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._each(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._each(inner) for inner in value]
        return self(value) if isinstance(value, str) else value


def shortened(text: str, longest: int) -> str:
    """Return *text*, its middle left out if it is long."""
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]} … {len(text) - 2 * half} more … {text[-half:]}"


def _first_rows(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _first_rows(inner) for name, inner in value.items()}
    if isinstance(value, list):
        rows = [_first_rows(row) for row in value[:_MOST_ROWS]]
        return rows + [f"… {len(value) - _MOST_ROWS} more"] * (len(value) > _MOST_ROWS)
    return value
