"""The first page: what the cloud is made of and how full it is, live."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from visited import Door, Served

_GIB = 2**30


def rows(served: Served, command: str, key: str) -> list[dict[str, Any]]:
    """Return what a list command answers the root admin."""
    listed: list[dict[str, Any]] = served.cloud.call(command, listall=True).body[key]
    return listed


def filled(page: Page, name: str) -> Locator:
    """Return the bar of that name."""
    return page.get_by_role("meter", name=name, exact=True)


def test_hosts_and_pools_stand_in_their_clusters_with_what_is_allocated(
    enter: Door, served: Served
) -> None:
    page = enter("/")
    hosts = rows(served, "listHosts", "host")
    pools = rows(served, "listStoragePools", "storagepool")

    for name in {host["clustername"] for host in hosts}:
        place = page.get_by_role("region", name=f"Cluster {name}")
        here = [host for host in hosts if host["clustername"] == name]
        there = [pool for pool in pools if pool["clustername"] == name]
        expect(place.get_by_role("meter")).to_have_count(2 * len(here) + len(there))
        for host in here:
            total, used = host["memorytotal"], host["memoryallocatedbytes"]
            text = f"Memory {used / _GIB:g} GiB of {total / _GIB:g} GiB"
            memory = place.get_by_role("meter", name=f"Memory of {host['name']}")
            expect(memory).to_have_attribute("aria-valuetext", text)
            expect(memory).to_have_attribute("aria-valuenow", f"{100 * used / total:.1f}")
            expect(place.get_by_text(text).first).to_be_visible()
        for pool in there:
            expect(place.get_by_role("meter", name=f"Space of {pool['name']}")).to_be_visible()


def test_counts_and_bars_follow_what_happens(enter: Door, served: Served) -> None:
    page = enter("/")
    counts = page.get_by_role("region", name="Virtual machines")
    expect(counts.get_by_role("listitem")).to_have_text(["2Running", "1Stopped"])
    web = served.vm("web")
    host = next(
        vm["hostname"]
        for vm in rows(served, "listVirtualMachines", "virtualmachine")
        if vm["id"] == web
    )
    before = filled(page, f"Memory of {host}").get_attribute("aria-valuetext")

    served.cloud.call("stopVirtualMachine", id=web)

    expect(counts.get_by_role("listitem")).to_have_text(["1Running", "2Stopped"])
    expect(filled(page, f"Memory of {host}")).not_to_have_attribute("aria-valuetext", before or "")

    served.cloud.call("startVirtualMachine", id=web, hostid=_id_of(served, host))

    expect(filled(page, f"Memory of {host}")).to_have_attribute("aria-valuetext", before or "")


def _id_of(served: Served, host: str) -> str:
    return str(next(h["id"] for h in rows(served, "listHosts", "host") if h["name"] == host))


def test_a_pool_in_maintenance_shows_and_a_name_with_markup_is_only_shown(
    enter: Door, served: Served
) -> None:
    page = enter("/")
    pool = rows(served, "listStoragePools", "storagepool")[-1]
    name = "<img src=x onerror=alert(1)>"

    served.cloud.call("updateStoragePool", id=pool["id"], name=name)
    served.cloud.call(
        "rootswapArrange", kind="pool", id=pool["id"], fields='{"state": "Maintenance"}'
    )

    place = page.get_by_role("region", name=f"Cluster {pool['clustername']}")
    expect(place.get_by_text(name, exact=True)).to_be_visible()
    expect(place.get_by_text("Maintenance", exact=True)).to_be_visible()
    expect(place.locator("img")).to_have_count(0)


def test_a_user_sees_zones_and_his_own_counts(enter: Door) -> None:
    page = enter("/", "alice", width=390)

    expect(page.get_by_role("heading", name="Zone zone1")).to_be_visible()
    expect(
        page.get_by_role("region", name="Virtual machines").get_by_role("listitem")
    ).to_have_text(["1Running", "1Stopped"])
    expect(page.get_by_text("is shown to who may list pods and hosts")).to_be_visible()
    expect(page.get_by_role("meter")).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_the_counts_lead_to_the_lists(enter: Door) -> None:
    page = enter("/")

    page.get_by_role("main").get_by_role("link", name="Virtual machines").click()

    expect(page.get_by_role("heading", name="Virtual machines")).to_be_visible()
    assert page.url.endswith("/vms")
