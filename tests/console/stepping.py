"""Working on a page of steps: choosing, taking one step after another, reading what is excluded."""

from playwright.sync_api import Locator, Page, expect

COMMANDS = {
    "Stop": "stopVirtualMachine", "Detach": "detachVolume",
    "Attach": "attachVolume", "Start": "startVirtualMachine",
}  # fmt: skip


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
    expect(page.get_by_role("option")).to_have_count(0)  # the next list has the same names


def take(page: Page, steps: tuple[str, ...]) -> None:
    """Click steps in turn; each may be taken once the one before is done, and no other."""
    for step in steps:
        expect(button(page, step)).to_be_enabled()
        _only(page, step)
        button(page, step).click()
        expect(page.get_by_role("status")).to_have_text(f"{COMMANDS[step.split()[0]]}: done")
        expect(button(page, step)).to_be_disabled()


def _only(page: Page, step: str) -> None:
    live = page.get_by_role("list", name="Steps").locator("button:enabled")
    expect(live).to_have_count(1)
    expect(live).to_have_text(step)


def excluded(page: Page, name: str) -> Locator:
    link = page.get_by_role("link", name=name, exact=True)
    return page.locator(".excluded-row").filter(has=link)
