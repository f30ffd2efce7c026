"""Cloud files: what they make, and every fault by its line."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import boot
from simulator.boot import PRESETS, BadCloud, CloudFile, preset_file
from simulator.boot.lines import Lines
from simulator.domain.states import VmState

ZONE = """\
[[zones]]
name = "z"
[[zones.clusters]]
hypervisor = "KVM"
hosts = [{ count = 1 }]
pools = [{ capacity = "40 GiB" }]
"""
REST = """
[admin]
apikey = "root-key"
secretkey = "root-secret"
[[zones.pods]]
name = "first"
[[accounts]]
name = "al"
role = "DomainAdmin"
domain = "ROOT/a/b"
users = [{ name = "al", apikey = "k", secretkey = "s" }, { name = "al2" }]
[[accounts]]
count = 3
[[vms]]
name = "web"
count = 2
account = "al"
disks = [{ offering = "Custom", size = "2 GiB", count = 4 }]
[[vms]]
state = "Stopped"
[[volumes]]
name = "ready"
offering = "Small"
pool = "Z0C0PS0"
[[volumes]]
offering = "Small"
"""
FAULTS = {
    'zones = "x"': ["1: zones: 'x' is no array"],
    "zones = []": ["1: zones: there is no zone"],
    "a = [": ["1: Invalid value"],
    "[x": ["1: Expected ']' at the end of a table declaration"],
    "": ["1: needs zones"],
    ZONE + "colour = 1\nnmae = 2": [
        "7: zones[0].clusters[0].colour: unknown key",
        "8: zones[0].clusters[0].nmae: unknown key (did you mean name?)",
    ],
    ZONE.replace("KVM", "KVMM"): [
        "4: zones[0].clusters[0].hypervisor: 'KVMM' is no hypervisor (did you mean KVM?)"
    ],
    ZONE.replace("40 GiB", "40 Gb"): [
        "6: zones[0].clusters[0].pools[0].capacity: '40 Gb' is no size like \"10 GiB\""
    ],
    ZONE.replace("count = 1", "count = 0"): [
        "5: zones[0].clusters[0].hosts[0].count: 0: expected `int` >= 1"
    ],
    ZONE.replace("count = 1", "count = 300"): [
        "5: zones[0].clusters[0].hosts: pod network 172.16.15.0/24 has no address for host "
    ],
    ZONE + ZONE: ["8: zones[1].name: there is another zone called 'z'"],
    ZONE + 'pod = "P"': ["7: zones[0].clusters[0].pod: 'P' is no pod of this cloud: one of POD0"],
    ZONE + "[[vms]]\ncount = 51": [
        "7: vms[0]: no primary storage with the tags and the room its disks need for VM 35 of 51"
    ],
    ZONE.replace("40 G", "90 G") + "[[vms]]\ncount = 51": [
        "7: vms[0]: no host has a free guest and 512 MiB of memory for VM 48 of 51"
    ],
    ZONE + '[[vms]]\ntemplate = "none"\naccount = "al"\noffering = "small instance"': [
        "8: vms[0].template: 'none' is no template of this cloud",
        "9: vms[0].account: 'al' is no account of this cloud",
        "10: vms[0].offering: 'small instance' is no service offering of this cloud (did you mean ",
    ],
    ZONE + '[[templates]]\nname = "t"\nhypervisor = "VMware"\n[[vms]]\ntemplate = "t"': [
        "9: templates[0].hypervisor: no cluster of this cloud runs VMware"
    ],
    ZONE + '[[vms]]\ndisks = [\n  { offering = "Small" },\n  { offering = "Custom" },\n]': [
        "10: vms[0].disks[1].size: disk offering 'Custom' leaves the size open"
    ],
    ZONE + '[[vms]]\ndisks = [{ offering = "Custom", size = "1 GiB", count = 40 }]': [
        "8: vms[0].disks: a VM on KVM has at most 32 data disks, not 40"
    ],
    ZONE + '[[accounts]]\nname = "a"\n[[vms]]\ncount = 21\naccount = "a"': [
        "9: vms[0]: Maximum amount of resources of Type = 'user_vm'"
    ],
    ZONE + '[[accounts]]\nname = "a"\nusers = [{ apikey = "k" }]': [
        "9: accounts[0].users[0]: apikey and secretkey go together"
    ],
    ZONE + '[settings]\n"default.page.size" = "many"': [
        "8: settings.default.page.size: 'many' is no Long"
    ],
    ZONE + '[settings]\n"max.account.user.vm" = "1"': [
        "8: settings.max.account.user.vm: no such setting (did you mean max.account.user.vms?)"
    ],
    ZONE.replace("hosts", "count = 100\nhosts"): [
        "6: zones[0].clusters[0].hosts: pod network 172.16.15.0/24 has no address for host z0c12-"
    ],
    ZONE + '[[accounts]]\nname = "a\\n"\n"x\\ny" = 1': [
        "8: accounts[0].name: 'a\\n': expected `str` matching regex ",
        "9: accounts[0].x\\ny: unknown key",
    ],
    ZONE + '[admin]\npassword = "\\n"\napikey = "a b"\nsecretkey = "s\\n"': [
        "8: admin.password: '\\n': expected `str` matching regex ",
        "9: admin.apikey: 'a b': expected `str` matching regex ",
        "10: admin.secretkey: 's\\n': expected `str` matching regex ",
    ],
    ZONE + '[[zones.pods]]\nsubnet = "10.1.256"': [
        "8: zones[0].pods[0].subnet: '10.1.256': expected `str` matching regex "
    ],
    ZONE + '[[volumes]]\noffering = "Managed"\npool = "Z0C0PS0"': [
        "9: volumes[0].pool: pool 'Z0C0PS0' has not the tags or the room for volume 1"
    ],
}


@pytest.mark.parametrize("text", FAULTS, ids=[v[0] for v in FAULTS.values()])
def test_every_fault_is_one_line_with_its_place(text: str) -> None:
    with pytest.raises(BadCloud) as no:
        boot(cloud=CloudFile("my.toml", text))
    assert len(no.value.lines) == len(FAULTS[text]), no.value.lines
    for line, start in zip(no.value.lines, FAULTS[text], strict=True):
        assert line.startswith(f"my.toml:{start}"), line


def test_many_pools_are_numbered_at_once() -> None:
    pools = boot(
        cloud=CloudFile("m", ZONE.replace("{ cap", "{ count = 20000, cap"))
    ).world.store.pools
    assert [p.name for p in pools.values()] == [f"Z0C0PS{n}" for n in range(20_000)]


def test_nothing_is_served_from_a_bad_file(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    run = "from conformance.cli import main; main()"
    for text in (b"[[zones]]\nnme = 1\ncolour = 2\n", b"\xff\xfe", None):
        if text is not None:
            file.write_bytes(text)
        else:
            file.unlink()
        for words in (["serve", "--port", "0", "--cloud"], ["presets", "--check"]):
            done = subprocess.run(
                [sys.executable, "-c", run, *words, str(file)],
                capture_output=True, text=True, check=False, timeout=20,
            )  # fmt: skip
            assert (done.returncode, done.stdout) == (2, "")
            assert all(line.startswith(f"{file}:") for line in done.stderr.splitlines())
            assert len(done.stderr.splitlines()) == (2 if text and b"z" in text else 1)


def test_a_file_says_everything_or_little(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(ZONE + REST)
    cloud = boot(cloud=str(file))
    store = cloud.world.store
    assert (cloud.user.api_key, cloud.user.secret_key) == ("root-key", "root-secret")
    assert cloud.sign_in("k", "s").account.name == "al"
    assert len({a.name for a in store.accounts.values()}) == 6  # admin and system among them
    vms = {v.name: v for v in store.vms.values() if v.kind == "User"}
    states = [v.state for v in vms.values()]
    assert states == [VmState.RUNNING, VmState.RUNNING, VmState.STOPPED]
    devices = [v.device_id for v in store.siblings(vms["web0"].id)]
    assert devices == [0, 1, 2, 4, 5]
    loose = [v for v in store.volumes.values() if v.vm_id is None]
    assert [v.state for v in loose] == ["Ready", "Allocated"]
    assert {p.name for p in store.pods.values()} == {"first"}


def walk(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Yield the path of everything inside *value*."""
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        yield from walk(inner, (*path, key))


