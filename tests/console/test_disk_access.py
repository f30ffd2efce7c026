"""Whether everybody can use the pages of a volume, of its dialog, and of the steps."""

import pytest
from playwright.sync_api import expect
from stepping import choose
from test_access import _violations
from visited import Door, Served


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_the_pages(enter: Door, served: Served, light: str, width: int) -> None:
    page = enter("/volumes", width=width)
    page.context.add_cookies([{"name": "rootswap_theme", "value": light, "url": served.url}])
    old, web, spare = served.vm("old"), served.vm("web"), served.volume("spare")["id"]
    bad = {}
    for path in (
        f"/rescue?broken={old}&helper={web}", f"/rescue/replace?vm={old}", f"/volumes/{spare}",
    ):  # fmt: skip
        page.goto(f"{served.url}{path}")
        page.get_by_role("heading", level=1).wait_for()
        bad[path] = _violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    page.get_by_role("button", name="Attach…").click()
    dialog = page.get_by_role("dialog", name="Attach spare")
    choose(page, "Virtual machine", "old")
    dialog.get_by_role("combobox", name="Device").wait_for()
    dialog.get_by_text("Excluded virtual machines").click()
    dialog.get_by_role("link", name="db").wait_for()
    expect(page.get_by_role("option")).to_have_count(0)
    # of a dialog's buttons axe takes the backdrop for the ground, which they stand above
    bad["dialog"] = [v for v in _violations(page) if not v.startswith("color-contrast")]

    assert {path: found for path, found in bad.items() if found} == {}
