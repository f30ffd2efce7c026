"""The specification in the console: read, searched, and one scenario watched."""

import re

from playwright.sync_api import Page, expect
from visited import Door, Served

from console.features import HOME, feature_at, features, scenarios

DETACH = "[CS-DET-001] The ROOT volume of a stopped VM can be detached"


def test_what_is_listed_is_what_the_files_hold() -> None:
    for one in features():
        _, full = scenarios(one.path)
        assert [(s.name, s.tags) for s in full] == [tuple(title) for title in one.scenarios]
        assert one.name
    assert len(features()) == len(list(HOME.rglob("*.feature"))) > 50


def test_a_run_of_an_example_has_the_id_of_the_results() -> None:
    _, full = scenarios("volume/hypervisors")
    first = full[0]
    assert first.id(first.examples[0]) == "CS-HYP-001[KVM]"
    assert feature_at("volume/none") is None


def followed(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_scenario_is_found_and_watched(enter: Door, served: Served) -> None:
    before = served.cloud.call("listVolumes", listall=True).body
    page = enter("/specification", "alice")
    expect(page.get_by_role("link", name="Detach the ROOT volume")).to_be_visible()
    page.get_by_label("Search scenarios").fill("cs-det-001 core")
    followed(page, DETACH)
    expect(page.get_by_text('When the owner detaches volume "r1"')).to_be_visible()

    page.get_by_role("button", name="Run this scenario").click()

    expect(page.get_by_role("status").filter(has_text="Passed.")).to_be_visible()
    steps = page.get_by_role("list", name="Steps").get_by_role("button")
    assert [bool(re.search(": passed$", s.get_attribute("aria-label") or "")) for s in steps.all()]
    after = page.get_by_role("region", name="After this step")
    expect(after.get_by_role("heading", name="Volumes of no virtual machine")).to_be_visible()
    steps.first.click()
    expect(after.get_by_text("0 · ROOT").first).to_be_visible()
    expect(after.get_by_role("heading", name="Volumes of no virtual machine")).to_have_count(0)
    after.get_by_text("createDomain · 200").click()
    expect(after.get_by_text("Asked by root admin").first).to_be_visible()
    assert served.cloud.call("listVolumes", listall=True).body == before


def test_an_example_is_run_in_the_dialect_that_is_asked_for(enter: Door) -> None:
    page = enter("/specification/volume/hypervisors/1")
    page.get_by_label("Dialect").fill("none")
    page.get_by_role("button", name="Run this scenario").click()
    expect(
        page.get_by_role("status").filter(has_text="Invalid value for '--dialect'")
    ).to_be_visible()


def test_what_is_not_in_the_specification_is_404(enter: Door) -> None:
    page = enter("/specification")
    for path in ("volume/none", "volume/detach_root/999", "volume/detach_root/0"):
        answer = page.goto(f"{page.url.partition('/specification')[0]}/specification/{path}")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", name="Not found")).to_be_visible()
