"""Guest networks: their addresses, their names, and the guests in them."""

from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from lab import Lab


def plan(lab: Lab) -> dict[str, str]:
    """Return the parameters of a network from the stock offering."""
    return {"networkofferingid": list(lab.store.network_offerings)[2], "zoneid": lab.zone}


def network(lab: Lab, **text: str) -> dict[str, Any]:
    made: dict[str, Any] = lab.ok("createNetwork", **plan(lab), **{"name": "n"} | text)["network"]
    return made


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ({}, ("10.1.1.1", "255.255.255.0", "10.1.1.0/24")),
        ({"netmask": "255.255.255.0"}, ("10.1.1.1", "255.255.255.0", "10.1.1.0/24")),
        ({"gateway": "192.168.77.1"}, ("10.1.1.1", "255.255.255.0", "10.1.1.0/24")),
        (
            {"gateway": "192.168.77.1", "netmask": "255.255.255.0"},
            ("192.168.77.1", "255.255.255.0", "192.168.77.0/24"),
        ),
        (
            {"gateway": "10.9.7.254", "netmask": "255.255.252.0", "startip": "10.9.4.9"},
            ("10.9.7.254", "255.255.252.0", "10.9.4.0/22"),
        ),
    ],
)
def test_a_network_has_the_addresses_of_its_gateway(
    text: dict[str, str], want: tuple[str, str, str]
) -> None:
    lab = Lab()
    made = network(lab, **text)
    assert (made["gateway"], made["netmask"], made["cidr"]) == want
    (shown,) = lab.ok("listNetworks", id=made["id"])["network"]
    assert shown == made


def test_guests_get_addresses_of_their_network() -> None:
    lab = Lab()
    made = network(lab, gateway="192.168.77.2", netmask="255.255.255.248")
    block = ip_network(made["cidr"])
    seen = set()
    for name in "abcde":
        vm_id = lab.make_vm(name, networkids=made["id"])
        (vm,) = lab.ok("listVirtualMachines", id=vm_id)["virtualmachine"]
        (nic,) = vm["nic"]
        assert (nic["gateway"], nic["netmask"]) == (made["gateway"], made["netmask"])
        assert ip_address(nic["ipaddress"]) in block
        seen.add(nic["ipaddress"])
    assert len(seen) == 5
    assert made["gateway"] not in seen
    template = lab.v.template_id
    full = lab.do(
        "deployVirtualMachine", zoneid=lab.zone, templateid=template, networkids=made["id"],
        serviceofferingid=lab.v.service_offering_id,
    )  # fmt: skip
    assert full.code == 530
    assert full.text.startswith("Unable to acquire Guest IP address for network Network {")


def test_the_suffix_of_guests_is_the_owners_or_as_asked_for() -> None:
    lab = Lab()
    admin = next(a for a in lab.store.accounts.values() if a.name == "admin")
    assert network(lab)["networkdomain"] == f"cs{admin.db_id:x}cloud.internal"
    made = network(lab, networkdomain="example.org")
    assert made["networkdomain"] == "example.org"
    changed = lab.ok(
        "updateNetwork", id=made["id"], name="m", displaytext="t", networkdomain="b.example"
    )["network"]
    assert (changed["name"], changed["displaytext"]) == ("m", "t")
    assert changed["networkdomain"] == "b.example"
    (shown,) = lab.ok("listNetworks", id=made["id"])["network"]
    assert shown == {k: v for k, v in changed.items() if not k.startswith("job")}


def test_a_network_is_restarted_once_it_is_implemented() -> None:
    lab = Lab()
    made = network(lab)["id"]
    assert lab.do("restartNetwork", id=made).code == 431
    lab.make_vm("w", networkids=made)
    assert lab.ok("restartNetwork", id=made) == {"success": True}


def test_a_network_with_a_guest_is_not_deleted() -> None:
    lab = Lab()
    made = network(lab)["id"]
    lab.make_vm("w", networkids=made)
    answer = lab.do("deleteNetwork", id=made)
    assert (answer.code, answer.text) == (530, "Failed to delete network")


def test_rules_of_an_address_are_listed_and_deleted_and_go_with_it() -> None:
    lab = Lab()
    net = network(lab)["id"]
    vm_id = lab.make_vm("w", networkids=net)
    ip = lab.ok("associateIpAddress", networkid=net)["ipaddress"]
    text = {"ipaddressid": ip["id"], "protocol": "tcp"}
    opened = lab.ok("createFirewallRule", startport="80", **text)["firewallrule"]
    egress = lab.ok("createEgressFirewallRule", networkid=net, protocol="all")["firewallrule"]
    to_vm = {"virtualmachineid": vm_id, "publicport": "22", "privateport": "22"}
    forwarded = lab.ok("createPortForwardingRule", **text, **to_vm)["portforwardingrule"]

    (shown,) = lab.ok("listFirewallRules", ipaddressid=ip["id"])["firewallrule"]
    assert shown == {k: v for k, v in opened.items() if not k.startswith("job")}
    assert lab.ok("listEgressFirewallRules")["firewallrule"][0]["id"] == egress["id"]
    (address,) = lab.ok("listPublicIpAddresses", id=ip["id"])["publicipaddress"]
    assert address["hasrules"]
    for command, rule in (  # each takes the other's rules, as seen on a real 4.22
        ("deleteFirewallRule", egress),
        ("deleteEgressFirewallRule", opened),
        ("deletePortForwardingRule", forwarded),
    ):
        assert lab.ok(command, id=rule["id"]) == {"success": True}
    assert lab.ok("listFirewallRules") == lab.ok("listPortForwardingRules") == {}

    lab.ok("createFirewallRule", startport="80", **text)
    assert lab.ok("disassociateIpAddress", id=ip["id"]) == {"success": True}
    assert lab.ok("disassociateIpAddress", id=ip["id"]) == {"success": True}
    assert lab.ok("listFirewallRules") == {}
    assert lab.ok("listPublicIpAddresses", id=ip["id"]) == {}
    again = lab.ok("associateIpAddress", networkid=net)["ipaddress"]
    assert (again["id"], again["ipaddress"]) == (ip["id"], ip["ipaddress"])
