"""What is wrong with a study is said by line and key, and nothing is written."""

import subprocess
import sys
from pathlib import Path

import pytest

from study.reading import BadStudy, read_study

GOOD = """\
[run]
replications = 2
horizon = "60s"
[cloud]
vms = 4
[[workload]]
name = "load"
workflow = "attach"
executor = "arrival-rate"
rate = "4/s"
"""
FAULTS = {
    GOOD.replace('"60s"', '"60"'): ["3: run.horizon: '60' is no time above 0 like \"60s\""],
    GOOD.replace('"60s"', "60"): ["3: run.horizon: 60 is no time above 0 like"],
    GOOD.replace('"60s"', '"60 parsecs"'): ["3: run.horizon: '60 parsecs' is no time above 0"],
    GOOD.replace('"4/s"', '"-4/s"'): [
        "10: workload[0].rate: '-4/s' is no rate above 0 like \"4/s\""
    ],
    GOOD.replace('"4/s"', '"0/s"'): ["10: workload[0].rate: '0/s' is no rate above 0"],
    GOOD.replace('"4/s"', '"4s"'): ["10: workload[0].rate: '4s' is no rate above 0"],
    GOOD.replace('"4/s"', '"999999999/s"'): ["10: workload[0].rate: makes more than 10,000,000"],
    GOOD.replace("= 2", "= 0"): [
        '2: run.replications: 0 is no number of replications, or "auto", like'
    ],
    GOOD.replace("replications", "replicatons"): [
        "2: run.replicatons: unknown key (did you mean replications?)"
    ],
    GOOD.replace('"attach"', '"atach"'): [
        "8: workload[0].workflow: 'atach' is no workflow (did you mean attach?)"
    ],
    GOOD.replace("arrival-rate", "arrivals"): [
        "9: workload[0].executor: 'arrivals' is no executor (did you mean arrival-rate?)"
    ],
    GOOD.replace('rate = "4/s"', "items = 3"): [
        "6: workload[0]: needs rate, as its executor is arrival-rate",
        "10: workload[0].items: is not for executor arrival-rate",
    ],
    GOOD.replace('horizon = "60s"', ""): ["1: run: needs horizon, as 'load' would never end"],
    GOOD.replace("vms = 4", 'preset = "kmv"'): [
        "5: cloud.preset: 'kmv' is no preset (did you mean kvm?)"
    ],
    GOOD.replace("vms = 4", 'vms = 4\npreset = "kvm"'): [
        "4: cloud: needs one of preset, file and vms: not preset and vms"
    ],
    GOOD.replace("vms = 4", 'file = "none.toml"'): [
        "5: cloud.file: none.toml: No such file or directory"
    ],
    GOOD + '[[workload]]\nname = "load"\nworkflow = "detach"\nexecutor = "iterations"\nitems = 1': [
        "12: workload[1].name: there is another workload called 'load'"
    ],
    GOOD + '[latency]\napi = "lognormal(50ms)"': [
        "12: latency.api: 'lognormal(50ms)' is no distribution like \"lognormal(50ms, 0.4)\""
    ],
    GOOD + "[management]\ncores = 0": ["12: management.cores: 0: expected `float` > 0.0"],
    GOOD + '[management]\nfirst_tick = "2.5s"': ["12: management.first_tick: comes later than"],
    GOOD.replace('"60s"', '"60s"\nkind = "steady"\nwarmup = "2min"'): [
        "5: run.warmup: is not before the horizon"
    ],
    GOOD.replace("attach", "detach").replace("vms = 4", 'preset = "simulator"'): [
        "8: workload[0].workflow: nothing in this cloud to detach"
    ],
    GOOD.replace("vms = 4", "vms = 4\nhosts = 999"): [
        "4: cloud: zones[0].clusters[0].hosts: pod network"
    ],
    GOOD.replace("arrival-rate", "trace").replace('rate = "4/s"', 'file = "no.json"'): [
        "10: workload[0].file: "
    ],
    "[run": ["1: Expected ']' at the end of a table declaration"],
    "": ["1: needs cloud", "1: needs workload"],
}


