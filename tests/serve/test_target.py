"""The features run on a served cloud as in process, and it is left as it was."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.line import Line
from conformance.targets import Given, resolve
from conformance.wire import Unstaged, WireCloud

HOME = Path(__file__).parents[2] / "features"
FOLDERS = sorted(HOME / p.name for p in HOME.iterdir() if p.is_dir() and p.name != "console")
"""Those of the console are not about the API: tests/console judges them, in a browser."""
RUN = [sys.executable, "-c", "from conformance.cli import main; main()"]


@pytest.fixture(scope="module")
def served() -> Iterator[WireCloud]:
    """Serve a ready cloud in another process."""
    command = [*RUN, "serve", "--port", "0", "--preset", "kvm"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = dict(server.stdout.readline().strip().split("=", 1) for _ in range(3))
        given = Given(said["CLOUDSTACK_KEY"], said["CLOUDSTACK_SECRET"])
        line = Line(resolve(said["CLOUDSTACK_ENDPOINT"], environ={}, given=given))
        yield WireCloud(line, *given[:2])
        line.close()
        server.terminate()


def check(served: WireCloud, *args: str, secret: str = "") -> subprocess.CompletedProcess[str]:
    where = ["--target", served.line.url, "--key", served.key]
    command = [*RUN, "check", *where, "--secret", secret or served.secret, *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_scenario_holds_over_http(served: WireCloud, folder: Path) -> None:
    """All of them, and afterwards the cloud is the one that was started."""
    before = served.call("listZones").body

    done = check(served, "--features", str(folder))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 failed, 0 skipped" in done.stdout
    assert served.call("listZones").body == before


def test_the_other_dialect_is_served_on_request(served: WireCloud) -> None:
    done = check(served, "--dialect", "acs-4.22", "--feature", "detach_root")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_selected_is_no_success(served: WireCloud) -> None:
    done = check(served, "--seed", "4", "-k", "no_such_scenario")
    assert done.returncode == 2


@pytest.mark.parametrize("url", ["nowhere", "http://127.0.0.1:1/client/api"])
def test_no_cloud_at_the_address(url: str) -> None:
    command = [*RUN, "check", "--target", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_wrong_secret_is_one_line(served: WireCloud) -> None:
    done = check(served, secret="wrong")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "unable to verify user credentials" in done.stderr


@pytest.mark.parametrize(
    "wanted",
    [{"preset": "moon"}, {"dialect": "klingon"}, {"clock": "soon"}, {"seed": "many"}],
    ids=str,
)
def test_what_there_is_not_resets_nothing(served: WireCloud, wanted: dict[str, str]) -> None:
    """A refused reset leaves every volume."""
    served.reset()
    zone = served.call("listZones").body["zone"][0]["id"]
    disk = served.call("listDiskOfferings").body["diskoffering"][0]["id"]
    served.call("createVolume", name="kept", zoneid=zone, diskofferingid=disk)

    with pytest.raises(Unstaged, match="cannot be made anew"):
        served.reset(**wanted)

    assert served.call("listVolumes", name="kept").body["count"] == 1
    served.reset()
    assert served.call("listVolumes", name="kept").body == {}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("planet", "{}"),
        ("volume", "[]"),
        ("volume", "{"),
        ("volume", '{"colour": "red"}'),
        ("volume", '{"state": "Lost"}'),
        ("volume", '{"size_bytes": "many"}'),
    ],
)
def test_what_cannot_be_arranged_is_refused(served: WireCloud, kind: str, fields: str) -> None:
    """A kind, a field or a value there is not is a 431 and changes nothing."""
    served.reset()
    volumes = served.call("listVolumes", listall="true").body
    volume = volumes["volume"][0]["id"]

    reply = served.call("rootswapArrange", kind=kind, id=volume, fields=fields)

    assert (reply.status, reply.body["cserrorcode"]) == (431, 4350)
    assert served.call("listVolumes", listall="true").body == volumes
