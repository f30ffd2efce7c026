"""The context manager and the pytest plug-in, as another project uses them."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cs import CloudStack

from rootswap import RunningCloud, running_cloud

EXAMPLE = Path(__file__).parent.parent / "examples" / "pytest_project"
ONE_LINE = """
def test_it(cloudstack):
    assert cloudstack.call("listZones").body["zone"][0]["name"] == "{zone}"
"""
FILE = '[[zones]]\nname = "mine"\n[[zones.clusters]]\nhypervisor = "KVM"\n'


def client_of(cloud: RunningCloud) -> CloudStack:
    return CloudStack(cloud.endpoint, cloud.key, cloud.secret, poll_interval=0)


@pytest.fixture
def cloud() -> Iterator[RunningCloud]:
    with running_cloud("kvm", clock="manual", seed=7) as served:
        yield served


def test_it_starts_and_leaves_nothing_behind() -> None:
    before = threading.active_count()
    with running_cloud("kvm") as cloud:
        client = client_of(cloud)
        assert len(client.listVirtualMachines(listall=True)["virtualmachine"]) == 3
    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="no longer served"):
        cloud.advance(1)
    with pytest.raises(OSError, match="refused"):
        client.listZones()


def test_time_passes_when_it_is_told_to(cloud: RunningCloud) -> None:
    client = client_of(cloud)
    vm = client.listVirtualMachines(listall=True, name="web")["virtualmachine"][0]["id"]
    job = client.stopVirtualMachine(id=vm)["jobid"]
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 0
    assert cloud.settle() > 0
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 1
    assert cloud.advance(100) > 100
    cloud.set_clock("instant")
    job = client.startVirtualMachine(id=vm)["jobid"]
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 1


def test_a_clock_that_follows_wall_time_goes_on_from_where_it_stands(cloud: RunningCloud) -> None:
    cloud.advance(6000)
    cloud.set_clock("1000x")
    time.sleep(0.01)
    assert 6010 <= cloud.advance(0) < 7000
    cloud.advance(6000)
    time.sleep(0.01)
    assert 12020 <= cloud.advance(0) < 14000


def test_reset_gives_back_the_cloud_as_it_was_booted(cloud: RunningCloud) -> None:
    client = client_of(cloud)
    before = client.listVolumes(listall=True)
    vm = client.listVirtualMachines(listall=True, name="old")["virtualmachine"][0]["id"]
    client.startVirtualMachine(id=vm)
    cloud.fail("StartCommand")
    cloud.settle()
    client.deleteVolume(id=next(v["id"] for v in before["volume"] if v["name"] == "spare"))
    assert client.listVolumes(listall=True) != before
    assert [command for _, _, command, _ in cloud.log().commands] == ["StartCommand"] * 2
    cloud.set_clock("instant")
    cloud.fail("StartCommand", 3)
    cloud.reset()
    assert client.listVolumes(listall=True) == before
    assert [list(part) for part in cloud.log()] == [[], [], [], []]
    job = client.startVirtualMachine(id=vm)["jobid"]
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 0
    cloud.settle()
    assert client.queryAsyncJobResult(jobid=job)["jobstatus"] == 1


def test_two_run_beside_each_other(cloud: RunningCloud) -> None:
    with running_cloud("kvm", seed=7) as other:
        assert (other.key, other.secret) == (cloud.key, cloud.secret)
        assert other.endpoint != cloud.endpoint
        other.call("createDomain", name="d")
        counts = [c.call("listDomains").body["count"] for c in (cloud, other)]
        assert counts == [2, 3]


def test_the_environment_is_what_cs_reads(
    cloud: RunningCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in cloud.env.items():
        monkeypatch.setenv(name, text)
    from cs import read_config

    assert CloudStack(**read_config()).listZones()["count"] == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"preset": "kmv"}, r"'kmv' is no preset \(did you mean kvm\?\)"),
        ({"dialect": "klingon"}, "'klingon' is no dialect: one of spec, "),
        ({"clock": "fast"}, "'fast' is no clock"),
        ({"cloud": "/no-such.toml"}, "/no-such.toml: No such file"),
    ],
)
def test_what_cannot_run_is_said(words: dict[str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why), running_cloud(**words):  # type: ignore[arg-type]
        pass


def test_what_cannot_fail_or_go_back_is_said(cloud: RunningCloud) -> None:
    with pytest.raises(ValueError, match="did you mean AttachCommand"):
        cloud.fail("AtachCommand")
    with pytest.raises(ValueError, match="only goes forward"):
        cloud.advance(-1)


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in *folder* as its owner does, plug-ins loaded by themselves."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "CLOUDSTACK_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=env, timeout=60
    )


def test_the_example_is_green(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "project")
    done = run(tmp_path / "project", "-v")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 passed" in done.stdout


def test_the_ini_file_chooses_the_cloud(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(FILE)
    (tmp_path / "test_it.py").write_text(ONE_LINE.format(zone="mine"))
    (tmp_path / "pytest.ini").write_text("[pytest]\ncloudstack_cloud = my.toml\n")
    assert "1 passed" in run(tmp_path).stdout
    (tmp_path / "my.toml").write_text(FILE.replace("KVM", "KVMM"))
    assert "my.toml:4: zones[0].clusters[0].hypervisor: 'KVMM' is no" in run(tmp_path).stdout


MARKED = """
from pathlib import Path
import pytest

