"""The page of a study: whole, escaped, and in need of nothing else."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from study.page import page
from study.reading import read_study
from study.replication import replicate
from study.report import summary_of, write

STUDY = """\
[run]
replications = 5
horizon = "20s"
[cloud]
vms = 8
disks = "attached"
[[workload]]
name = "a <b> & c"
workflow = "churn"
executor = "arrival-rate"
rate = "2/s"
"""
EMPTY = {"br", "img", "input", "link", "meta", "hr"}


class Reader(HTMLParser):
    """Checks that every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [v or "" for k, v in attrs if k in {"src", "href", "xlink:href"}]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all files of a study."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "a<i>.toml").write_text(STUDY)
    study = read_study(folder / "a<i>.toml")
    outcomes = [replicate(study, n) for n in range(5)]
    found = [o.recorded for o in outcomes if o.recorded]
    write(folder, study, summary_of(study, [o.row for o in outcomes], found), outcomes)
    return folder


def test_a_page_is_whole_and_needs_nothing_else(folder: Path) -> None:
    text = (folder / "report.html").read_text("utf-8")
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert reader.seen.count("svg") == len(list(folder.glob("*.png"))) >= 5
    assert "script" not in reader.seen
    assert all(link.startswith("#") for link in reader.links)
    assert not re.search(r"url\((?!#)", text)
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_a_page_says_what_was_run_and_escapes_it(folder: Path) -> None:
    text = (folder / "report.html").read_text("utf-8")
    assert "<title>a&lt;i&gt;.toml</title>" in text
    assert "a &lt;b&gt; &amp; c.p95_s" in text
    assert "<b>" not in text
    for told in ("SHA-256", "Bottlenecks", "seed", "5 of 5", "law hold", "dispatcher"):
        assert told in text


def test_verdicts_stand_on_top() -> None:
    laws = {"invalid": [2], "Little": {"cores": {"residual": 0.5, "resource_side": 0.0,
            "user_side": 0.0, "per_s": 0.0, "each": 0.0}}}  # fmt: skip
    bound = {"figure": "a.p50_s", "bound": "< 5s", "value": 6.0, "held": False, "sure": True}
    summary = {
        "study": "s", "kind": "steady", "replications": 3, "asked": "auto", "seed": 1,
        "sha256": "0", "version": "1", "figures": {}, "laws": laws, "thresholds": [bound],
        "precision": {"reached": True, "replications": 3},
    }  # fmt: skip
    text = page(summary, [])
    verdicts = re.findall(r'<p class="(good|bad)">([^<]*)', text)
    assert [good for good, _ in verdicts] == ["bad", "bad", "good"]
    assert verdicts[0][1].startswith("INVALID")
    assert verdicts[1][1] == "threshold a.p50_s &lt; 5s: BROKEN (6)"
