"""What a compute offering says of its VMs besides their size and their ROOT disks."""

from typing import NamedTuple


class Traits(NamedTuple):
    """The switches of a compute offering.

    Its VMs run only on hosts that have all of its *host_tags*, a comma list; those of a *volatile*
    one get a new ROOT at every reboot. *kind* is the kind of system VMs that it is for,
    *default_use* whether they have it where nothing else is said.
    """

    offers_ha: bool = False
    limits_cpu: bool = False
    volatile: bool = False
    encrypts_root: bool = False
    host_tags: str = ""
    rate_mbps: int | None = None
    planner: str = ""
    kind: str = ""
    details: tuple[tuple[str, str], ...] = ()
    default_use: bool = False

    def runs_on(self, tags: frozenset[str]) -> bool:
        """Return whether hosts with *tags* may run its VMs."""
        wanted = (tag.strip() for tag in self.host_tags.split(","))
        return not self.host_tags or all(tag in tags for tag in wanted if tag)
