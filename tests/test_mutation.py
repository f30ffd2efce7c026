"""`rootswap mutate`: faults are really planted, and the scenarios notice them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from conformance.mutation.catalogue import all_faults
from conformance.mutation.fault import around, put
from conformance.mutation.forks import each
from conformance.mutation.serving import served
from simulator.api.dates import date
from simulator.domain.people import Domain

RUN = "from conformance.cli import main; main()"
KINDS = {
    "rules", "order", "effects", "fields", "access", "lists", "filters", "limits", "storage",
    "hosts", "queue", "jobs", "faults", "contract", "events", "invariants",
}  # fmt: skip
SPREAD = {
    "rules": ("ATT-02/never", "DET-06/code"),
    "order": ("ATT-02<ATT-01", "ATT-16<ATT-15"),
    "effects": ("effects/attach-type", "effects/resize"),
    "fields": ("fields/volume-id-missing", "fields/volume-size-type"),
    "access": ("access/flat", "access/reader-attachVolume"),
    "lists": ("lists/all", "lists/deep"),
    "filters": ("filters/listVolumes-id", "filters/listVirtualMachines-name"),
    "limits": ("limits/early", "limits/late"),
    "storage": ("storage/maintenance", "storage/local"),
    "hosts": ("hosts/down", "hosts/guests"),
    "queue": ("queue/51", "queue/at-once"),
    "jobs": ("jobs/early-expiry", "jobs/last"),
    "faults": ("faults/attach-stays", "faults/words"),
    "contract": ("contract/date-z", "contract/no-cserrorcode"),
    "events": ("events/attachVolume", "events/detachVolume-words"),
    "invariants": ("invariants/second-root",),
}
"""Of each kind, faults that a scenario notices which guards them: quick to judge."""
MOST_OF_A_KIND = 70
FAULTS = all_faults()


def cli(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", RUN, "mutate", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_there_are_faults_of_every_kind_each_under_a_name_of_its_own() -> None:
    assert {fault.kind for fault in FAULTS} == KINDS
    assert [name for name, n in Counter(f.id for f in FAULTS).items() if n > 1] == []
    assert all(fault.what for fault in FAULTS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_fault_changes_is_there_and_is_otherwise_before(kind: str) -> None:
    """A function or field that is gone, or has the value already, is an error."""
    own = [fault for fault in FAULTS if fault.kind == kind]
    drawn = Random(0).sample(own, min(len(own), MOST_OF_A_KIND))
    ended = dict(each(((f.id, f.plant) for f in drawn), 1, 60))
    assert {name: end.wrong for name, end in ended.items() if end.wrong} == {}
    assert len(ended) == len(drawn)


def test_a_field_that_has_the_value_already_is_no_fault() -> None:
    with pytest.raises(ValueError, match="already"):
        put(Domain("", 1, "a", None, "ROOT"), name="a")


def test_a_function_is_changed_wherever_it_was_imported_and_in_the_child_alone() -> None:
    def plant() -> str:
        around(date, lambda original, at_s: original(at_s).replace("T", " "))
        return date(0)

    ((_, ended),) = each([("", plant)], 1, 60)
    assert (ended.value, date(0)) == ("2026-01-01 00:00:00+0000", "2026-01-01T00:00:00+0000")


@pytest.mark.parametrize(
    ("work", "wrong"),
    [
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: os.kill(os.getpid(), 9), "SIGKILL"),
        (lambda: [None for _ in iter(int, 1)], "SIGALRM"),
    ],
)
def test_a_child_that_ends_badly_is_told_of(work: Callable[[], object], wrong: str) -> None:
    ((_, ended),) = each([("", work)], 1, 1)
    assert (ended.value, ended.wrong) == (None, wrong)


def test_a_fault_that_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    done = cli("-k", "ATT-02/never", "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 faults are noticed, 0 survive" in done.stdout
    (row,) = json.loads(file.read_text())["faults"]
    assert (row["id"], row["dialect"]) == ("ATT-02/never", "spec")
    assert row["noticed_by"].startswith("[CS-")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--kind", "odd"), "rootswap: no kind of fault is odd: one of rules, order"),
        (("--fault", "odd"), "rootswap: no fault is called odd: see --list"),
        (("-k", "nothing like it"), "rootswap: no fault has 'nothing like it' in its name"),
        (("--jobs", "0"), "rootswap: Invalid value for '--jobs'"),
        (("--again",), "rootswap: --again says what is judged again of the FILE of --resume"),
        (("--resume", "/none"), "rootswap: cannot read /none: No such file"),
        (("--resume", __file__), f"rootswap: {__file__} holds no verdicts on faults"),
    ],
)
def test_what_cannot_be_judged_is_one_line(args: tuple[str, ...], said: str) -> None:
    done = cli(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_the_list_names_each_fault_and_what_it_does() -> None:
    done = cli("--list", "--kind", "queue")
    assert done.returncode == 0
    assert "queue/51  queue  51 pieces of work begin at a tick" in done.stdout.splitlines()


def test_no_fault_of_a_spread_over_all_kinds_survives(tmp_path: Path) -> None:
    """The whole is `rootswap mutate`, which takes its time."""
    assert SPREAD.keys() == KINDS
    file, names = tmp_path / "result.json", [name for some in SPREAD.values() for name in some]
    done = cli(*(word for name in names for word in ("--fault", name)), "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(names)} of {len(names)} faults are noticed, 0 survive" in done.stdout
    kinds = json.loads(file.read_text())["summary"]["kinds"]
    assert {kind: row["noticed"] for kind, row in kinds.items()} == {
        kind: len(some) for kind, some in SPREAD.items()
    }


def test_a_fault_is_noticed_over_http_too(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    done = cli("--http", "-k", "ATT-02/never", "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    (row,) = json.loads(file.read_text())["faults"]
    assert (row["scenarios_run"], row["wrong"]) == (1, None)
    assert row["noticed_by"].startswith("[CS-")


def test_a_cloud_that_is_served_has_its_fault_and_no_other() -> None:
    """A scenario fails over HTTP because of what was planted."""

    def plant() -> None:
        around(date, lambda original, at_s: original(at_s).replace("T", " "))

    for fault, space in ((lambda: None, False), (plant, True)):
        with served(fault) as cloud:
            cloud.reset(preset="mixed", seed="0", dialect="spec", clock="manual")
            row = cloud.call("listUsers").body["user"][0]
        assert (" " in row["created"]) is space


def test_what_breaks_an_invariant_is_noticed_by_the_invariants(tmp_path: Path) -> None:
    """Whatever other scenario would notice it, too."""
    file = tmp_path / "result.json"
    done = cli("--kind", "invariants", "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    noticed = [row["noticed_by"] for row in json.loads(file.read_text())["faults"]]
    assert all(title.startswith(("[CS-INV", "[CS-TYP-008")) for title in noticed), noticed


def test_an_interrupted_run_leaves_its_verdicts(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    command = [sys.executable, "-I", "-c", RUN, "mutate", "--kind", "queue", "--json", str(file)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    while not file.exists():
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGTERM)
    out, _ = run.communicate(timeout=60)
    summary = json.loads(file.read_text())["summary"]
    assert run.returncode == 130
    assert "kind        planted  noticed  survived" in out.splitlines()
    assert summary["left"] == sum(f.kind == "queue" for f in FAULTS) - summary["faults"] > 0


def test_a_later_run_goes_on_with_the_verdicts_of_one_before(tmp_path: Path) -> None:
    """What is in the file is not judged again, unless it survived and --again is given."""
    file, chosen = tmp_path / "result.json", ("--kind", "rules", "-k", "ATT-02")
    assert cli(*chosen, "--json", str(file)).returncode == 0
    kept = json.loads(file.read_text())
    noticed, survived, *_ = kept["faults"]
    noticed["noticed_by"], survived["noticed_by"] = "[CS-OLD] kept", None
    kept["faults"] = [noticed, survived]
    file.write_text(json.dumps(kept))

    done = cli(*chosen, "--resume", str(file), "--json", str(file))
    assert (done.returncode, "rules             4        3         1" in done.stdout) == (1, True)
    assert f"{survived['id']} survives: {survived['what']}" in done.stdout.splitlines()
    done = cli(*chosen, "--resume", str(file), "--again", "--json", str(file))
    assert (done.returncode, "rules             4        4         0" in done.stdout) == (0, True)
    titles = [row["noticed_by"] for row in json.loads(file.read_text())["faults"]]
    assert titles[0] == "[CS-OLD] kept"
    assert all(titles[1:])
