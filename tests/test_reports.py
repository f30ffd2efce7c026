"""Reports of a run: page, Markdown, badge; and what two runs differ in."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from click.testing import CliRunner, Result

from conformance.cli import main
from conformance.results import (
    Exchange,
    Job,
    Reason,
    Record,
    Results,
    Run,
    Step,
    Verdict,
    as_json,
)
from conformance.verdicts import summed_up

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
EVIL = "<img src=x onerror=alert(1)> | `rm` [x](y) </script>"


def record(number: int, verdict: Verdict, **more: Any) -> Record:
    tags = [f"CS-TST-{number:03}", "SPEC-03"]
    title = f"[{tags[0]}] Scenario {number}"
    found = Record(tags[0], title, "ends", "ends.feature", number, tags, ["SPEC-03"])
    again = f"rootswap check --scenario {number}"
    said = {"verdict": verdict, "seconds": 0.25, "again": again}
    return msgspec.structs.replace(found, **said | more)


def results() -> Results:
    sent = Exchange("detachVolume", {"id": "v1"}, 200, '{"jobid": "j1"}', 0.01, 3.0, "user 1")
    told = Step("When", "the owner detaches", 7, "failed", 0.5, [sent])
    held = Step("Given", "a stopped VM", 6, "passed", 0.5)
    found = [
        record(1, "passed"),
        record(2, "failed", steps=[held, told], reason=Reason("assertion", EVIL), why=f"E  {EVIL}",
               jobs=[Job("j1", "detachVolume", 3.0, 8.5, "succeeded")]),
        record(3, "skipped", reason=Reason("capability", "no stage", "use rootswap serve")),
        record(4, "blocked", reason=Reason("transport", "no answer"), clauses=[], tags=["x"]),
    ]  # fmt: skip
    run = Run("1.0", "http://cloud/client/api", "spec", 7, "2026-01-02T03:04:05+00:00", 12.5)
    return summed_up(run, found)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "r.json").write_text(as_json(results()))
    return tmp_path / "r.json"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


class Page(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_needs_nothing_else_and_says_the_verdict_without_a_script(file: Path) -> None:
    page = file.with_suffix(".html")
    assert run("report", file, "--html", page).exit_code == 0
    text = page.read_text()
    found = Page(text)
    words = {"src", "href", "action", "data"}
    links = {v for _, attributes in found.tags for n, v in attributes.items() if n in words}
    assert links
    assert all(str(link).startswith("#") for link in links)
    assert "http-equiv" in text
    assert re.search(r"default-src 'none'", text)
    assert "NOT CONFORMANT" in found.texts
    assert {"no stage", "use rootswap serve", "http://cloud/client/api"} <= set(found.texts)
    assert "<img" not in text


@pytest.fixture
def browse(file: Path) -> Callable[[str], str]:
    if not CHROMIUM:
        pytest.skip("no Chromium here")
    run("report", file, "--html", file.with_suffix(".html"))

    def dom(address: str) -> str:
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += ["--virtual-time-budget=5000", "--host-resolver-rules=MAP * ~NOTFOUND"]
        command += [f"--user-data-dir={file.parent / 'chromium'}"]
        url = f"{file.with_suffix('.html').as_uri()}#{address}"
        done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
        return done.stdout

    return dom


def test_a_browser_shows_what_the_address_asks_for(browse: Callable[[str], str]) -> None:
    everything = browse("")
    assert "4 of 4 scenarios" in everything
    assert "1 of 4 scenarios" in browse("verdict=failed")
    assert "2 of 4 scenarios" in browse("verdict=failed,blocked")
    assert "3 of 4 scenarios" in browse("tag=SPEC-03")
    found = browse("text=owner%20detaches&open=CS-TST-002")
    assert "1 of 4 scenarios" in found
    assert "<img" not in found
    for shown in ("detachVolume", '{"jobid": "j1"}', "user 1", "5.5 s", 'class="timeline"',
                  "rootswap check --scenario 2", "the whole failure"):  # fmt: skip
        assert shown in found, shown


def test_markdown_says_what_is_not_good_and_how_to_run_it(file: Path) -> None:
    page = file.with_suffix(".md")
    assert run("report", file, "--markdown", page).exit_code == 0
    text = page.read_text()
    assert text.startswith("## ❌ NOT CONFORMANT\n")
    assert (
        "| passed | failed | blocked | skipped |\n| --- | --- | --- | --- |\n| 1 | 1 | 1 | 1 |"
        in text
    )
    assert "`rootswap check --scenario 2`" in text
    assert "| 1 | capability | no stage | use rootswap serve |" in text
    assert "| SPEC-03 | 1/3 | failed |" in text
    assert "<img" not in text
    assert r"\| \`rm\` \[x\](y)" in text


def test_markdown_is_added_to_the_summary_of_a_ci_service(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = file.with_suffix(".md")
    page.write_text("# Others\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    run("report", file, "--markdown", page)
    assert page.read_text().startswith("# Others\n## ❌")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    run("report", file, "--markdown", page)
    assert page.read_text().startswith("## ❌")


def test_a_badge_is_a_picture_or_what_a_service_reads(file: Path) -> None:
    picture, endpoint = file.with_name("b.svg"), file.with_name("b.json")
    run("report", file, "--badge", picture)
    root = ET.parse(picture).getroot()  # noqa: S314 - our own
    assert root.get("aria-label") == "conformance: not conformant 1/4"
    run("report", file, "--badge", endpoint)
    assert json.loads(endpoint.read_text()) == {
        "schemaVersion": 1, "label": "conformance", "message": "not conformant 1/4",
        "color": "#c62828",
    }  # fmt: skip


def test_without_a_report_it_is_told(file: Path) -> None:
    done = run("report", file)
    assert "\nFAILED ends: [CS-TST-002] Scenario 2\n" in done.output
    assert "\nNOT CONFORMANT\n" in done.output
    assert "1 of 4 scenarios passed at http://cloud/client/api, 1 failed" in done.output


@pytest.mark.parametrize("command", ["report", "diff"])
def test_what_is_no_results_file_is_one_line(command: str, file: Path) -> None:
    (file.parent / "bad.json").write_text('{"schema": "x"}')
    for name in ("bad.json", "none.json"):
        more = [file] if command == "diff" else []
        done = run(command, file.parent / name, *more)
        assert (done.exit_code, done.stdout) == (2, "")
        assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr)


def test_a_report_that_cannot_be_written_is_one_line(file: Path) -> None:
    for where in ("/dev/null/x/r.html", str(file.parent)):
        done = run("report", file, "--html", where)
        assert (done.exit_code, done.stdout) == (2, "")
        assert re.fullmatch(r"rootswap: [^\n]*\n", done.stderr)


def changed(file: Path, **verdicts: Verdict) -> Path:
    after = results()
    after.scenarios = [r for r in after.scenarios if verdicts.get(f"s{r.line}") != "gone"]  # type: ignore[comparison-overlap]
    for row in after.scenarios:
        row.verdict = verdicts.get(f"s{row.line}", row.verdict)
    other = file.with_name("after.json")
    other.write_text(as_json(after))
    return other


@pytest.mark.parametrize(
    ("verdicts", "kind", "code"),
    [
        ({}, None, 0),
        ({"s1": "failed"}, "regressed", 1),
        ({"s1": "blocked"}, "regressed", 1),
        ({"s1": "flaky"}, "regressed", 1),
        ({"s3": "failed"}, "regressed", 1),
        ({"s2": "passed"}, "fixed", 0),
        ({"s1": "skipped"}, "changed", 0),
        ({"s2": "blocked"}, "changed", 0),
        ({"s1": "gone"}, "gone", 0),
    ],
)
def test_two_runs_differ_in_a_way(
    file: Path, verdicts: dict[str, Any], kind: str | None, code: int
) -> None:
    other = changed(file, **verdicts)
    done = run("diff", file, other, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == code
    kinds = ("regressed", "fixed", "changed", "new", "gone", "slower")
    assert [name for name in kinds if found[name]] == ([kind] if kind else [])
    assert run("diff", file, other).exit_code == code


def test_a_difference_is_told_in_lines(file: Path) -> None:
    other = changed(file, s1="failed", s2="gone")  # type: ignore[arg-type]
    lines = run("diff", file, other).output.splitlines()
    assert lines[0] == f"{'regressed':<10} {'passed -> failed':<20} [CS-TST-001] Scenario 1"
    assert "1 regressed, 0 fixed, 0 changed, 0 new, 1 gone, 0 slower" in lines[-2]
    back = run("diff", other, file)
    assert back.exit_code == 0
    assert f"{'new':<10} {'failed':<20} [CS-TST-002] Scenario 2" in back.output


def test_what_takes_much_longer_is_slower(file: Path) -> None:
    after = results()
    after.scenarios[0].seconds, after.scenarios[1].seconds = 0.8, 0.7
    other = file.with_name("after.json")
    other.write_text(as_json(after))
    found = json.loads(run("diff", file, other, "--json").stdout)
    assert [row["id"] for row in found["slower"]] == ["CS-TST-001"]
