"""Make shapes.json from whole recorded answers: `python tests/golden/make.py EXCHANGES`.

Of each answer the shape is kept and every value left out: objects keep their keys and the JSON
types behind them, lists the different shapes of their items. An id in a request becomes the place
of an earlier answer where it was first seen ("@0.listzonesresponse.zone.0.id"), so that a replay
can ask for its own.
"""

import json
import sys
from pathlib import Path
from typing import Any

CUT = "…"
"""The recorder's note that it left rows out."""
TARGET = Path(__file__).with_name("shapes.json")


def shape(value: Any) -> Any:
    """Return the JSON type of *value*; of an object and a list, of what is inside too."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items() if key != CUT}
    if isinstance(value, list):
        found: list[Any] = []
        for item in value:
            if (one := shape(item)) not in found:
                found.append(one)
        return found
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return names[type(value)]


def places(value: Any, path: str) -> list[tuple[str, str]]:
    """Return (text, path) of every string in *value*."""
    if isinstance(value, str):
        return [(value, path)]
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = [(str(n), item) for n, item in enumerate(value)]
    return [found for key, item in inner for found in places(item, f"{path}.{key}")]


def make(lines: list[str]) -> list[dict[str, Any]]:
    """Return one row for each exchange."""
    seen: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        exchange = json.loads(line)
        request = {k: seen.get(str(v), str(v)) for k, v in exchange["request"].items()}
        row = {"request": request, "status": exchange["status"]}
        body = exchange["body"]
        if isinstance(body, dict):
            (root, answer), *_ = body.items()
            row |= {"root": root, "cut": CUT in answer, "shape": shape(answer)}
            row |= {k: answer[k] for k in ("jobstatus", "jobresultcode") if k in answer}
            for text, path in places(body, f"@{number}"):
                if len(text) == 36 and text.count("-") == 4:
                    seen.setdefault(text, path)
        rows.append(row)
    return rows


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    made = ",\n".join(json.dumps(row) for row in make(source))
    TARGET.write_text(f"[\n{made}\n]\n", encoding="utf-8")
