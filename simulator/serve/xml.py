"""A reply as CloudStack's XML: the same body, lists as repeated elements (ground truth 7)."""

import re
from typing import Any
from xml.sax.saxutils import escape

from simulator.port import Reply

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_QUOTES = {'"': "&quot;", "'": "&apos;"}
_NO_NAME = re.compile(r"[^\w.-]", re.ASCII)
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNVERSIONED = (401, 432)


def document(reply: Reply, *, version: str = "") -> str:
    """Return the XML document, with the server's *version*, if any, on its root."""
    root = "errorresponse" if reply.root == "null" else reply.root
    shown = version and reply.status not in _UNVERSIONED
    attribute = f' cloud-stack-version="{version}"' if shown else ""
    return f"{HEAD}<{root}{attribute}>{_content(reply.body)}</{root}>"


def _content(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(_elements(_name(str(name)), inner) for name, inner in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_NO_TEXT.sub("?", str(value)), _QUOTES)


def _elements(name: str, value: Any) -> str:
    inners = value if isinstance(value, list) else [value]
    return "".join(f"<{name}>{_content(inner)}</{name}>" for inner in inners)


def _name(text: str) -> str:
    """Return *text* as XML can name an element: keys of details are their owner's words."""
    text = _NO_NAME.sub("_", text)
    return text if text[:1].isalpha() else f"_{text}"
