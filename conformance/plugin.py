"""The pytest plugin of the suite: a fresh simulated cloud per scenario, tags and verdicts."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature
from pytest_bdd.scenario import get_python_name_generator

import steps
from conformance.browsing import OPTION, TAG
from conformance.foreign import FOREIGN, take_up
from conformance.items import feature_of, scenario_of, tags_of, title_of
from conformance.line import Line, NoAnswer
from conformance.needed import by_form, form_of, hypervisor_of, is_alone, needs_of
from conformance.reached import NAME, Reached
from conformance.recorder import observed
from conformance.soundness import file_faults
from conformance.targets import IN_PROCESS, Given, resolve
from conformance.wire import Unstaged, WireCloud
from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.dialect import SPEC, Dialect, dialect_of
from simulator.domain.releases import Flag
from steps.site import Site

_STEPS = ("world", "given", "arranged", "when", "then", "looks", "forms", "chance", "console")
pytest_plugins = (
    *(f"{steps.__name__}.{name}" for name in _STEPS),
    f"{__package__}.recording",
    f"{__package__}.browser_plugin",
)

Target = SimulatedCloud | WireCloud
"""What the scenarios run on: a cloud and its stage."""

WIRE = pytest.StashKey[WireCloud]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say what runs, and where."""
    group = parser.getgroup("rootswap")
    group.addoption("--dialect", default="spec", type=dialect_named)
    group.addoption("--seed", type=int, default=0)
    group.addoption("--target", default="")
    group.addoption("--targets", action="append", default=[], type=Path)
    group.addoption("--run-name", default="")
    group.addoption("--alone", choices=["", "never", "only"], default="")
    group.addoption("--only-feature", default="")
    group.addoption("--only-title", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Register every tag of the feature files as a marker."""
    tags: set[str] = set()
    for argument in config.args:
        folder = Path(argument.partition("::")[0])
        for path in folder.rglob("*.feature") if folder.is_dir() else (folder,):
            if path.suffix == ".feature" and path.is_file():
                tags |= set(re.findall(r"@(\S+)", path.read_text("utf-8", "replace")))
    for tag in sorted(tags):
        config.addinivalue_line("markers", f"{tag}: a tag of the specification")


class FeatureFile(pytest.Module):
    """A .feature file as a test module: one test function per scenario."""

    def _getobj(self) -> ModuleType:
        module = ModuleType(self.path.stem)
        if faults := file_faults(self.path, self.config.rootpath):
            raise self.CollectError("\n".join(faults))
        feature = get_feature(str(self.path.parent), self.path.name)
        for title in feature.scenarios:
            run = scenario(self.path.name, title, features_base_dir=str(self.path.parent))(_nothing)
            name = next(n for n in _names(title) if not hasattr(module, n))
            setattr(module, name, run)
        return module


def _nothing() -> None:
    """Do what is left to do after the steps."""


def _names(title: str) -> Iterable[str]:
    return get_python_name_generator(title)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect feature files."""
    if file_path.suffix != ".feature":
        return None
    return FeatureFile.from_parent(parent, path=file_path)


def dialect_named(text: str) -> str:
    """Return the whole name of a dialect; ValueError for none, which pytest says."""
    return dialect_of(text).name


def is_of(dialect: Dialect, tags: Iterable[str]) -> bool:
    """Return whether a scenario with *tags* is one of the dialect's.

    `acs-quirk` and `fs-only` are of CloudStack and of the specification alone; `flag-X` is of the
    releases that have the flag, `unless-X` of all others.
    """
    flags = {f"flag-{trait}" for trait in dialect.traits if isinstance(trait, Flag)}
    wrong = {"acs-quirk" if dialect is SPEC else "fs-only"}
    wrong |= {tag.replace("flag-", "unless-", 1) for tag in flags}
    wanted = {tag for tag in tags if tag.startswith("flag-")}
    return wanted <= flags and wrong.isdisjoint(tags)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the other dialect's scenarios, and the features and titles not asked for."""
    whose = dialect_of(config.getoption("--dialect"))
    feature, wanted = config.getoption("--only-feature"), config.getoption("--only-title")

    def chosen(item: pytest.Item) -> bool:
        if scenario_of(item) is None:
            return True
        right = feature in feature_of(item) and wanted in title_of(item)
        right = right and (TAG not in tags_of(item) or config.getoption(OPTION))
        return right and is_of(whose, tags_of(item))

    drop = [item for item in items if not chosen(item)]
    if drop:
        config.hook.pytest_deselected(items=drop)
        items[:] = [item for item in items if chosen(item)]
    if config.getoption("--run-name") or FOREIGN in config.stash:
        alone = config.getoption("--alone")
        items[:] = by_form(i for i in items if not alone or is_alone(i) == (alone == "only"))


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """Return whose behaviour is checked."""
    return str(request.config.getoption("--dialect"))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of all dice and names."""
    return int(request.config.getoption("--seed"))


def line_of(config: pytest.Config) -> Line | None:
    """Return the line to the target, None where the clouds are simulated here."""
    met = config.pluginmanager.get_plugin(NAME)
    if isinstance(met, Reached):
        return met.line
    worker = getattr(config, "workerinput", {})
    given = Given(*worker.get(NAME, ()))
    named = config.getoption("--target") or IN_PROCESS
    target = resolve(named, config.getoption("--targets"), given=given)
    return None if target.in_process else Line(target.shared(worker.get("workercount", 1)))


@pytest.fixture
def another_cloud(dialect: str, seed: int, request: pytest.FixtureRequest) -> Callable[[], Target]:
    """Give equal fresh clouds, each as its root admin; a served one is the same, made anew.

    Those of scenarios about the console are served with the instant clock, as people look at them.
    """
    config = request.config
    if TAG in tags_of(request.node):
        shown: WireCloud = request.getfixturevalue("console_cloud")
        return partial(_anew, shown, dialect, seed, "instant")
    if WIRE not in config.stash:
        line = line_of(config)
        if line is None:
            return lambda: boot("mixed", seed=seed, dialect=dialect)
        config.stash[WIRE] = WireCloud(line, line.target.key, line.target.secret)
    served = config.stash[WIRE]

    return partial(_anew, served, dialect, seed, "manual")


def _anew(served: WireCloud, dialect: str, seed: int, clock: str) -> Target:
    served.reset(preset="mixed", seed=str(seed), dialect=dialect, clock=clock)
    return served


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the keys to a worker of pytest-xdist: no command line or environment shows them."""
    reached = node.config.pluginmanager.get_plugin(NAME)
    if isinstance(reached, Reached):
        target, given = reached.line.target, reached.given
        whole = [target.key, target.secret, given.cmk_profile, list(given.allow)]
        node.workerinput[NAME] = whole


def pytest_sessionstart(session: pytest.Session) -> None:
    """Take up a lane of the run at a cloud that others use."""
    name, line = session.config.getoption("--run-name"), line_of(session.config)
    if name and line is not None:
        take_up(session.config, line, name)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what a cloud has not what it takes for, before anything is sent."""
    foreign = item.config.stash.get(FOREIGN, None)
    if foreign is not None and scenario_of(item) is not None:
        why = foreign.unmet(needs_of(item))
        if why:
            pytest.skip(why)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave a cloud as it was."""
    if FOREIGN in config.stash:
        config.stash[FOREIGN].lane.close()
    if WIRE in config.stash:
        with suppress(NoAnswer, Unstaged):
            config.stash[WIRE].reset()
        config.stash[WIRE].line.close()


@pytest.fixture
def cloud(another_cloud: Callable[[], Target]) -> Target:
    """Give a fresh cloud as its root admin."""
    return another_cloud()


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """Give where the scenario runs; on a cloud that others use, leave nothing there."""
    foreign = request.config.stash.get(FOREIGN, None)
    if foreign is None:
        cloud = request.getfixturevalue("cloud")
        yield Site(observed(cloud, request.node), cloud)
        return
    foreign.watch(request.node)
    there = foreign.lane.site(form_of(request.node))
    there.places = foreign.places.of(hypervisor_of(request.node))
    yield there
    foreign.lane.tidy()
