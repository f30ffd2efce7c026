"""createVolume from a snapshot for a VM: made and attached in one step (C18)."""

from lab import Lab, shape

from simulator.domain.states import VolumeState


def test_a_volume_from_a_snapshot_is_attached_at_a_free_device() -> None:
    lab = Lab()
    made = lab.ok("createVolume", **lab.snapshot_volume())["volume"]

    assert (made["type"], made["state"], made["deviceid"]) == ("DATADISK", "Ready", 1)
    assert made["virtualmachineid"] == lab.vm
    assert made["snapshotid"]


def test_beside_a_disk_offering_the_vm_is_ignored() -> None:
    lab = Lab()
    lab.extra = lab.disk(virtualmachineid=lab.vm)

    assert shape(lab.x) == ("DATADISK", "Allocated", None)


def test_a_refused_attach_leaves_the_new_volume_in_destroy() -> None:
    lab = Lab()
    text = lab.snapshot_volume()
    lab.ok("createVMSnapshot", virtualmachineid=lab.vm)
    answer = lab.do("createVolume", **text)

    assert (answer.kind, answer.code) == ("job", 530)
    (lost,) = [v for v in lab.store.volumes.values() if v.name == "n"]
    assert answer.text == f"Failed to create volume: {lost.spelt(None)}"
    assert lost.state is VolumeState.DESTROY
    assert lab.cloud.refusals()[-1] == "ATT-16"
