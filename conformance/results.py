"""What a run found, as it is kept in a file: results of schema 1."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

SCHEMA: Literal["rootswap/results/1"] = "rootswap/results/1"
SCHEMA_FILE = Path(__file__).parent / "reports" / "results-1.schema.json"

Verdict = Literal[
    "passed", "failed", "blocked", "error", "skipped", "xfail", "xpass", "flaky", "not-run"
]
VERDICTS: tuple[Verdict, ...] = (
    "passed", "failed", "blocked", "error", "skipped", "xfail", "xpass", "flaky", "not-run",
)  # fmt: skip
"""passed; failed: a When or Then did not hold; blocked: a Given did not hold, or no cloud answered;
error: the suite itself is wrong; skipped: for a reason of a type; xfail: failed as expected; xpass:
passed although expected to fail; flaky: failed and then passed; not-run: never begun."""
GOOD = frozenset({"passed", "xfail"})
BAD = frozenset({"failed", "xpass"})
"""Verdicts that speak against the cloud."""

StepStatus = Literal["passed", "failed", "skipped", "not-run"]
RunVerdict = Literal["CONFORMANT", "NOT CONFORMANT", "INCOMPLETE"]


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    """Why a scenario did not simply pass.

    *type* is capability, version, config, risk or budget for what was skipped; expected for what is
    in a list of divergences; else assertion, transport, arrangement, suite, interrupted or the
    like. *hint* is what would enable it, or what to look at.
    """

    type: str
    text: str
    hint: str = ""


class Exchange(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One request and its answer, without secrets; *body* is JSON, cut short.

    *times* counts equal exchanges that came one after the other, as polls of a job do.
    """

    command: str
    parameters: dict[str, str]
    status: int
    body: str
    seconds: float
    at_s: float = 0.0
    caller: str = ""
    times: int = 1


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """One step; *left_out* counts exchanges that were too many to be kept."""

    keyword: str
    text: str
    line: int
    status: StepStatus = "not-run"
    seconds: float = 0.0
    exchanges: list[Exchange] = msgspec.field(default_factory=list)
    left_out: int = 0


class Job(msgspec.Struct, forbid_unknown_fields=True):
    """One asynchronous job as its caller saw it, in seconds since the scenario began."""

    id: str
    command: str
    from_s: float
    to_s: float | None = None
    status: str = "pending"


class Attempt(msgspec.Struct, forbid_unknown_fields=True):
    """One try of a scenario."""

    verdict: Verdict
    seconds: float
    why: str = ""


class Record(msgspec.Struct, forbid_unknown_fields=True):
    """How one scenario went; *why* is the whole text of a failure, *again* runs it again."""

    id: str
    name: str
    feature: str
    file: str
    line: int
    tags: list[str]
    clauses: list[str]
    example: dict[str, str] = msgspec.field(default_factory=dict)
    verdict: Verdict = "not-run"
    reason: Reason | None = None
    seconds: float = 0.0
    why: str = ""
    again: str = ""
    worker: str = ""
    attempts: list[Attempt] = msgspec.field(default_factory=list)
    steps: list[Step] = msgspec.field(default_factory=list)
    jobs: list[Job] = msgspec.field(default_factory=list)
    refusals: list[str] = msgspec.field(default_factory=list)


class Run(msgspec.Struct, forbid_unknown_fields=True):
    """What was run, on what, when. *stopped* says why it ended early, "" if it did not."""

    version: str
    target: str
    dialect: str
    seed: int
    started: str
    seconds: float
    selection: list[str] = msgspec.field(default_factory=list)
    release: str = ""
    stopped: str = ""
    partial: bool = False
    left_behind: list[str] = msgspec.field(default_factory=list)
    not_selected: int = 0


class Results(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """All that a run found."""

    schema: Literal["rootswap/results/1"]
    run: Run
    verdict: RunVerdict
    summary: dict[str, int | float]
    requirements: dict[str, str]
    scenarios: list[Record]


@dataclass
class Ending:
    """Why a run ended before its time, "" if it did not, and what it left in the cloud."""

    stopped: str = ""
    left_behind: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """A file that is not the results of a run."""


T = TypeVar("T")


def decoded(file: Path, of: type[T], what: str) -> T:
    """Return what a JSON *file* holds; Unreadable, in one line, if that is not *what* it should."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=of)
    except OSError as no:
        msg = f"cannot read {file}: {no.strerror}"
        raise Unreadable(msg) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as no:
        msg = f"{file} {what}: {no}"
        raise Unreadable(msg) from None


def read(file: Path) -> Results:
    """Return the results in *file*; Unreadable, in one line, if there are none."""
    return decoded(file, Results, f"is no {SCHEMA}")


def as_json(results: Results) -> str:
    """Return *results* as they are written to a file."""
    return msgspec.json.encode(results).decode() + "\n"


def schema() -> bytes:
    """Return the JSON Schema of results, as it stands in the package."""
    found = msgspec.json.schema(Results)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **found}
    return msgspec.json.format(msgspec.json.encode(whole, order="sorted"), indent=1) + b"\n"
