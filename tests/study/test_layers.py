"""Studies that extend others, variants, and what explain says of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from study.explaining import explained
from study.points import variant_of, variants
from study.reading import BadStudy, Sheet, read_study

BASE = """\
[run]
replications = 2
horizon = "60s"
[cloud]
vms = 4
[management]
cores = 2
[[workload]]
name = "load"
workflow = "attach"
executor = "arrival-rate"
rate = "4/s"
"""
CHILD = """\
extends = "base.toml"
[management]
tick = "1s"
[[variant]]
name = "big"
set = { management.api_threads = 250, "workload.0.rate" = "8/s" }
[[variant]]
name = "small"
set.cloud.vms = 2
"""
STUDIES = Path(__file__).parent.parent.parent / "examples" / "studies"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "child.toml").write_text(CHILD)
    return tmp_path / "child.toml"


def test_a_study_says_only_what_is_other(file: Path) -> None:
    plan = read_study(file).plan
    assert (plan.management.cores, plan.management.tick, plan.cloud.vms) == (2, 1.0, 4)
    assert [w.rate for w in plan.workload] == [4.0]
    (file.parent / "third.toml").write_text(
        'extends = "child.toml"\n[management]\ncores = 8\n[[workload]]\nname = "own"\n'
        'workflow = "detach"\nexecutor = "iterations"\nitems = 1\n'
    )
    plan = read_study(file.parent / "third.toml").plan
    assert (plan.management.cores, plan.management.tick) == (8, 1.0)
    assert [w.name for w in plan.workload] == ["own"]  # arrays are taken whole


def test_a_variant_is_the_file_with_other_values(file: Path) -> None:
    base, big, small = variants(Sheet(file))
    assert (base.name, base.values) == ("base", {})
    assert big.values == {"management.api_threads": 250, "workload.0.rate": "8/s"}
    assert big.study.plan.management.api_threads == 250
    assert big.study.plan.workload[0].rate == 8.0
    assert small.study.plan.cloud.vms == 2
    assert len({point.study.key for point in (base, big, small)}) == 3
    assert base.study.key == read_study(file).key


def test_the_command_line_has_the_last_word(file: Path) -> None:
    sheet = Sheet(file, ("management.api_threads=300",))
    assert variant_of(sheet, "big").study.plan.management.api_threads == 300


def test_files_of_a_base_are_looked_for_beside_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    trace = BASE.replace("arrival-rate", "trace").replace('rate = "4/s"', 'file = "t.json"')
    (tmp_path / "there" / "base.toml").write_text(trace)
    (tmp_path / "there" / "t.json").write_text("[1]")
    (tmp_path / "study.toml").write_text('extends = "there/base.toml"')
    assert read_study(tmp_path / "study.toml").traces["load"].offsets_s == (1.0,)


FAULTS = {
    (BASE.replace("cores = 2", "cores = 0"), CHILD): [
        "base.toml:7: management.cores: 0: expected `float` > 0.0"
    ],
    (BASE.replace("replications", "replicatons"), CHILD): [
        "base.toml:2: run.replicatons: unknown key (did you mean replications?)"
    ],
    (BASE, CHILD.replace('"1s"', '"1"')): ["child.toml:3: management.tick: '1' is no time"],
    (BASE, CHILD.replace("base.toml", "bas.toml")): [
        "child.toml:1: extends: bas.toml: No such file or directory"
    ],
    (BASE, CHILD.replace("base.toml", "child.toml")): [
        "child.toml:1: extends: 'child.toml' extends this file"
    ],
    (f'extends = "child.toml"\n{BASE}', CHILD): [
        "base.toml:1: extends: 'child.toml' extends this file"
    ],
    (BASE, CHILD.replace('"base.toml"', "7")): ["child.toml:1: extends: 7 is no name of a file"],
    ("[run", CHILD): ["base.toml:1: Expected ']'"],
    (BASE, CHILD.replace("250", "0")): [
        "child.toml:4: variant 'big': management.api_threads: 0: expected `int` >= 1"
    ],
    (BASE, CHILD.replace("api_threads", "api_thread")): [
        "child.toml:4: variant 'big': management.api_thread: unknown key "
    ],
    (BASE, CHILD.replace("set.cloud.vms", "set.clout.vms")): [
        "child.toml:7: variant 'small': clout: unknown key (did you mean cloud?)"
    ],
    (BASE, CHILD.replace("workload.0", "workload.1")): [
        "child.toml:4: variant 'big': workload.1.rate: is no dotted.path=value of this study"
    ],
    (BASE, CHILD.replace('"small"', '"big"')): ["child.toml:8: variant[1].name: 'big' is there"],
    (BASE, CHILD.replace('"small"', '"base"')): ["child.toml:8: variant[1].name: 'base' is what"],
    (BASE, CHILD.replace(".cloud.vms = 2", " = {}")): ["child.toml:9: variant[1].set: is empty"],
    (BASE, CHILD.replace("set.cloud.vms = 2", "set = 2")): [
        "child.toml:9: variant[1].set: 2 is no table of dotted keys"
    ],
}


@pytest.mark.parametrize("texts", FAULTS, ids=[v[0] for v in FAULTS.values()])
def test_a_fault_names_the_file_it_stands_in(texts: tuple[str, str], file: Path) -> None:
    (file.parent / "base.toml").write_text(texts[0])
    file.write_text(texts[1])
    with pytest.raises(BadStudy) as no:
        variants(Sheet(file))
    lines = [line.replace(f"{file.parent}/", "") for line in no.value.lines]
    assert [line[: len(start)] for line, start in zip(lines, FAULTS[texts], strict=True)] == (
        FAULTS[texts]
    ), lines


@pytest.mark.parametrize("name", ["measured.toml", "root-swap.toml"])
def test_what_is_explained_is_the_same_study(name: str, tmp_path: Path) -> None:
    study = read_study(STUDIES / name)
    (tmp_path / "measured.json").write_bytes((STUDIES / "measured.json").read_bytes())
    (tmp_path / "own.toml").write_text(explained(study))
    own = read_study(tmp_path / "own.toml")
    assert (own.plan, own.digest, own.key) == (study.plan, study.digest, study.key)
    assert f"# sha256 {study.digest}\n" in explained(study)


def test_what_is_explained_has_every_default(file: Path) -> None:
    run = [sys.executable, "-c", "from conformance.cli import main; main()", "explain", str(file)]
    done = subprocess.run([*run, "--variant", "big"], capture_output=True, check=True, text=True)
    for line in ("api_threads = 250", 'tick = "1s"', "cores = 2", "# hosts is not said",
                 'rate = "8/s"', 'start = "0s"', "replications = 2", "seed = 0"):  # fmt: skip
        assert line in done.stdout.splitlines()
    assert "variant" not in done.stdout
    wrong = subprocess.run([*run, "--variant", "bag"], capture_output=True, check=False, text=True)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == f"{file}: has no variant 'bag' (did you mean big?)\n"
