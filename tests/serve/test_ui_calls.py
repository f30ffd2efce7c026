"""The calls of CloudStack's own web UI, replayed in a session of each role."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest
from client import Client, Got
from ui_calls import DASHBOARD, DIALOGS, INSTANCES, LOGIN_PAGE, MENUS, START_UP, Ask

from simulator import boot

_FIELDS = Path(__file__).parent.parent / "golden" / "ui_fields.txt"
FIELDS = {name: set(rest) for name, *rest in map(str.split, _FIELDS.read_text().splitlines())}
"""Command -> parameters without whose description in `listApis` a dialog does not open."""
STEPS = {
    "start-up": START_UP,
    "dashboard": DASHBOARD,
    "instances": INSTANCES,
    "dialogs": DIALOGS,
    "menus": MENUS,
}


class Person(NamedTuple):
    """Who is logged in, as which role, what fills the {names}, and the commands of the menu."""

    client: Client
    role: str
    names: dict[str, str]
    apis: dict[str, dict[str, Any]]

    def read(self, ask: Ask) -> Got:
        """Send a read as the UI does."""
        text = dict(parse_qsl(ask.text.format(**self.names), keep_blank_values=True))
        return self.client.session(ask.command, **text)

    def one(self, command: str, key: str, **text: str) -> dict[str, Any]:
        """Return the first row of a list."""
        row: dict[str, Any] = self.client.session(command, **text).content[key][0]
        return row

    def do(self, command: str, root: str = "", **text: str) -> dict[str, Any]:
        """Post a change and poll its job as the UI does; return the job's result."""
        session = {"response": "json", "sessionkey": self.client.cookies["sessionkey"]}
        got = self.client.post({"command": command, **text, **session})
        assert (got.status, got.root) == (200, root or f"{command.lower()}response"), got.body
        job = self.client.session("queryAsyncJobResult", jobId=got.content["jobid"]).content
        while job["jobstatus"] == 0:
            job = self.client.session("queryAsyncJobResult", jobId=got.content["jobid"]).content
        assert job["jobstatus"] == 1, job
        result: dict[str, Any] = job["jobresult"]
        return result


def logged_in(role: str) -> Person:
    """Return a person of that role in a cloud where he has a stopped VM, a disk and a project."""
    admin = Client(boot("kvm", dialect="acs-4.22"))
    domain = admin.ask(command="listDomains", name="guests").content["domain"][0]["id"]
    admin.account("dora", accounttype="2", domainid=domain)
    client = Client(admin.cloud)
    who = {"A": ("admin", "password", "/"), "D": ("dora", "secret", "guests"),
           "U": ("bob", "password", "guests")}[role]  # fmt: skip
    login = client.login(**dict(zip(("username", "password", "domain"), who, strict=True)))
    apis = {row["name"]: row for row in client.session("listApis").content["api"]}
    person = Person(client, role, {"user": login.content["userid"]}, apis)
    person.names.update(settled(person, admin))
    return person


def settled(person: Person, admin: Client) -> dict[str, str]:
    """Have a stopped VM, a volume and a project made, and return what fills the {names}."""
    user = person.one("listUsers", "user", id=person.names["user"])
    zone = person.one("listZones", "zone")["id"]
    template = person.one("listTemplates", "template", templatefilter="executable")
    offering = person.one("listServiceOfferings", "serviceoffering")["id"]
    vm = person.do(
        "deployVirtualMachine", zoneid=zone, templateid=template["id"],
        serviceofferingid=offering, name="own",
    )["virtualmachine"]  # fmt: skip
    person.do("stopVirtualMachine", id=vm["id"])
    disk = person.one("listDiskOfferings", "diskoffering")["id"]
    data = person.do("createVolume", zoneid=zone, diskofferingid=disk, name="disk")
    project = person.do("createProject", name="team", displaytext="team")["project"]
    root = person.one("listVolumes", "volume", virtualmachineid=vm["id"], type="ROOT")
    running = admin.ask(command="listVirtualMachines", listall="true", state="Running")
    return {
        "account": user["accountid"], "owner": user["account"], "domain": user["domainid"],
        "zone": zone, "vm": vm["id"], "hypervisor": "KVM", "root": root["id"],
        "data": data["volume"]["id"], "project": project["id"], "ostype": vm["ostypeid"],
        "template": template["id"], "running": running.content["virtualmachine"][0]["id"],
        "network": vm["nic"][0]["networkid"],
    }  # fmt: skip


