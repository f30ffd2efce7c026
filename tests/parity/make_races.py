"""Make ../golden/races.json from a recording: `python tests/parity/make_races.py RACES_SAMPLE`."""

import json
import sys
from pathlib import Path

from outcomes import GOLDEN, offset, outcome, read

if __name__ == "__main__":
    found: dict[str, dict[str, list[float]]] = {}
    for row in read(Path(sys.argv[1])):
        found.setdefault(row["race"], {}).setdefault(outcome(row), []).append(offset(row))
    made = {
        kind: {way: sorted(offsets) for way, offsets in sorted(found[kind].items())}
        for kind in sorted(found)
    }
    GOLDEN.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
