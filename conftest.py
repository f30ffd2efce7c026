"""`pytest features` runs the specification as `rootswap check` does."""

import signal

pytest_plugins = ("conformance.plugin",)


def pytest_configure() -> None:
    """Give tests Ctrl-C where a shell that runs them in the background had it ignored.

    What ignores a signal hands that on to its children, and tests interrupt some of theirs.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
