"""A command: its name, its parameters as one line of text, its handler; and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from simulator.api.entities import ENTITIES
from simulator.api.release import measured, require_unmodelled
from simulator.api.shape import Shape
from simulator.api.since import heeded, is_required
from simulator.domain.dialect import Dialect
from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role, User
from simulator.domain.releases import Flag
from simulator.domain.request import REQUEST, Field
from simulator.domain.rules import Phase
from simulator.engine.jobs import Jobs
from simulator.engine.world import Flow, World

MARKS = "!@~?*^"
"""What may stand behind a kind in a parameter line."""


class Call(NamedTuple):
    """One accepted call: who asks what of which cloud; *args* are read and checked by *params*.

    *method* is the HTTP method it came with.
    """

    world: World
    jobs: Jobs
    user: User
    account: Account
    args: dict[str, Any]
    command: str
    method: str = "POST"
    params: str = ""

    def text(self, name: str) -> str | None:
        """Return a parameter, or None."""
        value: str | None = self.args.get(name)
        return value

    @property
    def is_root(self) -> bool:
        """Whether a root admin asks, who sees every field."""
        return self.account.role == "Admin"


class _Nobodys(NamedTuple):
    """What a number stands for that is no database id: nobody but a root admin may touch it."""

    id: str = "-"
    account_id: str = "-"
    removed: bool = True
    db_id: int = 0


_NOBODYS = _Nobodys()
_AWAITED = frozenset({"account", "anyproject", "domain", "project", "role", "user"})
"""Kinds of ids whose commands know what to say of a number that is no row's."""
Handler = Callable[[Call], dict[str, Any] | Flow]
"""What answers a call: the body of the reply, or a flow that returns it when the reply is due."""
_LOOKS = ("list", "get", "query")
_SPEAKS = frozenset({
    "addNicToVirtualMachine", "attachVolume", "createVMSnapshot", "deleteSnapshot",
    "deleteVMSnapshot", "destroyVirtualMachine", "expungeVirtualMachine", "rebootVirtualMachine",
    "removeNicFromVirtualMachine", "restoreVirtualMachine", "startVirtualMachine",
    "stopVirtualMachine", "updateDefaultNicForVirtualMachine",
})  # fmt: skip
"""Commands whose job begins with the uuids of what they work on, which removed rows lack."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the command table.

    *params* is "name:kind" by name, in the order CloudStack reads them: kind is text, long,
    integer, float, bool, map or a key of ENTITIES; `!` required, `@` the caller must have access,
    `~` a row that is removed or never was is let through to the command (as "anyproject" with its
    number, which may be -1), `^` only root admins give it and others' is not looked at, `?` as
    `@` but only beside a parameter that has `@`, `*` a comma list. *roles* are the letters of the
    stock roles that may call it: Admin,
    System resource admin, Domain admin, User, Read-only. *says* describes it and *answers* is
    the object it answers with, for listApis. *reads* says whether it only looks; None leaves that
    to its name.
    """

    name: str
    handler: Handler
    params: str = ""
    roles: str = "ASDU"
    is_async: bool = False
    says: str = ""
    answers: Shape[Any] = field(kw_only=True)
    reads: bool | None = None

    @property
    def parameters(self) -> frozenset[str]:
        """Return the names of the parameters that the handler reads."""
        return _names(self.params)

    @property
    def changes(self) -> bool:
        """Return whether a call may change anything."""
        return not (self.name.startswith(_LOOKS) if self.reads is None else self.reads)


@cache
def _names(params: str) -> frozenset[str]:
    return frozenset(line.partition(":")[0] for line in params.split())


_SHORT = 255
"""No parameter takes fewer characters."""
_SERVICE_JUDGES = frozenset({
    "attachVolume", "deleteVolume", "destroyVirtualMachine", "detachVolume", "startVirtualMachine",
})  # fmt: skip
"""Commands that judge removed rows themselves, in releases where that is so (versions.md 4)."""


