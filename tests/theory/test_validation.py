"""Exact results lie inside the intervals of the product's resources, seeds fixed."""

from pathlib import Path

import pytest
from exact import erlang_c_wait, mva_throughput, sharing_stay
from scipy.special import chdtri
from validation import MODELS, Checked, Model, checked, rows

SEED = 1
FOUND: dict[str, Checked] = {}


@pytest.fixture
def found() -> dict[str, Checked]:
    """Return every model checked, once for all tests."""
    for model in () if FOUND else MODELS:
        FOUND[model.name] = checked(model, SEED)
    return FOUND


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_the_exact_value_lies_in_the_interval(model: Model, found: dict[str, Checked]) -> None:
    row = found[model.name]

    assert row.inside, f"{row.estimate} ± {row.half} against {model.exact}"


def test_all_models_together_are_no_further_off_than_chance(found: dict[str, Checked]) -> None:
    total = sum(row.z**2 for row in found.values())

    assert total < chdtri(len(found), 0.001)
    assert len(list(rows(list(found.values()), markdown=True))) == len(MODELS) + 2


def test_intervals_are_narrow_enough_to_tell(found: dict[str, Checked]) -> None:
    wide = {name: row.half / row.estimate for name, row in found.items()}

    assert max(wide.values()) < 0.2, wide


def test_a_model_that_is_wrong_by_a_tenth_is_found() -> None:
    right = next(m for m in MODELS if "P-K" in m.name)

    assert not checked(right._replace(exact=right.exact * 1.1), SEED).inside


def test_formulas_are_those_of_the_books() -> None:
    assert erlang_c_wait(0.5, 1, 1) == pytest.approx(1.0)  # rho / (mu - lambda)
    assert erlang_c_wait(1, 1, 2) == pytest.approx(1 / 3)  # rho^2 / (1 - rho^2)
    assert mva_throughput(1, 10, (1, 2)) == pytest.approx(1 / 13)  # nobody to wait for
    assert mva_throughput(2, 0, (1,)) == pytest.approx(1)  # its only station is never idle
    assert sharing_stay(0.7, 1) == pytest.approx(1 / 0.3)


def test_the_page_has_the_table() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "validation.md").read_text()
    told = [line.split(" | ")[:2] for line in page.splitlines() if line.startswith("| ")]

    assert told[1:] == [[f"| {m.name}", f"{m.exact:.5f}"] for m in MODELS]
