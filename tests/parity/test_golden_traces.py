"""The judge of the recorded traces agrees with a served cloud, call by call."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rootswap import running_cloud

PARITY = Path(__file__).resolve().parents[3] / "shared" / "parity"


@pytest.mark.skipif(not PARITY.is_dir(), reason="the recordings are not beside the repository")
def test_the_recorded_traces_agree() -> None:
    """At least 99.5 % of the calls and 90 % of the whole traces."""
    with running_cloud("simulator", dialect="acs-4.22") as cloud:
        golden = PARITY / "golden_sample.jsonl.gz"
        judge = [sys.executable, str(PARITY / "parity.py"), "judge"]
        judge += [cloud.endpoint, cloud.key, cloud.secret, "--golden", str(golden)]
        said = subprocess.run(judge, capture_output=True, text=True, check=False).stdout

    found = re.search(r"calls tried (\d+), agreeing (\d+) .*whole traces (\d+) of (\d+)", said)
    assert found, said
    tried, agreeing, whole, traces = map(int, found.groups())
    assert tried >= 1000
    assert agreeing >= 0.995 * tried, said
    assert whole >= 0.9 * traces, said
