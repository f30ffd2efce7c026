"""What events tell of where a volume was."""

from typing import Any

from console.history import doings, left

VOLUME, VM1, VM2 = (f"{n}0000000-0000-0000-0000-000000000000" for n in (1, 2, 3))
ATTACHED = "Attaching volume. Volume Id: {volume} VmId: {vm}"


def _event(
    number: int, kind: str, vm: str = "", parent: str = "", *, level: str = "INFO", state: str
) -> dict[str, Any]:
    text = ATTACHED.format(volume=VOLUME, vm=vm) if vm else f"detaching volume: {VOLUME}"
    event = {
        "id": f"e{number}", "type": f"VOLUME.{kind}", "level": level, "description": text,
        "created": f"2026-01-01T00:00:{number:02}+0000", "state": state, "username": "alice",
    }  # fmt: skip
    return event | ({"parentid": parent} if parent else {})


def test_the_events_of_a_command_are_one_doing_newest_first() -> None:
    events = [
        _event(1, "ATTACH", VM1, state="Scheduled"),
        _event(2, "ATTACH", VM1, "e1", state="Completed"),
        _event(3, "DETACH", state="Scheduled"),
        _event(4, "DETACH", "", "e3", state="Completed"),
    ]

    detached, attached = doings(events)

    assert (attached.id, attached.words, attached.vm_id, attached.outcome) == (
        "e1", "Attached", VM1, "done",
    )  # fmt: skip
    assert (detached.words, detached.vm_id) == ("Detached", VM1)
    assert left([detached, attached]) == VM1


def test_what_failed_moved_nothing() -> None:
    events = [
        _event(1, "ATTACH", VM1, state="Completed"),
        _event(2, "ATTACH", VM2, state="Scheduled"),
        _event(3, "ATTACH", VM2, "e2", level="ERROR", state="Completed"),
        _event(4, "DETACH", level="ERROR", state="Completed"),
        _event(5, "DETACH", state="Completed"),
    ]

    done = doings(events)

    assert [doing.outcome for doing in done] == ["done", "failed", "failed", "done"]
    assert done[0].vm_id == VM1
    assert left(done[1:]) == ""


def test_a_command_whose_end_is_not_seen_was_asked_for() -> None:
    (doing,) = doings([_event(1, "ATTACH", VM1, state="Scheduled")])

    assert doing.outcome == "asked for"


def test_where_the_first_detach_was_from_no_event_tells() -> None:
    done = doings([_event(1, "DETACH", state="Completed")])

    assert left(done) == ""
