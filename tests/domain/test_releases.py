"""A release is a set of flags over the measured 4.22.0."""

import re
from itertools import pairwise

import pytest

from simulator.api import since
from simulator.domain.dialect import ACS, SPEC, Quirk, dialect_names, dialect_of
from simulator.domain.hypervisors import capability
from simulator.domain.inventory import Hypervisor
from simulator.domain.release_gaps import WITHOUT_FLAG
from simulator.domain.release_texts import TEXTS
from simulator.domain.releases import (
    DIFFERENCES_OF,
    MEASURED,
    RELEASES,
    Flag,
    flags_of,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("spec", "spec"),
        ("acs-4.22", "acs-4.22"),
        ("4.22", "acs-4.22"),
        ("4.22.0", "acs-4.22"),
        ("4.22.0.0-SNAPSHOT", "acs-4.22"),
        ("4.20.3", "acs-4.20.3"),
        ("acs-4.20.3", "acs-4.20.3"),
        ("4.20.3.0", "acs-4.20.3"),
        ("4.20.3.0-vendor7", "acs-4.20.3"),
        ("acs-4.18", "acs-4.18.2"),
        ("acs-4.19", "acs-4.19.3"),
        ("acs-4.20", "acs-4.20.3"),
        ("acs-4.21", "acs-4.21.0"),
        ("acs-4.23", "acs-4.23.0"),
    ],
)
def test_a_release_is_named_in_many_ways(text: str, name: str) -> None:
    assert dialect_of(text).name == name


@pytest.mark.parametrize("text", ["", "acs", "4", "4.17", "4.22.9", "acs-4.24", "5.0.0", "spec-1"])
def test_what_nobody_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no release that is known here: 4\.18\.0, "):
        dialect_of(text)


def test_the_measured_release_has_no_flag() -> None:
    assert flags_of(MEASURED) == frozenset()
    assert dialect_of(MEASURED) is ACS
    assert SPEC.traits == frozenset()


@pytest.mark.parametrize("release", [r for r in RELEASES if r != MEASURED])
def test_every_other_release_differs_and_keeps_the_quirks(release: str) -> None:
    dialect = dialect_of(release)
    assert flags_of(release)
    assert dialect.traits == frozenset(Quirk) | flags_of(release)
    assert dialect.version == f"{release}.0"


def test_releases_are_no_line() -> None:
    """4.20.3 has what 4.21.0 and 4.22.0 lack (versions.md 1)."""
    has = [r for r in RELEASES if Flag.INSTANCE_WORDS in flags_of(r)]
    assert has == ["4.20.3", "4.22.1", "4.23.0"]


def test_each_release_is_told_from_its_neighbours_by_something() -> None:
    """But patches that differ in nothing modelled."""
    same = {(a, b) for a, b in pairwise(RELEASES) if flags_of(a) == flags_of(b)}
    assert same == {("4.18.1", "4.18.2")}


def test_two_flags_may_have_a_text_of_their_own() -> None:
    words = {r: dialect_of(r).texts.get("RSZ-06", "") for r in ("4.20.2", "4.20.3", "4.22.1")}
    assert "a VM with any VM snapshots" in words["4.20.2"]
    assert "a Instance with any Instance Snapshots" in words["4.20.3"]
    assert words["4.22.1"] == ""


def test_what_a_release_lacks_is_listed() -> None:
    """Rows of the tables of commands, parameters and fields, as `rootswap dialects` shows them."""
    assert since.apart(ACS) == since.apart(SPEC) == {}
    assert list(since.apart(dialect_of("4.21.0"))) == ["ignored parameters"]
    old = since.apart(dialect_of("4.18.0"))
    assert "checkVolume" in old["unknown commands"]
    assert "createProject.displaytext" in old["required parameters"]
    assert "volume.encryptformat" in old["fields not answered"]


def test_texts_are_of_flags_and_the_tables_of_releases() -> None:
    assert set(TEXTS) <= set(DIFFERENCES_OF)
    tables = (since.COMMANDS_OF, since.PARAMETERS_OF, since.REQUIRED_IN)
    assert all(releases <= set(RELEASES) for table in tables for releases in table.values())
    assert all(MEASURED in releases for releases in since.PARAMETERS_OF.values())
    assert dialect_names()[0] == "spec"


@pytest.mark.parametrize(
    ("release", "disks"), [("4.18.0", 6), ("4.20.0", 6), ("4.20.1", 254), ("4.22", 254)]
)
def test_a_version_that_a_release_does_not_know_has_the_usual_capabilities(
    release: str, disks: int
) -> None:
    row = capability(Hypervisor.XENSERVER, "8.3.0", dialect_of(release).traits)
    assert row is not None
    assert row.max_data_volumes == disks


def test_each_row_that_was_read_has_a_flag_or_a_reason_for_none() -> None:
    """Rows 1 to 35 of versions.md; a flag names its row, "5b, 5d" is row 5."""
    flagged = {int(row) for d in DIFFERENCES_OF.values() for row in re.findall(r"\d+", d.source)
            if not d.source.startswith("section")}  # fmt: skip
    reasoned = {int(row) for row in WITHOUT_FLAG}
    assert flagged | reasoned >= set(range(1, 36))
    assert not flagged & reasoned
