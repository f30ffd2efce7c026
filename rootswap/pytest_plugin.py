"""pytest plug-in: the fixture `cloudstack`, a served cloud that is fresh for each test.

pytest imports this file in every project that has rootswap installed, so it imports nothing else
until a test asks for the fixture.
"""

from contextlib import ExitStack
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rootswap import RunningCloud

    Clouds = Callable[[dict[str, Any]], RunningCloud]

_OPTIONS = {
    "preset": ("mixed", "ready cloud to serve (see `rootswap presets`)"),
    "cloud": ("", "cloud file to serve instead, from the folder of pytest's own ini file"),
    "clock": ("instant", "how simulated time passes: instant, manual, real or 60x"),
    "dialect": ("spec", "whose behaviour: spec or acs-4.22"),
    "seed": ("0", "a whole number that decides every id and latency"),
}
_TYPES = dict.fromkeys(_OPTIONS, str) | {"seed": int}
_MARKER = (
    "cloudstack(preset, cloud, clock, dialect, seed): which cloud the fixture cloudstack is in "
    "this test; *cloud* is a file, from the test's folder"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini options cloudstack_preset, _cloud, _clock, _dialect and _seed."""
    for name, (default, meaning) in _OPTIONS.items():
        parser.addini(f"cloudstack_{name}", meaning, default=default)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker `cloudstack`."""
    config.addinivalue_line("markers", _MARKER)


def _configured(config: pytest.Config) -> dict[str, Any]:
    """Return what pytest's ini file says."""
    wanted: dict[str, Any] = {name: str(config.getini(f"cloudstack_{name}")) for name in _OPTIONS}
    try:
        wanted["seed"] = int(wanted["seed"])
    except ValueError:
        pytest.fail(f"cloudstack_seed: {wanted['seed']!r} is no whole number", pytrace=False)
    home = config.inipath.parent if config.inipath else config.rootpath
    wanted["cloud"] = home / wanted["cloud"] if wanted["cloud"] else None
    return wanted


def _marked(node: pytest.Item) -> dict[str, Any]:
    """Return what the markers of a test say, the nearest last."""
    wanted: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("cloudstack"))):
        if why := _wrong(marker):
            pytest.fail(f"{node.nodeid}: marker cloudstack: {why}", pytrace=False)
        own = dict(marker.kwargs)
        if "cloud" in own:
            own["cloud"] = node.path.parent / own["cloud"]
        if "preset" in own:
            own["cloud"] = None
        wanted |= own
    return wanted


def _wrong(marker: pytest.Mark) -> str:
    """Return why a marker says nothing that can be served, "" if it does."""
    if marker.args:
        return f"takes names and values, as preset='kvm', not {marker.args[0]!r} alone"
    if {"preset", "cloud"} <= {*marker.kwargs}:
        return "a cloud is made from a preset or from a cloud file, not from both"
    for name, value in marker.kwargs.items():
        if name not in _TYPES:
            near = get_close_matches(name, _TYPES, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(_TYPES)}"
            return f"{name!r} is not known: {hint}"
        kinds = (str, Path) if name == "cloud" else (_TYPES[name],)
        if not isinstance(value, kinds) or isinstance(value, bool):
            return f"{name} is {'a whole number' if name == 'seed' else 'a text'}, not {value!r}"
    return ""


@pytest.fixture(scope="session")
def _cloudstack_clouds() -> "Iterator[Clouds]":
    """Give the cloud that is asked for, served from the first time on to the session's end."""
    served: dict[tuple[Any, ...], RunningCloud] = {}
    with ExitStack() as stack:

        def cloud(wanted: dict[str, Any]) -> "RunningCloud":
            from rootswap import running_cloud

            key = tuple(wanted[name] for name in _OPTIONS)
            if key not in served:
                try:
                    served[key] = stack.enter_context(running_cloud(**wanted))
                except ValueError as no:
                    pytest.fail(f"cloudstack: {no}", pytrace=False)
            return served[key]

        yield cloud


@pytest.fixture(scope="session")
def cloudstack_server(pytestconfig: pytest.Config, _cloudstack_clouds: "Clouds") -> "RunningCloud":
    """Serve one cloud for the whole session; what one test does, the next one sees."""
    return _cloudstack_clouds(_configured(pytestconfig))


@pytest.fixture
def cloudstack(
    request: pytest.FixtureRequest, _cloudstack_clouds: "Clouds"
) -> "Iterator[RunningCloud]":
    """Serve a cloud as it was booted: endpoint, key, secret, advance, fail, restart, log."""
    cloud = _cloudstack_clouds(_configured(request.config) | _marked(request.node))
    yield cloud
    cloud.reset()
