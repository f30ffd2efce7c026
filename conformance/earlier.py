"""What an earlier run of the same scenarios says of this one."""

from collections.abc import Sequence
from pathlib import Path

from conformance.results import Attempt, Reason, Record, Run, Unreadable, read


class CannotRun(Exception):
    """Why nothing could be run, a line each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def merged(first: list[Record], second: list[Record]) -> list[Record]:
    """Return the records of a run and of the one after it, which had part of the scenarios."""
    later = {record.id: record for record in second if record.attempts}
    for record in first:
        again = later.get(record.id)
        if again is None:
            continue
        record.attempts += [Attempt(again.verdict, again.seconds, again.why)]
        if again.verdict == "passed":
            text = record.reason.text if record.reason else ""
            record.reason = Reason("flaky", f"{record.verdict}, then passed: {text}")
            record.verdict = "flaky"
    return first


def found_in(file: Path, verdicts: Sequence[str]) -> tuple[Run, frozenset[str]]:
    """Return the run whose results *file* holds, and the ids of its scenarios of *verdicts*.

    CannotRun if it holds none.
    """
    try:
        results = read(file)
    except Unreadable as no:
        raise CannotRun(str(no)) from None
    ids = frozenset(r.id for r in results.scenarios if r.verdict in verdicts)
    if not ids:
        msg = f"no scenario in {file} is {' or '.join(verdicts)}"
        raise CannotRun(msg)
    return results.run, ids
