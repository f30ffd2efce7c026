"""Working without a mouse: Tab, letters, arrows and Enter."""

from playwright.sync_api import Locator, Page, expect

_MOST = 80
"""No page has more stops of the Tab key before what is looked for."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until *target* has the keyboard."""
    expect(target).to_be_enabled()
    for _ in range(_MOST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def press(page: Page, name: str) -> None:
    """Go to a button and press it."""
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def pick(page: Page, label: str, word: str) -> None:
    """Go to a field, type a word, and take the one choice that is left."""
    tab_to(page, page.get_by_role("combobox", name=label))
    page.keyboard.type(word)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
