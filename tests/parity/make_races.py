"""Make ../golden/races.json from a recording: `python tests/parity/make_races.py RACES_SAMPLE`."""

import json
import sys
from pathlib import Path

from outcomes import GOLDEN, read, tally

if __name__ == "__main__":
    found = tally(read(Path(sys.argv[1])))
    made = {kind: dict(sorted(found[kind].items())) for kind in sorted(found)}
    GOLDEN.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
