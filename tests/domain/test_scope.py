"""Whose things a list shows: every combination of its parameters, by role (semantics 6.1)."""

from typing import Any

import pytest
from people import AWAY, BELOW, DOMAINS, HOME, ROOT, account, fund

from simulator.domain.access import Look, scope
from simulator.domain.dialect import ACS
from simulator.domain.records import Account, Role

ANN, BOB = account("ann"), account("bob")
DEEP = account("deep", domain_id=BELOW.id)
FAR = account("far", domain_id=AWAY.id)
CHIEF = account("chief", role=Role.DOMAIN_ADMIN)
KEEPER = account("keeper", role=Role.RESOURCE_ADMIN)
TOP = account("top", domain_id=ROOT.id, role=Role.ADMIN)
FUND = fund(name="fund", members=frozenset({ANN.id}))
OTHER = fund(id="account-other", name="other", domain_id=AWAY.id, project_id="project-2")
OWNERS = (ANN, BOB, DEEP, FAR, CHIEF, KEEPER, TOP, FUND, OTHER)
EVERYBODY = "ann bob deep far chief keeper top"
AT_HOME, UNDER_HOME = "ann bob chief keeper", "ann bob deep chief keeper"
ALL = {"list_all": True}
ID = {"by_id": True}


def shown(caller: Account, **asked: Any) -> set[str]:
    """Return the names of those whose things a list shows *caller*."""
    look = Look(ACS, caller, DOMAINS[caller.domain_id], **asked)
    found = scope(look, (FUND, OTHER))
    return {o.name for o in OWNERS if found.shows(o, DOMAINS[o.domain_id])}


@pytest.mark.parametrize(
    ("caller", "asked", "want"),
    [
        (ANN, {}, "ann"),
        (ANN, ALL, "ann"),
        (ANN, ID, "ann"),
        (ANN, ALL | {"deep": True}, "ann"),
        (ANN, {"domain": HOME}, "ann"),
        (ANN, ALL | {"domain": HOME, "deep": True}, "ann"),
        (ANN, {"owner": ANN}, "ann"),
        (ANN, {"fund": FUND}, "fund"),
        (ANN, ID | {"fund": FUND}, "fund"),
        (ANN, {"any_project": True}, "fund"),
        (ANN, ALL | {"any_project": True}, "ann fund"),
        (BOB, {"any_project": True}, ""),
        (BOB, ALL | {"any_project": True}, "bob"),
        (CHIEF, {}, "chief"),
        (CHIEF, ALL, UNDER_HOME),
        (CHIEF, ID, f"{UNDER_HOME} fund"),
        (CHIEF, {"domain": HOME}, AT_HOME),
        (CHIEF, {"domain": HOME, "deep": True}, UNDER_HOME),
        (CHIEF, ALL | {"domain": HOME}, AT_HOME),
        (CHIEF, {"domain": BELOW}, "deep"),
        (CHIEF, {"owner": BOB, "domain": HOME}, "bob"),
        (CHIEF, {"fund": FUND}, "fund"),
        (CHIEF, {"any_project": True}, ""),
        (CHIEF, ALL | {"any_project": True}, "chief"),
        (KEEPER, {}, "keeper"),
        (KEEPER, ALL, EVERYBODY),
        (KEEPER, ID, f"{UNDER_HOME} fund"),
        (TOP, {}, "top"),
        (TOP, ALL, EVERYBODY),
        (TOP, ID, f"{EVERYBODY} fund other"),
        (TOP, {"deep": True}, "top"),
        (TOP, {"domain": ROOT}, "top"),
        (TOP, {"domain": ROOT, "deep": True}, EVERYBODY),
        (TOP, {"domain": HOME}, AT_HOME),
        (TOP, ID | {"domain": HOME}, f"{AT_HOME} fund"),
        (TOP, {"owner": FAR, "domain": AWAY}, "far"),
        (TOP, {"fund": OTHER}, "other"),
        (TOP, {"any_project": True}, "fund other"),
        (TOP, {"any_project": True, "domain": HOME}, "fund"),
        (TOP, ALL | {"any_project": True}, f"{EVERYBODY} fund other"),
        (TOP, ALL | {"any_project": True, "domain": HOME, "deep": True}, f"{UNDER_HOME} fund"),
    ],
)
def test_a_list_shows_the_things_of(caller: Account, asked: dict[str, Any], want: str) -> None:
    assert shown(caller, **asked) == set(want.split())
