"""The two use cases of the specification, each on a page of steps, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from keys import pick, press
from playwright.sync_api import Browser, expect
from stepping import COMMANDS, button, choose, excluded, take
from visited import Door, Served, serving

from console.rescuing import BY_SNAPSHOT, DIRECT
from console.words import isolated

HERE = Path(__file__).parent
RESCUE = (
    "Stop the broken VM", "Detach its ROOT volume", "Attach it to the helper as a data disk",
    "Detach it from the helper, once it is repaired", "Attach it back at device 0",
    "Start the VM again",
)  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve a cloud where each test has a pair of VMs for itself."""
    with serving("--cloud", str(HERE / "pairs.toml")) as there:
        yield there


def test_a_broken_root_is_rescued_by_mouse(enter: Door, served: Served) -> None:
    broken, helper = served.vm("off0"), served.vm("run0")
    served.do("startVirtualMachine", id=broken)
    root = served.volumes(broken)[0]["id"]
    page = enter("/rescue", "alice")
    expect(page.get_by_text("Choose the broken VM first.")).to_be_visible()
    choose(page, "Broken VM", "off0")
    choose(page, "Helper VM", "run0")

    take(page, RESCUE[:3])
    assert (1, "DATADISK") in served.disks(helper)
    assert served.disks(broken) == []
    expect(page.get_by_text(f"is device 1 of {isolated('run0')}, as DATADISK.")).to_be_visible()
    take(page, RESCUE[3:])

    expect(page.get_by_text("The VM runs again from its own ROOT volume.")).to_be_visible()
    assert [v["id"] for v in served.volumes(broken) if v["type"] == "ROOT"] == [root]
    assert served.state(broken) == "Running"
    sent = [COMMANDS[step.split()[0]] for step in RESCUE]
    expect(page.get_by_text(f"6 calls sent from this page: {', '.join(sent)}")).to_be_visible()
    page.get_by_text("startVirtualMachine · done").click()
    expect(page.get_by_text("Answered").last).to_be_visible()


def test_a_broken_root_is_rescued_by_keyboard_alone(enter: Door, served: Served) -> None:
    broken, helper = served.vm("run1"), served.vm("off1")
    page = enter("/rescue")

    pick(page, "Broken VM", "run1")
    pick(page, "Helper VM", "off1")
    for number, step in enumerate(RESCUE):
        if number:
            expect(button(page, step)).to_be_focused()
            page.keyboard.press("Enter")
        else:
            press(page, step)
        expect(button(page, step)).to_be_disabled()
        if number == 2:
            assert served.disks(helper) == [(0, "ROOT"), (1, "DATADISK")]

    expect(page.get_by_text("The VM runs again from its own ROOT volume.")).to_be_visible()
    assert served.disks(broken) == [(0, "ROOT")]
    assert served.disks(helper) == [(0, "ROOT")]
    assert served.state(broken) == "Running"


def test_a_page_that_is_loaded_anew_goes_on_where_it_was(enter: Door, served: Served) -> None:
    page = enter(f"/rescue?broken={served.vm('off2')}&helper={served.vm('run2')}")
    for step in RESCUE[1:]:
        take(page, (step,))
        page.reload()
    expect(page.get_by_text("The VM runs again from its own ROOT volume.")).to_be_visible()


def test_a_second_rescue_of_a_vm_starts_from_the_first_step(enter: Door, served: Served) -> None:
    address = f"/rescue?broken={served.vm('off3')}&helper={served.vm('run3')}"
    page = enter(address)
    take(page, RESCUE[1:])

    page.goto(f"{served.url}{address}")

    take(page, RESCUE[:3])


def test_what_others_do_moves_the_steps(enter: Door, served: Served) -> None:
    broken, helper = served.vm("off4"), served.vm("run4")
    root = served.volumes(broken)[0]["id"]
    page = enter(f"/rescue?broken={broken}")
    expect(button(page, RESCUE[1])).to_be_enabled()

    served.do("detachVolume", id=root)
    expect(page.get_by_text("Choose the helper VM first.")).to_be_visible()
    served.do("attachVolume", id=root, virtualmachineid=helper)

    expect(page.get_by_role("combobox", name="Helper VM")).to_have_value(re.compile("run4"))
    take(page, RESCUE[3:])


