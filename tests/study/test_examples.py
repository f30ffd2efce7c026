"""The example studies are good ones, their variants and sweeps too."""

from pathlib import Path

import pytest

from study.points import grid, variants
from study.reading import Sheet

STUDIES = sorted((Path(__file__).parent.parent.parent / "examples" / "studies").glob("*.toml"))


@pytest.mark.parametrize("file", STUDIES, ids=lambda file: file.stem)
def test_an_example_describes_a_study(file: Path) -> None:
    """Whatever it is compared with or swept over is read, and refused if it is none."""
    points = variants(Sheet(file))
    assert points[0].study.plan.workload
    if points[0].study.plan.sweep:
        assert len(grid(Sheet(file))) > 1
