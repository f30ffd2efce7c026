"""What is kept of a scenario as it runs: its steps, exchanges, jobs and how it ended."""

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conformance.items import feature_of, scenario_of, tags_of, title_of
from conformance.line import HttpCloud, NoAnswer
from conformance.observing import Observed, Reel, Tape
from conformance.results import GOOD, Attempt, Ending, Reason, Record, Step, StepStatus
from conformance.soundness import shown
from conformance.verdicts import CLAUSES
from conformance.wire import Unstaged
from simulator.api.service import SimulatedCloud
from simulator.port import Cloud

RECORDS: dict[str, Record] = {}
"""Node id -> record of the last run, in the order in which they ended."""
_SCENARIO_ID = re.compile(r"CS-[A-Z0-9]{3}-\d{3}")
_LONGEST = {(True, False): 200, (False, False): 600, (False, True): 4000, (True, True): 600}
"""Letters of a body, by whether its scenario is good and its step failed."""
NOT_SELECTED = pytest.StashKey[list[int]]()
ENDING = pytest.StashKey[Ending]()


class Recorder:
    """One scenario under way."""

    def __init__(self, item: pytest.Item) -> None:
        self.record = record_of(item)
        self.tape = Tape()
        self.rows: list[tuple[Any, Step, Reel]] = []
        self.step: Step | None = None
        self.kind = ""
        self.cloud: Cloud | None = None
        self._began_s = 0.0

    def begin(self, scenario: Any) -> None:
        """Note the steps that there will be."""
        self.rows = [
            (step, Step(step.keyword.strip(), step.name, step.line_number), Reel())
            for step in scenario.steps
        ]

    def enter(self, step: Any) -> None:
        """Note that a step begins."""
        for known, row, reel in self.rows:
            if known is step:
                self.step, self.tape.reel, self.kind = row, reel, step.type
        self._began_s = time.perf_counter()

    def leave(self, status: StepStatus) -> None:
        """Note that the step under way ended."""
        if self.step is not None:
            self.step.seconds = round(time.perf_counter() - self._began_s, 6)
            self.step.status = status
            self.step = None

    def ask_refusals(self) -> None:
        """Note the ids of the rules that refused, if the cloud can tell them."""
        refusals = getattr(self.cloud, "refusals", None)
        if refusals is not None:
            with suppress(NoAnswer, Unstaged):
                self.record.refusals = list(refusals())

    def finished(self, *, exchanges: bool) -> dict[str, Any]:
        """Return the record as plain data; *exchanges* says whether those of a success are kept."""
        record, redactor = self.record, self.tape.redactor
        if exchanges or record.verdict not in GOOD:
            for _, row, reel in self.rows:
                longest = _LONGEST[record.verdict in GOOD, row.status == "failed"]
                row.exchanges, row.left_out = reel.shown(redactor, longest), reel.left_out
            record.jobs = list(self.tape.jobs.values())
        record.steps = [row for _, row, _ in self.rows]
        record.why = redactor(record.why)
        if record.reason is not None:
            record.reason.text = redactor(record.reason.text)
        record.seconds = round(record.seconds, 6)
        record.attempts = [Attempt(record.verdict, record.seconds, record.why)]
        plain: dict[str, Any] = msgspec.to_builtins(record)
        return plain


RECORDER = pytest.StashKey[Recorder]()


def record_of(item: pytest.Item) -> Record:
    """Return the record of a scenario that has not begun."""
    template, tags = scenario_of(item), sorted(tags_of(item))
    params = item.callspec.params if hasattr(item, "callspec") else {}
    example = dict(params.get("_pytest_bdd_example", {}))
    ids = [tag for tag in tags if _SCENARIO_ID.fullmatch(tag)]
    base = ids[0] if ids else f"{feature_of(item)}: {template.name}"
    return Record(
        id=f"{base}[{', '.join(example.values())}]" if example else base,
        name=title_of(item),
        feature=feature_of(item),
        file=shown(Path(template.feature.filename), item.config.rootpath),
        line=template.line_number,
        tags=tags,
        clauses=[clause for clause in CLAUSES if clause in tags],
        example=example,
        worker=str(getattr(item.config, "workerinput", {}).get("workerid", "")),
    )


def interrupted(record: Record) -> Record:
    """Return the record of a scenario that the end of the run came before."""
    record.reason = Reason("interrupted", "the run ended before it")
    return record


def observed(cloud: Cloud, item: pytest.Item) -> Cloud:
    """Return *cloud* such that what is asked of it is recorded for the scenario."""
    recorder = item.stash.get(RECORDER, None)
    if recorder is None:
        return cloud
    recorder.cloud = cloud
    if isinstance(cloud, HttpCloud):
        recorder.tape.redactor = cloud.line.redact
    recorder.tape.clock = cloud.now_s if isinstance(cloud, SimulatedCloud) else None
    return Observed(cloud, recorder.tape)


def records() -> list[Record]:
    """Return the records of the last run."""
    return list(RECORDS.values())


def not_selected(config: pytest.Config) -> int:
    """Return how many scenarios were not selected."""
    counts: list[int] = config.stash.get(NOT_SELECTED, [])
    return sum(counts)
