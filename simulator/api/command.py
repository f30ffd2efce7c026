"""A command: its name, its parameters as one line of text, its handler; and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from simulator.domain.records import Account, User
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase
from simulator.engine.jobs import Jobs
from simulator.engine.world import World

ROWS = {
    "volume": ("volumes", "Volume"),
    "vm": ("vms", "VirtualMachine"),
    "zone": ("zones", "DataCenter"),
    "pod": ("pods", "Pod"),
    "cluster": ("clusters", "Cluster"),
    "host": ("hosts", "Host"),
    "pool": ("pools", "StoragePool"),
    "service": ("service_offerings", "ServiceOffering"),
    "disk": ("disk_offerings", "DiskOffering"),
    "template": ("templates", "VirtualMachineTemplate"),
    "domain": ("domains", "Domain"),
    "account": ("accounts", "Account"),
    "user": ("users", "User"),
    "snapshot": ("snapshots", "Snapshot"),
    "vmsnapshot": ("vm_snapshots", "VMSnapshot"),
}
"""Kind of id in a parameter line -> (where it is kept, what messages call it)."""


class Call(NamedTuple):
    """One accepted call: who asks what of which cloud; *args* are read and checked."""

    world: World
    jobs: Jobs
    user: User
    account: Account
    args: dict[str, Any]
    command: str

    def text(self, name: str) -> str | None:
        """Return a parameter, or None."""
        value: str | None = self.args.get(name)
        return value

    @property
    def is_root(self) -> bool:
        """Whether a root admin asks, who sees every field."""
        return self.account.role == "Admin"


Handler = Callable[[Call], dict[str, Any]]
_LOOKS = ("list", "get", "query")


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the command table.

    *params* is "name:kind" by name, in the order CloudStack reads them: kind is text, long,
    float, bool or a key of ROWS; `!` required, `@` the caller must have access, `~` a removed row
    is let through to the command, `?` as `@` but only beside a parameter that has `@`. *roles*
    are the first letters of Admin, Domain admin, User and Read-only. *reads* says whether it only
    looks; None leaves that to its name.
    """

    name: str
    handler: Handler
    params: str = ""
    roles: str = "ADU"
    is_async: bool = False
    reads: bool | None = None

    @property
    def changes(self) -> bool:
        """Return whether a call may change anything."""
        return not (self.name.startswith(_LOOKS) if self.reads is None else self.reads)


def read(
    command: Command, world: World, caller: Account, text: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameters as values, or raise Refused with the first row broken."""
    given = {name.lower(): value for name, value in text.items()}
    for name, value in given.items():
        REQUEST.require(Phase.REQUEST, Field(world.dialect, command.name, name, value, False))
    args: dict[str, Any] = dict(given)
    fields: list[tuple[str, Field, str]] = []
    for line in command.params.split():
        name, _, kind = line.partition(":")
        field, value = _read_one(command, world, name, kind, given.get(name))
        REQUEST.require(Phase.REQUEST, field._replace(removed=False))
        if value is not None:
            args[name] = value
            fields.append((kind, field, getattr(value, "account_id", "")))
    for field in _judged(world, caller, fields):
        REQUEST.require(Phase.REQUEST, field)
    return args


def _judged(world: World, caller: Account, fields: list[tuple[str, Field, str]]) -> list[Field]:
    """Return the fields in the order they are judged: access to what is there, then what is not."""
    guarded = [f for f in fields if "@" in f[0] or "?" in f[0]]
    if not any("@" in kind for kind, _, _ in guarded):
        guarded = []
    there = [
        field._replace(caller_may=world.may(caller, owner_id))
        for _, field, owner_id in guarded
        if not field.removed
    ]
    return there + [field for _, field, _ in fields if field.removed]


def _read_one(
    command: Command, world: World, name: str, kind: str, text: str | None
) -> tuple[Field, Any]:
    field = Field(world.dialect, command.name, name, text, "!" in kind)
    bare = kind.rstrip("!@~?")
    if text is None or bare == "text":
        return field, text
    if bare == "bool":
        return field, text.lower() == "true"
    if bare in ("float", "long"):
        number = _number(bare, text)
        return field._replace(well_formed=number is not None), number
    where, row = ROWS[bare]
    record = getattr(world.store, where).get(text)
    if record is None:
        return field._replace(is_id=True, found=False), None
    removed = getattr(record, "removed", False) and "~" not in kind
    return field._replace(is_id=True, removed=removed, db_id=record.db_id, row=row), record


def _number(kind: str, text: str) -> float | None:
    """Return *text* as Java reads a number, None where it is none."""
    if text != text.strip() or "_" in text:
        return None
    try:
        number = int(text) if kind == "long" else float(text)
    except ValueError:
        return None
    return number if kind == "float" or abs(number) < 1 << 63 else None
