"""What a collected test says of the scenario that it was made from."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

_TEMPLATES: Any = getattr(
    import_module("pytest_bdd.scenario"), "scenario_wrapper_template_registry", {}
)
"""Test function -> its scenario, from pytest-bdd 9 on; 8 writes `__scenario__` on the function."""


def scenario_of(item: pytest.Item) -> Any:
    """Return the scenario template an item was made from, None for another kind of test."""
    function = getattr(item, "function", None)
    if function is None:
        return None
    return _TEMPLATES.get(function) or getattr(function, "__scenario__", None)


def feature_of(item: pytest.Item) -> str:
    """Return the name of the feature file of a scenario."""
    return Path(scenario_of(item).feature.filename).stem


def title_of(item: pytest.Item) -> str:
    """Return the scenario's title, its example filled in."""
    text: str = scenario_of(item).name
    example = item.callspec.params if hasattr(item, "callspec") else {}
    for name, cell in example.get("_pytest_bdd_example", {}).items():
        text = text.replace(f"<{name}>", cell)
    return text


def tags_of(item: pytest.Item) -> set[str]:
    """Return the tags of a scenario and of its feature."""
    template = scenario_of(item)
    return set(template.tags) | set(template.feature.tags)
