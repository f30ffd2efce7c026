"""Keys, passwords and user data: what lists show, what VMs show, what a restart keeps."""

import pytest
from lab import Lab

from simulator import boot


@pytest.fixture
def lab() -> Lab:
    return Lab()


def test_a_key_pair_of_a_seed_is_always_the_same_and_told_once() -> None:
    one, two, other = (boot("kvm", seed=s).call("createSSHKeyPair", name="k").body["keypair"]
                       for s in (1, 1, 2))  # fmt: skip
    assert one == two
    assert one["privatekey"] != other["privatekey"]
    assert one["privatekey"].startswith("-----BEGIN RSA PRIVATE KEY-----\n")
    assert len(one["fingerprint"].split(":")) == 16


def test_key_pairs_are_listed_newest_first_by_every_filter(lab: Lab) -> None:
    user = lab.user("u")
    first = lab.ok("registerSSHKeyPair", name="a", publickey="ssh-rsa AAAA x")["keypair"]
    second = lab.ok("registerSSHKeyPair", name="b", publickey="ssh-rsa BBBB")["keypair"]
    mine = lab.ok("registerSSHKeyPair", user, name="a", publickey="ssh-rsa AAAA")["keypair"]

    def names(**text: str) -> list[str]:
        return [k["id"] for k in lab.ok("listSSHKeyPairs", **text).get("sshkeypair", [])]

    assert names() == [second["id"], first["id"]]
    assert names(listall="true") == [mine["id"], second["id"], first["id"]]
    assert names(name="A") == [first["id"]]
    assert names(id=second["id"]) == [second["id"]]
    assert names(fingerprint=first["fingerprint"]) == [first["id"]]
    assert names(keyword=second["fingerprint"][3:9]) == [second["id"]]
    assert names(keyword="nobody") == []
    assert lab.do("listSSHKeyPairs", user, id=first["id"]).result in ({}, None)
    lab.ok("deleteSSHKeyPair", name="B")
    assert lab.do("listSSHKeyPairs", id=second["id"]).code == 431


def test_a_vm_shows_its_keys_and_the_password_once(lab: Lab) -> None:
    lab.ok("registerSSHKeyPair", name="a", publickey="ssh-rsa AAAA x")
    lab.ok("registerSSHKeyPair", name="b", publickey="ssh-rsa BBBB")
    template = lab.store.templates[lab.v.template_id]
    lab.store.templates[template.id] = template._replace(password_enabled=True)
    text = {"zoneid": lab.zone, "serviceofferingid": lab.v.service_offering_id}
    made = lab.ok("deployVirtualMachine", templateid=template.id, keypairs="a,b", **text)
    shown = made["virtualmachine"]

    assert (shown["keypairs"], len(shown["password"])) == ("a,b", 6)
    assert shown["details"]["SSH.PublicKey"] == "ssh-rsa BBBB\nssh-rsa AAAA"
    (row,) = lab.ok("listVirtualMachines", id=shown["id"])["virtualmachine"]
    assert (row["keypairs"], "password" in row, row["passwordenabled"]) == ("a,b", False, True)
    reset = lab.ok("resetPasswordForVirtualMachine", id=lab.vm, password="chosen!")
    chosen = reset["virtualmachine"]["password"]
    chance = lab.ok("resetPasswordForVirtualMachine", id=lab.vm, password=" ")
    assert (chosen, len(chance["virtualmachine"]["password"])) == ("chosen!", 6)


def test_user_data_is_listed_by_every_filter_and_gone_when_deleted(lab: Lab) -> None:
    user = lab.user("u")
    first = lab.ok("registerUserData", name="a", userdata="YQ", params="x,y")["userdata"]
    second = lab.ok("registerUserData", name="b", userdata="Yg==")["userdata"]
    mine = lab.ok("registerUserData", user, name="a", userdata="YQ==")["userdata"]
    assert (first["userdata"], first["params"], "params" in second) == ("YQ==", "x,y", False)

    def ids(**text: str) -> list[str]:
        return [d["id"] for d in lab.ok("listUserData", **text).get("userdata", [])]

    assert ids() == [second["id"], first["id"]]
    assert ids(listall="true") == [mine["id"], second["id"], first["id"]]
    assert (ids(name="A"), ids(keyword="B")) == ([first["id"]], [second["id"]])
    assert ids(id=mine["id"]) == [mine["id"]]
    lab.ok("deleteUserData", id=first["id"])
    assert lab.ok("listUserData", id=first["id"]) == {}
    assert lab.do("deployVirtualMachine", userdataid=first["id"]).code == 431


def test_a_deployed_vm_has_user_data_of_its_own_or_of_its_template(lab: Lab) -> None:
    data = lab.ok("registerUserData", name="a", userdata="I2Nsb3VkLWNvbmZpZwo=")["userdata"]
    template = lab.v.template_id
    linked = lab.ok(
        "linkUserDataToTemplate", templateid=template, userdataid=data["id"],
        userdatapolicy="append",
    )["template"]  # fmt: skip
    assert (linked["userdataname"], linked["userdatapolicy"]) == ("a", "APPEND")
    text = {"zoneid": lab.zone, "serviceofferingid": lab.v.service_offering_id}

    def shown(**more: str) -> dict[str, str]:
        made = lab.ok("deployVirtualMachine", templateid=template, **text, **more)
        vm = made["virtualmachine"]
        assert "userdata" not in vm
        (row,) = lab.ok("listVirtualMachines", id=vm["id"], userdata="true")["virtualmachine"]
        kept = lab.ok("getVirtualMachineUserData", virtualmachineid=vm["id"])
        assert kept["virtualmachineuserdata"]["userdata"] == row["userdata"]
        return {k: v for k, v in row.items() if k.startswith("userdata")}

    assert shown() == {"userdata": data["userdata"]}
    both = shown(userdata="I2Nsb3VkLWNvbmZpZwpiOiAy")
    assert both == {"userdata": "I2Nsb3VkLWNvbmZpZwoKCmI6IDI="}
    given = {"userdatadetails[0].b": "1", "userdatadetails[1].a": "2"}
    own = shown(userdataid=data["id"], **given)
    assert (own["userdataid"], own["userdatadetails"]) == (data["id"], "{a=2, b=1}")
    assert own["userdatapolicy"] == "APPEND"
