"""Changes to volumes, VMs, users and pools through the API (semantics 4.3, ground truth 4)."""

import pytest
from lab import Answer, Lab

from simulator.domain.errors import HIDDEN
from simulator.domain.limits import Resource
from simulator.domain.people import Role


@pytest.fixture
def lab() -> Lab:
    return Lab()


def test_a_volume_is_renamed_hidden_and_protected(lab: Lab) -> None:
    disk = lab.disk()
    text = {"name": "new", "displayvolume": "false", "deleteprotection": "true"}
    shown = lab.ok("updateVolume", id=disk, **text)["volume"]

    assert (shown["name"], shown["displayvolume"], shown["deleteprotection"]) == (
        "new",
        False,
        True,
    )
    admin = lab.cloud.account.id
    assert lab.store.owned[admin, Resource.VOLUME] == 1
    assert "has delete protection enabled" in lab.do("deleteVolume", id=disk).text
    answer = lab.do("updateVolume", id=disk, state="Odd")
    assert (answer.kind, answer.code) == ("job", 431)


def assign(lab: Lab, volume_id: str) -> Answer:
    lab.user("u")
    account = next(a.id for a in lab.store.accounts.values() if a.name == "u")
    return lab.do("assignVolume", volumeid=volume_id, accountid=account)


def test_an_assigned_volume_is_counted_with_its_new_owner(lab: Lab) -> None:
    disk = lab.disk()
    assert assign(lab, disk).code == 200

    owner = lab.store.accounts[lab.store.volumes[disk].account_id]
    assert owner.name == "u"
    assert lab.store.owned[owner.id, Resource.VOLUME] == 1
    assert lab.store.owned[lab.cloud.account.id, Resource.VOLUME] == 1


def test_an_attached_volume_is_not_assigned(lab: Lab) -> None:
    answer = assign(lab, lab.root)

    assert (answer.kind, answer.code, answer.cs) == ("sync", 530, 9999)
    v = lab.r
    assert answer.text == (
        f"Assign volume command for volume [{v.id}] failed due to [Volume "
        f'[{{"id":{v.db_id},"name":"{v.name}","uuid":"{v.id}"}}] is attached to [{lab.v.text}], '
        "so it cannot be moved to a different account.]."
    )


def test_a_volume_is_extracted_at_rest(lab: Lab) -> None:
    text = {"zoneid": lab.zone, "mode": "HTTP_DOWNLOAD"}
    assert lab.do("extractVolume", id=lab.root, **text).text.endswith("not allowed to be extracted")
    disk = lab.attached_disk()
    lab.start()
    assert lab.do("extractVolume", id=disk, **text).code == 530
    lab.ok("stopVirtualMachine", id=lab.vm)
    assert lab.ok("extractVolume", id=disk, **text)["volume"]["state"] == "DOWNLOAD_URL_CREATED"
    lab.detach_root()
    assert lab.do("extractVolume", id=lab.root, **text).code == 1


def test_a_template_is_made_of_a_volume_and_deployed(lab: Lab) -> None:
    os_type = lab.ok("listOsTypes", pagesize="-1")["ostype"][0]["id"]
    made = lab.ok("createTemplate", name="t", ostypeid=os_type, volumeid=lab.root)["template"]
    assert (made["templatetype"], made["account"], made["format"]) == ("USER", "admin", "QCOW2")
    listed = lab.ok("listTemplates", templatefilter="self", zoneid=lab.zone)["template"]
    assert [t["id"] for t in listed] == [made["id"]]

    vm = lab.make_vm("w", templateid=made["id"])
    assert lab.store.vms[vm].template_id == made["id"]


@pytest.mark.parametrize("source", ["", "running", "blank"])
def test_a_template_needs_a_source_at_rest(lab: Lab, source: str) -> None:
    os_type = next(iter(lab.store.os_types))
    volume = {"": {}, "running": {"volumeid": lab.root}, "blank": {"volumeid": lab.disk()}}[source]
    lab.start()
    answer = lab.do("createTemplate", name="t", ostypeid=os_type, **volume)

    want = {"": ("sync", 431), "running": ("sync", 530), "blank": ("job", 530)}[source]
    assert (answer.kind, answer.code) == want
    left = lab.ok("listTemplates", templatefilter="self").get("template")
    assert left is None


@pytest.mark.parametrize(("role", "shown"), [(Role.ADMIN, True), (Role.DOMAIN_ADMIN, False)])
def test_a_text_that_no_command_foresaw_is_hidden_but_its_codes(
    lab: Lab, role: Role, *, shown: bool
) -> None:
    os_type = next(iter(lab.store.os_types))
    lab.start()
    account = lab.cloud.account
    lab.store.accounts[account.id] = account._replace(role=role)
    answer = lab.do("createTemplate", name="t", ostypeid=os_type, volumeid=lab.root)
    assert (answer.kind, answer.code, answer.cs) == ("sync", 530, 4250)
    assert (answer.text == HIDDEN) is not shown


