"""How sentences are read: quoted aliases, callers, reasons."""

import re
from collections.abc import Callable

from pytest_bdd import parsers


def _typed(pattern: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        return text

    convert.pattern = pattern  # type: ignore[attr-defined]
    return convert


_TYPES = {
    "who": _typed(r"root admin|domain admin|foreign admin|owner|other|reader|stranger"),
    "reason": _typed(r"[a-z][a-z0-9-]*"),
    "alias": _typed(r"[A-Za-z0-9_-]+"),
    "any": _typed(r"[^\"]*"),
}


def words(sentence: str) -> parsers.parse:
    """Return the parser of a sentence; `alias`, `who`, `reason` and `any` are its types."""
    for name in re.findall(r"{\w+:(\w+)}", sentence):
        assert name in (*_TYPES, "d", "w"), sentence
    return parsers.parse(sentence, extra_types=_TYPES)
