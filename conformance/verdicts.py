"""From how steps end to verdicts: of a scenario, of a clause, of a run, and its exit code."""

from collections.abc import Iterable, Sequence

import pytest
from pytest_bdd.exceptions import StepDefinitionNotFoundError

from conformance.line import NoAnswer
from conformance.results import (
    BAD,
    GOOD,
    SCHEMA,
    VERDICTS,
    Reason,
    Record,
    Results,
    Run,
    RunVerdict,
    Verdict,
)
from conformance.wire import Unstaged
from steps.needs import STAGE

CLAUSES = tuple(f"SPEC-{number:02}" for number in range(1, 16))
SKIP_TYPES = ("capability", "version", "config", "risk", "budget")
CONFORMANT_CODE, BAD_CODE, CANNOT_CODE, INCOMPLETE_CODE = 0, 1, 2, 3
BUDGET_CODE, LEAKED_CODE, INTERRUPTED_CODE = 4, 5, 130
_LONGEST_REASON = 400
_NOWHERE = tuple(f"{kind}:" for kind in (STAGE.kind, "lasting"))
"""How reasons begin of what is judged at no cloud that others use."""


def ending(error: BaseException, when: str, step: str, why: str) -> tuple[Verdict, Reason]:
    """Return the verdict and reason of a scenario that *error* ended.

    *when* is pytest's phase and *step* the kind of step under way: given, when, then, or "".
    """
    if isinstance(error, pytest.skip.Exception):
        return "skipped", skip_reason(str(error.msg or ""))
    text = first_line(error, why)
    if isinstance(error, NoAnswer | Unstaged):
        return "blocked", Reason("transport", text, "is the cloud up, and the network between?")
    if isinstance(error, StepDefinitionNotFoundError):
        return "error", Reason("suite", text, "rootswap steps lists the sentences there are")
    if when == "call" and step == "given":
        return "blocked", Reason("arrangement", text, "what the scenario starts from was not had")
    if when == "call" and isinstance(error, AssertionError | LookupError | pytest.fail.Exception):
        return "failed", Reason("assertion", text)
    return "error", Reason("suite", text, "this is no answer of a cloud: the suite is wrong")


def skip_reason(text: str) -> Reason:
    """Return the reason of a skip that says `type: text` or `type: text; hint: hint`."""
    kind, colon, rest = text.partition(": ")
    if not colon or kind not in SKIP_TYPES:
        return Reason("unspecified", text)
    what, _, hint = rest.partition("; hint: ")
    return Reason(kind, what, hint)


def first_line(error: BaseException, why: str) -> str:
    """Return what *error* says in one line, else its last words in *why*."""
    said = [line.removeprefix("E ").strip() for line in why.splitlines() if line.startswith("E  ")]
    text = said[0] if said else " ".join(str(error).split()) or type(error).__name__
    return text[:_LONGEST_REASON]


def counts(found: Iterable[Record]) -> dict[str, int | float]:
    """Return how many scenarios there are, and how many of each verdict."""
    verdicts = [record.verdict for record in found]
    named = {name.replace("-", "_"): verdicts.count(name) for name in VERDICTS}
    return {"scenarios": len(verdicts), **named}


def clause_verdict(clause: str, found: Sequence[Record]) -> str:
    """Return "passed", "failed", "incomplete" or "not covered here" for a clause."""
    mine = {r.verdict for r in found if clause in r.tags and not _not_missed(r)}
    if not mine:
        return "not covered here"
    if mine & BAD:
        return "failed"
    return "passed" if mine <= GOOD else "incomplete"


def run_verdict(found: Sequence[Record]) -> RunVerdict:
    """Return NOT CONFORMANT if anything speaks against the cloud, INCOMPLETE if not all was judged.

    What a release has not, or no cloud but rootswap has, is not missed.
    """
    verdicts = {record.verdict for record in found if not _not_missed(record)}
    if verdicts & BAD:
        return "NOT CONFORMANT"
    return "CONFORMANT" if verdicts and verdicts <= GOOD else "INCOMPLETE"


def _not_missed(record: Record) -> bool:
    """Whether nobody expects that a scenario is judged here."""
    reason = record.reason
    if record.verdict != "skipped" or reason is None:
        return False
    return reason.type == "version" or reason.text.startswith(_NOWHERE)


def summed_up(run: Run, found: list[Record]) -> Results:
    """Return the results of a run."""
    return Results(
        schema=SCHEMA,
        run=run,
        verdict=run_verdict(found),
        summary=counts(found) | {"seconds": run.seconds},
        requirements={clause: clause_verdict(clause, found) for clause in CLAUSES},
        scenarios=found,
    )


def exit_code(found: Sequence[Record], *, is_target: bool) -> int:
    """Return the exit code for what was found, before what stopped the run or was left behind.

    In process there is nothing between good and bad: 0 if all is good, else 1. Of a target, 2 says
    that the suite itself is wrong and 3 that not all was judged. 2 is also: nothing was judged.
    """
    verdicts = {record.verdict for record in found}
    if not verdicts - {"skipped", "not-run"}:
        return CANNOT_CODE
    verdict = run_verdict(found)
    if verdict == "CONFORMANT":
        return CONFORMANT_CODE
    if verdict == "NOT CONFORMANT" or not is_target:
        return BAD_CODE
    return CANNOT_CODE if "error" in verdicts else INCOMPLETE_CODE
