"""Results as Markdown, for the summary of a CI service."""

import re

from conformance.results import GOOD, VERDICTS, Record, Results

_MARKS = {"CONFORMANT": "✅", "NOT CONFORMANT": "❌", "INCOMPLETE": "⚠️"}
_MOST = 50
"""Scenarios that are shown one by one; services cut long summaries."""
_ORDER = {
    name: number for number, name in enumerate(("failed", "xpass", "error", "blocked", "flaky"))
}


def as_markdown(results: Results) -> str:
    """Return the verdict, the counts, what is not good with its reason, and the clauses."""
    run = results.run
    partial = f" (partial: {run.stopped or 'not all was run'})" if run.partial else ""
    counts = [(name, results.summary.get(name.replace("-", "_"), 0)) for name in VERDICTS]
    shown = [(name, str(count)) for name, count in counts if count]
    lines = [
        f"## {_MARKS[results.verdict]} {results.verdict}{partial}",
        "",
        f"{len(results.scenarios)} scenarios on {_cell(run.target)}, {run.seconds:.1f} s",
        "",
        f"dialect {run.dialect}, seed {run.seed}; rootswap {run.version}, {run.started}",
        "",
        *_table([name for name, _ in shown], [[count for _, count in shown]]),
    ]
    if run.left_behind:
        lines += ["", f"**Left behind:** {_cell(', '.join(run.left_behind))}"]
    return "\n".join([*lines, *_not_good(results), *_skipped(results), *_clauses(results), ""])


def _not_good(results: Results) -> list[str]:
    found = sorted(
        (r for r in results.scenarios if r.verdict in _ORDER), key=lambda r: _ORDER[r.verdict]
    )
    if not found:
        return []
    rows = [[r.verdict, _cell(r.name), _cell(r.reason.text if r.reason else ""), _code(r.again)]
            for r in found[:_MOST]]  # fmt: skip
    lines = ["", *_table(["verdict", "scenario", "why", "again"], rows)]
    more = len(found) - _MOST
    return [*lines, "", f"… and {more} more"] if more > 0 else lines


def _skipped(results: Results) -> list[str]:
    why: dict[tuple[str, str, str], list[Record]] = {}
    for record in results.scenarios:
        if record.verdict in {"skipped", "not-run", "xfail"} and record.reason is not None:
            key = (record.reason.type, record.reason.text, record.reason.hint)
            why.setdefault(key, []).append(record)
    if not why:
        return []
    ordered = sorted(why.items(), key=lambda pair: -len(pair[1]))
    rows = [[str(len(found)), *map(_cell, key)] for key, found in ordered[:_MOST]]
    head = ["scenarios", "because of", "why", "hint"]
    return ["", *_folded("Not judged, or expected to fail", _table(head, rows))]


def _clauses(results: Results) -> list[str]:
    rows = []
    for clause, verdict in results.requirements.items():
        mine = [record for record in results.scenarios if clause in record.clauses]
        good = sum(record.verdict in GOOD for record in mine)
        rows.append([clause, f"{good}/{len(mine)}", verdict])
    return ["", *_folded("Clauses", _table(["clause", "good", "verdict"], rows))]


def _folded(title: str, lines: list[str]) -> list[str]:
    return [f"<details><summary>{title}</summary>", "", *lines, "", "</details>"]


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _cell(text: str) -> str:
    """Return *text* such that no character of it is Markdown or HTML."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\|*_`\[\]])", r"\\\1", flat)


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{' '.join(text.split()).replace('|', chr(92) + '|')}{fence}" if text else ""