def read(
    command: Command, world: World, caller: Account, parameters: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameters as values, or raise Refused with the first row broken."""
    parameters = heeded(world.dialect, command.name, parameters)
    given = {name.lower(): value for name, value in parameters.items()}
    for name, value in parameters.items():
        REQUEST.require(Phase.REQUEST, Field(world.dialect, command.name, name, value, False))
    args: dict[str, Any] = {}
    fields: list[tuple[str, Field, str]] = []
    for line in command.params.split():
        name, _, kind = line.partition(":")
        if "^" in kind and caller.role is not Role.ADMIN:
            continue
        kind = _kind_in(world.dialect, command.name, name, kind)
        text: str | list[dict[str, str]] | None = given.get(name)
        if text is None and kind.startswith("map"):
            text = _map(parameters, name)
        if text is None and "!" not in kind:
            continue
        field, value = _read_one(command, world, name, kind, text)
        if isinstance(text, str) and len(text) > _SHORT:
            field = measured(command.name, field)
        REQUEST.require(Phase.REQUEST, field._replace(removed=False))
        if value is not None:
            args[name] = value
            owner = value.id if isinstance(value, Account) else getattr(value, "account_id", "")
            fields.append((kind, field, owner))
    require_unmodelled(world, command.name, command.parameters, given)
    for field in _judged(world, caller, fields):
        REQUEST.require(Phase.REQUEST, field)
    return args


def _kind_in(dialect: Dialect, command: str, name: str, kind: str) -> str:
    """Return the kind of a parameter as the release has it."""
    if is_required(dialect, command, name) and "!" not in kind:
        return f"{kind}!"
    if command in _SERVICE_JUDGES and Flag.SERVICE_JUDGES_REMOVED in dialect and kind[-1:] != "~":
        return f"{kind}~"
    return kind


def _speaks(call: Call) -> bool:
    """Return whether the job of a call names what it works on before its service judges that."""
    late = Flag.SERVICE_JUDGES_REMOVED in call.world.dialect and call.command in _SERVICE_JUDGES
    return call.command in _SPEAKS and not late


def read_again(call: Call) -> None:
    """Judge what a call names once more, as its job does when it starts.

    Access always; that it is still there where the job speaks of it first thing (_SPEAKS).
    """
    fields: list[tuple[str, Field, str]] = []
    for line in call.params.split():
        name, _, kind = line.partition(":")
        record, at = call.args.get(name), ENTITIES.get(kind.rstrip("!@~?"))
        if at is None or record is None:
            continue
        now = at.of(call.world.store).get(record.id, record)
        if now is not record:
            removed = getattr(now, "removed", False) and _speaks(call)
            field = Field(call.world.dialect, call.command, name, now.id, required=False)
            field = field._replace(is_id=True, removed=removed, db_id=record.db_id, row=at.java)
            owner = now.id if isinstance(now, Account) else getattr(now, "account_id", "")
            fields.append((kind, field, owner))
    for field in _judged(call.world, call.account, fields):
        REQUEST.require(Phase.REQUEST, field)


def _map(parameters: Mapping[str, str], name: str) -> list[dict[str, str]] | None:
    """Return `name[0].key=…` as a list of maps by index, whose keys keep their case; None for none.

    Indexes may have holes between them.
    """
    maps: dict[int, dict[str, str]] = {}
    for key, value in parameters.items():
        head, bracket, rest = key.partition("[")
        if bracket and head.lower() == name:
            index, _, field = rest.partition("]")
            maps.setdefault(int(index), {})[field.partition(".")[2]] = value
    return [maps[index] for index in sorted(maps)] or None


def _judged(world: World, caller: Account, fields: list[tuple[str, Field, str]]) -> list[Field]:
    """Return the fields in the order they are judged: access to what is there, then what is not."""
    guarded = [f for f in fields if "@" in f[0] or "?" in f[0]]
    if not any("@" in kind for kind, _, _ in guarded):
        guarded = []
    there = [
        field._replace(caller_may=_may(world, caller, owner_id))
        for _, field, owner_id in guarded
        if not field.removed or owner_id == _NOBODYS.account_id
    ]
    if there and guarded[0][1].removed and guarded[0][2] not in {"", _NOBODYS.account_id}:
        _, first, owner_id = guarded[0]  # beside what is there, the owner of what is gone counts
        owner = first._replace(removed=False, caller_may=_may(world, caller, owner_id))
        there = [owner, *there]
    return there + [field for _, field, _ in fields if field.removed]


def _may(world: World, caller: Account, owner_id: str) -> bool:
    return caller.role is Role.ADMIN or (
        owner_id != _NOBODYS.account_id and world.may(caller, owner_id)
    )


def _read_one(
    command: Command, world: World, name: str, kind: str, text: str | list[dict[str, str]] | None
) -> tuple[Field, Any]:
    spelt = name if isinstance(text, list) else text
    field = Field(world.dialect, command.name, name, spelt, "!" in kind)
    bare = kind.rstrip(MARKS)
    if text is None or bare in {"text", "date", "map"} or isinstance(text, list):
        plain = bare == "map" and isinstance(text, str)
        return field._replace(well_formed=not plain), text
    if bare == "bool":
        return field, text.lower() == "true"
    if bare in {"float", "long", "integer"}:
        number = _number(bare, text)
        return field._replace(well_formed=number is not None), number
    if "*" in kind:
        return _read_list(command, world, name, kind.replace("*", ""), text)
    entity = ENTITIES[bare]
    rows, row = entity.of(world.store), entity.java
    record = rows.get(text)
    if record is None:
        lets = "~" in kind and (bare in _AWAITED or not (command.changes or "!" in kind))
        return _by_number(field, rows, row, text, kind, lets=lets)
    removed = getattr(record, "removed", False) and "~" not in kind
    return field._replace(is_id=True, removed=removed, db_id=record.db_id, row=row), record


def _by_number(
    field: Field, rows: Mapping[str, Any], row: str, text: str, kind: str, *, lets: bool
) -> tuple[Field, Any]:
    """Return the record with a database id; a number of none is as good as removed (C12).

    *lets* is whether the command takes a number of none, and says itself what is wrong with it.
    """
    number = _number("long", text)
    if number is None:
        return field._replace(is_id=True, found=False), None
    found: Any = next((r for r in rows.values() if r.db_id == number), None)
    if found is None and kind.startswith("anyproject"):
        found = Project("", int(number), "", "", "", "", "", 0.0, removed=True)
    if found is None and kind.startswith("domain") and "~" in kind:
        found = Domain("", int(number), "", None, "", removed=True)
    gone = not lets if found is None else "~" not in kind and getattr(found, "removed", False)
    field = field._replace(is_id=True, removed=gone, db_id=int(number), row=row, zero=number == 0)
    return field, found or _Nobodys(db_id=int(number))


def _read_list(
    command: Command, world: World, name: str, kind: str, text: str
) -> tuple[Field, list[Any]]:
    """Return the records that a comma list names; the field is that of the first unknown one."""
    each = [_read_one(command, world, name, kind, one) for one in text.split(",") if one]
    bad = [field for field, _ in each if not field.found or field.removed or field.zero]
    field = bad[0] if bad else Field(world.dialect, command.name, name, text, "!" in kind)
    return field, [record for _, record in each]


def _number(kind: str, text: str) -> float | None:
    """Return *text* as Java reads a number, None where it is none."""
    if text != text.strip() or "_" in text:
        return None
    try:
        number = float(text) if kind == "float" else int(text)
    except ValueError:
        return None
    return number if kind == "float" or abs(number) < 1 << 63 else None
