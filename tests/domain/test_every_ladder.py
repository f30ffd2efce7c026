"""Every table of the domain has a ladder and is climbed; no two rows share an id."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Any

import pytest
import test_access_ladder
import test_accounts_ladder
import test_addresses_ladder
import test_affinity_ladder
import test_attach_ladder
import test_changes_ladder
import test_creation_ladder
import test_deploy_ladder
import test_detach_ladder
import test_domains_ladder
import test_faults_ladder
import test_giving_ladder
import test_guest_ladder
import test_image_changes_ladder
import test_images_ladder
import test_lists_ladder
import test_machines_ladder
import test_moves_ladder
import test_networks_ladder
import test_nics_ladder
import test_offerings_ladder
import test_placement_ladder
import test_policies_ladder
import test_reinstall_ladder
import test_reoffering_ladder
import test_request_ladder
import test_resizing_ladder
import test_reverts_ladder
import test_roles_ladder
import test_snapshots_ladder
import test_stage_ladder
import test_system_vms_ladder
import test_updates_ladder
import test_upkeep_ladder
import test_uploads_ladder
import test_vm_changes_ladder
import test_vm_kinds_ladder
import test_volumes_ladder
from ladder import Ladder, check_alone, check_good, check_order, check_pins, each, each_break

import simulator.domain
from simulator.domain.dialect import Dialect
from simulator.domain.rules import Table

LADDERS = (
    *test_access_ladder.LADDERS,
    *test_accounts_ladder.LADDERS,
    *test_addresses_ladder.LADDERS,
    *test_affinity_ladder.LADDERS,
    *test_attach_ladder.LADDERS,
    *test_changes_ladder.LADDERS,
    *test_creation_ladder.LADDERS,
    *test_deploy_ladder.LADDERS,
    *test_detach_ladder.LADDERS,
    *test_faults_ladder.LADDERS,
    *test_giving_ladder.LADDERS,
    *test_guest_ladder.LADDERS,
    *test_domains_ladder.LADDERS,
    *test_image_changes_ladder.LADDERS,
    *test_images_ladder.LADDERS,
    *test_lists_ladder.LADDERS,
    *test_machines_ladder.LADDERS,
    *test_moves_ladder.LADDERS,
    *test_nics_ladder.LADDERS,
    *test_offerings_ladder.LADDERS,
    *test_networks_ladder.LADDERS,
    *test_placement_ladder.LADDERS,
    *test_reinstall_ladder.LADDERS,
    *test_policies_ladder.LADDERS,
    *test_reoffering_ladder.LADDERS,
    *test_request_ladder.LADDERS,
    *test_resizing_ladder.LADDERS,
    *test_roles_ladder.LADDERS,
    *test_reverts_ladder.LADDERS,
    *test_snapshots_ladder.LADDERS,
    *test_stage_ladder.LADDERS,
    *test_system_vms_ladder.LADDERS,
    *test_vm_changes_ladder.LADDERS,
    *test_updates_ladder.LADDERS,
    *test_vm_kinds_ladder.LADDERS,
    *test_uploads_ladder.LADDERS,
    *test_upkeep_ladder.LADDERS,
    *test_volumes_ladder.LADDERS,
)


def tables() -> dict[str, Table[Any]]:
    """Return every table of the domain by its name."""
    names = [f"simulator.domain.{m.name}" for m in iter_modules(simulator.domain.__path__)]
    found = [v for n in names for v in vars(import_module(n)).values() if isinstance(v, Table)]
    return {table.name: table for table in found}


def test_every_table_has_a_ladder() -> None:
    """A new table needs a ladder."""
    assert {ladder.table.name for ladder in LADDERS} == set(tables())


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_rows_are_pinned(ladder: Ladder[Any]) -> None:
    """A table has these rows, in this order, phase, kind and dialect."""
    check_pins(ladder)


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_a_good_case_passes(ladder: Ladder[Any]) -> None:
    """What breaks no row is refused in no phase of no dialect."""
    check_good(ladder)


@pytest.mark.parametrize(("ladder", "dialect", "rule_id"), each_break(LADDERS))
def test_a_broken_row_answers(ladder: Ladder[Any], dialect: Dialect, rule_id: str) -> None:
    """Each row refuses what breaks it."""
    check_alone(ladder, dialect, rule_id)


@pytest.mark.parametrize("ladder", each(LADDERS))
def test_the_earlier_row_answers(ladder: Ladder[Any]) -> None:
    """Of two broken rows the earlier one is the answer."""
    check_order(ladder)


def test_rule_ids_are_unique() -> None:
    """An id names one row of one table."""
    ids = Counter(rule.id for table in tables().values() for rule in table.rules)
    assert [i for i, count in ids.items() if count > 1] == []


def test_texts_speak_of_the_case_alone() -> None:
    """Every field in a refusal is one of the case."""
    texts = [rule.text for table in tables().values() for rule in table.rules]
    fields = [name for text in texts for _, name, _, _ in Formatter().parse(text) if name]
    assert all(name.startswith("c.") for name in fields)
