"""How often races end in which way, beside the real server: a table, exit 1 if a share is outside.

`python tests/parity/compare_races.py` races in this process, at the recorded offsets;
`compare_races.py FILE [REAL]` takes what races.py wrote of a served cloud (`--clock real`), and
REAL, what it wrote of the real server, instead of the shipped outcomes. Of many honest lines one
in twenty is outside by chance where REAL is large.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from outcomes import explained, golden, read, tally
from proportions import Line, all_measured, in_process, lines


def table(found: Iterable[Line], known: dict[str, set[str]] | None = None) -> int:
    """Print the lines and return how many disagree, or show what nothing explains."""
    wrong, kind = 0, ""
    for line in found:
        if line.kind != kind:
            kind = line.kind
            sys.stdout.write(f"{kind}: {line.of} recorded, {line.here} here\n")
        low, high = line.interval
        alien = known is not None and line.ours > 0 and line.outcome not in known.get(kind, ())
        verdict = "unexplained" if alien else "" if line.agrees else "OUTSIDE"
        wrong += bool(verdict)
        shares = f"{line.seen:4}/{line.of:<4} {low:6.1%} to {high:6.1%}  here {line.share:6.1%}"
        sys.stdout.write(f"  {shares} {verdict:11} {line.outcome}\n")
    return wrong


def main(paths: list[str]) -> int:
    """Print the table and return how many lines disagree."""
    shipped, reasons = golden(), explained()
    known = {kind: {*shipped[kind], *reasons.get(kind, {})} for kind in shipped}
    if not paths:
        wrong = sum(table(in_process(kind), known) for kind in sorted(shipped))
        wrong += table(all_measured())
    else:
        ours = tally(read(Path(paths[0])))
        real = tally(read(Path(paths[1]))) if paths[1:] else shipped
        for kind in real:
            known.setdefault(kind, set()).update(real[kind])
        both = sorted(set(real) & set(ours))
        wrong = sum(table(lines(kind, dict(real[kind]), dict(ours[kind])), known) for kind in both)
        wrong += len(set(real) - set(ours))
    sys.stdout.write(f"{wrong} of the shares are outside or unexplained\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
