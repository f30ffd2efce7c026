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


def test_it_starts_soon_and_leaves_nothing_behind() -> None:
    before = threading.active_count()
    began = time.perf_counter()
    with running_cloud("kvm") as cloud:
        assert time.perf_counter() - began < 0.3
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
    assert [command for _, _, command, _ in cloud.log().commands] == ["StartCommand"]
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
        ({"preset": "kmv"}, "'kmv' is no preset: one of kvm, "),
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


def test_who_does_not_ask_for_it_does_not_load_it(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import sys\ndef test_it():\n"
        "    assert 'rootswap.pytest_plugin' in sys.modules\n"
        "    for name in ('simulator', 'rootswap.simulator', 'simpy', 'uvicorn'):\n"
        "        assert name not in sys.modules, name\n"
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