def test_a_vm_is_renamed_and_resized_without_its_root(lab: Lab) -> None:
    lab.detach_root()
    other = next(o.id for o in lab.store.service_offerings.values() if o.name.startswith("Medium"))
    shown = lab.ok("updateVirtualMachine", id=lab.vm, displayname="x", name="y")["virtualmachine"]
    assert (shown["displayname"], shown["name"]) == ("x", "y")
    changed = lab.ok("changeServiceForVirtualMachine", id=lab.vm, serviceofferingid=other)
    assert changed["virtualmachine"]["serviceofferingid"] == other
    again = lab.do("scaleVirtualMachine", id=lab.vm, serviceofferingid=other)
    assert (again.kind, again.code) == ("job", 431)


def test_a_scaled_vm_takes_its_new_memory_of_its_host(lab: Lab) -> None:
    other = next(o.id for o in lab.store.service_offerings.values() if o.name.startswith("Medium"))
    lab.start()
    host = lab.v.host_id or ""
    before = lab.store.used_mib[host]
    lab.ok("stopVirtualMachine", id=lab.vm)
    shown = lab.ok("scaleVirtualMachine", id=lab.vm, serviceofferingid=other)["virtualmachine"]
    assert (shown["serviceofferingid"], shown["memory"]) == (other, 1024)
    lab.start()
    assert lab.store.used_mib[host] == before + 512


def test_a_customized_vm_is_counted_by_its_details(lab: Lab) -> None:
    made = lab.ok("createServiceOffering", name="open", customized="true")["serviceoffering"]
    assert (made["iscustomized"], "cpunumber" in made) == (True, False)
    size = {"details[0].cpuNumber": "2", "details[0].cpuSpeed": "500", "details[0].memory": "700"}
    owner = lab.v.account_id
    before = lab.store.owned[owner, Resource.MEMORY]
    lab.ok("scaleVirtualMachine", id=lab.vm, serviceofferingid=made["id"], **size)
    assert lab.store.owned[owner, Resource.MEMORY] == before + 700 - 512
    lab.start()
    assert lab.store.used_mib[lab.v.host_id or ""] >= 700
    lab.ok("stopVirtualMachine", id=lab.vm)
    small = next(o.id for o in lab.store.service_offerings.values() if o.name == "Small Instance")
    lab.ok("changeServiceForVirtualMachine", id=lab.vm, serviceofferingid=small)
    assert lab.v.details == ()
    assert lab.store.owned[owner, Resource.MEMORY] == before


def test_a_disabled_pool_takes_no_new_volume(lab: Lab) -> None:
    pool = lab.pool("Z0C0PS0")
    assert (
        lab.ok("updateStoragePool", id=pool, enabled="false")["storagepool"]["state"] == "Disabled"
    )
    assert lab.do("updateStoragePool", id=pool, enabled="false").code == 431
    assert lab.attached_disk()
    assert all(v.pool_id != pool or v.id == lab.root for v in lab.store.volumes.values())
    assert lab.ok("updateStoragePool", id=pool, enabled="true")["storagepool"]["state"] == "Up"


def test_a_user_comes_gets_keys_and_goes(lab: Lab) -> None:
    text = {"username": "second", "password": "x", "account": "admin", "email": "a@example.org"}
    assert lab.do("createUser", **text).text.endswith("due to missing parameter firstname")
    text |= {"firstname": "a", "lastname": "b"}
    user = lab.ok("createUser", **text)["user"]
    assert lab.do("createUser", **text).code == 530
    assert lab.ok("getUserKeys", id=user["id"]) == {"userkeys": {}}
    keys = lab.ok("registerUserKeys", id=user["id"])["userkeys"]
    assert lab.ok("getUserKeys", id=user["id"])["userkeys"] == keys
    assert lab.ok("getUser", userapikey=keys["apikey"])["user"]["username"] == "second"
    assert lab.do("listZones", lab.cloud.sign_in(keys["apikey"], keys["secretkey"])).code == 200

    lab.ok("deleteUser", id=user["id"])
    assert lab.do("getUser", userapikey=keys["apikey"]).code == 431
    assert [u["username"] for u in lab.ok("listUsers")["user"]] == ["admin"]


def test_tags_come_with_what_they_are_on(lab: Lab) -> None:
    text = {"resourceids": lab.root, "resourcetype": "Volume"}
    lab.ok("createTags", **text, **{"tags[0].key": "a", "tags[0].value": "1"})
    shown = lab.ok("listVolumes", id=lab.root)["volume"][0]["tags"]
    assert [(t["key"], t["value"], t["resourcetype"]) for t in shown] == [("a", "1", "Volume")]
    assert lab.ok("listTags", resourceid=lab.root)["tag"] == shown
    assert lab.do("createTags", **text, **{"tags[0].key": "a"}).code == 431

    assert lab.do("deleteTags", **text, **{"tags[0].key": "b"}).code == 530
    assert lab.do("createTags", **text, **{"tags[0].key": "A", "tags[0].value": "2"}).code == 530
    assert lab.ok("listTags")["count"] == 1
    lab.ok("deleteTags", **text)
    assert lab.ok("listTags") == {}


