"""A cloud file under a state file: the state holds the cloud's own text."""

from pathlib import Path

import pytest

from conformance.cli import main
from simulator.boot.reading import load
from simulator.serve import BadState, Header, booted, read, reopen

TEXT = """\
[[zones]]
name = "mine"
[[zones.clusters]]
hypervisor = "KVM"
[[vms]]
name = "web"
"""


def header(cloud: Path, text: str = TEXT) -> Header:
    """Return what a cloud file with *text* asks for."""
    cloud.write_text(text)
    return Header("", 3, "spec", None, None, "instant", 0.0, load(cloud))


def test_a_kept_cloud_does_not_need_its_file_any_more(tmp_path: Path) -> None:
    cloud, state = tmp_path / "my.toml", tmp_path / "state"
    kept = reopen(state, header(cloud), ())
    assert kept.keeper.ask(kept.cloud, "createDomain", {"name": "d"}).reached().status == 200
    kept.keeper.journal.close()
    cloud.unlink()
    again = reopen(state, Header("mixed", 0, "spec", None, None, "instant", 0.0), ())
    again.keeper.journal.close()
    for name in ("zones", "vms", "volumes", "domains", "users"):
        assert getattr(again.cloud.world.store, name) == getattr(kept.cloud.world.store, name), name
    assert [z.name for z in booted(read(state).header).world.store.zones.values()] == ["mine"]


@pytest.mark.parametrize(
    ("text", "given", "word"),
    [
        (TEXT, ("cloud",), None),
        (TEXT + "# other\n", ("cloud",), "cloud"),
        (TEXT, ("preset",), "preset"),
    ],
)
def test_another_cloud_is_told(
    tmp_path: Path, text: str, given: tuple[str, ...], word: str | None
) -> None:
    state = tmp_path / "state"
    reopen(state, header(tmp_path / "my.toml"), ()).keeper.journal.close()
    asked = header(tmp_path / "moved.toml", text)
    if given == ("preset",):
        asked = Header("mixed", 3, "spec", None, None, "instant", 0.0)
    if word is None:
        reopen(state, asked, given).keeper.journal.close()
        return
    with pytest.raises(BadState, match=f"was made with another --{word}"):
        reopen(state, asked, given)


def test_a_cloud_has_one_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header(tmp_path / "my.toml")
    with pytest.raises(SystemExit) as end:
        main(["serve", "--preset", "kvm", "--cloud", str(tmp_path / "my.toml")])
    assert (end.value.code, capsys.readouterr().err.count("\n")) == (2, 1)
