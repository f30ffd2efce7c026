"""What the commands beside volumes and VMs do: they change what is, and refuse plainly."""

import pytest
from lab import Lab

from simulator.api.service import SimulatedCloud

URL = "http://images.internal/a"


@pytest.fixture
def lab() -> Lab:
    return Lab("spec")


def plan_of(lab: Lab) -> str:
    found = lab.ok("listNetworkOfferings")["networkoffering"]
    return str(found[2]["id"])


def network(lab: Lab, cloud: SimulatedCloud | None = None, name: str = "net") -> str:
    made = lab.ok(
        "createNetwork", cloud, name=name, networkofferingid=plan_of(lab), zoneid=lab.zone
    )
    return str(made["network"]["id"])


def test_changed_capabilities_count_at_once(lab: Lab) -> None:
    rows = lab.ok("listHypervisorCapabilities", hypervisor="KVM")["hypervisorCapabilities"]
    host = lab.store.hosts[lab.v.last_host_id or ""]
    (row,) = [r for r in rows if r["hypervisorversion"] == host.version]
    changed = lab.ok("updateHypervisorCapabilities", id=row["id"], maxdatavolumeslimit="1")

    assert changed["hypervisorcapabilities"]["maxdatavolumeslimit"] == 1
    lab.attached_disk()
    assert "maximum number of data disks (1)" in lab.attach(lab.disk()).text
    by_name = {"hypervisor": "kvm", "hypervisorversion": "default", "maxdatavolumeslimit": "9"}
    lab.ok("updateHypervisorCapabilities", **by_name)
    again = lab.ok("listHypervisorCapabilities", id=row["id"])["hypervisorCapabilities"]
    assert [r["maxdatavolumeslimit"] for r in again] == [1]
    assert lab.do("updateHypervisorCapabilities", id="9999").code == 431
    assert lab.do("updateHypervisorCapabilities", id=row["id"], maxguestslimit="-1").code == 431


def test_pools_to_migrate_to_are_the_others_of_the_cluster(lab: Lab) -> None:
    lab.start()
    found = lab.ok("findStoragePoolsForMigration", id=lab.root)["storagepool"]
    mine = lab.store.pools[lab.r.pool_id or ""]

    assert {p["clusterid"] for p in found} == {mine.cluster_id}
    assert mine.id not in {p["id"] for p in found}
    assert "Z0C0MANAGED" not in {p["name"] for p in found}, "it is in maintenance"
    assert all(p["suitableformigration"] for p in found)
    assert lab.ok("findStoragePoolsForMigration", id=lab.disk()) == {}


def test_a_planner_chooses_the_other_host(lab: Lab) -> None:
    lab.start()
    before = lab.v.host_id
    lab.ok("migrateVirtualMachine", virtualmachineid=lab.vm, autoselect="true")

    assert lab.v.host_id not in {None, before}
    assert lab.vm in lab.store.vms_on[lab.v.host_id or ""]
    assert lab.vm not in lab.store.vms_on[before or ""]
    lab.cloud.strike("MigrateCommand")
    assert lab.do("migrateVirtualMachine", virtualmachineid=lab.vm, autoselect="true").code == 530
    assert str(lab.v.state) == "Running"


def test_an_assigned_vm_counts_for_its_new_owner(lab: Lab) -> None:
    lab.user("u")
    (account,) = [a for a in lab.store.accounts.values() if a.name == "u"]
    before = lab.v.network_id
    lab.ok(
        "assignVirtualMachine",
        virtualmachineid=lab.vm,
        account="u",
        domainid=account.domain_id,
    )

    (shown,) = lab.ok("listAccounts", id=account.id)["account"]
    assert (shown["vmtotal"], shown["volumetotal"], shown["cputotal"]) == (1, 1, 1)
    assert lab.v.network_id != before
    assert lab.store.networks[lab.v.network_id or ""].account_id == account.id
    (mine,) = lab.ok("listAccounts", name="admin")["account"]
    assert (mine["vmtotal"], mine["volumetotal"], mine["memorytotal"]) == (0, 0, 0)


def test_a_template_of_one_zone_is_listed_there(lab: Lab) -> None:
    guest = next(iter(lab.store.os_types))
    text = {
        "name": "t",
        "url": f"{URL}.qcow2",
        "format": "qcow2",
        "hypervisor": "kvm",
        "ostypeid": guest,
    }
    made = lab.ok("registerTemplate", zoneid=lab.zone2, displaytext="two", **text)
    (row,) = made["template"]
    assert (row["isready"], row["size"], row["displaytext"]) == (True, 2 << 30, "two")
    shown = lab.ok("listTemplates", templatefilter="self", ids=row["id"])["template"]
    assert [(t["zoneid"], t["crossZones"]) for t in shown] == [(lab.zone2, False)]
    everywhere = lab.ok("registerTemplate", zoneid="-1", **text | {"name": "everywhere"})
    assert everywhere["count"] == len(lab.store.zones)
    lab.ok("deleteTemplate", id=row["id"])
    assert lab.ok("listTemplates", templatefilter="self", name="t") == {}