def test_of_a_vm_without_root_the_volume_is_chosen(enter: Door, served: Served) -> None:
    broken = served.vm("off5")
    root = served.volumes(broken)[0]
    served.do("detachVolume", id=root["id"])
    page = enter(f"/rescue?broken={broken}&helper={served.vm('run5')}")
    expect(page.get_by_text("Choose the volume that was its ROOT.")).to_be_visible()

    choose(page, "ROOT volume", root["name"])

    take(page, RESCUE[2:4])


def test_the_calls_are_counted_as_the_scenarios_count_them(enter: Door) -> None:
    told = (HERE.parents[1] / "features/usecases/uc2_rescue_root.feature").read_text("utf-8")
    direct, by_snapshot = told.split("Scenario: [CS-UC2-007]")[1:]
    assert f'the requests were "{", ".join(DIRECT.calls)}"' in direct
    assert f'"CopyCommand" {DIRECT.copies} times' in direct
    assert tuple(re.findall(r"calls (\w+) with", by_snapshot)) == BY_SNAPSHOT.calls
    assert f'"CopyCommand" {BY_SNAPSHOT.copies} times' in by_snapshot

    page = enter("/rescue")

    way = page.get_by_role("row").filter(has_text="by a snapshot")
    expect(way.get_by_role("cell").nth(0)).to_have_text(
        "3: createSnapshot, createVolume, attachVolume"
    )
    expect(page.get_by_text("1 call and 2 copies of the disk")).to_be_visible()


def test_a_helper_that_cannot_have_the_volume_is_listed_with_the_reason(
    enter_odd: Door, odd: Served
) -> None:
    root = odd.volumes(odd.vm("fits"))[0]["id"]
    page = enter_odd(f"/rescue?broken={odd.vm('fits')}")
    take(page, (RESCUE[1],))

    page.get_by_text("Excluded helper VMs").click()

    for vm, why in (
        ("vmware", "Can't attach a volume created by: KVM to a VMware vm (ATT-21)"),
        ("elsewhere", "Please specify a VM that is in the same zone as the volume. (ATT-07)"),
        ("carols", "belong to different accounts (ATT-18)"),
    ):
        expect(excluded(page, vm)).to_contain_text(why)
    odd.do("attachVolume", id=root, virtualmachineid=odd.vm("fits"), deviceid=0)


@pytest.mark.parametrize(
    "path", ["/rescue?broken={}", "/rescue?volume={}", "/rescue/replace?vm={}"]
)
def test_what_is_unknown_or_of_another_domain_is_not_found(
    enter: Door, served: Served, path: str
) -> None:
    page = enter("/vms", "alice")
    foreign = served.vm("db") if "volume" not in path else served.volumes(served.vm("db"))[0]["id"]
    for entity_id in (foreign, "no-such-id", "<b>"):
        answer = page.goto(f"{served.url}{path.format(entity_id)}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_text(f"with the id {entity_id} that you can see")).to_be_visible()


def test_a_user_is_offered_only_what_he_sees(enter: Door) -> None:
    page = enter("/rescue", "alice")

    page.get_by_role("combobox", name="Broken VM").click()

    expect(page.get_by_role("option")).to_have_count(18)
    expect(page.get_by_role("option", name="db")).to_have_count(0)


def test_who_comes_second_reads_the_refusal(chromium: Browser) -> None:
    with serving("--preset", "kvm", "--clock", "manual") as there:
        door = Door(chromium, there, [])
        address = f"/rescue?broken={there.vm('old')}"
        first, second = door(address), door(address, "alice")
        for page in (first, second):  # the clock stands still: neither job ends meanwhile
            button(page, RESCUE[1]).click()
            expect(page.get_by_role("status")).to_have_text("detachVolume: its job is running")
            expect(button(page, RESCUE[1])).to_be_disabled()

        there.do("rootswapAdvance", seconds=60)

        ends = []
        for page in (first, second):  # which job is served first is drawn
            expect(page.get_by_text("Choose the helper VM first.")).to_be_visible()
            expect(page.get_by_role("status")).to_have_text(re.compile("done|refused"))
            ends.append(page.get_by_role("status").inner_text())
        assert sorted(ends) == [
            "detachVolume was refused: The specified volume is not attached to a VM.",
            "detachVolume: done",
        ]
        for context in door.contexts:
            context.close()
