"""rootswap: the facade to embed (`from rootswap import boot`) and the command line."""

import sys

if __name__ == "__main__":  # a foreign simulator/ or steps/ in the current folder is not ours
    del sys.path[0]

from simulator import Cloud, Reply, Stage, __version__, boot

__all__ = ["Cloud", "Reply", "Stage", "__version__", "boot"]

if __name__ == "__main__":
    from conformance.cli import main

    main()
