"""All benchmarks of studies in one run: `python benchmarks/studies.py [b1 … b6, scale]`.

B1 a day and B2 a mass of ROOT swaps, B3 backlogs, B4 copies, B5 customers beside other engines,
B6 a sweep. `scale`, which is not run unless asked for, is 1,000,000 jobs over 100,000 VMs.
"""

import sys

from backlog import backlog
from copies import copies
from customers import customers
from jobs import measure
from meter import say, versions
from sweep import sweep


def day() -> None:
    """B1."""
    say("B1 day; bar: 60,000 jobs a CPU second, 5 events a job, R 2.5, 300 MiB")
    measure("day")


def mass() -> None:
    """B2."""
    say("B2 mass; bar: 0.5 CPU s")
    measure("mass")
    measure("burst")


def scale() -> None:
    """Ten times the day, ten times the cloud."""
    say("scale; bar: 60 CPU s, 1.5 GB")
    measure("scale", rounds=1)


ALL = {
    "b1": day, "b2": mass, "b3": backlog, "b4": copies, "b5": customers, "b6": sweep,
    "scale": scale,
}  # fmt: skip


def main() -> None:
    """Run what is asked for, everything but scale by default."""
    asked = sys.argv[1:] or [name for name in ALL if name != "scale"]
    unknown = [name for name in asked if name not in ALL]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}: there are {', '.join(ALL)}")
    say(versions())
    for name in asked:
        ALL[name]()


if __name__ == "__main__":
    main()
