"""Rule rows, clauses, scenarios and sentences point at each other, and nothing points nowhere."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

import pytest
from pytest_bdd.feature import get_features

import simulator.domain
from conformance.sentences import sentences
from conformance.verdicts import CLAUSES
from simulator.domain.releases import DIFFERENCES_OF, Flag
from simulator.domain.rules import Rule, Table
from simulator.engine.latency import Timings
from steps.then import REASONS
from study.latency_plan import LatencyPart

ROOT = Path(__file__).parent.parent
FEATURES = get_features([str(ROOT / "features")])
RULE_ID = re.compile(r"[A-Z]{3}-\d\d")
SCENARIO_ID = re.compile(r"CS-[A-Z0-9]{3}-\d{3}")
MOST_SENTENCES = 85  # ten of them about the console


class Told(NamedTuple):
    """One scenario, its example filled in: steps are (keyword, sentence)."""

    title: str
    tags: frozenset[str]
    steps: tuple[tuple[str, str], ...]


def told() -> list[Told]:
    """Return every scenario with every example."""
    found = []
    for feature in FEATURES:
        for template in feature.scenarios.values():
            examples = [c for e in template.examples for c in e.as_contexts()]
            for example in examples or [{}]:
                scenario = template.render(example)
                title = scenario.name
                for cell, value in example.items():
                    title = title.replace(f"<{cell}>", value)
                steps = tuple((s.type, s.name) for s in scenario.steps)
                found.append(Told(title, frozenset(template.tags), steps))
    return found


def rules() -> dict[str, Rule[Any]]:
    """Return every rule row of the domain."""
    names = [f"simulator.domain.{m.name}" for m in iter_modules(simulator.domain.__path__)]
    tables = [v for n in names for v in vars(import_module(n)).values() if isinstance(v, Table)]
    return {rule.id: rule for table in tables for rule in table.rules}


TOLD = told()
TAGS = frozenset(tag for scenario in TOLD for tag in scenario.tags)


def test_every_rule_row_has_a_scenario() -> None:
    assert sorted(set(rules()) - TAGS) == []


def test_every_rule_tag_names_a_row() -> None:
    assert sorted({t for t in TAGS if RULE_ID.fullmatch(t)} - set(rules())) == []


def test_every_clause_has_a_scenario_and_every_clause_tag_names_a_clause() -> None:
    clauses = {t for t in TAGS if t.startswith("SPEC")}
    assert clauses == set(CLAUSES)
    assert {clause for rule in rules().values() for clause in rule.spec.split()} <= set(CLAUSES)


@pytest.mark.parametrize("scenario", TOLD, ids=lambda s: s.title)
def test_a_scenario_opens_with_its_one_id_and_names_a_clause(scenario: Told) -> None:
    ids = [t for t in scenario.tags if SCENARIO_ID.fullmatch(t)]
    assert len(ids) == 1
    assert scenario.title.startswith(f"[{ids[0]}] ")
    assert any(t.startswith("SPEC") for t in scenario.tags)


def test_titles_are_unique_and_complete() -> None:
    assert [t for t, n in Counter(s.title for s in TOLD).items() if n > 1] == []
    assert [s.title for s in TOLD if "<" in s.title] == []


@pytest.mark.parametrize("feature", FEATURES, ids=lambda f: Path(f.filename).stem)
def test_no_scenario_hides_another_of_the_same_title(feature: Any) -> None:
    """The runner keeps the last of two equal titles of a file."""
    text = Path(feature.filename).read_text(encoding="utf-8")
    written = re.findall(r"^\s*Scenario(?: Outline)?:", text, re.MULTILINE)
    assert len(written) == len(feature.scenarios)


def test_file_names_are_unique() -> None:
    """A feature is asked for and reported by the name of its file."""
    names = [Path(feature.filename).stem for feature in FEATURES]
    assert sorted(set(names)) == sorted(names)


def test_every_step_is_one_sentence_and_every_sentence_is_used() -> None:
    used: set[int] = set()
    wrong = []
    known = sentences()
    for keyword, text in sorted({step for scenario in TOLD for step in scenario.steps}):
        found = [c for c in known if c.type == keyword and c.parser.is_matching(text)]
        used |= {id(c) for c in found}
        if len(found) != 1:
            wrong.append((keyword, text, [c.parser.name for c in found]))
    assert wrong == []
    assert [c.parser.name for c in known if id(c) not in used] == []


def test_there_are_few_sentences_and_no_two_are_the_same() -> None:
    names = [(c.type, c.parser.name) for c in sentences()]
    assert len(set(names)) == len(names)
    assert len(names) <= MOST_SENTENCES


def test_a_study_can_say_how_long_each_command_to_a_host_takes() -> None:
    """One that it cannot would end every study."""
    assert [c for c in Timings().commands if c not in LatencyPart.__struct_fields__] == []


def test_every_reason_is_used() -> None:
    """By a step, or as what a cloud with a clock of its own may answer for another."""
    steps = " ".join(text for scenario in TOLD for _, text in scenario.steps)
    others = {other for row in REASONS.values() for other in row.get("on_its_own_clock", ())}
    unused = [r for r in REASONS if not re.search(rf"because {r}\b(?!-)", steps)]
    assert set(unused) <= others


def test_every_flag_of_a_release_is_carried_by_a_scenario() -> None:
    carried = {tag.partition("-")[2] for tag in TAGS if tag.startswith(("flag-", "unless-"))}
    assert carried == set(Flag) == set(DIFFERENCES_OF)


def test_the_api_layer_refuses_by_rows_alone() -> None:
    """But where it words a row's refusal as its command does, under the row's own id."""
    api = (ROOT / "simulator" / "api").glob("*.py")
    raised = [(p.name, line.strip()) for p in api for line in p.read_text("utf-8").splitlines()
              if "Refused(" in line and "no.rule_id" not in line]  # fmt: skip
    assert raised == []
