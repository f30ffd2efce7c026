"""The pytest plugin of the suite: a fresh simulated cloud per scenario, tags and verdicts."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind, VolumeType
from simulator.domain.states import VmState, VolumeState

pytest_plugins = ("steps.world", "steps.given", "steps.when", "steps.then")

OTHER_DIALECT = {"spec": "acs-quirk", "acs-4.22": "fs-only"}
"""Dialect -> the tag of scenarios that are only for the other one."""

_ENUMS: dict[tuple[str, str], Any] = {
    ("vm", "state"): VmState,
    ("vm", "kind"): VmKind,
    ("vm", "hypervisor"): Hypervisor,
    ("volume", "state"): VolumeState,
    ("volume", "type"): VolumeType,
}


@dataclass
class Record:
    """How one scenario went."""

    name: str
    feature: str
    tags: list[str]
    verdict: str = "passed"
    seconds: float = 0.0
    why: str = ""
    refusals: list[str] = field(default_factory=list)


RECORDS: dict[str, Record] = {}
"""Node id -> record of the last run, in order."""


class SimulatedStage:
    """The stage of a simulated cloud that takes states and kinds as plain text."""

    def __init__(self, cloud: SimulatedCloud) -> None:
        self._cloud = cloud

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cloud, name)

    def arrange(self, what: str, entity_id: str, /, **fields: Any) -> None:
        """Overwrite fields of a record."""
        typed = {n: _ENUMS[what, n](v) if (what, n) in _ENUMS else v for n, v in fields.items()}
        if "kind" in typed:  # the cloud's own arrange has a parameter of that name
            store = self._cloud.world.store
            store.put_vm(store.vms[entity_id]._replace(kind=typed.pop("kind")))
        self._cloud.arrange(what, entity_id, **typed)


STAGE = pytest.StashKey[SimulatedStage]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --dialect, --seed, --only-feature and --features-folder."""
    group = parser.getgroup("rootswap")
    group.addoption("--dialect", default="spec")
    group.addoption("--seed", type=int, default=0)
    group.addoption("--only-feature", default="")
    group.addoption("--features-folder", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Forget the last run and register every tag of the feature files as a marker."""
    RECORDS.clear()
    folder = config.getoption("--features-folder")
    tags: set[str] = set()
    for path in Path(folder).rglob("*.feature") if folder else ():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.lstrip().startswith("@"):
                tags |= set(re.findall(r"@(\S+)", line))
    for tag in sorted(tags):
        config.addinivalue_line("markers", f"{tag}: a tag of the specification")


def scenario_of(item: pytest.Item) -> Any:
    """Return the scenario template an item was made from."""
    return scenario_wrapper_template_registry[item.function]  # type: ignore[attr-defined]


def title(item: pytest.Item) -> str:
    """Return the scenario's title, its example filled in."""
    text: str = scenario_of(item).name
    example = item.callspec.params if hasattr(item, "callspec") else {}
    cells = example.get("_pytest_bdd_example", {})
    shown = text
    for name, cell in cells.items():
        shown = shown.replace(f"<{name}>", cell)
    return shown if shown != text or not cells else f"{text} ({', '.join(cells.values())})"


def tags_of(item: pytest.Item) -> set[str]:
    """Return the tags of a scenario and of its feature."""
    scenario = scenario_of(item)
    return set(scenario.tags) | set(scenario.feature.tags)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the other dialect's scenarios and the features not asked for."""
    other = OTHER_DIALECT[config.getoption("--dialect")]
    wanted = config.getoption("--only-feature")
    keep: list[pytest.Item] = []
    drop: list[pytest.Item] = []
    for item in items:
        name = Path(scenario_of(item).feature.filename).stem
        (keep if other not in tags_of(item) and wanted in name else drop).append(item)
    if drop:
        config.hook.pytest_deselected(items=drop)
    items[:] = keep


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Record the verdict of each scenario."""
    report = yield
    scenario = scenario_of(item)
    record = RECORDS.setdefault(
        item.nodeid,
        Record(title(item), Path(scenario.feature.filename).stem, sorted(tags_of(item))),
    )
    record.seconds += report.duration
    if report.failed:
        record.verdict, record.why = "failed", report.longreprtext
    elif report.skipped and record.verdict == "passed":
        record.verdict = "skipped"
    stage = item.stash.get(STAGE, None)
    if stage is not None:
        record.refusals = list(stage.refusals())
    return report


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """Return whose behaviour is checked."""
    return str(request.config.getoption("--dialect"))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of all dice and names."""
    return int(request.config.getoption("--seed"))


@pytest.fixture
def cloud(dialect: str, seed: int) -> SimulatedCloud:
    """Give a fresh cloud as its root admin."""
    return boot("mixed", seed=seed, dialect=dialect)


@pytest.fixture
def stage(cloud: SimulatedCloud, request: pytest.FixtureRequest) -> SimulatedStage:
    """Give what no API can arrange."""
    request.node.stash[STAGE] = made = SimulatedStage(cloud)
    return made


def records() -> Sequence[Record]:
    """Return the records of the last run."""
    return list(RECORDS.values())
