"""The life cycles know every way the rules rely on."""

import pytest
from builders import vm, volume

from simulator.domain.errors import Broke
from simulator.domain.states import (
    VM_LIFE,
    VOLUME_LIFE,
    VmEvent,
    VmState,
    VolumeEvent,
    VolumeState,
)


def test_an_attaching_volume_can_only_become_ready() -> None:
    """Nothing else may happen to a volume that is being attached (semantics 3.3)."""
    ways = {event: to for (state, event), to in VOLUME_LIFE.items() if state == "Attaching"}
    assert ways == {
        VolumeEvent.SUCCEEDED: VolumeState.READY,
        VolumeEvent.FAILED: VolumeState.READY,
    }


def test_every_state_that_is_reached_has_a_row_or_is_final() -> None:
    """A life cycle has no hole."""
    final = {VolumeState.UPLOAD_ERROR, VolumeState.UPLOAD_ABANDONED}
    assert {*VOLUME_LIFE.values()} - {s for s, _ in VOLUME_LIFE} <= final
    assert {*VM_LIFE.values()} <= {s for s, _ in VM_LIFE} | {VmState.SHUTDOWN}


def test_an_event_its_state_does_not_know_is_a_refusal_and_no_crash() -> None:
    """The caller is told; the cloud goes on."""
    with pytest.raises(Broke, match="Failed to transit"):
        volume(state=VolumeState.ATTACHING).on(VolumeEvent.MIGRATE)
    with pytest.raises(Broke, match="Unable to transition"):
        vm(state=VmState.RUNNING).on(VmEvent.START)