@pytest.mark.parametrize("text", FAULTS, ids=[v[0] for v in FAULTS.values()])
def test_every_fault_is_one_line_with_its_place(text: str, tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(text)
    with pytest.raises(BadStudy) as no:
        read_study(file)
    assert len(no.value.lines) == len(FAULTS[text]), no.value.lines
    for line, start in zip(no.value.lines, FAULTS[text], strict=True):
        assert line.replace(f"{file}:", "").replace(f"{tmp_path}/", "").startswith(start)


SETS = {
    "run.sed=1": "--set run.sed=1: run.sed: unknown key (did you mean seed?)",
    "workload.0.rate=-4/s": "--set workload.0.rate=-4/s: workload[0].rate: '-4/s' is no rate",
    "workload.1.rate=4/s": "--set workload.1.rate=4/s: is no dotted.path=value of this study",
    "run.seed": "--set run.seed: is no dotted.path=value of this study",
    "run..seed=1": "--set run..seed=1: is no dotted.path=value of this study",
    "cloud.vms.x=1": "--set cloud.vms.x=1: is no dotted.path=value of this study",
}


@pytest.mark.parametrize("given", SETS)
def test_a_fault_of_the_command_line_is_told_as_such(given: str, tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text(GOOD)
    with pytest.raises(BadStudy) as no:
        read_study(file, (given,))
    assert no.value.lines[0].startswith(SETS[given])


TRACES = {
    "[": "Input data was truncated",
    '["a"]': "is no list of seconds, or of pairs of them",
    "[-1]": "is no list of seconds, or of pairs of them",
    "[]": "is no list of seconds, or of pairs of them",
    "[[1, 2], [1]]": "is no list of seconds, or of pairs of them",
}


@pytest.mark.parametrize("text", TRACES)
def test_a_bad_trace_is_a_fault_of_the_study(text: str, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(text)
    file = tmp_path / "study.toml"
    file.write_text(
        GOOD.replace("arrival-rate", "trace").replace('rate = "4/s"', 'file = "t.json"')
    )
    with pytest.raises(BadStudy, match=rf"^.*study.toml:10: workload\[0\].file: .*{TRACES[text]}"):
        read_study(file)
    (tmp_path / "t.json").write_text('{"burst": [1]}')
    with pytest.raises(BadStudy, match=r"'brst' is no list in .* \(did you mean burst\?\)"):
        read_study(file, ("workload.0.key=brst",))


def test_a_file_named_on_the_command_line_is_looked_for_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "there" / "t.json").write_text("[1]")
    (tmp_path / "here" / "t.json").write_text("[2]")
    file = tmp_path / "there" / "study.toml"
    file.write_text(
        GOOD.replace("arrival-rate", "trace").replace('rate = "4/s"', 'file = "t.json"')
    )
    monkeypatch.chdir(tmp_path / "here")
    found = [read_study(file, given).traces["load"] for given in ((), ("workload.0.file=t.json",))]
    assert [trace.offsets_s for trace in found] == [(1.0,), (2.0,)]


def test_nothing_is_written_for_a_bad_study(tmp_path: Path) -> None:
    file, out = tmp_path / "study.toml", tmp_path / "out"
    run = [sys.executable, "-c", "from conformance.cli import main; main()", "study", str(file)]
    for text, extra in (
        (GOOD.replace("= 2", "= 0"), ()),
        (GOOD, ("--set", "run.sed=1")),
        (None, ()),
    ):
        if text is None:
            file.unlink()
        else:
            file.write_text(text)
        done = subprocess.run(
            [*run, "--out", str(out), *extra], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, out.exists()) == (2, "", False), done.stderr
        assert len(done.stderr.splitlines()) == 1
    file.write_text(GOOD)
    done = subprocess.run([*run, "--out", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("is no folder")) == (2, 1)
