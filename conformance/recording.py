"""The pytest hooks that record how each scenario goes.

A record travels as plain data on the report of a scenario's teardown, so that it comes from a
worker of pytest-xdist as from this process.
"""

import json
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conformance.expecting import EXPECTED, BadList, Expected, expected_of, read, unknown
from conformance.items import scenario_of
from conformance.recorder import (
    ENDING,
    NOT_SELECTED,
    RECORDER,
    RECORDS,
    Recorder,
    interrupted,
    record_of,
)
from conformance.results import GOOD, Ending, Reason, Record
from conformance.soundness import step_faults
from conformance.verdicts import ending

_TRAVELS = "rootswap_record"
"""The attribute of a report that carries a record."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --exchanges, --expected and --only-ids."""
    group = parser.getgroup("rootswap")
    group.addoption("--exchanges", action="store_true", help="Record those of a success, too.")
    group.addoption("--only-ids", default="", help="A JSON array of ids of scenarios.")
    group.addoption("--expected", default="", help="Divergences that are expected of the target.")


def pytest_configure(config: pytest.Config) -> None:
    """Forget the last run, and read what is expected to fail."""
    RECORDS.clear()
    config.stash[ENDING] = Ending()
    if config.getoption("--expected"):
        today = datetime.now(tz=UTC).date()
        try:
            rows = read(Path(config.getoption("--expected")), today)
        except BadList as no:
            raise pytest.UsageError(*no.lines) from None
        dialect = config.getoption("--dialect")
        config.stash[EXPECTED] = {r.scenario: r for r in rows if r.dialect in {"", dialect}}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin a record."""
    if scenario_of(item) is not None:
        item.stash[RECORDER] = Recorder(item)


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Any) -> None:
    """Note the steps of a scenario."""
    if (recorder := request.node.stash.get(RECORDER, None)) is not None:
        recorder.begin(scenario)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Note that a step begins."""
    if (recorder := request.node.stash.get(RECORDER, None)) is not None:
        recorder.enter(step)


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Note that a step held."""
    if (recorder := request.node.stash.get(RECORDER, None)) is not None:
        recorder.leave("passed")


def pytest_bdd_step_error(request: pytest.FixtureRequest) -> None:
    """Note that a step did not hold."""
    if (recorder := request.node.stash.get(RECORDER, None)) is not None:
        recorder.leave("failed")


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Any) -> None:
    """Note that a step is no sentence."""
    if (recorder := request.node.stash.get(RECORDER, None)) is not None:
        recorder.enter(step)
        recorder.leave("failed")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge a phase of a scenario, and send its record with the last one."""
    report = yield
    recorder = item.stash.get(RECORDER, None)
    if recorder is None:
        return report
    record = recorder.record
    record.seconds += report.duration
    if call.excinfo is not None and record.verdict in {"not-run", *GOOD}:
        why = report.longreprtext if report.failed else ""
        record.verdict, record.reason = ending(call.excinfo.value, call.when, recorder.kind, why)
        record.why = record.reason.text if record.reason.type == "transport" else why
        recorder.leave("skipped" if record.verdict == "skipped" else "failed")
    elif call.when == "call":
        record.verdict = "passed"
    if call.when == "call":
        recorder.ask_refusals()
    if call.when == "call" and (row := expected_of(item.config, record)) is not None:
        _expect(report, record, row)
    if call.when == "teardown":
        full = bool(item.config.getoption("--exchanges"))
        setattr(report, _TRAVELS, recorder.finished(exchanges=full))
    return report


def _expect(report: pytest.TestReport, record: Record, row: Expected) -> None:
    """Turn the verdict of a scenario that is expected to fail."""
    text = f"{row.reason} ({row.link}), expected until {row.expires}"
    if record.verdict == "failed":
        failure = record.reason.text if record.reason else ""
        record.verdict, record.reason = "xfail", Reason("expected", text, failure)
        report.outcome = "skipped"
        report.wasxfail = text
    elif record.verdict == "passed":
        hint = "take it out of the list of expected divergences"
        record.verdict, record.reason = "xpass", Reason("expected", text, hint)
        record.why = f"passed, although expected to fail: {text}"
        report.outcome = "failed"
        report.longrepr = record.why


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the record that came with a report."""
    plain = getattr(report, _TRAVELS, None)
    if plain is not None:
        RECORDS[report.nodeid] = msgspec.convert(plain, Record)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse to expect anything of a scenario that there is not; leave out what has another id."""
    wanted = set(json.loads(config.getoption("--only-ids") or "[]"))
    if EXPECTED not in config.stash and not wanted:
        return
    found = {i.nodeid: record_of(i) for i in items if scenario_of(i) is not None}
    if wrong := unknown(config, found.values()):
        raise pytest.UsageError(*wrong)
    if wanted:
        drop = [i for i in items if i.nodeid in found and found[i.nodeid].id not in wanted]
        config.hook.pytest_deselected(items=drop)
        items[:] = [item for item in items if item not in drop]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Run nothing if a step of anything selected is no sentence."""
    config = session.config
    if config.option.collectonly or hasattr(config, "workerinput"):
        return
    faults = [line for _, lines in step_faults(session.items) for line in lines]
    if faults:
        raise pytest.UsageError(*dict.fromkeys(faults))


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Count what was not selected."""
    if items:
        items[0].config.stash.setdefault(NOT_SELECTED, []).append(len(items))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Learn from a lane how many were not selected: every lane selects the same."""
    if counts := getattr(node, "workeroutput", {}).get(_TRAVELS):
        node.config.stash[NOT_SELECTED] = counts


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Add records of the scenarios that were never begun, or that never ended."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_TRAVELS] = session.config.stash.get(NOT_SELECTED, [])
    if session.config.option.collectonly or hasattr(session.config, "workerinput"):
        return
    for item in getattr(session, "items", ()):
        if item.nodeid not in RECORDS and scenario_of(item) is not None:
            RECORDS[item.nodeid] = interrupted(record_of(item))
