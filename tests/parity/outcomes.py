"""How two racing calls ended, in words that no id, name or offset gets into."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

GOLDEN = Path(__file__).parent.parent / "golden" / "races.json"
EXPLAINED = GOLDEN.with_name("races_explained.json")
RATES = GOLDEN.with_name("races_rates.json")
CUT = 90
"""A recording keeps that many characters of a text."""
_NAMES = (
    (r"[0-9a-f]{8}-[0-9a-f-]*", "<id>"),
    (r"i-\d+-\d+-VM", "<instance>"),
    (r'(?<="name\\":\\")[^\\"]*|(?<="name":")[^"]*', "<name>"),
    (r'(?<=\\"id\\":)\d+|(?<="id":)\d+|(?<="instanceId":)\d+', "<row>"),
    (r"(?<=id \[)\d+", "<row>"),
    (r"(?<=volume: )\S+(?= is)|(?<=^Volume )\S+(?= should)", "<name>"),
)
_TOLD = 36
"""Characters of a normalised text that tell one refusal from another."""


def words(text: str | None) -> str:
    """Return the start of an error text, with placeholders for what differs each time."""
    text = (text or "")[:CUT]
    for pattern, word in _NAMES:
        text = re.sub(pattern, word, text)
    return text[:_TOLD]


def outcome(row: dict[str, Any]) -> str:
    """Return how a race ended: both answers and the state after, in one line."""
    return " / ".join((_answer(row["one"]), _answer(row["two"]), _state(row["state"])))


def _answer(told: list[Any]) -> str:
    _, _, _, kind, _, _, code, text = told
    if code is None:
        return "ok"
    return f"{kind} {code} {words(text)}".strip()


def _state(state: list[list[Any]]) -> str:
    parts = []
    for name, *rest in state:
        if len(rest) == 1:
            parts.append(f"{name} {rest[0]}")
        else:
            kind, stands, device, vm = rest
            parts.append(f"{name} {kind}/{stands}" + (f"/{device}@{vm}" if vm else ""))
    return ", ".join(sorted(parts))


def tally(rows: Iterable[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Return how often each kind of race ended in which way."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row["race"], Counter())[outcome(row)] += 1
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a recording of races.py."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def offset(row: dict[str, Any]) -> float:
    """Return how many seconds after call one call two was sent."""
    return round(float(row["two"][1]) - float(row["one"][1]), 3)


def recorded() -> dict[str, dict[str, list[float]]]:
    """Return the recorded outcomes of each kind of race, with the offset of each repetition."""
    found: dict[str, dict[str, list[float]]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


def golden() -> dict[str, dict[str, int]]:
    """Return the recorded outcomes of each kind of race, and how often each was seen."""
    return {
        kind: {outcome: len(offsets) for outcome, offsets in seen.items()}
        for kind, seen in recorded().items()
    }


class Rate(NamedTuple):
    """How often races of a kind, sent in a span of offsets, ended in a way: measured elsewhere."""

    kind: str
    least_s: float
    most_s: float
    starts: str
    seen: int
    of: int
    source: str


def rates() -> list[Rate]:
    """Return the proportions that the ground truth gives beside the recordings."""
    return [Rate(**row) for row in json.loads(RATES.read_text(encoding="utf-8"))]


def explained() -> dict[str, dict[str, str]]:
    """Return further outcomes that the server's rules allow, each with its reason."""
    found: dict[str, dict[str, str]] = json.loads(EXPLAINED.read_text(encoding="utf-8"))
    return found
