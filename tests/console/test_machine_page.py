"""The page of a VM, by mouse and in a real browser."""

import json
import shlex
import urllib.request

from playwright.sync_api import expect
from visited import Door, Served


def test_the_root_of_a_stopped_vm_is_detached_and_put_back(enter: Door, served: Served) -> None:
    vm = served.vm("old")
    page = enter(f"/vms/{vm}")
    banner = page.get_by_role("region", name="No ROOT volume")
    expect(banner).to_have_count(0)

    page.get_by_role("button", name="Detach ROOT").click()

    expect(
        banner.get_by_role("heading", name="This virtual machine has no ROOT volume")
    ).to_be_visible()
    assert (0, "ROOT") not in served.disks(vm)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_disabled()
    expect(page.get_by_text("no usable volumes")).to_be_visible()

    banner.get_by_role("button", name="Attach as ROOT").first.click()

    expect(banner).to_have_count(0)
    assert (0, "ROOT") in served.disks(vm)
    expect(page.get_by_role("status")).to_contain_text("attachVolume: done")


def test_of_a_running_vm_the_root_is_not_detached(enter: Door, served: Served) -> None:
    page = enter(f"/vms/{served.vm('web')}")

    expect(page.get_by_role("button", name="Detach ROOT")).to_be_disabled()
    expect(
        page.get_by_text("Root volume detach can happen only when vm is in state")
    ).to_be_visible()


def test_a_user_sees_nothing_of_another_domain(enter: Door, served: Served) -> None:
    page = enter(f"/vms/{served.vm('db')}", "alice")

    expect(page.get_by_role("heading", name="Not found")).to_be_visible()
    answer = page.goto(page.url)
    assert answer is not None
    assert answer.status == 404


def test_a_call_is_copied_before_it_is_sent(enter: Door, served: Served) -> None:
    vm = served.vm("web")
    page = enter(f"/vms/{vm}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    curl = f"curl '{served.url}/client/api?command=stopVirtualMachine&response=json&id={vm}&"
    for name, begin in (
        ("cs", f"cs stopVirtualMachine id={vm}"),
        ("cmk", f"cmk stop virtualmachine id={vm}"),
        ("curl", curl),
    ):
        page.get_by_role("button", name="Copy the call").first.click()
        page.get_by_text(f"as {name}", exact=True).click()
        page.wait_for_function(
            "async begin => (await navigator.clipboard.readText()).startsWith(begin)", arg=begin
        )
        expect(page.get_by_text(f"as {name}", exact=True)).to_have_count(0)
    copied = page.evaluate("navigator.clipboard.readText()")

    answer = urllib.request.urlopen(shlex.split(copied)[1], timeout=60)  # noqa: S310 - a test's own
    assert "jobid" in json.load(answer)["stopvirtualmachineresponse"]
