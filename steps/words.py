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
    "who": _typed(
        r"root admin|domain admin|foreign admin|branch admin|namesake admin|branch owner|namesake"
        r"|owner|colleague|project|other|reader|stranger"
    ),
    "what": _typed(r"volume|VM|zone|host|storage pool|disk offering|service offering|template"),
    "may": _typed(r"may not|may"),
    "many": _typed(r"a VM|as many VMs as there are hosts"),
    "where": _typed(r"in zone|on host"),
    "the": _typed(r"the|a"),
    "field": _typed(r"[A-Za-z ]+"),
    "origin": _typed(r"on VM|from snapshot"),
    "reason": _typed(r"[a-z][a-z0-9-]*"),
    "page": _typed(r"VM|volume"),
    "way": _typed(r"by mouse|by keyboard"),
    "alias": _typed(r"[A-Za-z0-9_-]+"),
    "any": _typed(r"[^\"]*"),
}


def words(sentence: str) -> parsers.parse:
    """Return the parser of a sentence; the keys of _TYPES and `d` are its types."""
    for name in re.findall(r"{\w+:(\w+)}", sentence):
        assert name in (*_TYPES, "d"), sentence
    return parsers.parse(sentence, extra_types=_TYPES)
