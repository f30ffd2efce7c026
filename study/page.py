"""A study as one HTML page that needs nothing else: no other file, no network, no script."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from study.picture import Picture, as_svg

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#222;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin:2rem 0 .4rem}
table{border-collapse:collapse;font-size:.88rem;margin:.4rem 0}
th,td{padding:.15rem .8rem .15rem 0;text-align:right;border-bottom:1px solid #e4e4e4}
th:first-child,td:first-child{text-align:left}
dl{display:grid;grid-template-columns:max-content auto;gap:.1rem 1rem;font-size:.9rem}
dt{color:#666}dd{margin:0;overflow-wrap:anywhere}
svg{width:100%;height:auto}figure{margin:0}
.good{color:#05703f}.bad{color:#b00020;font-weight:bold}.note{color:#666;font-size:.85rem}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NOTES = {
    "latency": "The line is the mean of the replications' percentiles.",
    "queues": "Means over pieces of time, then over replications; the six longest.",
    "time": "Means over all jobs of a command; in brackets how many jobs there were.",
    "gantt": "About the moment of the most jobs under way. Waits are warm colours, work is cool.",
}
Cells = Sequence[Sequence[str]]


def page(summary: dict[str, Any], pictures: Sequence[Picture]) -> str:
    """Return the page of one study."""
    body = "".join((_head(summary), *_tables(summary), *map(figure, pictures)))
    return frame(summary["study"], body)


def frame(title: str, body: str) -> str:
    """Return a whole page with that body, which is HTML."""
    name = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{name}</h1>\n{body}</body>\n</html>\n"
    )


def facts(told: dict[str, str], verdicts: Iterable[tuple[bool, str]]) -> str:
    """Return what is told of a study by name, and what had to hold and whether it did."""
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>\n" for k, v in told.items())
    lines = "".join(
        f'<p class="{"good" if good else "bad"}">{escape(text)}</p>\n' for good, text in verdicts
    )
    return f"<dl>\n{rows}</dl>\n{lines}"


def _head(summary: dict[str, Any]) -> str:
    told = {
        "kind": summary["kind"],
        "replications": f"{summary['replications']} of {summary['asked']}",
        "seed": str(summary["seed"]),
        "study (SHA-256)": summary["sha256"],
        "rootswap": summary["version"],
    }
    return facts(told, _verdicts(summary))


def _verdicts(summary: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Return what had to hold, and whether it did."""
    laws = summary.get("laws")
    if laws:
        from study.resources import verdict

        yield not laws["invalid"], verdict(laws)
    for one in summary.get("thresholds", ()):
        told = ("held" if one["held"] else "BROKEN") + ("" if one["sure"] else ", not sure")
        value = "no value" if one["value"] is None else f"{one['value']:.4g}"
        yield one["held"], f"threshold {one['figure']} {one['bound']}: {told} ({value})"
    precision = summary.get("precision")
    if precision:
        told = "reached" if precision["reached"] else "NOT reached"
        count = precision["replications"]
        yield precision["reached"], f"precision {told} after {count} replications"


def _tables(summary: dict[str, Any]) -> Iterator[str]:
    shown = [(n, f) for n, f in summary["figures"].items() if f["mean"] is not None and f["max"]]
    figures = [(name, number(found["mean"]), *_between(found)) for name, found in shown]
    yield table("Figures", ("figure", "mean", "95 % interval", "range", "n"), figures)
    measured = [
        (f"{load}.{key}", number(one["measured"]), number(one["predicted"]),
         _percent(one["error"]))
        for load, found in summary.get("measured", {}).items()
        for key, one in found.items()
    ]  # fmt: skip
    if measured:
        head = ("against what was measured", "measured", "predicted", "error")
        yield table("Measured and predicted", head, measured)
    if summary.get("resources"):
        names = ("resource", "utilisation", "busiest one", "in use", "queue", "longest queue")
        rows = [_use(name, use) for name, use in summary["resources"].items()]
        yield table("Bottlenecks: what is used most", names, rows)
    yield from _laws(summary.get("laws", {}))


def _use(name: str, use: dict[str, Any]) -> tuple[str, ...]:
    shares = (_percent(use[key]["mean"]) for key in ("utilisation", "busiest"))
    levels = (number(use[key]["mean"]) for key in ("mean_used", "mean_queue"))
    return name, *shares, *levels, number(use["most_queue"]["max"])


def _laws(laws: dict[str, Any]) -> Iterator[str]:
    rows = [
        (f"{kind}: {name}", *(f"{law[k]:.6g}" for k in ("resource_side", "per_s", "each")),
         f"{law['user_side']:.6g}", f"{law['residual']:.1e}")
        for kind in ("Little", "utilisation")
        for name, law in laws.get(kind, {}).items()
        if law["resource_side"] or law["user_side"]
    ]  # fmt: skip
    if rows:
        head = ("law", "by the resource", "came per s", "each (s)", "by its users", "residual")
        yield table("Checks: L = \u03bbW and U = XS, counted on either side", head, rows)


def table(title: str, head: Sequence[str], rows: Cells) -> str:
    """Return a table under a title."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows
    )
    return f"<h2>{escape(title)}</h2>\n<table>\n<tr>{top}</tr>\n{body}</table>\n"


def figure(picture: Picture) -> str:
    """Return a picture under its title."""
    note = _NOTES.get(picture.name, "")
    told = f'<figcaption class="note">{escape(note)}</figcaption>\n' if note else ""
    title = f"<h2>{escape(picture.title)}</h2>"
    return f'{title}\n<figure id="{picture.name}">\n{as_svg(picture)}{told}</figure>\n'


def number(value: float | None) -> str:
    """Return a number as it is shown, "" for none."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"


def _between(found: dict[str, Any]) -> tuple[str, str, str]:
    low, high = found["low"], found["high"]
    interval = "" if low is None else f"{number(low)} to {number(high)}"
    return interval, f"{number(found['min'])} to {number(found['max'])}", str(found["n"])
