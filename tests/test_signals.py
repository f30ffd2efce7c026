"""A signal ends scenarios; what must come after them is let finish, unless asked for twice."""

import os
import signal

import pytest

from conformance.signals import Signals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_after_the_scenarios_is_let_pass(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    with Signals() as signals:
        with pytest.raises(KeyboardInterrupt), signals.scenarios():
            os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        assert "once more ends it" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before


def test_before_the_scenarios_it_ends_all() -> None:
    with pytest.raises(KeyboardInterrupt), Signals():
        os.kill(os.getpid(), signal.SIGINT)
