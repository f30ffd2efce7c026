"""Answers without what differs from cloud to cloud though both did the same."""

import json
import re
from collections.abc import Mapping
from typing import Any

from conformance.parity.operations import is_id

VOLATILE: Mapping[str, str] = {
    "jobid": "each call has its own",
    "managementserverid": "which server answered",
    "managementservername": "which server answered",
    "cpuused": "measured as it runs", "cpuloadaverage": "measured as it runs",
    "networkkbsread": "measured as it runs", "networkkbswrite": "measured as it runs",
    "networkread": "measured as it runs", "networkwrite": "measured as it runs",
    "diskkbsread": "measured as it runs", "diskkbswrite": "measured as it runs",
    "diskioread": "measured as it runs", "diskiowrite": "measured as it runs",
    "diskiopstotal": "measured as it runs",
    "memorykbs": "measured as it runs", "memoryintfreekbs": "measured as it runs",
    "memorytargetkbs": "measured as it runs", "password": "a secret",
    "physicalsize": "measured after a while", "virtualsize": "measured after a while",
    "utilization": "measured after a while",
}  # fmt: skip
"""Field that is left out of every answer -> why."""
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_FORMS = (
    (re.compile(r"\brs[a-z0-9]{8}-"), ""),
    (re.compile(r"\blane\d+-\d+"), "<lane>"),
    (re.compile(r"\bROOT/(?:[^/\s]+/)*(?=<lane>)"), "ROOT/"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d{4})?"), "<date>"),
    (re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b"), "<mac>"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "<address>"),
    (re.compile(r"\bi-\d+-\d+-[A-Za-z]+\b"), "<instance>"),
    (re.compile(r"\b(ROOT|DATA)-\d+\b"), r"\1-<row>"),
    (re.compile(r'(\\*"(?:id|instanceId)\\*":)\d+|(\bid=|\bid \[)\d+'), r"\1\2<row>"),
    (re.compile(r"vlan://\S+"), "<vlan>"),
    (re.compile(r"\b\d{14}\b"), "<moment>"),
)  # fmt: skip


class Normaliser:
    """Puts aliases in the place of ids and names; unknown ids are numbered as they come."""

    def __init__(self) -> None:
        self._aliases: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._known: re.Pattern[str] | None = None
        self._numbers: dict[tuple[str, Any], str] = {}
        self._domains: dict[str, str] = {}
        self._unknown = 0

    def learn(self, entity_id: str, alias: str) -> None:
        """Show the *alias* wherever the id stands."""
        self._aliases[entity_id.lower()] = f"<{alias}>"

    def learn_name(self, name: str, alias: str, *, within: bool = True) -> None:
        """Show the *alias* where the name stands: *within* texts, or only as a whole value."""
        if within:
            self._names[name], self._known = f"<{alias}>", None
        else:
            self._exact[name] = f"<{alias}>"

    def learn_number(self, field: str, number: Any, alias: str) -> None:
        """Show the *alias* where a *field* has that number."""
        self._numbers[field, number] = f"<{alias}>"

    def learn_domain(self, path: str, alias: str) -> None:
        """Show the *alias* where a field has the path of a domain, or its last name."""
        self._domains |= dict.fromkeys((path, path.rpartition("/")[2]), f"<{alias}>")

    def alias(self, entity_id: str) -> str:
        """Return what is shown for an id."""
        known = entity_id.lower()
        if known not in self._aliases:
            self._unknown += 1
            self._aliases[known] = f"<id {self._unknown}>"
        return self._aliases[known]

    def shown(self, value: Any) -> Any:
        """Return *value* as it is compared."""
        if isinstance(value, dict):
            return {
                key: self._field(key, value[key], value)
                for key in sorted(value)
                if key not in VOLATILE
            }
        if isinstance(value, list):
            shown = [self.shown(item) for item in value]
            return sorted(shown, key=lambda item: json.dumps(item, sort_keys=True))
        return self._text(value) if isinstance(value, str) else value

    def _field(self, key: str, value: Any, row: Mapping[str, Any]) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            kind = f"{row.get('type')} {key}" if key == "size" else key
            return self._numbers.get((kind, value), value)
        if key in {"domain", "domainpath"} and value in self._domains:
            return self._domains[value]
        if isinstance(value, str) and value.isdigit() and is_id(key):
            return "<row>"
        return self.shown(value)

    def _text(self, text: str) -> str:
        if text in self._exact:
            return self._exact[text]
        if self._known is None and self._names:
            names = sorted(self._names, key=len, reverse=True)
            either = "|".join(re.escape(name) for name in names)
            self._known = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
        if self._known is not None:
            text = self._known.sub(lambda found: self._names[found[0]], text)
        text = _UUID.sub(lambda found: self.alias(found[0]), text)
        for form, word in _FORMS:
            text = form.sub(word, text)
        return text
