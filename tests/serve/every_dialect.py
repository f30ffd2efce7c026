"""The long proof: each dialect on the real clock, over a line that spoils calls, leaves nothing.

`python tests/serve/every_dialect.py [--profile smoke|core|full] [--lanes N] [DIALECT…]` prints a
line for each dialect and exits with 1 if a verdict is wrong, something is left or anything breaks.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import click
from faulty_proxy import Fault, FaultyProxy, seeded
from foreign_cloud import environment, inventory, rootswap, serving

from simulator.domain.dialect import dialect_names

CHANCES = {
    Fault.DELAY: 0.1, Fault.LIMITED: 0.02, Fault.UNAVAILABLE: 0.02, Fault.HTML: 0.01,
    Fault.DROPPED: 0.02, Fault.LOST: 0.003, Fault.HIDDEN: 0.002, Fault.GARBLED: 0.002,
}  # fmt: skip
RIGHT = {"passed", "skipped", "blocked", "flaky"}
"""Verdicts that a cloud which is right may get: what a lost answer spoils is blocked, or flaky."""
_PRESETS = {"spec": "kvm"}
"""Dialect -> preset: in the specification a simulated host does not let a ROOT go."""
_LOST = "transport"
"""Type of the reason of a scenario that a lost answer blocks."""


class Judged(NamedTuple):
    """What came of a dialect: scenarios by verdict, calls spoilt, whether all was as before.

    *others* are those that were blocked for another reason than a lost answer.
    """

    verdicts: Counter[str]
    others: list[str]
    spoilt: int
    clean: bool
    seconds: float
    output: str

    @property
    def right(self) -> bool:
        """Return whether nothing was judged wrongly, was left, or broke."""
        judged = set(self.verdicts) <= RIGHT and not self.others
        return judged and self.clean and "Traceback" not in self.output


def judge(dialect: str, profile: str, lanes: int) -> Judged:
    """Run the scenarios of a profile at a cloud of *dialect*, through the proxy."""
    with tempfile.TemporaryDirectory() as folder:
        env, began = environment(Path(folder)), time.monotonic()
        with serving(env, "real", dialect, _PRESETS.get(dialect, "simulator")) as cloud:
            before = inventory(cloud)
            with FaultyProxy(env["CLOUDSTACK_ENDPOINT"], seeded(7, CHANCES)) as proxy:
                bad = {**env, "CLOUDSTACK_ENDPOINT": proxy.url}
                done = rootswap(bad, "check", "--target", proxy.url, "--profile", profile,
                                "--lanes", str(lanes), "--rerun-failed", "--json",
                                f"{folder}/r.json")  # fmt: skip
                spoilt = sum(passed.fault is not None for passed in proxy.passed)
            rows = json.loads(Path(folder, "r.json").read_text())["scenarios"]
            output = done.stdout + done.stderr
            clean = "0 left behind" in done.stdout and inventory(cloud) == before
            verdicts = Counter(row["verdict"] for row in rows)
            blocked = [row for row in rows if row["verdict"] == "blocked"]
            why = {row["name"]: row["reason"] for row in blocked}
            others = [f"{name}: {row}" for name, row in why.items() if row["type"] != _LOST]
    return Judged(verdicts, others, spoilt, clean, time.monotonic() - began, output)


def main() -> int:
    """Judge the dialects, print what came of each, and return the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("dialects", nargs="*", default=dialect_names())
    asked.add_argument("--profile", default="core")
    asked.add_argument("--lanes", type=int, default=4)
    options = asked.parse_args()
    wrong = []
    for dialect in options.dialects:
        judged = judge(dialect, options.profile, options.lanes)
        counts = ", ".join(f"{n} {verdict}" for verdict, n in sorted(judged.verdicts.items()))
        left = "nothing left" if judged.clean else "NOT AS BEFORE"
        click.echo(f"{dialect:10} {counts}; {judged.spoilt} calls spoilt; {left}; "
                   f"{judged.seconds:.0f} s")  # fmt: skip
        if not judged.right:
            wrong.append(dialect)
            click.echo("\n".join([*judged.others, judged.output]))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
