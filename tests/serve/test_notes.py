"""What is given in vain is said: in the log of the stage, and on standard error where wanted."""

from typing import Any

import pytest

from simulator import boot
from simulator.serve import Site, pace


@pytest.mark.parametrize("verbose", [False, True])
def test_a_note_is_said_once(verbose: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is not served always, a parameter that is ignored where asked for."""
    site = Site(boot("simulator"), pace("instant", lambda: 0.0, 0.0))
    site.verbose = verbose
    for _ in range(2):
        refused = site.send({"command": "createVPC", "apiKey": "k", "signature": "s"})
        assert refused.reached().status == 401
        site.speak(site.cloud.user, {"command": "listZones", "showicon": "true"}).reached()
    lines = ["rootswap: createVPC is not served here"]
    if verbose:
        lines.append("rootswap: listZones: showicon is not modelled here and was ignored")
    assert capsys.readouterr().err.splitlines() == lines
    log = site.cloud.call("rootswapLog").body["log"]
    assert {n["count"] for n in log["notes"]} == {2}


def test_a_bug_is_said_with_its_traceback_and_the_site_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    site = Site(boot("simulator"), pace("instant", lambda: 0.0, 0.0))

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    flow: Any = (event for event in [None][1:])
    site.cloud.jobs.submit(flow, "none", site.cloud.account.id, site.cloud.user.id, crash)
    assert site.speak(site.cloud.user, {"command": "listZones"}).reached().status == 200
    err = capsys.readouterr().err
    assert err.startswith("rootswap: none ended by a bug of the simulator:\n")
    assert "ZeroDivisionError" in err
