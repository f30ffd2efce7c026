"""The sentences that feature files are written in."""

from importlib import import_module
from inspect import getdoc
from pathlib import Path

from pytest_bdd.steps import StepFunctionContext, StepNamePrefix

from conformance.plugin import pytest_plugins


def sentences() -> list[StepFunctionContext]:
    """Return every sentence, as pytest-bdd keeps it, in the order it is written in."""
    return [
        fixture.__wrapped__()
        for name in pytest_plugins
        for key, fixture in vars(import_module(name)).items()
        if key.startswith(StepNamePrefix.step_def.value)
    ]


def described(sentence: StepFunctionContext) -> dict[str, str | int]:
    """Return the keyword, text, place and meaning of *sentence*; `path` is the whole `file`."""
    code = sentence.step_func.__code__
    return {
        "keyword": str(sentence.type).capitalize(),
        "text": sentence.parser.name,
        "file": f"steps/{Path(code.co_filename).name}",
        "line": code.co_firstlineno,
        "path": code.co_filename,
        "meaning": (getdoc(sentence.step_func) or "").partition("\n")[0],
    }
