"""What `rootswap parity` prints."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from conformance.cleaning import Leftover
from conformance.parity.comparing import Divergence

_WIDTH, _MOST = 44, 20


def as_json(names: Sequence[str], found: Divergence | int, left: Sequence[Leftover],
            **more: Any) -> str:  # fmt: skip
    """Return all that was found, as JSON has it."""
    result: dict[str, Any] = {"targets": list(names), **more, "divergence": None}
    if isinstance(found, Divergence):
        result["divergence"] = {
            "operations": [
                {"who": op.who, "command": op.command, "given": op.given, "text": str(op)}
                for op in found.operations
            ],
            "differences": [difference._asdict() for difference in found.differences],
            "answers": [answer._asdict() for answer in found.answers],
        }
    result["left"] = [f"{x.command}  ({x.answer})" for x in left]
    return json.dumps(result, indent=1)


def page(names: Sequence[str], found: Divergence) -> Iterator[str]:
    """Yield the operations, and the two answers to the last one side by side."""
    count = len(found.operations)
    yield f"divergence after {count} operation{'s' if count != 1 else ''}:"
    for number, operation in enumerate(found.operations, 1):
        yield f"  {number:>3}  {operation}"
    yield ""
    yield "  " + _columns("", *names)
    rows = found.differences
    for difference in rows[:_MOST]:
        yield f"  {difference.path}"
        yield from _beside(difference.one, difference.two)
    if len(rows) > _MOST:
        yield f"  and {len(rows) - _MOST} more"
    yield ""
    yield "  the answers in short"
    yield from _beside(*(_short(answer.outcome) for answer in found.answers))


def _short(outcome: dict[str, Any]) -> str:
    """Return how a call ended: its status, and that of its job, with the text of a refusal."""
    answer = outcome.get("job", outcome["answer"])
    result = answer.get("jobresult", answer)
    text = result.get("errortext", "") if isinstance(result, dict) else ""
    state = {1: "succeeded", 2: "failed"}.get(answer.get("jobstatus"), "")
    job = f", job {state}" if state else ""
    code = result.get("errorcode", "") if isinstance(result, dict) else ""
    return f"HTTP {outcome['status']}{job} {code} {text}".rstrip()


def _beside(one: Any, two: Any) -> Iterator[str]:
    texts = [x if isinstance(x, str) else json.dumps(x, sort_keys=True) for x in (one, two)]
    lines = [[t[at : at + _WIDTH] for at in range(0, max(1, len(t)), _WIDTH)] for t in texts]
    for number in range(max(map(len, lines))):
        left, right = (column[number] if number < len(column) else "" for column in lines)
        yield f"    {_columns('', left, right)}"


def _columns(mark: str, left: str, right: str) -> str:
    return f"{mark}{left:<{_WIDTH}}  {right}".rstrip()
