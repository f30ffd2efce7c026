"""rootswap: the facade to embed (`from rootswap import boot`) and the command line.

Nothing is imported before it is asked for: pytest loads this package in every project that has
rootswap installed. PYTEST_DONT_REWRITE: it is often there before pytest is, which warns otherwise.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator import Cloud, Reply, Stage, __version__, boot
    from simulator.serve.in_process import cs_session
    from simulator.serve.running import RunningCloud, running_cloud

__all__ = [
    "Cloud", "Reply", "RunningCloud", "Stage", "__version__", "boot", "cs_session", "running_cloud",
]  # fmt: skip

_RUNNING = ("RunningCloud", "running_cloud")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    if name in _RUNNING:
        from simulator.serve import running as module
    elif name == "cs_session":
        from simulator.serve import in_process as module  # type: ignore[no-redef]
    else:
        import simulator as module  # type: ignore[no-redef]
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def main() -> None:
    """Run the command line."""
    from conformance.cli import main as run

    run()
