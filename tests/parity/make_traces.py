"""Make ../golden/traces.json from recorded traces: `make_traces.py GOLDEN.jsonl.gz SEED...`.

Of each call caller, operation, arguments, the end and the state after are kept; a state that the
call left as it was is null.
"""

import gzip
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "golden" / "traces.json"


def make(rows: list[dict[str, Any]]) -> list[list[Any]]:
    """Return the first state, then one list for each call."""
    made: list[list[Any]] = [[rows[0]["state"]]]
    for before, row in pairwise(rows):
        out = row["out"]
        end = [out["kind"], out["status"], out.get("jobstatus"), out["code"]]
        after = None if row["state"] == before["state"] else row["state"]
        made.append([row["who"], row["op"], row["args"], end, after])
    return made


if __name__ == "__main__":
    by_seed: dict[int, list[dict[str, Any]]] = {}
    with gzip.open(sys.argv[1], "rt") as lines:
        for line in lines:
            told = json.loads(line)
            by_seed.setdefault(told["seed"], []).append(told)
    parts = [
        f'"{seed}": [\n' + ",\n".join(map(json.dumps, make(by_seed[seed]))) + "\n]"
        for seed in map(int, sys.argv[2:])
    ]
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
