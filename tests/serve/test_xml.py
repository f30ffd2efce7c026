"""XML answers hold what JSON answers hold (ground truth 7, C22)."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from client import Client
from hypothesis import given
from hypothesis import strategies as st

from simulator.port import Reply
from simulator.serve.xml import document

VERSION = {"cloud-stack-version": "4.22.0.0-SNAPSHOT"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
BAD = (
    "Unable to execute API command attachvolume due to invalid value. Invalid parameter id "
    "value=abc due to incorrect long value format, or entity does not exist or due to incorrect "
    "parameter annotation for the field in api cmd class."
)


def test_an_error_document_is_the_recorded_one() -> None:
    client = Client()
    vm = "39f0900c-9df5-4f23-b8d7-971824452a06"
    got = client.ask(command="attachVolume", id="abc", virtualmachineid=vm, response="xml")
    assert got.header("content-type") == "text/xml;charset=utf-8"
    assert (got.status, got.header("x-description")) == (431, BAD)
    assert got.body.decode() == (
        f'{HEAD}<attachvolumeresponse cloud-stack-version="4.22.0.0-SNAPSHOT"><errorcode>431'
        f"</errorcode><cserrorcode>9999</cserrorcode><errortext>{BAD}</errortext>"
        "</attachvolumeresponse>"
    )


def test_a_list_document_is_shaped_as_the_recorded_one() -> None:
    """Count, one element per row, fields in JSON's order and spelling, no empty `tags`."""
    client = Client()
    volume = client.volume("v")
    rows = client.ask(command="listVolumes", id=volume).content["volume"]
    got = client.ask(command="listVolumes", id=volume, response="")
    assert (got.status, got.header("content-type")) == (200, "text/xml;charset=utf-8")
    head = '<listvolumesresponse cloud-stack-version="4.22.0.0-SNAPSHOT"><count>1</count><volume>'
    assert got.body.decode().startswith(HEAD + head + f"<id>{volume}</id><name>v</name><zoneid>")
    (row,) = ET.fromstring(got.body).findall("volume")  # noqa: S314
    assert [e.tag for e in row] == [name for name in rows[0] if name != "tags"]
    assert (row.findtext("destroyed"), row.findtext("size")) == ("false", str(rows[0]["size"]))
    assert row.findtext("created") == rows[0]["created"]


def test_an_empty_list_is_an_empty_element() -> None:
    got = Client().ask(command="listVolumes", response="xml")
    assert got.body.decode() == (
        f'{HEAD}<listvolumesresponse cloud-stack-version="4.22.0.0-SNAPSHOT"></listvolumesresponse>'
    )


def test_401_and_432_documents_have_no_version() -> None:
    client = Client()
    user = client.account("u")
    for got in (
        client.get("command=listZones"),
        client.ask(user, command="migrateVolume", response="xml"),
    ):
        root = ET.fromstring(got.body)  # noqa: S314
        assert (root.findtext("errorcode"), root.attrib) == (str(got.status), {})
    assert root.tag == "errorresponse"


NAMES = st.from_regex(r"[a-z][a-zA-Z0-9_.-]{0,9}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], codec="utf-8"), max_size=9)
SCALARS = TEXTS | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
BODIES = st.recursive(
    st.dictionaries(NAMES, SCALARS, max_size=4),
    lambda inner: st.dictionaries(
        NAMES, inner | st.lists(inner, max_size=3) | st.lists(SCALARS, max_size=3), max_size=4
    ),
    max_leaves=12,
)


def spelt(value: Any) -> str:
    """Return a value of JSON as XML spells it; what no XML can hold is a question mark."""
    if isinstance(value, bool):
        return str(value).lower()
    good = "\t\n\r"
    text = "".join(
        c if c in good or (c >= " " and c not in "\ufffe\uffff") else "?" for c in str(value)
    )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def pairs(body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields of a reply in order, a list's elements one by one."""
    return [
        (name, pairs(one) if isinstance(one, dict) else spelt(one))
        for name, value in body.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def elements(parent: ET.Element, body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the elements below *parent* in order, as deep as *body* is."""
    shapes = [o for v in body.values() for o in (v if isinstance(v, list) else [v])]
    return [
        (e.tag, elements(e, shape) if isinstance(shape, dict) else e.text or "")
        for e, shape in zip(parent, shapes, strict=True)
    ]


@given(BODIES)
def test_any_reply_has_the_same_fields_and_values_in_both(body: dict[str, Any]) -> None:
    root = ET.fromstring(document(Reply(200, body, "xresponse"), version="4.22.0.0-SNAPSHOT"))  # noqa: S314
    assert root.attrib == VERSION
    assert elements(root, body) == pairs(body)


@pytest.mark.parametrize("name", ["", "a b", "1", "<x>", "é", "-", "a:b", "xml"])
def test_any_key_can_name_an_element(name: str) -> None:
    """Keys of details are their owner's words."""
    root = ET.fromstring(document(Reply(200, {name: "v"}, "xresponse")))  # noqa: S314
    assert [e.text for e in root] == ["v"]


def test_every_character_that_means_something_is_escaped() -> None:
    text = document(Reply(200, {"a": "<&>\"'"}, "xresponse"))
    assert text == f"{HEAD}<xresponse><a>&lt;&amp;&gt;&quot;&apos;</a></xresponse>"
