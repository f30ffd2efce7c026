"""Roles and their rules: which commands an account may call."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID, uuid5

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, listing, paged
from simulator.api.render import SUCCESS, plain
from simulator.api.shape import Always, Parts, Shape, boolean, text
from simulator.domain.records import Role
from simulator.domain.roles import (
    ADD_RULE,
    DELETE_ROLE,
    EVERY_ROLE_OF,
    LETTERS,
    NEW_ROLE,
    NewRole,
    OldRole,
    RoleRow,
    RoleRule,
)
from simulator.domain.rules import Phase

Rules = tuple[tuple[str, bool], ...]


_TYPE: Parts[RoleRow] = (text("type", "type", lambda r: r.type),)
_OTHERS: Parts[RoleRow] = (
    text("state", "state", Always("enabled")),
    text("id", "id", lambda r: r.id),
    text("name", "name", lambda r: r.name),
    text("description", "description", lambda r: r.text or None),
    boolean("ispublic", "whether everybody may see it", lambda r: r.public),
)
ROLE = Shape[RoleRow]("role", *_TYPE, *_OTHERS)
"""One role: RoleCmd.setupResponse leaves out whether it is stock."""
LISTED_ROLE = Shape[RoleRow](
    "role",
    *_TYPE,
    boolean("isdefault", "whether it is a stock role", lambda r: r.stock),
    *_OTHERS,
)


class RuleAt(NamedTuple):
    """A rule of a role, whose name a list alone shows."""

    role: RoleRow
    record: RoleRule
    listed: bool = False


ROLE_RULE = Shape[RuleAt](
    "rolepermission",
    text("id", "id", lambda r: r.record.id),
    text("roleid", "id of the role", lambda r: r.role.id),
    text("rule", "command, or pattern of commands, it is about", lambda r: r.record.pattern),
    text("permission", "whether the rule allows or denies",
         lambda r: "allow" if r.record.allow else "deny"),
    text("description", "description", lambda r: r.record.text or None),
    text("rolename", "name of the role", lambda r: r.role.name if r.listed else None),
)  # fmt: skip


def _list_roles(call: Call, table: Mapping[str, Command]) -> Row:
    """listRoles: of those that may do more than the caller's role others than root admins see none.

    A list by type alone, or by id, shows these too (RoleManagerImpl).
    """
    args, own = call.args, call.world.store.role_of(call.account)
    names = {name: row.roles for name, row in table.items()} | dict.fromkeys(EVERY_ROLE_OF, "")
    by_type = "type" in args and not (args.get("name", "") + args.get("keyword", "")).strip()
    all_do = call.is_root or "id" in args or by_type or own is None

    def sees(_: Call, record: RoleRow) -> bool:
        if not call.is_root and (record.kind is Role.ADMIN or not record.public):
            return False
        return all_do or own is None or record.id == own.id or own.covers(record, names)

    return listing("roles", "role", plain(LISTED_ROLE), by="name type", also=sees)(call)


def rules_of(record: RoleRow, table: Mapping[str, Command]) -> tuple[RoleRule, ...]:
    """Return the rules of a role; those of a stock role are what the command table says."""
    rules = [(r.pattern, r.allow) for r in record.rules]
    if not record.stock:
        return record.rules
    if record.kind is Role.ADMIN:
        rules = rules or [("*", True)]
    else:
        letter = LETTERS[record.kind]
        rules += [(name, True) for name in sorted(table) if letter in table[name].roles]
        rules += [("*", False)] if record.kind is Role.READ_ONLY else []
    return tuple(
        RoleRule(str(uuid5(UUID(record.id), name)), name, allow=allow) for name, allow in rules
    )


def _add(call: Call, kind: Role, rules: Rules) -> RoleRow:
    store, args = call.world.store, call.args
    role = RoleRow(
        store.new_id(),
        store.new_row("role"),
        args["name"],
        kind,
        args.get("description", ""),
        public=bool(args.get("ispublic", True)),
        rules=tuple(RoleRule(store.new_id(), rule, allow=allow) for rule, allow in rules),
    )
    return store.roles.setdefault(role.id, role)


def _case(call: Call) -> NewRole:
    args = call.args
    kind, parent = args.get("type"), args.get("roleid")
    alive = [r for r in call.world.store.roles.values() if not r.removed]
    named = [r for r in alive if r.name == args["name"]]
    same = [r for r in named if r.type == (parent.type if parent else kind)]
    return NewRole(
        dialect=call.world.dialect,
        name=args["name"],
        kind=kind,
        parent=parent,
        known=bool(same),
        imports=call.command == "importRole",
        named=bool(named),
        forced=bool(args.get("forced")),
        stock=any(r.stock for r in same),
        rules=tuple((row.get("rule", ""), row.get("permission")) for row in args.get("rules", ())),
    )


def create_role(call: Call, table: Mapping[str, Command]) -> Row:
    """createRole, empty or as another role is."""
    case = _case(call)
    NEW_ROLE.require(Phase.REQUEST, case)
    if case.parent is None:
        return {"role": ROLE.render(_add(call, Role(case.kind or ""), ()))}
    copied = tuple((r.pattern, r.allow) for r in rules_of(case.parent, table))
    return {"role": ROLE.render(_add(call, Role(case.parent.type), copied))}


def import_role(call: Call) -> Row:
    """importRole: a role with its rules, `rules[0].rule` and `rules[0].permission`."""
    store, case = call.world.store, _case(call)
    NEW_ROLE.require(Phase.REQUEST, case)
    role = _add(
        call,
        Role(case.kind or ""),
        tuple((r, str(said).lower() == "allow") for r, said in case.rules),
    )
    old = [
        r
        for r in store.roles.values()
        if (r.name, r.type, r.removed) == (role.name, role.type, False) and r.id != role.id
    ]
    if old:  # the role keeps its id, and its accounts keep the role
        del store.roles[role.id]
        role = store.roles[old[0].id] = role._replace(id=old[0].id, db_id=old[0].db_id)
    return {"role": ROLE.render(role)}


def delete_role(call: Call) -> Row:
    """deleteRole, unless an account has it."""
    record, store = call.args["id"], call.world.store
    used = any(a.role_id == record.id and not a.removed for a in store.accounts.values())
    DELETE_ROLE.require(Phase.REQUEST, OldRole(call.world.dialect, record, used))
    store.roles[record.id] = record._replace(removed=True)
    return SUCCESS.render(True)


def create_permission(call: Call) -> Row:
    """createRolePermission: the rules of a role are judged in the order they were made."""
    record, args, store = call.args["roleid"], call.args, call.world.store
    case = OldRole(
        call.world.dialect, record, rule=args["rule"], permission=args["permission"].upper()
    )
    ADD_RULE.require(Phase.REQUEST, case)
    allow, text = case.permission == "ALLOW", args.get("description", "")
    rule = RoleRule(store.new_id(), case.rule, allow=allow, text=text)
    store.roles[record.id] = record._replace(rules=(*record.rules, rule))
    return {"rolepermission": ROLE_RULE.render(RuleAt(record, rule))}


def list_permissions(call: Call, table: Mapping[str, Command]) -> Row:
    """listRolePermissions; those of a stock role are what the command table says."""
    role_id = call.args.get("roleid")
    records = [role_id] if role_id else list(call.world.store.roles.values())
    rows = [
        RuleAt(record, rule, listed=True)
        for record in records
        if not record.removed
        for rule in rules_of(record, table)
    ]
    return paged(call, "rolepermission", rows, ROLE_RULE.render)


def commands(table: Mapping[str, Command]) -> tuple[Command, ...]:
    """Return the commands that read *table*, which says what stock roles may call."""
    return (
        Command(
            "createRole",
            lambda call: create_role(call, table),
            "name:text! type:text roleid:role description:text ispublic:bool",
            says="Creates a role, empty or like another",
            answers=ROLE,
            roles="A",
        ),
        Command(
            "listRoles",
            lambda call: _list_roles(call, table),
            f"id:role~ name:text type:text {PAGING}",
            says="Lists the roles",
            answers=LISTED_ROLE,
            roles="ASD",
        ),
        Command(
            "listRolePermissions",
            lambda call: list_permissions(call, table),
            "roleid:role",
            says="Lists the rules of a role",
            answers=ROLE_RULE,
            roles="A",
        ),
    )


COMMANDS = (
    Command(
        "importRole",
        import_role,
        "name:text! rules:map! type:text description:text forced:bool ispublic:bool",
        says="Creates a role with its rules",
        answers=ROLE,
        roles="A",
    ),
    Command(
        "deleteRole",
        delete_role,
        "id:role!~",
        says="Deletes a role that no account has",
        answers=SUCCESS,
        roles="A",
    ),
    Command(
        "createRolePermission",
        create_permission,
        "roleid:role!~ rule:text! permission:text! description:text",
        says="Adds a rule to a role",
        answers=ROLE_RULE,
        roles="A",
    ),
)
