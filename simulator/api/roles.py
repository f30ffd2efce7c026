"""Roles and their rules: which commands an account may call."""

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, listing
from simulator.domain.errors import Kind, Refused
from simulator.domain.records import Role
from simulator.domain.roles import RoleRow, RoleRule

_STOCK_TEXT = "Role {} is a default role and can't be changed"


def role(_: Call, record: RoleRow) -> Row:
    """Return RoleResponse."""
    return {
        "type": record.type,
        "isdefault": record.stock,
        "state": "enabled",
        "id": record.id,
        "name": record.name,
        "description": record.text,
        "ispublic": record.public,
    }


def permission(_: Call, record: RoleRow, rule: RoleRule) -> Row:
    """Return RolePermissionResponse."""
    return {
        "id": rule.id,
        "roleid": record.id,
        "rolename": record.name,
        "rule": rule.pattern,
        "permission": "allow" if rule.allow else "deny",
    }


def _kind(call: Call) -> Role:
    parent = call.args.get("roleid")
    if parent is not None:
        found: Role = parent.kind
        return found
    wanted = str(call.args.get("type", "")).lower()
    for kind in (Role.ADMIN, Role.RESOURCE_ADMIN, Role.DOMAIN_ADMIN, Role.USER):
        if kind.lower() == wanted:
            return kind
    text = "Invalid role type: Admin, ResourceAdmin, DomainAdmin or User"
    raise Refused(Kind.PARAM, text, "REQ-02")


def _add(call: Call, rules: list[tuple[str, bool]]) -> RoleRow:
    store, name, kind = call.world.store, call.args["name"], _kind(call)
    if any(r.name == name and not r.removed for r in store.roles.values()):
        text = f"Role already exists with the name: {name}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    made = RoleRow(
        store.new_id(),
        store.new_row("role"),
        name,
        kind,
        call.args.get("description", ""),
        public=bool(call.args.get("ispublic", True)),
        rules=tuple(RoleRule(store.new_id(), rule, allow=allow) for rule, allow in rules),
    )
    return store.roles.setdefault(made.id, made)


def create_role(call: Call) -> Row:
    """createRole, empty or as another role is."""
    parent = call.args.get("roleid")
    rules: list[tuple[str, bool]] = []
    if parent is not None:
        rules = [("*", True)] if parent.stock else [(r.pattern, r.allow) for r in parent.rules]
    return {"role": role(call, _add(call, rules))}


def _allows(text: str) -> bool:
    if text.lower() not in {"allow", "deny"}:
        words = f"Invalid permission {text}: allow or deny"
        raise Refused(Kind.PARAM, words, "REQ-02")
    return text.lower() == "allow"


def import_role(call: Call) -> Row:
    """importRole: a role with its rules, `rules[0].rule` and `rules[0].permission`."""
    store = call.world.store
    rules = [
        (row.get("rule", ""), _allows(row.get("permission", ""))) for row in call.args["rules"]
    ]
    old = [r for r in store.roles.values() if r.name == call.args["name"] and not r.stock]
    if old and call.args.get("forced"):
        store.roles[old[0].id] = old[0]._replace(removed=True)
    return {"role": role(call, _add(call, rules))}


def _own(call: Call, name: str) -> RoleRow:
    """Return the role a parameter names; a stock one cannot be changed."""
    record: RoleRow = call.args[name]
    if record.stock:
        raise Refused(Kind.DENIED, _STOCK_TEXT.format(record.name), "REQ-06")
    return record


def delete_role(call: Call) -> Row:
    """deleteRole, unless an account has it."""
    record = _own(call, "id")
    store = call.world.store
    if any(a.role_id == record.id and a.enabled for a in store.accounts.values()):
        text = "Cannot delete the role as it is being used by some accounts"
        raise Refused(Kind.PARAM, text, "REQ-02")
    store.roles[record.id] = record._replace(removed=True)
    return {"success": True}


def create_permission(call: Call) -> Row:
    """createRolePermission: the rules of a role are judged in the order they were made."""
    record, args = _own(call, "roleid"), call.args
    store = call.world.store
    rule = RoleRule(store.new_id(), args["rule"], _allows(args["permission"]))
    store.roles[record.id] = record._replace(rules=(*record.rules, rule))
    return {"rolepermission": permission(call, record, rule)}


def list_permissions(call: Call) -> Row:
    """listRolePermissions; of a stock role the command table's row is its rule."""
    record: RoleRow = call.args["roleid"]
    rows = [permission(call, record, rule) for rule in record.rules]
    return {"count": len(rows), "rolepermission": rows} if rows else {}


COMMANDS = (
    Command(
        "listRoles",
        listing("roles", "role", role, by="name type"),
        f"id:role name:text type:text {PAGING}",
        says="Lists the roles",
        answers="role",
        roles="ASD",
    ),
    Command(
        "createRole",
        create_role,
        "name:text! type:text roleid:role description:text ispublic:bool",
        says="Creates a role, empty or like another",
        answers="role",
        roles="A",
    ),
    Command(
        "importRole",
        import_role,
        "name:text! rules:map! type:text description:text forced:bool ispublic:bool",
        says="Creates a role with its rules",
        answers="role",
        roles="A",
    ),
    Command(
        "deleteRole",
        delete_role,
        "id:role!",
        says="Deletes a role that no account has",
        answers="success",
        roles="A",
    ),
    Command(
        "createRolePermission",
        create_permission,
        "roleid:role! rule:text! permission:text! description:text",
        says="Adds a rule to a role",
        answers="rolepermission",
        roles="A",
    ),
    Command(
        "listRolePermissions",
        list_permissions,
        "roleid:role!",
        says="Lists the rules of a role",
        answers="rolepermission",
        roles="A",
    ),
)
