"""rootswap's simulator: a CloudStack volume attach/detach control plane in one process."""

from simulator.boot import boot
from simulator.port import Cloud, Reply, Stage

__version__ = "0.1.0"
__all__ = ["Cloud", "Reply", "Stage", "__version__", "boot"]
