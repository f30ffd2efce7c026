"""Compare a recording with the real server's: `python tests/parity/compare_races.py FILE [REAL]`.

FILE is what races.py wrote of a served cloud, REAL what it wrote of the real server (the shipped
outcomes if left out). Exit 1 if an outcome seen twice there is missing, or one is unexplained.
"""

import sys
from collections import Counter
from pathlib import Path

from outcomes import explained, golden, read, tally


def main(paths: list[str]) -> int:
    """Print each kind's outcomes and return how many kinds disagree."""
    found = tally(read(Path(paths[0])))
    shipped = golden()
    real = tally(read(Path(paths[1]))) if paths[1:] else shipped
    wrong = 0
    for kind in sorted(set(real) | set(found)):
        seen, here = real.get(kind, {}), found.get(kind, Counter())
        missing = [o for o, times in seen.items() if times > 1 and o not in here]
        known = {*seen, *shipped.get(kind, {}), *explained().get(kind, {})}
        alien = [o for o in here if o not in known]
        wrong += bool(missing or alien)
        shared = sum(times for o, times in here.items() if o in seen)
        told = f"{kind:20}{sum(here.values()):4} races, {shared:4} as the real server's"
        sys.stdout.write(f"{told}, {len(missing)} missing, {len(alien)} unexplained\n")
        for word, outcomes in (("missing", missing), ("unexplained", alien)):
            sys.stdout.writelines(f"  {word}: {outcome}\n" for outcome in outcomes)
    sys.stdout.write(f"{wrong} kinds disagree\n")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
