"""Filters and pages of lists (semantics 7.5, ground truth 7)."""

from typing import Any

import pytest
from lab import Lab


class Stocked(Lab):
    """A lab with disks "a1", "a2" (on v) and "b" (encrypted), hidden "h", and a running VM w."""

    def __init__(self) -> None:
        super().__init__()
        encrypted = next(d.id for d in self.store.disk_offerings.values() if d.encrypted)
        self.disk(name="a1")
        self.attach(self.disk(name="a2"))
        b = self.disk(name="b", diskofferingid=encrypted)
        self.disk(name="h", displayvolume="false")
        self.cloud.arrange("volume", b, encrypt_format="luks")
        w = self.make_vm("w")
        self.ok("startVirtualMachine", id=w)
        text = {"resourceids": self.root, "resourcetype": "Volume"}
        self.ok("createTags", **text, **{"tags[0].key": "k", "tags[0].value": "x"})

    def ids(self, text: dict[str, str]) -> dict[str, str]:
        """Return *text* with V, R, W and P as the ids of v, r, w's host and r's pool."""
        w = next(v for v in self.store.vms.values() if v.name == "w")
        pool = self.r.pool_id or ""
        named = {"V": self.vm, "R": self.root, "H": w.host_id or "", "P": pool, "W": w.id}
        named["C"] = self.store.pools[pool].cluster_id or ""
        named["S"] = next(iter(self.store.service_offerings))
        named["D"] = next(d.id for d in self.store.disk_offerings.values() if d.name == "Small")
        return {k: named.get(v, v) for k, v in text.items()}


@pytest.fixture(scope="module")
def lab() -> Stocked:
    return Stocked()


R, A2 = "ROOT-v", "a2"
ALL = ["ROOT-v", "ROOT-w", "a1", "a2", "b"]


def names(lab: Stocked, command: str, key: str, **text: str) -> list[str]:
    rows: list[dict[str, Any]] = lab.ok(command, **lab.ids(text)).get(key, [])
    vms = {f"ROOT-{v.db_id}": f"ROOT-{v.name}" for v in lab.store.vms.values()}
    return sorted(vms.get(row["name"], row["name"]) for row in rows)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ({}, ALL),
        ({"name": "a1"}, ["a1"]),
        ({"name": ""}, []),
        ({"name": "a"}, []),
        ({"keyword": "A"}, [R, "ROOT-w", "a1", A2, "b"]),
        ({"keyword": "a1"}, ["a1"]),
        ({"keyword": "root"}, [R, "ROOT-w"]),
        ({"type": "data"}, ["a1", A2, "b"]),
        ({"type": "nothing"}, []),
        ({"state": "ready"}, [R, "ROOT-w", A2]),
        ({"state": "Read"}, []),
        ({"id": "R"}, [R]),
        ({"virtualmachineid": "V"}, [R, A2]),
        ({"hostid": "H"}, ALL),
        ({"name": "A1"}, ["a1"]),
        ({"name": "a1 "}, ["a1"]),
        ({"keyword": "_1"}, ["a1"]),
        ({"keyword": "a%x"}, []),
        ({"diskofferingid": "D", "serviceofferingid": "S"}, ["a1", A2]),
        ({"listsystemvms": "true"}, ALL),
        ({"storageid": "P", "virtualmachineid": "V", "type": "ROOT"}, [R]),
        ({"clusterid": "C", "type": "DATA"}, [A2]),
        ({"serviceofferingid": "S"}, [R, "ROOT-w"]),
        ({"isencrypted": "true"}, ["b"]),
        ({"isencrypted": "false", "type": "DATA"}, ["a1", A2]),
        ({"displayvolume": "false"}, ["h"]),
        ({"tags[0].key": "k", "tags[0].value": "x"}, [R]),
        ({"tags[0].key": "k", "tags[0].value": "y"}, []),
        ({"projectid": "-1"}, []),
    ],
)  # fmt: skip
def test_a_volume_is_found(lab: Stocked, text: dict[str, str], want: list[str]) -> None:
    assert names(lab, "listVolumes", "volume", **text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ({}, ["v", "w"]),
        ({"state": "running"}, ["w"]),
        ({"hypervisor": "kvm"}, ["v", "w"]),
        ({"hypervisor": "VMware"}, []),
        ({"hostid": "H"}, ["w"]),
        ({"clusterid": "C"}, ["v", "w"]),
        ({"state": "Present"}, ["v", "w"]),
        ({"haenable": "true"}, []),
        ({"storageid": "P", "state": "Stopped"}, ["v"]),
        ({"keyword": "stop"}, []),
        ({"keyword": "stopped"}, ["v"]),
        ({"keyword": "10.1."}, ["v", "w"]),
        ({"id": "V"}, ["v"]),
    ],
)
def test_a_vm_is_found(lab: Stocked, text: dict[str, str], want: list[str]) -> None:
    assert names(lab, "listVirtualMachines", "virtualmachine", **text) == want


