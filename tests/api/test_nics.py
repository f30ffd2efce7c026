"""VMs with several nics: what is shown of them, where they count, what a restart keeps."""

import pytest
from lab import Lab

from simulator import boot
from simulator.engine.freezer import freeze, freeze_history, marked, thaw


@pytest.fixture
def lab() -> Lab:
    return Lab()


def network(lab: Lab, name: str) -> str:
    plan = lab.ok("listNetworkOfferings")["networkoffering"][2]["id"]
    made = lab.ok("createNetwork", name=name, networkofferingid=plan, zoneid=lab.zone)
    return str(made["network"]["id"])


def nics(lab: Lab, vm_id: str = "", **text: str) -> list[dict[str, str]]:
    found = lab.ok("listNics", virtualmachineid=vm_id or lab.vm, **text)
    return list(found.get("nic", []))


def test_the_nics_of_a_vm_change_their_devices(lab: Lab) -> None:
    lab.start()
    net = network(lab, "n2")
    made = lab.ok("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=net)
    first, second = made["virtualmachine"]["nic"]
    assert (first["isdefault"], first["deviceid"]) == (True, "0")
    assert (second["isdefault"], second["deviceid"], second["networkid"]) == (False, "1", net)
    assert second["broadcasturi"].startswith("vlan://")
    assert "templateid" not in made["virtualmachine"]
    both = {"virtualmachineid": lab.vm, "nicid": second["id"]}
    shown = lab.ok("updateDefaultNicForVirtualMachine", **both)["virtualmachine"]
    assert [n["id"] for n in shown["nic"]] == [second["id"], first["id"]]
    assert [(n["deviceid"], n["isdefault"]) for n in shown["nic"]] == [("0", True), ("1", False)]
    assert (shown["ipaddress"], "jobid" in shown) == (second["ipaddress"], False)
    lab.ok("removeNicFromVirtualMachine", virtualmachineid=lab.vm, nicid=first["id"])
    assert [n["id"] for n in nics(lab)] == [second["id"]]


def test_nics_are_listed_by_every_filter(lab: Lab) -> None:
    net = network(lab, "n2")
    lab.ok("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=net, ipaddress="10.1.1.99")
    first, second = nics(lab)
    assert (second["ipaddress"], "secondaryip" in second) == ("10.1.1.99", False)
    assert nics(lab, nicid=first["id"]) == [first]
    assert nics(lab, networkid=net) == [second]
    assert nics(lab, keyword="1.99") == [second]
    assert nics(lab, networkid=net, nicid=first["id"]) == []


def test_a_network_is_in_use_by_every_nic(lab: Lab) -> None:
    net, other = network(lab, "n2"), network(lab, "n3")
    vm_id = lab.make_vm("w", networkids=f"{net},{other}")
    assert [n["networkname"] for n in nics(lab, vm_id)] == ["n2", "n3"]
    assert {n.vlan is not None for i, n in lab.store.networks.items() if i in (net, other)} == {
        True
    }
    (row,) = lab.ok("listVirtualMachines", networkid=other)["virtualmachine"]
    assert row["id"] == vm_id
    assert lab.do("deleteNetwork", id=other).code == 530
    nic = nics(lab, vm_id)[1]["id"]
    lab.ok("removeNicFromVirtualMachine", virtualmachineid=vm_id, nicid=nic)
    lab.ok("deleteNetwork", id=other)
    lab.ok("destroyVirtualMachine", id=vm_id, expunge="true")
    lab.ok("deleteNetwork", id=net)


def test_a_vm_is_deployed_with_the_addresses_it_asks_for(lab: Lab) -> None:
    net, other = network(lab, "n2"), network(lab, "n3")
    text = {
        "iptonetworklist[0].networkid": net, "iptonetworklist[0].ip": "10.1.1.77",
        "iptonetworklist[0].mac": "02-0-0-0-0-1", "iptonetworklist[1].networkid": other,
        "iptonetworklist[1].ip": "10.1.1.88",
    }  # fmt: skip
    first, second = nics(lab, lab.make_vm("w", **text))
    assert (first["ipaddress"], first["macaddress"]) == ("10.1.1.77", "02:00:00:00:00:01")
    assert (second["ipaddress"], second["networkid"]) == ("10.1.1.88", other)
    (only,) = nics(lab, lab.make_vm("x", networkids=net, macaddress="02:00:00:00:00:02"))
    assert only["macaddress"] == "02:00:00:00:00:02"


def test_a_vm_is_deployed_with_the_address_it_asks_for_in_its_first_network(lab: Lab) -> None:
    net, other = network(lab, "n2"), network(lab, "n3")
    text = {"networkids": f"{net},{other}", "ipaddress": "10.1.1.123", "macaddress": "2-0-0-0-0-8"}
    first, second = nics(lab, lab.make_vm("w", **text))
    assert (first["networkid"], first["ipaddress"]) == (net, "10.1.1.123")
    assert first["macaddress"] != "02:00:00:00:00:08"  # beside an address it counts no more
    assert second["ipaddress"] != "10.1.1.123"


def test_a_vm_has_an_address_of_its_owners_network_there_or_to_come(lab: Lab) -> None:
    stranger, vms = lab.user("stranger"), set(lab.store.vms)
    offering, template = lab.v.service_offering_id, lab.v.template_id or ""
    text = {"zoneid": lab.zone, "serviceofferingid": offering, "templateid": template}
    for cloud, address in (
        (lab.cloud, nics(lab)[0]["ipaddress"]), (stranger, "10.1.1.1"), (stranger, "10.9.9.9")
    ):  # fmt: skip
        assert lab.do("deployVirtualMachine", cloud, ipaddress=address, **text).code == 530
    later = [vm for vm in lab.store.vms.values() if vm.id not in vms]
    assert [(str(vm.state), vm.host_id) for vm in later] == [("Error", None)] * 3
    made = lab.ok("deployVirtualMachine", stranger, ipaddress="10.1.1.9", **text)
    assert made["virtualmachine"]["nic"][0]["ipaddress"] == "10.1.1.9"


def test_a_stopped_vm_moves_to_another_address(lab: Lab) -> None:
    (nic,) = nics(lab)
    moved = lab.ok("updateVmNicIp", nicid=nic["id"], ipaddress="10.1.1.200")
    assert moved["virtualmachine"]["nic"][0]["ipaddress"] == "10.1.1.200"
    lab.ok("updateVmNicIp", nicid=nic["id"])
    assert nics(lab)[0]["ipaddress"] != "10.1.1.200"


def test_a_host_that_does_not_plug_leaves_the_vm_as_it_was(lab: Lab) -> None:
    lab.start()
    net = network(lab, "n2")
    lab.cloud.strike("PlugNicCommand")
    assert lab.do("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=net).code == 530
    assert len(nics(lab)) == 1
    lab.ok("deleteNetwork", id=net)


def test_a_vm_that_is_given_away_keeps_one_nic(lab: Lab) -> None:
    lab.user("u")
    net = network(lab, "n2")
    lab.ok("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=net)
    domain = next(iter(lab.store.domains))
    lab.ok("assignVirtualMachine", virtualmachineid=lab.vm, account="u", domainid=domain)
    assert len(nics(lab)) == 1
    lab.ok("deleteNetwork", id=net)


def test_a_checkpoint_keeps_nics_keys_and_user_data(lab: Lab) -> None:
    network_id = network(lab, "n2")
    lab.ok("addNicToVirtualMachine", virtualmachineid=lab.vm, networkid=network_id)
    lab.ok("registerSSHKeyPair", name="k", publickey="ssh-rsa AAAA")
    lab.ok("resetSSHKeyForVirtualMachine", id=lab.vm, keypair="k")
    data = lab.ok("registerUserData", name="d", userdata="YQ==")["userdata"]["id"]
    lab.ok("resetUserDataForVirtualMachine", id=lab.vm, userdataid=data)
    fresh = boot("mixed", dialect="acs-4.22")
    since = marked(fresh.jobs)
    lab.cloud.world.advance(200_000)
    thaw(fresh.jobs, freeze(lab.cloud.jobs), [freeze_history(lab.cloud.jobs, since)])

    for command in ("listVirtualMachines", "listSSHKeyPairs", "listUserData"):
        assert fresh.call(command, listall="true") == lab.cloud.call(command, listall="true")
    text = {"virtualmachineid": lab.vm}
    assert fresh.call("listNics", **text) == lab.cloud.call("listNics", **text)