pytestmark = pytest.mark.cloudstack(preset="kvm", dialect="acs-4.22")

def zone(cloud):
    return cloud.call("listZones", listall=True).body["zone"][0]["name"]

def test_module(cloudstack):
    assert cloudstack.call("listVirtualMachines", listall=True).body["count"] == 3
    cloudstack.call("createDomain", name="d")

def test_again(cloudstack):
    assert cloudstack.call("listDomains").body["count"] == 2

@pytest.mark.cloudstack(seed=3)
def test_seed(cloudstack, cloudstack_server):
    assert cloudstack.key != cloudstack_server.key
    assert cloudstack.call("listVirtualMachines", listall=True).body["count"] == 3

@pytest.mark.cloudstack(cloud="my.toml", clock="manual")
class TestFile:
    def test_file(self, cloudstack):
        assert zone(cloudstack) == "mine"
        assert cloudstack.advance(5) == 5.0

    @pytest.mark.cloudstack(preset="simulator")
    def test_preset(self, cloudstack):
        assert zone(cloudstack) == "Sandbox-simulator"

@pytest.mark.cloudstack(cloud=Path(__file__).parent / "my.toml")
def test_path(cloudstack, cloudstack_server):
    assert zone(cloudstack) == "mine"
    assert cloudstack_server.call("listZones").body["count"] == 2
"""


def test_a_marker_chooses_the_cloud_of_a_test(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "my.toml").write_text(FILE)
    (tmp_path / "tests" / "test_it.py").write_text(MARKED)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\n")
    done = run(tmp_path)
    assert "6 passed" in done.stdout, done.stdout
    assert "@pytest.mark.cloudstack(preset, cloud, " in run(tmp_path, "--markers").stdout


NO_MARKERS = [
    ("presett='kvm'", "marker cloudstack: 'presett' is not known: did you mean preset?"),
    ("x=1", "marker cloudstack: 'x' is not known: one of preset, cloud, clock, dialect, seed"),
    ("'kvm'", "marker cloudstack: takes names and values, as preset='kvm', not 'kvm' alone"),
    ("preset='kmv'", "cloudstack: 'kmv' is no preset (did you mean kvm?)"),
    ("preset=None", "marker cloudstack: preset is a text, not None"),
    ("seed='7'", "marker cloudstack: seed is a whole number, not '7'"),
    ("seed=True", "marker cloudstack: seed is a whole number, not True"),
    ("clock=60", "marker cloudstack: clock is a text, not 60"),
    ("clock='fast'", "cloudstack: 'fast' is no clock"),
    ("dialect='acs'", "cloudstack: 'acs' is no dialect: one of spec, acs-4.18.0"),
    ("preset='kvm', cloud='x'", "a cloud is made from a preset or from a cloud file, not from"),
    ("cloud='no.toml'", "no.toml: No such file"),
]


def test_what_a_marker_cannot_say_is_told_in_a_line(tmp_path: Path) -> None:
    tests = [
        f"@pytest.mark.cloudstack({marker})\ndef test_{number}(cloudstack): pass\n"
        for number, (marker, _) in enumerate(NO_MARKERS)
    ]
    (tmp_path / "test_it.py").write_text("import pytest\n" + "".join(tests))
    done = run(tmp_path, "-rN")
    assert f"{len(NO_MARKERS)} errors" in done.stdout
    assert [why for _, why in NO_MARKERS if why not in done.stdout] == []
    assert "Traceback" not in done.stdout
    assert "plugin.py" not in done.stdout


def test_an_ini_file_that_names_no_seed_is_told(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(ONE_LINE.format(zone="zone1"))
    (tmp_path / "pytest.ini").write_text("[pytest]\ncloudstack_seed = x\n")
    assert "cloudstack_seed: 'x' is no whole number" in run(tmp_path).stdout


def test_parameters_are_what_clients_give(cloud: RunningCloud) -> None:
    assert cloud.call("listVolumes", listall=True, page=1, pagesize=2).body["count"] > 2
    with pytest.raises(TypeError, match=r"listVolumes: listall=1.5 is of type float: give str"):
        cloud.call("listVolumes", listall=1.5)  # type: ignore[arg-type]


def test_who_does_not_ask_for_it_does_not_load_it(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import sys\ndef test_it():\n"
        "    assert 'rootswap.pytest_plugin' in sys.modules\n"
        "    for name in ('simulator', 'rootswap.simulator', 'simpy', 'uvicorn'):\n"
        "        assert name not in sys.modules, name\n"
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