def test_an_iso_is_no_template_and_boots_a_vm(lab: Lab) -> None:
    user = lab.user("u")
    text = {"name": "i", "url": f"{URL}.iso", "zoneid": lab.zone}
    text["ostypeid"] = next(iter(lab.store.os_types))
    (registered,) = lab.ok("registerIso", user, **text)["iso"]
    assert registered["status"] == "Successfully Installed"
    iso = registered["id"]
    assert lab.ok("listTemplates", user, templatefilter="self") == {}
    (row,) = lab.ok("listIsos", user)["iso"]
    assert (row["id"], row["bootable"]) == (iso, True)
    offering = next(iter(lab.store.service_offerings))
    small = next(d.id for d in lab.store.disk_offerings.values() if d.name == "Small")
    made = lab.ok(
        "deployVirtualMachine", user, templateid=iso, serviceofferingid=offering, zoneid=lab.zone,
        hypervisor="KVM", diskofferingid=small,
    )["virtualmachine"]  # fmt: skip
    assert (made["hypervisor"], made["isoid"], made["state"]) == ("KVM", iso, "Running")
    (root,) = lab.ok("listVolumes", user, virtualmachineid=made["id"])["volume"]
    assert (root["type"], root["size"], root["state"]) == ("ROOT", 5 << 30, "Ready")
    lab.ok("stopVirtualMachine", user, id=made["id"])
    lab.ok("restoreVirtualMachine", user, virtualmachineid=made["id"])
    (fresh,) = lab.ok("listVolumes", user, virtualmachineid=made["id"])["volume"]
    assert (fresh["id"] != root["id"], fresh["size"]) == (True, 5 << 30)


def test_a_vm_goes_into_the_network_the_cluster_and_the_sizes_asked_for(lab: Lab) -> None:
    net, cluster = network(lab, name="mine"), list(lab.store.clusters.values())[1]
    custom = next(d.id for d in lab.store.disk_offerings.values() if d.custom)
    network(lab, name="later")
    sizes = {"diskofferingid": custom, "size": "3", "rootdisksize": "4"}
    vm_id = lab.make_vm("w", networkids=net, clusterid=cluster.id, **sizes)
    vm = lab.store.vms[vm_id]
    assert vm.network_id == net
    assert lab.store.hosts[vm.last_host_id or ""].cluster_id == cluster.id
    assert [v.size_bytes >> 30 for v in lab.store.siblings(vm_id)] == [4, 3]
    (shown,) = lab.ok("listVirtualMachines", networkid=net)["virtualmachine"]
    assert shown["nic"][0]["networkname"] == "mine"


def test_an_uploaded_volume_becomes_ready_when_it_is_attached(lab: Lab) -> None:
    made = lab.ok("uploadVolume", name="u", url=f"{URL}.qcow2", format="QCOW2", zoneid=lab.zone)[
        "volume"
    ]
    assert (made["state"], made["size"]) == ("Uploaded", 1 << 30)
    assert lab.attach(made["id"]).code == 1
    assert str(lab.store.volumes[made["id"]].state) == "Ready"


def test_addresses_and_rules_go_with_their_network(lab: Lab) -> None:
    net = network(lab)
    ip = lab.ok("associateIpAddress", networkid=net)["ipaddress"]
    assert (ip["associatednetworkid"], ip["issourcenat"]) == (net, False)
    text = {"ipaddressid": ip["id"], "protocol": "TCP"}
    opened = lab.ok("createFirewallRule", startport="80", endport="81", **text)["firewallrule"]
    assert (opened["startport"], opened["endport"], opened["protocol"]) == (80, 81, "tcp")
    vm_id = lab.make_vm("w", networkids=net)
    text |= {"virtualmachineid": vm_id, "publicport": "22", "privateport": "22"}
    made = lab.ok("createPortForwardingRule", **text)["portforwardingrule"]
    (rule,) = lab.ok("listPortForwardingRules", ipaddressid=ip["id"])["portforwardingrule"]
    assert rule == {k: v for k, v in made.items() if not k.startswith("job")}
    assert (rule["virtualmachineid"], rule["publicport"]) == (vm_id, "22")
    assert lab.ok("listIpForwardingRules") == {}
    lab.ok("destroyVirtualMachine", id=vm_id, expunge="true")
    lab.ok("deleteNetwork", id=net)
    assert lab.ok("listPortForwardingRules") == {}
    assert lab.ok("listPublicIpAddresses", associatednetworkid=plan_of(lab) and network(lab)) == {}
    assert lab.ok("listNetworks", id=net) == {}
    assert all(v.removed for v in lab.store.vms.values() if v.network_id == net)


