"""What changes roles: their names and types, the order and the permissions of their rules."""

from collections.abc import Mapping

from simulator.api.command import Call, Command
from simulator.api.lists import Row
from simulator.api.render import SUCCESS
from simulator.api.roles import ROLE, rules_of
from simulator.domain.records import Role
from simulator.domain.request import REQUEST, Field
from simulator.domain.role_changes import (
    CHANGE_ROLE,
    CHANGE_RULE,
    DROP_RULE,
    ChangeRole,
    ChangeRule,
    DropRule,
)
from simulator.domain.roles import RoleRow
from simulator.domain.rules import Phase


def update(call: Call) -> Row:
    """updateRole: its name, its description, its type, who may see it."""
    store, args, record = call.world.store, call.args, call.args["id"]
    case = ChangeRole(
        call.world.dialect,
        record,
        args.get("name", ""),
        args.get("description", ""),
        args.get("type", ""),
        args.get("ispublic"),
        any(a.role_id == record.id and not a.removed for a in store.accounts.values()),
    )
    CHANGE_ROLE.require(Phase.REQUEST, case)
    changed = record._replace(
        name=case.name or record.name,
        text=case.text or record.text,
        kind=Role(case.kind) if case.kind else record.kind,
        public=record.public if case.public is None else case.public,
    )
    store.roles[changed.id] = changed
    return {"role": ROLE.render(changed)}


def _role_with(call: Call, table: Mapping[str, Command], name: str, rule_id: str) -> RoleRow:
    """Return the role that has a rule, or refuse an id that no rule has."""
    roles = (r for r in call.world.store.roles.values() if not r.removed)
    found = [r for r in roles if any(rule.id == rule_id for rule in rules_of(r, table))]
    field = Field(call.world.dialect, call.command, name, rule_id, required=True)
    REQUEST.require(Phase.REQUEST, field._replace(is_id=True, found=bool(found)))
    return found[0]


def update_rule(call: Call, table: Mapping[str, Command]) -> Row:
    """updateRolePermission: rules in another order, or one with another permission."""
    args, record, rule_id = call.args, call.args["roleid"], call.args.get("ruleid")
    order = tuple(i for i in args["ruleorder"].split(",") if i) if "ruleorder" in args else None
    for one in order or ():
        _role_with(call, table, "ruleorder", one)
    if rule_id is not None:
        _role_with(call, table, "ruleid", rule_id)
    case = ChangeRule(call.world.dialect, record, order, rule_id, args.get("permission"))
    CHANGE_RULE.require(Phase.REQUEST, case)
    old = {rule.id: rule for rule in record.rules}
    if order:
        rules = tuple(old[i] for i in order)
    elif case.acts and rule_id in old:
        allow = str(case.permission).lower() == "allow"
        rules = tuple(r._replace(allow=allow) if r.id == rule_id else r for r in record.rules)
    else:
        return SUCCESS.render(False)
    call.world.store.roles[record.id] = record._replace(rules=rules)
    return SUCCESS.render(True)


def delete_rule(call: Call, table: Mapping[str, Command]) -> Row:
    """deleteRolePermission."""
    rule_id = call.args["id"]
    record = _role_with(call, table, "id", rule_id)
    DROP_RULE.require(Phase.REQUEST, DropRule(call.world.dialect, record))
    rules = tuple(rule for rule in record.rules if rule.id != rule_id)
    call.world.store.roles[record.id] = record._replace(rules=rules)
    return SUCCESS.render(True)


def commands(table: Mapping[str, Command]) -> tuple[Command, ...]:
    """Return the commands; *table* says what the rules of stock roles are."""
    return (
        Command(
            "updateRole",
            update,
            "id:role!~ name:text description:text ispublic:bool type:text",
            says="Changes a role",
            answers=ROLE,
            roles="A",
        ),
        Command(
            "updateRolePermission",
            lambda call: update_rule(call, table),
            "roleid:role!~ ruleorder:text ruleid:text permission:text",
            says="Gives the rules of a role another order, or one of them another permission",
            answers=SUCCESS,
            roles="A",
        ),
        Command(
            "deleteRolePermission",
            lambda call: delete_rule(call, table),
            "id:text!",
            says="Takes a rule off a role",
            answers=SUCCESS,
            roles="A",
        ),
    )
