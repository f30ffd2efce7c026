"""A rootswap server that stands for somebody else's cloud, and what is judged there."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conformance.line import HttpCloud, Line
from conformance.targets import Target

RUN = [sys.executable, "-c", "from conformance.cli import main; main()"]
Env = dict[str, str]


def environment(settings: Path) -> Env:
    """Return an environment in which ledgers go to the folder *settings*."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CLOUDSTACK_")}
    return kept | {"XDG_CONFIG_HOME": str(settings)}


@contextmanager
def serving(env: Env, clock: str, dialect: str, preset: str = "simulator") -> Iterator[HttpCloud]:
    """Serve a cloud whose time passes by itself; *env* gets its address and keys."""
    command = [*RUN, "serve", "--port", "0", "--preset", preset, "--clock", clock,
               "--dialect", dialect]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        given = dict(server.stdout.readline().strip().split("=", 1) for _ in range(3))
        env |= given
        key, secret = given["CLOUDSTACK_KEY"], given["CLOUDSTACK_SECRET"]
        line = Line(Target("test", given["CLOUDSTACK_ENDPOINT"], key, secret))
        yield HttpCloud(line, key, secret)
        line.close()
        server.terminate()


def rootswap(env: Mapping[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of rootswap to its end."""
    return subprocess.run([*RUN, *args], capture_output=True, text=True, check=False, env=env)


def inventory(cloud: HttpCloud) -> dict[str, Any]:
    """Return all that a run could leave behind."""
    lists = {
        "listDomains": "domain", "listAccounts": "account", "listVirtualMachines": "virtualmachine",
        "listVolumes": "volume", "listSnapshots": "snapshot", "listTemplates": "template",
        "listNetworks": "network", "listDiskOfferings": "diskoffering", "listRoles": "role",
    }  # fmt: skip
    filters = {"listall": "true", "templatefilter": "all"}
    there = {}
    for command, key in lists.items():
        rows = cloud.call(command, **filters).body.get(key, [])
        there[command] = sorted((row["id"], row.get("state"), row["name"]) for row in rows)
    return there