@pytest.fixture(scope="module", params="ADU")
def person(request: pytest.FixtureRequest) -> Person:
    """A root admin, a domain admin and a user, one after another."""
    return logged_in(request.param)


def nulls(value: Any, at: str = "") -> list[str]:
    """Return where a null is: the UI asks whether a key is there."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in nulls(item, f"{at}.{key}")]
    if isinstance(value, list):
        return [found for item in value for found in nulls(item, f"{at}[]")]
    return [at] if value is None else []


def wrong(ask: Ask, got: Got) -> str:
    """Return what the UI would not understand of an answer, "" if it is fine."""
    if (got.status, got.root) != (200, f"{ask.command.lower()}response"):
        return f"{got.status} {got.body[:300]!r}"
    rows = got.content.get(ask.key, [])
    first = rows[0] if isinstance(rows, list) and rows else rows
    checks = {
        "keys": set(got.content) - {"count", ask.key},
        "nulls": nulls(got.content),
        "missing": set(ask.fields.split()) - set(first),
    }
    return ", ".join(f"{what}: {sorted(found)}" for what, found in checks.items() if found)


@pytest.mark.parametrize("step", STEPS)
def test_each_read_has_what_the_ui_looks_at(person: Person, step: str) -> None:
    asks = [
        ask
        for ask in STEPS[step]
        if (person.role in ask.roles if ask.roles else ask.command in person.apis)
    ]
    faults = {f"{ask.command} {ask.text}": wrong(ask, person.read(ask)) for ask in asks}
    assert {call: fault for call, fault in faults.items() if fault} == {}
    assert len(asks) > 4


def test_before_the_log_in_nothing_is_taken_for_a_lost_session() -> None:
    client = Client()
    for ask in LOGIN_PAGE:
        got = client.get(f"command={ask.command}&response=json&{ask.text}")
        assert (got.status, got.content) == (200, {}), ask
        assert got.root == f"{ask.command.lower()}response"
    got = client.post({"command": "forgotPassword", "response": "json"})
    assert got.status == 432


def test_what_a_menu_needs_is_listed(person: Person) -> None:
    asked = {ask.command for step in STEPS.values() for ask in step if person.role in ask.roles}
    assert asked <= set(person.apis)


def test_each_dialog_finds_its_fields(person: Person) -> None:
    """They show the description of a parameter, and break where it is not listed."""
    known = {
        name: {p["name"] for p in row["params"] if "description" in p}
        for name, row in person.apis.items()
    }
    missing = {name: FIELDS[name] - known[name] for name in set(FIELDS) & set(known)}
    assert {name: fields for name, fields in missing.items() if fields} == {}


def shown(person: Person, volume: str) -> dict[str, Any]:
    """Return a volume as its page shows it."""
    return person.one("listVolumesMetrics", "volume", id=volume, listall="true")


def test_the_root_is_swapped_as_by_its_buttons(person: Person) -> None:
    """Detach shows where `virtualmachineid` and `vmstate` are, attach where the former is not."""
    vm, root, data = (person.names[name] for name in ("vm", "root", "data"))
    assert shown(person, root)["vmstate"] == "Stopped"
    person.do("detachVolume", id=root)
    loose = shown(person, root)
    assert (loose["state"], "virtualmachineid" in loose, "vmstate" in loose) == (
        "Ready", False, False,
    )  # fmt: skip
    person.do("attachVolume", id=root, virtualmachineid=vm, deviceid="0")
    assert (shown(person, root)["type"], shown(person, root)["deviceid"]) == ("ROOT", 0)
    person.do("attachVolume", id=data, virtualmachineid=vm)
    assert shown(person, data)["vmname"] == "own"
    person.do("detachVolume", id=data)


def test_a_refusal_says_why_where_the_ui_looks(person: Person) -> None:
    session = {"response": "json", "sessionkey": person.client.cookies["sessionkey"]}
    attach = {"command": "attachVolume", "id": person.names["data"], **session}
    got = person.client.post({**attach, "virtualmachineid": "none"})
    assert got.status == 431
    assert got.header("x-description") == got.content["errortext"] != ""

    detach = {"command": "detachVolume", "id": person.names["data"], **session}
    job = person.client.post(detach).content["jobid"]
    ended = person.client.session("queryAsyncJobResult", jobId=job).content
    assert (ended["jobstatus"], bool(ended["jobresult"]["errortext"])) == (2, True)


def test_a_vm_is_reinstalled(person: Person) -> None:
    vm, template = person.names["vm"], person.names["template"]
    again = person.do(
        "restoreVirtualMachine", "restorevmresponse", virtualmachineid=vm, templateid=template
    )
    assert again["virtualmachine"]["id"] == vm
    person.do("startVirtualMachine", id=vm)
    person.do("stopVirtualMachine", id=vm, forced="true")
    root = person.one("listVolumes", "volume", virtualmachineid=vm, type="ROOT")["id"]
    assert root != person.names["root"]
    person.names["root"] = root


def test_a_vm_is_started_where_the_dialog_says(person: Person) -> None:
    vm, where = person.names["vm"], {}
    if person.role == "A":
        host = person.one("listHosts", "host", state="Up", type="Routing")
        where = {"hostid": host["id"], "considerlasthost": "false"}
    started = person.do("startVirtualMachine", id=vm, **where)["virtualmachine"]
    assert started["state"] == "Running"
    assert where.get("hostid", "") == started.get("hostid", "")
    person.do("stopVirtualMachine", id=vm)


def test_a_vm_moves_to_another_host(person: Person) -> None:
    if "migrateVirtualMachine" not in person.apis:
        assert person.role != "A"
        return
    vm = person.names["vm"]
    person.do("startVirtualMachine", id=vm)
    hosts = person.client.session("findHostsForMigration", virtualmachineid=vm).content["host"]
    other = next(host["id"] for host in hosts if host["suitableformigration"])
    moved = person.do("migrateVirtualMachine", virtualmachineid=vm, hostid=other)
    assert moved["virtualmachine"]["hostid"] == other
    person.do("stopVirtualMachine", id=vm)


def test_a_volume_is_moved_as_by_its_dialog(person: Person) -> None:
    if "migrateVolume" not in person.apis:
        assert person.role != "A"
        return
    root = person.names["root"]
    pools = person.client.session("findStoragePoolsForMigration", id=root).content["storagepool"]
    person.do("migrateVolume", volumeid=root, storageid=pools[0]["id"])
    assert shown(person, root)["storageid"] == pools[0]["id"]


def test_public_addresses_come_and_go(person: Person) -> None:
    network = person.names["network"]
    got = person.do("associateIpAddress", networkid=network)["ipaddress"]
    listed = person.client.session(
        "listPublicIpAddresses", listAll="true", isrecursive="true", associatednetworkid=network
    ).content["publicipaddress"]
    assert {"id", "ipaddress", "state", "issourcenat", "isstaticnat"} <= set(listed[-1])
    person.do("disassociateIpAddress", id=got["id"])


def test_accounts_of_a_project_come_and_go(person: Person) -> None:
    project, owner = person.names["project"], person.names["owner"]
    other = {"A": "alice", "D": "bob", "U": "dora"}[person.role]
    before = person.one("listProjectAccounts", "projectaccount", projectId=project)
    assert (before["account"], before["role"]) == (owner, "Admin")
    person.do("addAccountToProject", projectid=project, account=other)
    rows = person.client.session("listProjectAccounts", projectId=project).content
    assert {row["account"]: row["role"] for row in rows["projectaccount"]} == {
        owner: "Admin", other: "Regular",
    }  # fmt: skip
    person.do("deleteAccountFromProject", projectid=project, account=other)
