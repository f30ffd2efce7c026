"""pytest plug-in: the fixture `cloudstack`, a served cloud that is fresh for each test.

pytest imports this file in every project that has rootswap installed, so it imports nothing else
until a test asks for the fixture.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.serve.running import RunningCloud

_OPTIONS = {
    "preset": ("mixed", "ready cloud to serve (see `rootswap presets`)"),
    "cloud": ("", "cloud file to serve instead, from the folder of pytest's own ini file"),
    "clock": ("instant", "how simulated time passes: instant, manual, real or 60x"),
    "dialect": ("spec", "whose behaviour: spec or acs-4.22"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini options cloudstack_preset, _cloud, _clock and _dialect."""
    for name, (default, meaning) in _OPTIONS.items():
        parser.addini(f"cloudstack_{name}", meaning, default=default)


@pytest.fixture(scope="session")
def cloudstack_server(pytestconfig: pytest.Config) -> "Iterator[RunningCloud]":
    """Serve one cloud for the whole session; what one test does, the next one sees."""
    from rootswap import running_cloud

    ini = {name: str(pytestconfig.getini(f"cloudstack_{name}")) for name in _OPTIONS}
    home = pytestconfig.inipath.parent if pytestconfig.inipath else pytestconfig.rootpath
    file = home / ini["cloud"] if ini["cloud"] else None
    with running_cloud(
        ini["preset"], cloud=file, clock=ini["clock"], dialect=ini["dialect"]
    ) as served:
        yield served


@pytest.fixture
def cloudstack(cloudstack_server: "RunningCloud") -> "Iterator[RunningCloud]":
    """Serve a cloud as it was booted: endpoint, key, secret, advance, fail, restart, log."""
    yield cloudstack_server
    cloudstack_server.reset()