@pytest.mark.parametrize("preset", PRESETS)
def test_everything_in_a_file_has_a_line(preset: str) -> None:
    text = preset_file(preset).text
    lines, seen = Lines(text), text.splitlines()
    for path in walk(tomllib.loads(text)):
        assert path in lines._lines, path
        if isinstance(path[-1], str):
            assert path[-1] in seen[lines.of(path) - 1], path


NASTY = st.sampled_from(
    ['"""\n[x]\n"""', "'''\n#'''", r'"a\"]#"', "'}'", "[1,\n #]\n 2]", "{ a = '[', b.c = 2 }",
     "1979-05-27 07:32:00", "[[], [{ x = 1 }]]", "-1e3"]
)  # fmt: skip


@given(st.lists(NASTY, max_size=6), st.booleans())
def test_values_of_any_form_do_not_shift_lines(values: list[str], table: bool) -> None:
    text = "[[t]] # [\n" if table else ""
    wanted = {}
    for n, value in enumerate(values):
        wanted[f"k{n}"] = text.count("\n") + 1
        text += f"k{n} = {value} # c\n"
    tomllib.loads(text)
    lines = Lines(text)
    for key, line in wanted.items():
        assert lines.of(("t", 0, key) if table else (key,)) == line


def test_a_new_vm_never_ran_and_its_disks_are_on_no_pool() -> None:
    new = '[[vms]]\nname = "n"\nstate = "New"\ndisks = [{ offering = "Small" }]\n'
    cloud = boot(cloud=CloudFile("new", ZONE + new))
    store = cloud.world.store
    (vm,) = (vm for vm in store.vms.values() if vm.name == "n")
    assert (vm.state, vm.last_host_id, vm.halted) == (VmState.STOPPED, None, False)
    assert {(v.state.value, v.pool_id) for v in store.siblings(vm.id)} == {("Allocated", None)}
    cloud.call("startVirtualMachine", id=vm.id)
    cloud.sleep(60)
    assert store.vms[vm.id].state is VmState.RUNNING
    assert {v.state.value for v in store.siblings(vm.id)} == {"Ready"}
