"""What is installed: one name, beside a project that has all of ours for its own."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import venv
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from hatch_build import DATA, PACKAGES, moved

ROOT = Path(__file__).parent.parent
PROJECT = {
    "simulator/__init__.py": "OWN = 1\n",
    "study/__init__.py": "OWN = 2\n",
    "conformance/__init__.py": "OWN = 3\n",
    "steps/mine.py": "OWN = 4\n",
    "features/mine.feature": "Feature: mine\n",
    "pytest.ini": "[pytest]\nfilterwarnings = error\naddopts = --strict-markers --strict-config\n",
    "test_mine.py": (
        "import conformance, simulator, steps.mine, study\n"
        "from rootswap import RunningCloud, boot\n"
        "def test_mine(cloudstack: RunningCloud) -> None:\n"
        "    own = (simulator.OWN, study.OWN, conformance.OWN, steps.mine.OWN)\n"
        "    assert own == (1, 2, 3, 4)\n"
        "    assert cloudstack.call('listZones').body['count'] == 2\n"
        "    assert boot('kvm').call('listZones').body['count'] == 1\n"
    ),
}
EVERY_MODULE = """
import sys
from importlib import import_module
from pkgutil import walk_packages
import rootswap
for module in walk_packages(rootswap.__path__, "rootswap."):
    import_module(module.name)
print(len([name for name in sys.modules if name.startswith("rootswap.")]))
OURS = ("simulator", "steps", "study", "console", "conformance")
print([name for name in OURS if name in sys.modules])
"""
STUDY = """
run = { replications = 2, seed = 1, horizon = "20s" }
cloud = { vms = 4 }
workload = [{ name = "load", workflow = "churn", executor = "arrival-rate", rate = "1/s" }]
"""


def built(kind: str, source: Path, folder: Path) -> Path:
    """Build the sdist or the wheel of *source* without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has the wheel, and from this environment only what it depends on."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, symlinks=True)
    (site,) = home.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)  # noqa: S202 - our own
    others = [path for path in sys.path if path.endswith("site-packages")]
    (site / "others.pth").write_text("\n".join(others))
    return home / "bin" / "python"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def run(python: Path, *args: str, folder: Path, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run *python* in *folder* with nothing of ours in its environment but *path*."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PY", "CLOUDSTACK_"))}
    env |= {"PYTHONPATH": path} if path else {}
    return subprocess.run(
        [str(python), *args], cwd=folder, env=env,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_it_installs_one_name(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        text = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    assert {name.split("/")[0] for name in names} == {"rootswap", "rootswap-0.1.0.dist-info"}
    assert len(set(names)) == len(names)
    paths = [path for folder in (*DATA, *PACKAGES) for path in (ROOT / folder).rglob("*.*")]
    inside = {f"rootswap/{path.relative_to(ROOT)}" for path in paths if path.suffix != ".pyc"}
    assert {*names} > inside | {"rootswap/py.typed", "rootswap/__main__.py"}
    points = ConfigParser()
    points.read_string(text)
    assert dict(points["console_scripts"]) == {"rootswap": "rootswap:main"}
    assert dict(points["pytest11"]) == {"rootswap": "rootswap.pytest_plugin"}


def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(built("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert built("wheel", source, tmp_path / "wheel").read_bytes() == wheel.read_bytes()


def test_no_text_names_a_module_by_its_place_in_the_repository(wheel: Path) -> None:
    """It would be another one, or none, in the wheel."""
    named = re.compile(rf"({'|'.join(PACKAGES)})(\.[a-z_]+)+")
    found = []
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".py"):
                nodes = ast.walk(ast.parse(archive.read(name)))
                texts = [n.value for n in nodes if isinstance(n, ast.Constant)]
                found += [(name, t) for t in texts if isinstance(t, str) and named.fullmatch(t)]
    assert found == []


@pytest.mark.parametrize("is_package", [True, False])
def test_a_project_with_all_our_names_has_its_own(
    python: Path, project: Path, *, is_package: bool
) -> None:
    if is_package:
        (project / "steps" / "__init__.py").touch()
    done = run(python, "-m", "pytest", folder=project)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_every_module_imports_there_and_none_of_the_project(python: Path, project: Path) -> None:
    pytest.importorskip("scipy")
    done = run(python, "-W", "error", "-c", EVERY_MODULE, folder=project, path=str(project))
    assert done.returncode == 0, done.stderr
    count, own = done.stdout.splitlines()
    assert int(count) > 150
    assert own == "[]"


def test_the_commands_run_there(python: Path, project: Path) -> None:
    def rootswap(*args: str) -> subprocess.CompletedProcess[str]:
        return run(python, "-m", "rootswap", *args, folder=project, path=str(project))

    done = rootswap("check", "-k", "device", "--json", "result.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads((project / "result.json").read_text())["summary"]["passed"] > 5
    assert rootswap("steps").returncode == 0
    assert rootswap("commands").stdout.startswith("a")


def test_a_study_runs_there_with_its_workers(python: Path, project: Path) -> None:
    pytest.importorskip("scipy")
    (project / "night.toml").write_text(STUDY)
    args = ("-m", "rootswap", "study", "night.toml", "--workers", "2", "--out", "results")
    done = run(python, *args, folder=project, path=str(project))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "results" / "report.html").is_file()


def test_it_serves_there(python: Path, project: Path) -> None:
    command = [str(python), "-m", "rootswap", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("CLOUDSTACK_ENDPOINT=http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("from simulator.api import x\n", "from rootswap.simulator.api import x\n"),
        ("from steps import (\n    a,\n)\n", "from rootswap.steps import (\n    a,\n)\n"),
        ("import study\n", "from rootswap import study\n"),
        ("import study as s\n", "from rootswap import study as s\n"),
        ("import study.store as s\n", "import rootswap.study.store as s\n"),
        ("def f():\n\tfrom study import x\n", "def f():\n\tfrom rootswap.study import x\n"),
        ("'é'; from study import x\n", "'é'; from rootswap.study import x\n"),
        ("from study import x; import steps\n",
         "from rootswap.study import x; from rootswap import steps\n"),
        ("'''\nfrom study import x\n'''\n", "'''\nfrom study import x\n'''\n"),
        ("from studying import x\nimport conformances.x\n",
         "from studying import x\nimport conformances.x\n"),
        ("from . import study\nfrom .study import x\n",
         "from . import study\nfrom .study import x\n"),
        ("x = 'a\x0cb'\r\nfrom study import x\r\n",
         "x = 'a\x0cb'\r\nfrom rootswap.study import x\r\n"),
    ],
)  # fmt: skip
def test_imports_are_moved_and_nothing_else(here: str, there: str) -> None:
    assert moved(here.encode(), Path("x.py")).decode() == there


@pytest.mark.parametrize(
    "text",
    ["import study.store", "import os, study", "from  study import x", "from \\\nstudy import x"],
)
def test_an_import_that_cannot_be_moved_ends_the_build(text: str) -> None:
    with pytest.raises(ValueError, match=r"x.py:2: write this import as `from … import …`"):
        moved(f"x = 1\n{text}\n".encode(), Path("x.py"))
