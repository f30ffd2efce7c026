"""Use case 1 on its page of steps, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from keys import pick, press
from playwright.sync_api import expect
from stepping import button, choose, excluded, take
from visited import Door, Served, serving

HERE = Path(__file__).parent
REPLACE = (
    "Stop the VM", "Detach its old ROOT volume", "Attach the new one at device 0", "Start the VM",
)  # fmt: skip


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve a cloud where each test has a pair of VMs for itself."""
    with serving("--cloud", str(HERE / "pairs.toml")) as there:
        yield there


def test_a_root_is_replaced_by_mouse(enter: Door, served: Served) -> None:
    vm, spare = served.vm("off6"), served.volume("spare0")["id"]
    served.do("startVirtualMachine", id=vm)
    old = served.volumes(vm)[0]
    page = enter("/rescue", "alice")
    page.get_by_role("link", name="Replace the ROOT").click()
    choose(page, "VM", "off6")
    choose(page, "New ROOT volume", "spare0")

    take(page, REPLACE)

    expect(page.get_by_text("The VM runs from its new ROOT volume.")).to_be_visible()
    expect(page.get_by_text("is attached to no VM, as DATADISK.")).to_be_visible()
    expect(page.get_by_role("link", name=old["name"])).to_be_visible()
    assert [(v["id"], v["type"]) for v in served.volumes(vm)] == [(spare, "ROOT")]
    assert served.state(vm) == "Running"
    assert "virtualmachineid" not in served.volume(old["name"])


def test_a_root_is_replaced_by_keyboard_alone(enter: Door, served: Served) -> None:
    vm, spare = served.vm("run6"), served.volume("spare1")["id"]
    page = enter("/rescue/replace")

    pick(page, "VM", "run6")
    pick(page, "New ROOT volume", "spare1")
    for step in REPLACE:
        press(page, step)
        expect(button(page, step)).to_be_disabled()

    expect(page.get_by_text("The VM runs from its new ROOT volume.")).to_be_visible()
    assert {(v["id"], v["type"]) for v in served.volumes(vm)} >= {(spare, "ROOT")}
    assert served.state(vm) == "Running"


def test_a_volume_that_cannot_be_the_root_is_listed_with_the_reason(
    enter_odd: Door, odd: Served
) -> None:
    root = odd.volumes(odd.vm("fits"))[0]["id"]
    page = enter_odd(f"/rescue/replace?vm={odd.vm('fits')}")
    closed = page.get_by_text("Excluded volumes")
    closed.click()
    for name, why in (
        ("of-carol", "belong to different accounts (ATT-18)"),
        ("in-zone2", "Please specify a VM that is in the same zone as the volume. (ATT-07)"),
    ):
        expect(excluded(page, name)).to_contain_text(why)
    expect(excluded(page, "on-managed")).to_have_count(0)

    take(page, (REPLACE[1],))
    closed.click()

    expect(excluded(page, "on-managed")).to_contain_text(
        "Root volume detach is not supported for Managed DataStores (ATT-11)"
    )
    odd.do("attachVolume", id=root, virtualmachineid=odd.vm("fits"), deviceid=0)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "قرص الجذر <b>قديم</b>", "v" * 255]
)
def test_a_name_is_shown_and_never_run(enter_odd: Door, odd: Served, name: str) -> None:
    volume = odd.volume("loose")["id"]
    odd.do("updateVolume", id=volume, name=name)
    page = enter_odd(f"/rescue/replace?vm={odd.vm('fits')}", width=390)
    page.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))

    page.get_by_role("combobox", name="New ROOT volume").click()
    page.get_by_role("option", name=name).first.click()

    expect(page.get_by_role("combobox", name="New ROOT volume")).to_have_value(
        re.compile(re.escape(name))
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    odd.do("updateVolume", id=volume, name="loose")
