"""The console in a browser, as scenarios see it: one window for each user who looks at it."""

import re
from typing import TYPE_CHECKING

from steps.people import Login

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ADMIN = Login("admin", "password", "")
"""Who a served cloud's root admin is, unless its file says otherwise."""
_LONGEST_MS = 30_000
_MOST_TABS = 200
_DONE = re.compile(r": done|was refused")


class Screen:
    """A browser at the console of the cloud under test; *url* is where its pages begin."""

    def __init__(self, browser: "Browser", url: str) -> None:
        self._browser, self._url = browser, url
        self._windows: dict[str, tuple[BrowserContext, Page]] = {}
        self._at = ""

    def open(self, who: str, login: Login, path: str) -> None:
        """Open a page in the window of *who*, who logs in first if this window is new."""
        self._at = who
        if who not in self._windows:
            context = self._browser.new_context()
            context.set_default_timeout(_LONGEST_MS)
            self._windows[who] = context, context.new_page()
        page = self.page
        page.goto(f"{self._url}{path}")
        if page.get_by_label("User name").count():
            page.get_by_label("User name").fill(login.username)
            page.get_by_label("Password").fill(login.password)
            page.get_by_label("Domain").fill(login.domain)
            page.get_by_role("button", name="Log in").click()
        page.get_by_role("main").wait_for()

    @property
    def page(self) -> "Page":
        """The page that was opened last."""
        return self._windows[self._at][1]

    def button(self, label: str) -> "Locator":
        """Return the button of that name, which is there."""
        button = self.page.get_by_role("button", name=label, exact=True)
        self.wait_for(button, f"no button {label!r}")
        return button

    def wait_for(self, shown: "Locator", otherwise: str) -> None:
        """Wait until something shows; AssertionError, which says *otherwise*, if it never does."""
        from playwright.sync_api import TimeoutError as Late

        try:
            shown.first.wait_for()
        except Late:
            msg = f"{self.page.url} shows {otherwise}"
            raise AssertionError(msg) from None

    def click(self, label: str) -> None:
        """Click a button with the mouse and wait until what it does has ended."""
        self.button(label).click()
        self._ended()

    def press(self, label: str) -> None:
        """Go to a button by Tab alone, from the top of the page, and press Enter."""
        button = self.button(label)
        self.page.locator("body").evaluate("body => { document.activeElement.blur() }")
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            if button.evaluate("button => button === document.activeElement"):
                break
        else:
            msg = f"Tab never reaches {label!r}"
            raise AssertionError(msg)
        self.page.keyboard.press("Enter")
        self._ended()

    def _ended(self) -> None:
        ended = self.page.get_by_role("status").filter(has_text=_DONE)
        self.wait_for(ended, "no end of what was chosen")

    def close(self) -> None:
        """Close all windows."""
        for context, _ in self._windows.values():
            context.close()
