"""The templates for CI services call what there is."""

import re
from pathlib import Path

import pytest

from conformance.checking import check

FOLDER = Path(__file__).parent.parent / "docs" / "ci"


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_a_template_says_options_that_there_are(name: str) -> None:
    text = (FOLDER / name).read_text()
    called = text[text.index("rootswap check") :]
    called = called[: re.search(r"\n *- name:|\n  \w", called).start()]  # type: ignore[union-attr]
    options = {option for parameter in check.params for option in parameter.opts}
    found = re.findall(r"(?<![\w-])--[a-z-]+", called)
    assert len(found) > 5
    assert set(found) <= options