def test_a_volume_with_a_chosen_id_takes_along_what_points_at_it(lab: Lab) -> None:
    disk, chosen = lab.attached_disk(), "11111111-2222-3333-4444-555555555555"
    snapshot = lab.ok("createSnapshot", volumeid=disk)["snapshot"]["id"]
    lab.ok(
        "createTags",
        resourceids=disk,
        resourcetype="Volume",
        **{"tags[0].key": "a", "tags[0].value": "b"},
    )
    before = lab.ok("listVolumes", id=disk)["volume"][0]
    shown = lab.ok("updateVolume", id=disk, customid=chosen, chaininfo="abc")["volume"]
    assert (shown["id"], shown["chaininfo"], shown["path"]) == (chosen, "abc", before["path"])
    (after,) = lab.ok("listVolumes", id=chosen)["volume"]
    assert [t["resourceid"] for t in after["tags"]] == [chosen]
    assert lab.do("listVolumes", id=disk).code == 431
    (kept,) = lab.ok("listSnapshots", volumeid=chosen)["snapshot"]
    assert (kept["id"], kept["volumeid"]) == (snapshot, chosen)
    assert [v.id for v in lab.store.siblings(lab.vm)] == [lab.root, chosen]
    lab.ok("detachVolume", id=chosen)
    lab.ok("deleteVolume", id=chosen)


def test_a_pool_tells_what_was_changed_of_it(lab: Lab) -> None:
    pool = lab.pool("Z0C0PS0")
    shown = lab.ok("updateStoragePool", id=pool, tags="fast")["storagepool"]
    assert shown["tags"] == "fast"
    assert not {"storagecapabilities", "details"} & shown.keys()
    text = {"capacityiops": "1000", "details[0].speed": "7", "url": "nfs://192.0.2.1/x"}
    shown = lab.ok("updateStoragePool", id=pool, **text)["storagepool"]
    assert shown["capacityiops"] == 1000
    assert shown["details"] == {"speed": "7", "capacityIops": "1000", "url": "nfs://192.0.2.1/x"}
    refused = lab.do("updateStoragePool", id=pool)
    assert (refused.code, refused.cs, refused.text) == (530, 9999, "Failed to update storage pool")


def test_a_template_of_a_volume_tells_what_it_is_made_of(lab: Lab) -> None:
    os_type = next(iter(lab.store.os_types))
    job_id = lab.submit("createTemplate", name="t", ostypeid=os_type, volumeid=lab.root)
    made = (lab.answer(job_id).result or {})["template"]
    assert (made["crossZones"], made["zoneid"], made["isextractable"]) == (False, lab.zone, False)
    assert (made["sourcetemplateid"], made["requireshvm"]) == (lab.r.template_id, True)
    assert not {"checksum", "physicalsize", "url"} & made.keys()
    job = lab.cloud.call("queryAsyncJobResult", jobid=job_id).body
    assert job["cmd"].endswith(".admin.template.CreateTemplateCmdByAdmin")
    lab.ok("deployVirtualMachine", zoneid=lab.zone, templateid=made["id"],
           serviceofferingid=lab.v.service_offering_id, name="w")  # fmt: skip
    refused = lab.do("deleteTemplate", id=made["id"])
    (vm,) = [v for v in lab.store.vms.values() if v.template_id == made["id"]]
    template = lab.store.templates[made["id"]]
    assert refused.text == (
        f"Unable to delete template: {template.text} because VM instances: [{vm.text}] are using "
        "it."
    )


def test_a_template_that_was_never_made_is_unknown(lab: Lab) -> None:
    os_type = next(iter(lab.store.os_types))
    lab.cloud.strike("CopyCommand")
    job_id = lab.submit("createTemplate", name="t", ostypeid=os_type, volumeid=lab.root)
    made = lab.cloud.call("queryAsyncJobResult", jobid=job_id).body["jobinstanceid"]
    assert lab.answer(job_id).code == 530
    assert "entity does not exist" in lab.do("deleteTemplate", id=made).text


def test_owners_are_shown_the_details_that_they_cannot_set(lab: Lab) -> None:
    """A root admin can set them all."""
    user = lab.user("u")
    template, offering = next(iter(lab.store.templates)), next(iter(lab.store.service_offerings))
    made = lab.ok("deployVirtualMachine", user, zoneid=lab.zone, templateid=template,
                  serviceofferingid=offering, startvm="false")  # fmt: skip

    shown = made["virtualmachine"]
    assert shown["readonlydetails"] == "dataDiskController, rootDiskController"
    assert shown["details"] == {"deployvm": "true"}
    seen = lab.cloud.call("listVirtualMachines", id=shown["id"]).body["virtualmachine"][0]
    assert "readonlydetails" not in seen
