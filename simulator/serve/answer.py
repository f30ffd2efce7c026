"""What goes back over the wire: envelopes as JSON or XML, and plain text."""

from json import JSONEncoder
from typing import NamedTuple

from simulator.port import Reply
from simulator.serve.xml import document

JSON = b"application/json;charset=utf-8"
XML = b"text/xml;charset=utf-8"
TEXT = b"text/plain;charset=utf-8"
HTML = b"text/html;charset=utf-8"
MAX_DESCRIPTION = 1000
"""Characters of an error text that go into a header; clients give up on long ones."""

Header = tuple[bytes, bytes]
_dump = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Answer(NamedTuple):
    """A whole HTTP answer; *kind* is its content type, *reply* what of it is the API's."""

    status: int
    body: bytes
    kind: bytes
    headers: tuple[Header, ...] = ()
    reply: Reply | None = None


def envelope(reply: Reply, *, as_json: bool, version: str) -> Answer:
    """Return *reply* as the API's port answers: errors of the API carry their text in a header."""
    if not reply.root:
        body, kind = "", XML
    elif as_json:
        body, kind = _dump({reply.root: reply.body}), JSON
    else:
        body, kind = document(reply, version=version), XML
    headers: tuple[Header, ...] = ()
    if reply.status > 401:
        words = str(reply.body.get("errortext", ""))[:MAX_DESCRIPTION]
        safe = "".join(c if 31 < ord(c) < 127 else "?" for c in words)
        headers = ((b"x-description", safe.encode()),)
    return Answer(reply.status, body.encode("utf-8", "replace"), kind, headers, reply)


def bare(reply: Reply, *, as_json: bool) -> Answer:
    """Return *reply* as the integration port answers: other types, no version, no description."""
    if as_json:
        body, kind = _dump({reply.root: reply.body}), b"application/json; charset=UTF-8"
    else:
        body, kind = document(reply), b"text/xml"
    return Answer(reply.status, body.encode("utf-8", "replace"), kind, (), reply)


def plain(status: int, text: str, kind: bytes = TEXT) -> Answer:
    """Return an answer that is no envelope."""
    return Answer(status, text.encode(), kind)
