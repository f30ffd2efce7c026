"""Who gets in and what a page of another site can do; and whether everybody can use the pages."""

import json
import urllib.error
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from visited import Door, Served

PAGES = ["/", "/vms", "/vms/{vm}", "/volumes", "/jobs", "/clock", "/specification", "/study"]


def _asked(url: str, method: str, **headers: str) -> int:
    body = b"username=admin&password=password" if method == "POST" else None
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - a test's own
    opener = urllib.request.build_opener(_Stay)
    try:
        return int(opener.open(request, timeout=30).status)
    except urllib.error.HTTPError as answer:
        return answer.code


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""


def test_nobody_sees_a_page_without_a_session(served: Served) -> None:
    assert _asked(f"{served.url}/vms", "GET") == 303
    assert _asked(f"{served.url}/vms", "GET", Cookie="rootswap_console_80=guess") == 303


def test_a_page_of_another_site_can_send_nothing(served: Served) -> None:
    own = served.url
    assert _asked(f"{own}/login", "POST", Origin=own) == 303
    assert _asked(f"{own}/login", "POST", Origin="https://elsewhere.example") == 403
    assert _asked(f"{own}/login", "POST", Origin="null") == 403
    assert _asked(f"{own}/login", "POST") == 403
    assert _asked(f"{own}/logout", "POST", Origin="https://elsewhere.example") == 403


def test_a_page_of_another_site_gets_no_web_socket(enter: Door, served: Served) -> None:
    page = enter("/vms")
    page.goto("about:blank")
    socket = (
        served.url.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    )
    opened = page.evaluate(
        "url => new Promise(done => { const socket = new WebSocket(url);"
        " socket.onopen = () => done(true); socket.onerror = () => done(false) })",
        socket,
    )
    assert opened is False


def test_a_wrong_password_is_said_and_opens_nothing(enter: Door, served: Served) -> None:
    page = enter("/vms")
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("alert")).to_contain_text("Failed to authenticate user admin")
    page.goto(f"{served.url}/vms")
    expect(page).to_have_url(f"{served.url}/login?next=/vms")


def test_who_logged_out_elsewhere_does_nothing_more(enter: Door, served: Served) -> None:
    page = enter(f"/vms/{served.vm('web')}")
    other = page.context.new_page()
    other.goto(f"{served.url}/vms")
    stop = page.get_by_role("button", name="Stop", exact=True)
    stop.wait_for()
    other.get_by_role("button", name="Log out").click()
    other.get_by_label("User name").wait_for()
    expect(page).to_have_url(f"{served.url}/login")

    rows = served.cloud.call("listVirtualMachines", listall=True, id=served.vm("web")).body
    assert rows["virtualmachine"][0]["state"] == "Running"


def test_no_address_leads_out_of_the_server(enter: Door, served: Served) -> None:
    page = enter("/vms")
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{served.url}/login?next=//elsewhere.example/")
    page.get_by_label("User name").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("main").wait_for()

    expect(page).to_have_url(f"{served.url}/")


def test_the_name_of_a_vm_is_shown_and_not_run(enter: Door, served: Served) -> None:
    vm, name = served.vm("old"), '<img src=x onerror="document.title=1"><b>x</b> \u202etxet'
    before = served.cloud.call("updateVirtualMachine", id=vm, displayname=name)
    assert before.status == 200
    page = enter(f"/vms/{vm}")

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.title() == "Virtual machine · rootswap"
    assert not page.locator("img").count()


_SETTLED = """Promise.allSettled(document.getAnimations()
    .filter(a => a instanceof CSSTransition).map(a => a.finished))"""
"""Colours on their way from light to dark are those of neither."""


def _violations(page: Page) -> list[str]:
    page.evaluate(_SETTLED)
    results = json.loads(json.dumps(Axe().run(page).response))
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}" for v in results["violations"]]


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_the_pages(enter: Door, served: Served, light: str, width: int) -> None:
    page = enter("/vms", width=width)
    page.context.add_cookies([{"name": "rootswap_theme", "value": light, "url": served.url}])
    bad = {}
    for path in PAGES:
        page.goto(f"{served.url}{path.format(vm=served.vm('old'))}")
        page.get_by_role("heading", level=1).wait_for()
        page.locator(f"body.body--{light}").wait_for()
        bad[path] = _violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert {path: found for path, found in bad.items() if found} == {}


def test_on_a_narrow_screen_the_way_to_other_pages_opens(enter: Door) -> None:
    page = enter("/vms", width=390)
    pages = page.get_by_role("link", name="Volumes", exact=True)
    expect(pages).not_to_be_in_viewport()
    page.get_by_role("button", name="Pages").click()
    pages.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Volumes")
