"""Results as JUnit XML, which CI services read."""

import re
from collections import defaultdict
from xml.etree import ElementTree as ET

from conformance.results import Record, Results

_CHILDREN = {
    "failed": "failure", "xpass": "failure", "flaky": "failure",
    "blocked": "error", "error": "error",
    "skipped": "skipped", "not-run": "skipped", "xfail": "skipped",
}  # fmt: skip
"""What a verdict other than passed is to readers of JUnit, which know three."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(results: Results) -> str:
    """Return one suite per feature, one case per scenario."""
    root = ET.Element("testsuites", name="rootswap", time=f"{results.run.seconds:.3f}")
    features: dict[str, list[Record]] = defaultdict(list)
    for record in results.scenarios:
        features[record.feature].append(record)
    for name, found in features.items():
        root.append(_suite(name, found, results))
    _count(root, results.scenarios)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _count(element: ET.Element, found: list[Record]) -> None:
    kinds = [_CHILDREN.get(record.verdict) for record in found]
    element.set("tests", str(len(found)))
    for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(name, str(kinds.count(kind)))


def _suite(name: str, found: list[Record], results: Results) -> ET.Element:
    seconds = sum(record.seconds for record in found)
    suite = ET.Element("testsuite", name=name, time=f"{seconds:.3f}", timestamp=results.run.started)
    _count(suite, found)
    facts = ET.SubElement(suite, "properties")
    for key in ("version", "target", "dialect", "seed"):
        ET.SubElement(facts, "property", name=key, value=str(getattr(results.run, key)))
    suite.extend(_case(record) for record in found)
    return suite


def _case(record: Record) -> ET.Element:
    case = ET.Element(
        "testcase", classname=record.feature, name=_clean(record.name), file=record.file,
        line=str(record.line), time=f"{record.seconds:.3f}",
    )  # fmt: skip
    kind = _CHILDREN.get(record.verdict)
    if kind is not None:
        reason = record.reason
        text = f"{record.verdict}: {reason.text if reason else ''}"
        type_ = reason.type if reason else record.verdict
        child = ET.SubElement(case, kind, message=_clean(text), type=type_)
        hint = f"{reason.hint}\n" if reason and reason.hint else ""
        child.text = _clean(f"{record.why}\n{hint}again: {record.again}")
    return case


def _clean(text: str) -> str:
    """Return *text* without what XML has no place for."""
    return _NOT_XML.sub("\ufffd", text)
