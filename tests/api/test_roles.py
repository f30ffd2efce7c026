"""Roles decide which commands an account may call (C19)."""

import pytest
from lab import Lab


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Lab()


@pytest.mark.parametrize(
    ("kind", "command", "allowed"),
    [
        (0, "attachVolume", True),
        (0, "updateVolume", False),
        (0, "migrateVolume", False),
        (0, "assignVolume", False),
        (0, "listHosts", False),
        (2, "attachVolume", True),
        (2, "updateVolume", False),
        (2, "createAccount", True),
        (2, "createDomain", True),
        (2, "assignVolume", True),
        (2, "listRouters", True),
        (2, "listHosts", False),
        (3, "listHosts", True),
        (3, "createDomain", False),
        (0, "listLdapConfigurations", True),
        (3, "assignVolume", True),
        (3, "updateVolume", False),
        (1, "updateVolume", True),
    ],
)
def test_a_stock_role_may_or_may_not(lab: Lab, kind: int, command: str, allowed: bool) -> None:
    caller = lab.user(f"{command}{kind}", kind)
    answer = lab.do(command, caller)

    assert (answer.code == 432) is not allowed, answer
    if not allowed:
        assert (answer.root, answer.cs) == ("errorresponse", 9999)


def test_the_stock_roles_are_listed(lab: Lab) -> None:
    rows = lab.ok("listRoles")["role"]
    assert [(r["name"], r["type"]) for r in rows if r["isdefault"]] == [
        ("Root Admin", "Admin"),
        ("Resource Admin", "ResourceAdmin"),
        ("Domain Admin", "DomainAdmin"),
        ("User", "User"),
        ("Read-Only User - Default", "User"),
        ("Read-Only Admin - Default", "Admin"),
        ("Support Admin - Default", "Admin"),
        ("Support User - Default", "User"),
    ]


def test_a_domain_admin_sees_no_role_that_may_do_more(lab: Lab) -> None:
    lab.ok("createRole", name="free", type="User")
    wide = next(r["id"] for r in lab.ok("listRoles")["role"] if r["name"] == "free")
    lab.ok("createRolePermission", roleid=wide, rule="*", permission="allow")
    admin = lab.user("local", 2)

    names = {r["name"] for r in lab.ok("listRoles", admin)["role"]}
    assert {"Domain Admin", "User"} <= names
    assert not names & {"free", "Resource Admin", "Root Admin"}
    by_type = {r["name"] for r in lab.ok("listRoles", admin, type="User")["role"]}
    assert "free" in by_type


def make_account(lab: Lab, name: str, role_id: str) -> dict[str, str]:
    account = lab.account(name, roleid=role_id)
    keys: dict[str, str] = lab.ok("registerUserKeys", id=account["user"][0]["id"])["userkeys"]
    return keys


def test_the_first_rule_that_fits_decides() -> None:
    lab = Lab()
    role = lab.ok("createRole", name="lister", type="User")["role"]
    for rule, permission in (("listVolumes", "allow"), ("list*", "deny"), ("*", "allow")):
        text = {"roleid": role["id"], "rule": rule, "permission": permission}
        lab.ok("createRolePermission", **text)
    keys = make_account(lab, "l", role["id"])
    caller = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])

    assert lab.do("listVolumes", caller).code == 200
    assert lab.do("listVirtualMachines", caller).code == 432
    assert lab.do("createVolume", caller).code == 431
    rows = lab.ok("listRolePermissions", roleid=role["id"])["rolepermission"]
    assert [r["permission"] for r in rows] == ["allow", "deny", "allow"]
    assert lab.do("deleteRole", id=role["id"]).code == 531


def test_a_role_without_a_rule_may_nothing() -> None:
    lab = Lab()
    role = lab.ok("createRole", name="none", type="User")["role"]
    keys = make_account(lab, "n", role["id"])

    caller = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])
    assert lab.do("attachVolume", caller).code == 432


def test_a_role_is_imported_with_its_rules_and_deleted() -> None:
    lab = Lab()
    rules = {"rules[0].rule": "attachVolume", "rules[0].permission": "allow"}
    role = lab.ok("importRole", name="attacher", type="User", **rules)["role"]
    rows = lab.ok("listRolePermissions", roleid=role["id"])["rolepermission"]
    assert [(r["rule"], r["permission"]) for r in rows] == [("attachVolume", "allow")]
    assert lab.do("importRole", name="attacher", type="User", **rules).code == 530
    again = rules | {"rules[0].permission": "deny", "forced": "true"}
    assert lab.ok("importRole", name="attacher", type="User", **again)["role"]["id"] == role["id"]
    rows = lab.ok("listRolePermissions", roleid=role["id"])["rolepermission"]
    assert [(r["rule"], r["permission"]) for r in rows] == [("attachVolume", "deny")]
    bad = rules | {"rules[0].permission": "perhaps"}
    assert lab.do("importRole", name="other", type="User", **bad).code == 431

    lab.ok("deleteRole", id=role["id"])
    assert "attacher" not in [r["name"] for r in lab.ok("listRoles")["role"]]


def test_a_stock_role_stays_as_it_is(lab: Lab) -> None:
    stock = lab.ok("listRoles")["role"][0]["id"]
    assert lab.do("deleteRole", id=stock).code == 531
    text = {"roleid": stock, "rule": "*", "permission": "deny"}
    assert lab.do("createRolePermission", **text).code == 531


def test_a_copy_of_a_stock_role_may_what_that_may() -> None:
    lab = Lab()
    user = next(r for r in lab.store.roles.values() if r.name == "User")
    copy = lab.ok("createRole", name="copy", roleid=user.id)["role"]
    keys = make_account(lab, "c", copy["id"])
    caller = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])

    assert copy["type"] == "User"
    assert "isdefault" not in copy
    assert lab.do("attachVolume", caller).code == 431
    assert lab.do("createAccount", caller).code == 432
    rules = lab.ok("listRolePermissions", roleid=copy["id"])["rolepermission"]
    assert {"attachVolume", "listZones"} <= {r["rule"] for r in rules}
    assert "createAccount" not in {r["rule"] for r in rules}


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("Read-Only Admin - Default", "listHosts", "createVolume"),
        ("Support Admin - Default", "createVolume", "deleteVolume"),
        ("Support User - Default", "createVolume", "deleteVolume"),
    ],
)
def test_the_other_stock_roles(lab: Lab, role: str, may: str, may_not: str) -> None:
    row = next(r for r in lab.store.roles.values() if r.name == role)
    keys = make_account(lab, role.split(maxsplit=1)[0] + role.split()[1], row.id)
    caller = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])

    assert lab.do(may, caller).code != 432
    assert lab.do(may_not, caller).code == 432
    me = lab.ok("listUsers", caller, listall="true")["user"]
    assert role in {u["rolename"] for u in me}
