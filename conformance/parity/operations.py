"""What is asked of both clouds: operations over aliases, of a closed table of commands."""

import re
from collections.abc import Mapping

from msgspec import Struct

OWNER, ADMIN = "owner", "root admin"
PARTS = (OWNER, "other", "domain admin", ADMIN, "stranger")
GHOST_ID = "00000000-dead-beef-0000-00000000dead"
"""An id of nothing, in any cloud."""
GHOST = "$ghost"
LITERAL_IDS = frozenset({"abc", "", "-1"})
"""What may stand in the place of an id beside a reference: nothing has such an id."""
_COUNTS = frozenset({"deviceid"})
"""Parameters that end as ids do and are none."""

CATALOGUE: Mapping[str, frozenset[str]] = {
    "deployVirtualMachine": frozenset(
        {"name", "zoneid", "templateid", "serviceofferingid", "diskofferingid", "startvm"}
    ),
    "startVirtualMachine": frozenset({"id"}),
    "stopVirtualMachine": frozenset({"id", "forced"}),
    "rebootVirtualMachine": frozenset({"id"}),
    "destroyVirtualMachine": frozenset({"id", "expunge"}),
    "recoverVirtualMachine": frozenset({"id"}),
    "createVolume": frozenset({"name", "zoneid", "diskofferingid", "size", "snapshotid"}),
    "attachVolume": frozenset({"id", "virtualmachineid", "deviceid"}),
    "detachVolume": frozenset({"id", "virtualmachineid", "deviceid"}),
    "deleteVolume": frozenset({"id"}),
    "destroyVolume": frozenset({"id", "expunge"}),
    "recoverVolume": frozenset({"id"}),
    "resizeVolume": frozenset({"id", "size", "shrinkok", "diskofferingid"}),
    "createSnapshot": frozenset({"volumeid", "name"}),
    "deleteSnapshot": frozenset({"id"}),
}
"""Command -> the parameters it is given; a cassette may ask for nothing else."""


class Operation(Struct, frozen=True, forbid_unknown_fields=True):
    """A call of *command* by *who*; `$alias` in a value of *given* stands for an id.

    A parameter `name` is the alias of what the call creates.
    """

    who: str
    command: str
    given: dict[str, str] = {}

    def __str__(self) -> str:
        """Return the operation in one line."""
        text = "".join(f" {name}={value!r}" if " " in value or not value else f" {name}={value}"
                       for name, value in self.given.items())  # fmt: skip
        return f"{self.who}: {self.command}{text}"

    @property
    def needs(self) -> frozenset[str]:
        """The aliases that the operation speaks of."""
        return frozenset(v[1:] for v in self.given.values() if v.startswith("$")) - {"ghost"}

    @property
    def creates(self) -> str:
        """The alias of what the operation creates, "" for nothing."""
        return self.given.get("name", "")


def is_id(parameter: str) -> bool:
    """Return whether a parameter names something by its id."""
    return parameter.endswith("id") and parameter not in _COUNTS


def fault(operation: Operation) -> str:
    """Return why an operation must not be sent to anybody's cloud, "" if it may be.

    A cassette comes from somebody else: what it asks for is of the table, and an id is an alias.
    """
    if operation.who not in PARTS:
        return f"{operation.who!r} is nobody who asks"
    if operation.command not in CATALOGUE:
        return f"{operation.command!r} is no command of a cassette"
    for name, value in operation.given.items():
        if name not in CATALOGUE[operation.command]:
            return f"{operation.command} {name}: no parameter of a cassette"
        if is_id(name) and not value.startswith("$") and value not in LITERAL_IDS:
            return f"{operation.command} {name}: {value[:40]!r} is no alias"
        if name == "name" and not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,9}", value):
            return f"{operation.command} name: {value[:40]!r} is no alias"
    return ""
