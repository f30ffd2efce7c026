"""Affinity groups decide where VMs start; they are listed by every filter and kept."""

import pytest
from lab import Lab

from simulator import boot
from simulator.domain.affinity import (
    APART,
    DEDICATED,
    RATHER_APART,
    RATHER_TOGETHER,
    TOGETHER,
    TYPES,
)
from simulator.engine.freezer import freeze, freeze_history, marked, thaw


@pytest.fixture
def lab() -> Lab:
    return Lab()


def group(lab: Lab, name: str, kind: str, **text: str) -> str:
    made = lab.ok("createAffinityGroup", name=name, type=kind, **text)
    return str(made["affinitygroup"]["id"])


def host_of(lab: Lab, name: str, group_id: str) -> str:
    """Deploy a VM into a group and return the host it runs on."""
    vm_id = lab.make_vm(name, affinitygroupids=group_id)
    started = lab.ok("startVirtualMachine", id=vm_id)
    return str(started["virtualmachine"]["hostid"])


@pytest.mark.parametrize(("kind", "hosts"), [(APART, 2), (RATHER_APART, 2), (TOGETHER, 1)])
def test_a_group_parts_or_joins_its_vms(lab: Lab, kind: str, hosts: int) -> None:
    kept = group(lab, "g", kind)
    found = [host_of(lab, f"w{n}", kept) for n in range(2)]
    assert len(set(found)) == hosts


def test_what_is_strict_refuses_and_what_is_not_yields(lab: Lab) -> None:
    many = 1 + len([h for h in lab.store.hosts.values() if h.hypervisor == "KVM"])
    strict, loose = group(lab, "s", APART), group(lab, "l", RATHER_APART)
    text = {"zoneid": lab.zone, "templateid": lab.v.template_id}
    text |= {"serviceofferingid": lab.v.service_offering_id}

    def codes(group_id: str) -> list[int]:
        return [
            lab.do("deployVirtualMachine", affinitygroupids=group_id, **text).code
            for _ in range(many)
        ]

    assert set(codes(loose)) == {1}
    answers = codes(strict)
    assert answers[0] == 1
    assert answers[-1] == 533


def test_nobody_runs_on_hosts_that_are_not_dedicated(lab: Lab) -> None:
    kept = group(lab, "d", DEDICATED)
    lab.ok("updateVMAffinityGroup", id=lab.vm, affinitygroupids=kept)
    assert lab.start().code == 530
    lab.ok("updateVMAffinityGroup", id=lab.vm, affinitygroupids="")
    assert lab.start().code == 1


def test_groups_are_listed_by_every_filter(lab: Lab) -> None:
    first = group(lab, "a", APART, description="not one host")
    second = group(lab, "b", RATHER_TOGETHER)
    made = lab.ok("updateVMAffinityGroup", id=lab.vm, affinitygroupnames="A")["virtualmachine"]
    shown = {"id": first, "name": "a", "description": "not one host", "account": "admin"}
    assert (made["affinitygroup"], "templateid" in made) == ([shown], False)

    def ids(**text: str) -> list[str]:
        return [g["id"] for g in lab.ok("listAffinityGroups", **text).get("affinitygroup", [])]

    assert ids() == [first, second]
    assert (ids(name="B"), ids(id=first), ids(type=APART)) == ([second], [first], [first])
    assert (ids(keyword="non-strict"), ids(virtualmachineid=lab.vm)) == ([second], [first])
    assert ids(virtualmachineid=lab.vm, name="b") == []
    (row,) = lab.ok("listAffinityGroups", id=first)["affinitygroup"]
    assert row["virtualmachineIds"] == [lab.vm]
    (vm,) = lab.ok("listVirtualMachines", affinitygroupid=first)["virtualmachine"]
    assert vm["id"] == lab.vm
    kinds = lab.ok("listAffinityGroupTypes")["affinityGroupType"]
    assert [k["type"] for k in kinds] == list(TYPES)
    lab.ok("deleteAffinityGroup", id=first)
    assert lab.ok("listVirtualMachines", id=lab.vm)["virtualmachine"][0]["affinitygroup"] == []


def test_a_checkpoint_keeps_groups(lab: Lab) -> None:
    lab.ok("updateVMAffinityGroup", id=lab.vm, affinitygroupids=group(lab, "a", APART))
    fresh = boot("mixed", dialect="acs-4.22")
    since = marked(fresh.jobs)
    lab.cloud.world.advance(200_000)
    thaw(fresh.jobs, freeze(lab.cloud.jobs), [freeze_history(lab.cloud.jobs, since)])
    assert fresh.call("listAffinityGroups") == lab.cloud.call("listAffinityGroups")
    assert fresh.call("listVirtualMachines") == lab.cloud.call("listVirtualMachines")
