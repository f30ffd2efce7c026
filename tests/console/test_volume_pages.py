"""The list of volumes and the page of one, in a real browser."""

import pytest
from keys import tab_to
from playwright.sync_api import Browser, Locator, Page, expect
from visited import Door, Served, serving

LONG = "v" * 255


def _dialog(page: Page) -> Locator:
    """Open the dialog that attaches the volume of a page."""
    page.get_by_role("button", name="Attach…").click()
    return page.get_by_role("dialog")


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("dialog").get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()


def test_volumes_are_listed_with_type_size_and_vm(enter: Door) -> None:
    page = enter("/volumes")

    row = page.get_by_role("row").filter(has_text="web-data")
    for text in ("DATADISK", "5 GiB", "web", "zone1", "alice", "Ready", "no"):
        expect(row.get_by_role("cell", name=text, exact=True)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Bootable")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="ROOT").filter(has_text="yes")).to_have_count(3)


def test_volumes_of_one_state_are_chosen(enter: Door) -> None:
    page = enter("/volumes")
    expect(page.get_by_role("link", name="web-data")).to_be_visible()

    page.get_by_role("combobox", name="State").click()
    page.get_by_role("option", name="Allocated").click()

    expect(page.get_by_role("link", name="web-data")).to_have_count(0)
    expect(page.get_by_role("link", name="spare")).to_be_visible()


def test_a_release_without_the_field_has_no_column_of_it(chromium: Browser) -> None:
    with serving("--preset", "kvm", "--dialect", "acs-4.22") as there:
        door = Door(chromium, there, [])
        page = door("/volumes")
        expect(page.get_by_role("link", name="web-data")).to_be_visible()
        expect(page.get_by_role("columnheader", name="Bootable")).to_have_count(0)
        door.contexts[0].close()


def test_a_volume_is_detached_and_attached_as_root_by_mouse(enter: Door, served: Served) -> None:
    vm = served.vm("old")
    root = next(v for v in served.volumes(vm) if v["type"] == "ROOT")
    page = enter(f"/volumes/{root['id']}")
    expect(page.get_by_role("button", name="Attach…")).to_be_disabled()
    expect(page.get_by_text("Please specify a volume that is not attached")).to_be_visible()

    page.get_by_role("button", name="Detach").click()
    expect(page.get_by_role("status")).to_contain_text("detachVolume: done")
    assert served.disks(vm) == []

    dialog = _dialog(page)
    expect(dialog.get_by_role("button", name="Attach", exact=True)).to_be_disabled()
    _choose(page, "Virtual machine", "old")
    expect(dialog.get_by_role("combobox", name="Device")).to_have_value("0 · ROOT")
    expect(dialog.get_by_text("3 · CD-ROM: deviceId should be 0,1,2,4-")).to_be_visible()
    dialog.get_by_role("button", name="Attach", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("attachVolume: done")
    assert served.disks(vm) == [(0, "ROOT")]
    way = page.get_by_role("list", name="Where it was, newest first").get_by_role("listitem")
    expect(way.nth(0)).to_contain_text("Attached")
    expect(way.nth(0).get_by_role("link", name="old")).to_have_attribute("href", f"/vms/{vm}")
    expect(way.nth(1)).to_contain_text("Detached")


def test_a_volume_goes_to_a_device_that_is_chosen(enter: Door, served: Served) -> None:
    vm, spare = served.vm("old"), served.volume("spare")
    page = enter(f"/volumes/{spare['id']}", "alice")

    dialog = _dialog(page)
    _choose(page, "Virtual machine", "old")
    expect(dialog.get_by_text("0 · ROOT: Vm already has root volume attached")).to_be_visible()
    _choose(page, "Device", "5")
    dialog.get_by_role("button", name="Attach", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("attachVolume: done")
    assert (5, "DATADISK") in served.disks(vm)
    page.get_by_role("button", name="Detach").click()
    expect(page.get_by_role("status")).to_contain_text("detachVolume: done")
    assert (5, "DATADISK") not in served.disks(vm)


def test_a_volume_is_moved_by_keyboard_alone(enter: Door, served: Served) -> None:
    data = served.volume("web-data")
    page = enter(f"/volumes/{data['id']}")
    keys = page.keyboard

    tab_to(page, page.get_by_role("button", name="Detach"))
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("detachVolume: done")
    tab_to(page, page.get_by_role("button", name="Attach…"))
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Virtual machine")).to_be_focused()
    keys.type("web")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="Device")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Attach", exact=True))
    keys.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("attachVolume: done")
    assert served.disks(served.vm("web")) == [(0, "ROOT"), (1, "DATADISK")]


@pytest.mark.parametrize(
    ("vm", "why"),
    [
        ("vmware", "Can't attach a volume created by: KVM to a VMware vm (ATT-21)"),
        ("elsewhere", "Please specify a VM that is in the same zone as the volume. (ATT-07)"),
        ("carols", "belong to different accounts (ATT-18)"),
    ],
)
def test_a_vm_that_cannot_have_it_is_listed_with_the_reason(
    enter_odd: Door, odd: Served, vm: str, why: str
) -> None:
    page = enter_odd(f"/volumes/{odd.volume('loose')['id']}")

    dialog = _dialog(page)
    dialog.get_by_role("combobox", name="Virtual machine").click()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option", name="fits")).to_be_visible()
    page.keyboard.press("Escape")
    dialog.get_by_text("Excluded virtual machines").click()

    row = dialog.locator(".excluded-row").filter(has=page.get_by_role("link", name=vm, exact=True))
    expect(row).to_contain_text(why)


def test_from_managed_storage_no_root_is_made(enter_odd: Door, odd: Served) -> None:
    vm = odd.vm("fits")
    root = odd.volumes(vm)[0]["id"]
    odd.do("detachVolume", id=root)
    page = enter_odd(f"/volumes/{odd.volume('on-managed')['id']}")

    dialog = _dialog(page)
    _choose(page, "Virtual machine", "fits")

    refused = dialog.get_by_role("list", name="Devices that are refused")
    expect(refused).to_contain_text(
        "0 · ROOT: Root volume detach is not supported for Managed DataStores (ATT-11)"
    )
    odd.do("attachVolume", id=root, virtualmachineid=vm, deviceid=0)


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "قرص الجذر <b>قديم</b>", LONG])
def test_a_name_is_shown_and_never_run(enter_odd: Door, odd: Served, name: str) -> None:
    volume = odd.volume("loose")
    odd.do("updateVolume", id=volume["id"], name=name)
    page = enter_odd("/volumes")
    page.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))

    page.get_by_role("link", name=name, exact=True).last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    _dialog(page)
    expect(page.get_by_role("heading", level=2).filter(has_text=name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    odd.do("updateVolume", id=volume["id"], name="loose")


def test_a_user_sees_no_volume_of_another_domain(enter: Door, served: Served) -> None:
    root = served.volumes(served.vm("db"))[0]
    page = enter("/volumes", "alice")
    expect(page.get_by_role("link", name="web-data")).to_be_visible()
    expect(page.get_by_role("link", name=root["name"], exact=True)).to_have_count(0)

    answer = page.goto(f"{served.url}/volumes/{root['id']}")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Not found")).to_be_visible()


@pytest.mark.parametrize("volume_id", ["no-such-id", "<img src=x onerror=alert(1)>"])
def test_an_unknown_volume_is_not_found(enter: Door, served: Served, volume_id: str) -> None:
    page = enter("/volumes")
    page.on("dialog", lambda dialog: pytest.fail(f"it ran: {dialog.message}"))

    answer = page.goto(f"{served.url}/volumes/{volume_id}")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_text(f"There is no volume with the id {volume_id}")).to_be_visible()


def test_who_comes_second_reads_the_refusal(enter: Door, served: Served) -> None:
    spare, vm = served.volume("spare")["id"], served.vm("old")
    first, second = enter(f"/volumes/{spare}"), enter(f"/volumes/{spare}", "alice")
    for page in (first, second):
        _dialog(page)
        _choose(page, "Virtual machine", "old")

    for page in (first, second):
        page.get_by_role("dialog").get_by_role("button", name="Attach", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("attachVolume")

    expect(first.get_by_role("status")).to_contain_text("attachVolume: done")
    expect(second.get_by_role("status")).to_contain_text(
        "attachVolume was refused: Please specify a volume that is not attached to any VM."
    )
    assert (1, "DATADISK") in served.disks(vm)
    served.do("detachVolume", id=spare)


def test_a_volume_that_goes_away_is_said_to_be_gone(enter: Door, served: Served) -> None:
    offering = served.cloud.call("listDiskOfferings", listall=True).body["diskoffering"][0]["id"]
    zone = served.cloud.call("listZones").body["zone"][0]["id"]
    made = served.do("createVolume", name="brief", diskofferingid=offering, zoneid=zone)
    page = enter(f"/volumes/{made['volume']['id']}")
    expect(page.get_by_role("heading", name="brief")).to_be_visible()

    served.do("deleteVolume", id=made["volume"]["id"])

    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
