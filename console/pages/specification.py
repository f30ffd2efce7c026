"""The specification: its features to read and to search, and each scenario to be watched."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from nicegui import events, ui

from console.features import Feature, Scenario, Title, feature_at, features, scenarios
from console.frame import Missing, Visit, heading, page
from console.watched import Watched
from console.words import counted

_TITLE = "Specification"
_MOST = 100
"""Found scenarios that are listed."""
_OF_RELEASES = ("acs-quirk", "flag-")
"""How tags begin of what a release of CloudStack does and the specification does not."""
_SPEC, _RELEASE = "spec", "acs-4.22"
_FOLDERS = {"api": "API", "usecases": "Use cases", "vm": "Virtual machines", "volume": "Volumes"}


@page("/specification", _TITLE)
async def specification(visit: Visit, clause: str = "") -> None:  # noqa: ARG001 - all see the same
    """List the features by folder and clause, and look for scenarios."""
    heading(_TITLE)
    every = features()
    ui.label(
        f"{counted(sum(len(f.scenarios) for f in every), 'scenario')} in "
        f"{counted(len(every), 'feature')}; each runs on a fresh cloud of its own."
    )
    clauses = sorted({clause for feature in every for clause in feature.clauses})
    search = _Search(every, clause if clause in clauses else "")
    with ui.row().classes("filters"):
        ui.input("Search scenarios", on_change=search.look).props(
            'clearable dense outlined debounce="300"'
        ).classes("query")
        ui.select(
            {"": "All clauses", **{name: name for name in clauses}}, value=search.clause,
            label="Clause", on_change=search.choose,
        ).props("dense outlined").classes("states")  # fmt: skip
    search.shown()


class _Search:
    """What a search leaves of the specification."""

    def __init__(self, every: Sequence[Feature], clause: str) -> None:
        self.every, self.clause = every, clause
        self.words: list[str] = []

    def look(self, event: events.ValueChangeEventArguments[Any]) -> None:
        """Show the scenarios with these words in their names and tags."""
        self.words = (event.value or "").lower().split()
        self.shown.refresh()

    def choose(self, event: events.ValueChangeEventArguments[Any]) -> None:
        """Show what shows a clause."""
        self.clause = event.value or ""
        self.shown.refresh()

    def _fits(self, title: Title) -> bool:
        text = f"{title.name} {' '.join(title.tags)}".lower()
        return all(word in text for word in self.words) and (
            not self.clause or self.clause in title.tags
        )

    @ui.refreshable_method
    def shown(self) -> None:
        """List features, or the scenarios that were found."""
        fit = [(f, title) for f in self.every for title in f.scenarios if self._fits(title)]
        status = ui.label().props('role="status" aria-live="polite"')
        if not self.words:
            self._features({feature.path for feature, _ in fit})
            return
        status.text = f"{counted(len(fit), 'scenario')} found"
        if len(fit) > _MOST:
            status.text += f"; the first {_MOST} are shown"
        with ui.element("ul").classes("scenarios"):
            for feature, title in fit[:_MOST]:
                with ui.element("li"):
                    _link(feature.path, title)

    def _features(self, wanted: set[str]) -> None:
        folder = ""
        for feature in self.every:
            if feature.path not in wanted:
                continue
            if folder != (folder := feature.path.partition("/")[0]):
                heading(_FOLDERS.get(folder, folder.capitalize()), 2)
                rows = ui.element("ul").classes("features")
            with rows, ui.element("li"):
                ui.link(feature.name, f"/specification/{feature.path}")
                ui.label(counted(len(feature.scenarios), "scenario")).classes("small")
                ui.label(", ".join(feature.clauses)).classes("small clauses")


def _link(path: str, title: Title) -> None:
    ui.link(title.name, f"/specification/{path}/{_number(path, title.name)}")


def _number(path: str, name: str) -> int:
    """Return which of its feature's scenarios one is, counted from 1."""
    feature = feature_at(path)
    return 1 + [title.name for title in feature.scenarios].index(name) if feature else 0


@page("/specification/{folder}/{name}", _TITLE)
async def of_feature(visit: Visit, folder: str, name: str) -> None:  # noqa: ARG001 - as above
    """List the scenarios of a feature."""
    feature = _known(f"{folder}/{name}")
    ui.link("All features", "/specification")
    heading(feature.name)
    ui.label(f"features/{feature.path}.feature").classes("small")
    with ui.element("ul").classes("scenarios"):
        for title in feature.scenarios:
            with ui.element("li"):
                _link(feature.path, title)
                _tags(title.tags)


@page("/specification/{folder}/{name}/{number}", _TITLE)
async def of_scenario(visit: Visit, folder: str, name: str, number: int) -> None:  # noqa: ARG001 - as above
    """Show a scenario, and run it when that is wanted."""
    feature = _known(f"{folder}/{name}")
    if not 1 <= number <= len(feature.scenarios):
        msg = f"The feature {feature.name} has no scenario {number}."
        raise Missing(msg)
    background, every = await asyncio.to_thread(scenarios, feature.path)
    scenario = every[number - 1]
    ui.link(feature.name, f"/specification/{feature.path}")
    heading(scenario.name)
    _tags(scenario.tags)
    if background:
        heading("Background", 2)
        ui.code(background, language="gherkin").classes("steps-text")
    heading("Steps", 2)
    ui.code(scenario.text, language="gherkin").classes("steps-text")
    _Runs(feature.path, scenario).offer()


def _known(path: str) -> Feature:
    feature = feature_at(path)
    if feature is None:
        msg = f"The specification has no feature {path}."
        raise Missing(msg)
    return feature


def _tags(tags: Sequence[str]) -> None:
    with ui.row().classes("tags"):
        for tag in tags:
            if tag.startswith("SPEC-"):
                ui.link(tag, f"/specification?clause={quote(tag)}").classes("tag clause")
            else:
                ui.label(tag).classes("tag")


class _Runs:
    """The runs of a scenario on its page, one at a time."""

    def __init__(self, path: str, scenario: Scenario) -> None:
        self.path, self.scenario = path, scenario
        of_release = any(tag.startswith(_OF_RELEASES) for tag in scenario.tags)
        self.dialect = _RELEASE if of_release else _SPEC
        self.example = 0
        self.watched: Watched | None = None

    def offer(self) -> None:
        """Let the visitor choose an example and a dialect, and run it."""
        heading("Run it", 2)
        examples = self.scenario.examples
        with ui.row().classes("filters"):
            if examples:
                names = {at: ", ".join(row.values()) for at, row in enumerate(examples)}
                ui.select(names, label="Example").props("dense outlined").classes(
                    "query"
                ).bind_value(self, "example")
            ui.input("Dialect").props("dense outlined").bind_value(self, "dialect")
            self.start = ui.button("Run this scenario", on_click=self.run).props("no-caps")
            self.stop = ui.button("Stop", on_click=self.end).props("no-caps outline")
            self.stop.disable()
        self.place = ui.column().classes("watching")

    async def run(self) -> None:
        """Run the scenario on a fresh cloud, in a process of its own."""
        examples = self.scenario.examples
        example = examples[self.example] if examples else None
        self.start.disable()
        self.stop.enable()
        self.place.clear()
        with self.place:
            self.watched = Watched(self.path, self.scenario.id(example), self.dialect)
        await self.watched.run()
        self.start.enable()
        self.stop.disable()

    def end(self) -> None:
        """End the run."""
        if self.watched is not None:
            self.watched.program.stop()