def test_addresses_run_out(lab: Lab) -> None:
    net = network(lab)
    (span, _) = list(lab.store.public_ranges.values())
    lab.store.public_ranges[span.id] = span._replace(last=span.first - 1)

    refused = lab.do("associateIpAddress", networkid=net)
    assert (refused.code, refused.cs, refused.kind) == (533, 9999, "sync")
    assert refused.text == "Unable to find available public IP addresses"


def test_a_policy_replaces_that_of_the_same_interval(lab: Lab) -> None:
    text = {"volumeid": lab.root, "schedule": "00:02", "timezone": "UTC", "intervaltype": "DAILY"}
    first = lab.ok("createSnapshotPolicy", maxsnaps="3", **text)["snapshotpolicy"]
    second = lab.ok("createSnapshotPolicy", maxsnaps="5", **text)["snapshotpolicy"]

    assert (first["id"], second["maxsnaps"], second["intervaltype"]) == (second["id"], 5, 1)
    shown = lab.ok("listSnapshotPolicies", volumeid=lab.root)["snapshotpolicy"]
    assert shown == [second]
    assert lab.do("deleteSnapshotPolicies", lab.user("u"), id=first["id"]).code == 531
    assert lab.do("deleteSnapshotPolicies").code == 431
    lab.ok("deleteSnapshotPolicies", ids=first["id"])
    assert lab.ok("listSnapshotPolicies") == {}


def test_what_was_made_of_a_deleted_offering_keeps_it(lab: Lab) -> None:
    disk = lab.disk()
    small = lab.store.volumes[disk].disk_offering_id or ""
    lab.ok("deleteDiskOffering", id=small)
    lab.ok("deleteServiceOffering", id=lab.v.service_offering_id)

    assert "Small" not in {o["name"] for o in lab.ok("listDiskOfferings")["diskoffering"]}
    (shown,) = lab.ok("listVolumes", id=disk)["volume"]
    assert shown["diskofferingname"] == "Small"
    assert lab.do("createVolume", diskofferingid=small, zoneid=lab.zone, name="n").code == 1
    assert lab.start().code == 1


def test_a_disabled_host_is_told_from_the_others(lab: Lab) -> None:
    host = next(iter(lab.store.hosts))
    changed = lab.ok("updateHost", id=host, allocationstate="Disable", name="tired")["host"]
    assert (changed["resourcestate"], changed["name"]) == ("Disabled", "tired")
    off = lab.ok("listHosts", resourcestate="Disabled")["host"]
    assert [h["id"] for h in off] == [host]
    lab.ok("updateHost", id=host, allocationstate="Enable")
    assert lab.ok("listHosts", resourcestate="Disabled") == {}


def test_the_server_is_ready_for_shutdown_once_no_job_runs(lab: Lab) -> None:
    server = next(iter(lab.store.servers))
    lab.submit("startVirtualMachine", id=lab.vm)
    ask = {"managementserverid": server}
    busy = lab.cloud.call("readyForShutdown", **ask).body["readyforshutdown"]
    assert (busy["readyforshutdown"], busy["pendingjobscount"]) == (False, 1)
    lab.cloud.settle()
    free = lab.ok("readyForShutdown", **ask)["readyforshutdown"]
    assert (free["readyforshutdown"], free["pendingjobscount"]) == (True, 0)


def test_providers_are_filtered_by_name(lab: Lab) -> None:
    rows = lab.ok("listNetworkServiceProviders", name="SecurityGroupProvider")
    assert {r["state"] for r in rows["networkserviceprovider"]} == {"Disabled"}
    assert rows["count"] == len(lab.store.physical_networks)


def test_networks_are_filtered_by_type(lab: Lab) -> None:
    network(lab)
    assert lab.ok("listNetworks", type="isolated")["count"] == 2
    assert lab.ok("listNetworks", type="Shared") == {}
    assert lab.ok("listNetworks", restartrequired="true") == {}
    assert lab.ok("listNetworks", canusefordeploy="true")["count"] == 2
    assert lab.ok("listNetworks", canusefordeploy="false") == {}
