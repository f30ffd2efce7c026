"""Studies in the console: a report is opened, an example is run, and only by root admins."""

from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from visited import PATIENCE_MS, Door, serving

from console.pages import study

SCRIPTED = (
    "<!doctype html><p id=p>Figures of a study</p>"
    "<script>document.getElementById('p').textContent = 'run'</script>"
)


def test_each_example_says_what_it_asks() -> None:
    found = study.examples()
    assert {one.file.stem for one in found} >= {"root-swap", "measured", "rescue-storm"}
    assert all(len(one.asks) > 40 and one.replications > 0 for one in found)
    assert "A pool breaks down and comes back ill" in next(
        one.asks for one in found if one.file.stem == "rescue-storm"
    )


def test_it_says_what_studies_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    assert study.missing() == []
    monkeypatch.setattr(study, "find_spec", lambda name: None if name == "scipy" else name)
    assert study.missing() == ["scipy"]


def opened(page: Page, file: Path) -> None:
    page.get_by_label("A report.html of a study").set_input_files(file)
    page.get_by_role("button", name="Open", exact=True).click()


def test_a_report_is_shown_and_runs_nothing(enter: Door, tmp_path: Path) -> None:
    page = enter("/study")
    file = tmp_path / "report.html"
    file.write_text(SCRIPTED)
    opened(page, file)
    frame = page.frame_locator("iframe[title='Report of a study']")
    expect(frame.get_by_text("Figures of a study")).to_be_visible()

    where = page.locator("iframe").get_attribute("src") or ""
    alone = page.request.get(f"{page.url.partition('/study')[0]}{where}")
    assert alone.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    (tmp_path / "other.png").write_bytes(b"\x89PNG")
    opened(page, tmp_path / "other.png")
    expect(page.get_by_role("alert")).to_contain_text("This file is no report")

    user = enter("/study", "alice")
    expect(user.get_by_text("only root admins may start them")).to_be_visible()
    url = user.url.partition("/study")[0]
    assert user.request.get(f"{url}{where}").status == 403
    sent: FilePayload = {"name": "r.html", "mimeType": "text/html", "buffer": SCRIPTED.encode()}
    answer = user.request.post(
        f"{url}/study/reports", multipart={"file": sent}, headers={"Origin": url}
    )
    assert answer.status == 403


def test_an_example_is_run_and_its_report_shown(enter: Door) -> None:
    page = enter("/study")
    page.get_by_label("Study", exact=True).click()
    page.get_by_role("option", name="root-swap").click()
    expect(page.get_by_text("36 running VMs get a new ROOT")).to_be_visible()
    page.get_by_label("Replications").fill("2")
    page.get_by_role("button", name="Run this study").click()
    expect(page.get_by_role("status").filter(has_text="Done.")).to_be_visible(
        timeout=4 * PATIENCE_MS
    )
    frame = page.frame_locator("iframe[title='Report of a study']")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("root-swap")

    page.get_by_role("button", name="Run this study").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status").filter(has_text="Cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Run this study")).to_be_enabled()


def studies() -> list[psutil.Process]:
    """Return the programs of studies that servers of this process have started."""
    found = []
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # others end meanwhile
            found += [one] * ("study" in one.cmdline())
    return found


def test_a_study_ends_with_the_server(chromium: Browser) -> None:
    with serving("--preset", "kvm") as there:
        door = Door(chromium, there, [])
        page = door("/study")
        page.get_by_label("Study", exact=True).click()
        page.get_by_role("option", name="mass-replacement").click()
        page.get_by_label("Replications").fill("100")
        page.get_by_role("button", name="Run this study").click()
        expect(page.get_by_role("button", name="Cancel")).to_be_enabled()
        expect(page.get_by_role("progressbar", name="Progress")).to_be_visible()
        begun = studies()
        for _ in range(300):
            if begun:
                break
            page.wait_for_timeout(100)
            begun = studies()
        assert begun
        page.context.close()
    _, left = psutil.wait_procs(begun, timeout=60)
    assert left == []
