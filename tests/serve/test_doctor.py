"""`rootswap doctor`: eight calls at most, and what a key can judge; else one line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from faulty_proxy import Fault, FaultyProxy, closed_port, scripted, stranger
from test_contact import STRANGERS, keys_of

from conformance.cli import main
from conformance.line import is_read
from simulator.serve.running import RunningCloud, running_cloud


@pytest.fixture(scope="module")
def served() -> Iterator[RunningCloud]:
    with running_cloud("kvm", dialect="acs-4.22") as cloud:
        yield cloud


@pytest.fixture(scope="module")
def foreign() -> Iterator[RunningCloud]:
    """A cloud that is nobody's stage, as its clock is its own."""
    with running_cloud("kvm", dialect="acs-4.22", clock="60x") as cloud:
        yield cloud


def doctor(url: str, *words: str, key: str = "k", secret: str = "word") -> Result:  # noqa: S107
    args = ["doctor", "--target", url, "--key", key, "--secret", secret, *words]
    return CliRunner().invoke(main, args)


def seen(
    served: RunningCloud, key: str, secret: str, *words: str
) -> tuple[dict[str, Any], list[str]]:
    """Return what doctor reports through a proxy, and which commands passed there."""
    with FaultyProxy(served.endpoint, scripted()) as proxy:
        done = doctor(proxy.url, "--json", *words, key=key, secret=secret)
    assert done.exit_code == 0, done.output
    return json.loads(done.output), proxy.commands()


def lacking(report: dict[str, Any]) -> str:
    return "\n".join(lack["why"] for lack in report["skipped"])


def test_a_root_admin_sees_it_all(served: RunningCloud) -> None:
    report, commands = seen(served, served.key, served.secret)
    assert len(commands) == report["calls"] == 8
    assert all(map(is_read, commands))
    assert (report["kind"], report["dialect"]) == ("rootswap", "acs-4.22")
    assert report["version"] == "4.22.0.0-SNAPSHOT"
    caller = report["caller"]
    assert (caller["account"], caller["domain"], caller["roletype"]) == ("admin", "ROOT", "Admin")
    assert [zone["name"] for zone in report["zones"]] == ["zone1"]
    assert report["hypervisors"] == ["KVM"]
    for name in ("pools", "templates", "serviceofferings", "diskofferings"):
        assert len(report[name]) == len(_listed(served, name)), name
    assert {"what": "VMs", "used": 0, "limit": None} in report["quotas"]
    assert (report["scenarios"], report["skipped"]) == (None, [])


def test_what_a_cloud_of_others_cannot_be_judged_by(foreign: RunningCloud) -> None:
    report, commands = seen(foreign, foreign.key, foreign.secret)
    assert len(commands) <= 8
    assert "no zone that is another zone" in lacking(report)
    assert "no ready template of hypervisor VMware" in lacking(report)
    assert "what no API can arrange" in lacking(report)
    assert "a global setting" in lacking(report)
    assert all(lack["remedy"] and lack["scenarios"] > 0 for lack in report["skipped"])
    skipped = sum(lack["scenarios"] for lack in report["skipped"])
    assert report["judged"] == report["scenarios"] - skipped > 500


def test_more_may_be_judged_where_more_is_allowed(foreign: RunningCloud) -> None:
    few, _ = seen(foreign, foreign.key, foreign.secret)
    more, _ = seen(foreign, foreign.key, foreign.secret, "--allow", "disruptive")
    assert more["judged"] > few["judged"]
    assert "a global setting" not in lacking(more)


def _listed(served: RunningCloud, name: str) -> list[Any]:
    command, key, text = {
        "pools": ("listStoragePools", "storagepool", {}),
        "templates": ("listTemplates", "template", {"templatefilter": "executable"}),
        "serviceofferings": ("listServiceOfferings", "serviceoffering", {}),
        "diskofferings": ("listDiskOfferings", "diskoffering", {}),
    }[name]
    return list(served.call(command, **text).body[key])


def test_a_user_is_told_what_more_would_take(served: RunningCloud) -> None:
    keys = keys_of(served, "dora", role="User")
    served.call(
        "updateResourceLimit", account="dora", domainid=_root(served), resourcetype=2, max=7
    )
    report, commands = seen(served, *keys)
    assert len(commands) <= 8
    assert report["caller"]["user"] == "dora"
    assert (report["caller"]["roletype"], report["caller"]["readonly"]) == ("User", False)
    assert [zone["name"] for zone in report["zones"]] == ["zone1"]
    assert report["hypervisors"] == ["KVM"]
    assert {"what": "volumes", "used": 0, "limit": 7} in report["quotas"]
    assert "account: root admin" in lacking(report)
    assert "no host that is a host" in lacking(report)
    assert 0 < report["judged"] < report["scenarios"]


def _root(served: RunningCloud) -> str:
    return str(served.call("listDomains", name="ROOT").body["domain"][0]["id"])


def test_a_read_only_key_creates_nothing(served: RunningCloud) -> None:
    keys = keys_of(served, "reed", role="Read-Only User - Default")
    report, _ = seen(served, *keys)
    assert report["caller"]["readonly"] is True
    assert report["judged"] == 0
    assert "the key can create nothing" in lacking(report)
    done = doctor(served.endpoint, key=keys[0], secret=keys[1])
    assert "reads alone" in done.output
    assert all(word not in done.output for word in keys)


def test_the_page_says_the_same(served: RunningCloud) -> None:
    done = doctor(served.endpoint, key=served.key, secret=served.secret)
    assert done.exit_code == 0
    first, *rest = done.output.splitlines()
    assert "rootswap" in first
    assert "CloudStack 4.22.0.0-SNAPSHOT" in first
    lines = dict(line.split(maxsplit=1) for line in rest)
    assert lines["zones"] == "1: zone1"
    assert lines["hypervisors"] == "1: KVM"
    assert lines["scenarios"].startswith("all")
    assert rest[-1] == "8 calls, none of which changed anything"
    assert served.secret not in done.output


def test_faults_on_the_way_do_not_matter(served: RunningCloud) -> None:
    plan = scripted(Fault.UNAVAILABLE, None, Fault.LOST, Fault.HTML, Fault.GARBLED, Fault.LIMITED)
    with FaultyProxy(served.endpoint, plan) as proxy:
        done = doctor(proxy.url, key=served.key, secret=served.secret)
    assert done.exit_code == 0
    assert "zone1" in done.output


@pytest.mark.parametrize("what", [*STRANGERS, "closed port", "wrong keys", "no target"])
def test_what_is_no_cloud_is_one_line(served: RunningCloud, what: str) -> None:
    if what in STRANGERS:
        with stranger(*STRANGERS[what][:3]) as other:
            done = doctor(other.url)
        assert all("command=list" in asked for asked in other.requests)
    elif what == "closed port":
        done = doctor(closed_port())
    elif what == "wrong keys":
        done = doctor(served.endpoint)
    else:
        done = doctor("nowhere")
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert done.output.startswith("rootswap: ")
    assert "word" not in done.output


def test_in_process_there_is_nothing_to_ask() -> None:
    assert "every scenario" in CliRunner().invoke(main, ["doctor", "--target", "inproc"]).output


def test_check_at_what_is_no_cloud_is_one_line() -> None:
    """Not one call that could change anything, and no traceback."""
    with stranger(200, b"{}", "application/json") as other:
        command = [sys.executable, "-c", "from conformance.cli import main; main()", "check",
                   "--target", other.url, "--key", "k", "--secret", "word"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")
    assert ["listCapabilities" in asked for asked in other.requests] == [True]
