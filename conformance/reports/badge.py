"""The verdict as a badge: a picture, or what a service makes one of."""

import json
from html import escape
from pathlib import Path

from conformance.results import GOOD, Results

_COLOURS = {"CONFORMANT": "#2e7d32", "NOT CONFORMANT": "#c62828", "INCOMPLETE": "#b26a00"}
_LABEL = "conformance"
_LETTER, _MARGIN = 7, 10
"""Widths in pixels, of a letter on average and around a text."""


def message(results: Results) -> str:
    """Return the verdict in words and numbers."""
    good = sum(record.verdict in GOOD for record in results.scenarios)
    return f"{results.verdict.lower()} {good}/{len(results.scenarios)}"


def as_endpoint(results: Results) -> str:
    """Return the JSON that shields.io and its like read from an address."""
    return json.dumps({"schemaVersion": 1, "label": _LABEL, "message": message(results),
                       "color": _COLOURS[results.verdict]}) + "\n"  # fmt: skip


def as_svg(results: Results) -> str:
    """Return a picture."""
    text = message(results)
    left, right = (len(part) * _LETTER + 2 * _MARGIN for part in (_LABEL, text))
    whole = escape(f"{_LABEL}: {text}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{whole}">\n<title>{whole}</title>\n'
        f'<rect width="{left + right}" height="20" rx="3" fill="#555"/>\n'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" '
        f'fill="{_COLOURS[results.verdict]}"/>\n'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,sans-serif" font-size="11">\n'
        f'<text x="{left / 2}" y="14">{_LABEL}</text>\n'
        f'<text x="{left + right / 2}" y="14">{escape(text)}</text>\n</g>\n</svg>\n'
    )


def as_badge(results: Results, file: Path) -> str:
    """Return what *file* is to hold: JSON if it is called so, else a picture."""
    return as_endpoint(results) if file.suffix == ".json" else as_svg(results)