def test_ids_name_several_and_not_beside_id(lab: Stocked) -> None:
    both = ",".join(v.id for v in lab.store.volumes.values() if v.name in {"a1", "b"})
    assert names(lab, "listVolumes", "volume", ids=both) == ["a1", "b"]
    answer = lab.do("listVolumes", id=lab.root, ids=both)
    assert (answer.code, answer.cs) == (431, 4350)
    assert answer.text == "Specify either id or ids but not both parameters"


def test_pages_are_cut_from_the_newest(lab: Stocked) -> None:
    shown = (v for v in lab.store.volumes.values() if v.display)
    ordered = [v.name for v in sorted(shown, key=lambda v: v.db_id)]
    pages = [
        [row["name"] for row in lab.ok("listVolumes", page=str(n), pagesize="2")["volume"]]
        for n in (1, 2, 3)
    ]
    assert pages == [ordered[3:], ordered[1:3], ordered[:1]]
    assert lab.ok("listVolumes", page="0", pagesize="2")["volume"][0]["name"] == ordered[3]


@pytest.mark.parametrize(
    ("text", "code", "cs", "words"),
    [
        ({"page": "1"}, 431, 9999, '"pagesize" parameter is required when "page" is specified'),
        ({"pagesize": "5"}, 431, 9999, '"page" parameter is required when "pagesize" is specified'),
        ({"page": "1", "pagesize": "501"}, 431, 4350, "allowed page size value: 500"),
        ({"page": "1", "pagesize": "-1"}, 431, 4350, "when pagesize is -1"),
    ],
)
def test_a_bad_page_is_refused(
    lab: Stocked, text: dict[str, str], code: int, cs: int, words: str
) -> None:
    answer = lab.do("listVolumes", **text)
    assert (answer.code, answer.cs) == (code, cs)
    assert words in answer.text


def test_past_the_end_only_the_count_is_left(lab: Stocked) -> None:
    assert lab.ok("listVolumes", page="9", pagesize="500") == {"count": 5}
    assert lab.ok("listVolumes", page="1", pagesize="0") == {"count": 5}
    assert lab.ok("listVolumes", pagesize="-1")["count"] == 5


def test_a_database_id_names_what_it_is_the_row_of() -> None:
    lab = Lab()
    row, vm_row = str(lab.r.db_id), str(lab.v.db_id)

    assert lab.ok("listVolumes", id=row)["volume"][0]["id"] == lab.root
    assert lab.ok("listVolumes", ids=f"{row},{lab.root}")["count"] == 2
    assert lab.ok("listVirtualMachines", id=vm_row)["virtualmachine"][0]["id"] == lab.vm
    assert lab.ok("listVolumes", ids=f"{row},999999")["count"] == 1
    assert lab.ok("listVolumes", id="999999") == {}
    assert lab.do("detachVolume", id=row).code == 1
    assert lab.do("detachVolume", id="0").text == (
        "Unable to execute API command detachvolume due to invalid value. "
        "Invalid value provided for API arg: id"
    )
    assert lab.do("attachVolume", lab.user("u"), id="-1", virtualmachineid=vm_row).code == 531
    assert lab.do("attachVolume", id="-1", virtualmachineid=vm_row).code == 431
