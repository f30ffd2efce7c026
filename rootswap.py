"""rootswap: the facade to embed (`from rootswap import boot`) and the command line."""

import sys

if __name__ == "__main__":  # a foreign simulator/ or steps/ in the current folder is not ours
    del sys.path[0]

from typing import TYPE_CHECKING, Any

from simulator import Cloud, Reply, Stage, __version__, boot

if TYPE_CHECKING:
    from simulator.serve.running import RunningCloud, running_cloud

__all__ = ["Cloud", "Reply", "RunningCloud", "Stage", "__version__", "boot", "running_cloud"]


def __getattr__(name: str) -> Any:
    """Import the server only for those who serve."""
    if name not in {"RunningCloud", "running_cloud"}:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from simulator.serve import running

    return getattr(running, name)


if __name__ == "__main__":
    from conformance.cli import main

    main()
