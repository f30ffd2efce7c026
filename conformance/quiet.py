"""An environment that says nothing to pytest."""

import contextlib
import os
from collections.abc import Iterator

_ENV = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": None, "PYTEST_PLUGINS": None}


@contextlib.contextmanager
def quiet_environment() -> Iterator[None]:
    """Hide what the caller's environment says to pytest."""
    old = {name: os.environ.get(name) for name in _ENV}
    _put(_ENV)
    try:
        yield
    finally:
        _put(old)


def _put(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
