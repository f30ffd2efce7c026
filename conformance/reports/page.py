"""Results as one HTML page that needs no other file and no network.

What a reader must know is in the page itself; the scenarios are in it compressed, and a script
shows them by verdict, tag and text.
"""

import gzip
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

import msgspec

from conformance.results import VERDICTS, Record, Results

_HERE = Path(__file__).parent
_ABOUT = {
    "failed": "a When or Then did not hold",
    "blocked": "a Given did not hold, or no cloud answered",
    "error": "the suite is wrong",
    "xfail": "failed, as is expected",
    "xpass": "passed, though expected to fail",
    "flaky": "failed, then passed",
    "not-run": "never begun",
}


def as_page(results: Results) -> str:
    """Return the page."""
    style, script = _text("page.css"), _text("page.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    packed = b64encode(
        gzip.compress(msgspec.json.encode({"scenarios": results.scenarios}), mtime=0)
    )
    title = f"rootswap: {escape(results.verdict)}"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{_head(results)}{_missing(results)}{_clauses(results)}{_FILTERS}"
        f'<script type="application/octet-stream" id="data">{packed.decode()}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


_FILTERS = """<h2>Scenarios</h2>
<div class="filters"><span id="verdicts"></span>
<input id="text" type="search" placeholder="words of a title or a step" aria-label="words">
<input id="tag" list="tags" placeholder="tag, such as SPEC-03" aria-label="tag">
<datalist id="tags"></datalist></div>
<p class="note" id="shown">The scenarios need a script to be shown.</p>
<div id="scenarios"></div>
"""


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _head(results: Results) -> str:
    run = results.run
    facts = {
        "target": run.target,
        "release": run.release,
        "dialect": run.dialect,
        "seed": str(run.seed),
        "selection": " ".join(run.selection) or "all of the dialect",
        "not selected": str(run.not_selected or ""),
        "began": run.started,
        "took": f"{run.seconds:.1f} s",
        "ended early": run.stopped,
        "left behind": ", ".join(run.left_behind),
        "rootswap": run.version,
    }
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>\n" for name, value in facts.items() if value
    )
    word = f'<span class="{results.verdict.replace(" ", "-")}">{results.verdict}</span>'
    partial = ", partial" if run.partial else ""
    return f"<h1>{word}{partial}</h1>\n<dl>\n{rows}</dl>\n{_counts(results)}"


def _counts(results: Results) -> str:
    found = Counter(record.verdict for record in results.scenarios)
    rows = [
        (f'<a href="#verdict={name}" class="{name}">{name}</a>', str(found[name]),
         _ABOUT.get(name, ""))
        for name in VERDICTS if found[name]
    ]  # fmt: skip
    return table("Verdicts", ("verdict", "scenarios", ""), rows)


def _missing(results: Results) -> str:
    """Return what was not judged, and why, the most common first."""
    why: Counter[tuple[str, str, str, str]] = Counter()
    for record in results.scenarios:
        if record.verdict in {"skipped", "not-run", "blocked", "xfail"}:
            reason = record.reason
            parts = (reason.type, reason.text, reason.hint) if reason else ("", "", "")
            why[record.verdict, *parts] += 1
    rows = [(*(escape(part) for part in parts), str(count)) for parts, count in why.most_common()]
    head = ("verdict", "because of", "why", "what would enable it", "scenarios")
    return table("Not judged, and why", head, rows) if rows else ""


def _clauses(results: Results) -> str:
    """Return the matrix of clauses and verdicts."""
    shown = [name for name in VERDICTS if any(r.verdict == name for r in results.scenarios)]
    rows = [
        (f'<a href="#tag={clause}">{clause}</a>', escape(verdict),
         *_matrix([r for r in results.scenarios if clause in r.clauses], shown))
        for clause, verdict in results.requirements.items()
    ]  # fmt: skip
    return table("Clauses", ("clause", "verdict", *shown), rows)


def _matrix(found: Sequence[Record], shown: Iterable[str]) -> list[str]:
    counts = Counter(record.verdict for record in found)
    return [str(count) if (count := counts[name]) else "" for name in shown]  # type: ignore[index]


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table under a title; cells are HTML."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td{_kind(cell)}>{cell}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return f"<h2>{escape(title)}</h2>\n<table>\n<tr>{top}</tr>\n{body}</table>\n"


def _kind(cell: str) -> str:
    return "" if cell.isdigit() or not cell else ' class="text"'
