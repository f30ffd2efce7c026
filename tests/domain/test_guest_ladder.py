"""Keys and passwords of VMs are refused by the first broken row."""

from typing import Any

import pytest
from builders import vm
from ladder import Break, Ladder

from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import VmKind
from simulator.domain.rules import Phase
from simulator.domain.ssh_keys import (
    CREATE_KEY,
    DELETE_KEY,
    REGISTER_KEY,
    RESET_KEY,
    RESET_PASSWORD,
    NewKey,
    OldKey,
    ResetKey,
    ResetPassword,
    fingerprint_of,
    public_key_of,
)
from simulator.domain.states import VmState

R, J = Phase.REQUEST, Phase.JOB
PARAM, DENIED = Kind.PARAM, Kind.DENIED
KEY = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7"


def new_key(dialect: Dialect) -> NewKey:
    """Return a key pair under a free name."""
    return NewKey(dialect, "k", caller_may=True, name_free=True, public_key=KEY)


def old_key(dialect: Dialect) -> OldKey:
    """Return a key pair that is there."""
    return OldKey(dialect, "k", "owner", caller_may=True, known=True)


def reset_key(dialect: Dialect) -> ResetKey:
    """Return a stopped VM that shall have one key."""
    return ResetKey(dialect, vm(), caller_may=True, wanted=1, known=1)


def reset_password(dialect: Dialect) -> ResetPassword:
    """Return a stopped VM of a template that takes passwords."""
    return ResetPassword(dialect, vm(), password_enabled=True)


def _vm(case: Any, **changes: Any) -> Any:
    return case._replace(vm=case.vm._replace(**changes))


# fmt: off
CREATE_BREAKS: dict[str, Break[NewKey]] = {
    "SKC-01": Break(R, PARAM, lambda k: k._replace(name=" ")),
    "SKC-02": Break(R, DENIED, lambda k: k._replace(caller_may=False)),
    "SKC-03": Break(R, PARAM, lambda k: k._replace(name_free=False)),
}
REGISTER_BREAKS: dict[str, Break[NewKey]] = {
    "SKR-01": Break(R, DENIED, lambda k: k._replace(caller_may=False)),
    "SKR-02": Break(R, PARAM, lambda k: k._replace(name_free=False)),
    "SKR-03": Break(R, PARAM, lambda k: k._replace(public_key=None)),
    "SKR-04": Break(R, PARAM, lambda k: k._replace(key_free=False)),
}
DELETE_BREAKS: dict[str, Break[OldKey]] = {
    "SKD-01": Break(R, DENIED, lambda k: k._replace(caller_may=False)),
    "SKD-02": Break(R, PARAM, lambda k: k._replace(known=False)),
}
RESET_KEY_BREAKS: dict[str, Break[ResetKey]] = {
    "SKV-01": Break(J, DENIED, lambda k: k._replace(caller_may=False)),
    "SKV-02": Break(J, PARAM, lambda k: _vm(k, kind=VmKind.DOMAIN_ROUTER)),
    "SKV-03": Break(J, PARAM, lambda k: _vm(k, kind=VmKind.SHARED_FS)),
    "SKV-04": Break(J, PARAM, lambda k: _vm(k, hypervisor=Hypervisor.EXTERNAL)),
    "SKV-05": Break(J, PARAM, lambda k: _vm(k, state=VmState.ERROR)),
    "SKV-06": Break(J, PARAM, lambda k: _vm(
        k, state=VmState.RUNNING if k.vm.state is VmState.STOPPED else k.vm.state)),
    "SKV-07": Break(J, PARAM, lambda k: k._replace(wanted=0)),
    "SKV-08": Break(J, PARAM, lambda k: k._replace(known=7)),
}
RESET_PASSWORD_BREAKS: dict[str, Break[ResetPassword]] = {
    "PWV-01": Break(J, PARAM, lambda p: _vm(p, kind=VmKind.CONSOLE_PROXY)),
    "PWV-02": Break(J, PARAM, lambda p: p._replace(password_enabled=False)),
    "PWV-03": Break(J, PARAM, lambda p: _vm(p, state=VmState.EXPUNGING)),
    "PWV-04": Break(J, PARAM, lambda p: _vm(
        p, state=VmState.RUNNING if p.vm.state is VmState.STOPPED else p.vm.state)),
}
# fmt: on
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(CREATE_KEY, (new_key,), CREATE_BREAKS),
    Ladder(REGISTER_KEY, (new_key,), REGISTER_BREAKS),
    Ladder(DELETE_KEY, (old_key,), DELETE_BREAKS),
    Ladder(
        RESET_KEY,
        (reset_key, lambda d: reset_key(d)._replace(wanted=2, known=2)),
        RESET_KEY_BREAKS,
        {("SKV-02", "SKV-03"): "a VM has one kind"},
    ),
    Ladder(
        RESET_PASSWORD,
        (reset_password, lambda d: _vm(reset_password(d), kind=VmKind.SHARED_FS)),
        RESET_PASSWORD_BREAKS,
    ),
)


@pytest.mark.parametrize(
    ("material", "key"),
    [
        (f"{KEY} me@home", KEY),
        ("c3NoLXJzYSBBQUFBIG1l", "ssh-rsa AAAA"),
        ("ssh-ed25519 AAAA", "ssh-ed25519 AAAA"),
        ("ssh-rsa", None),
        ("ssh-foo AAAA", None),
        ("AAAA ssh-rsa", None),
        ("", None),
        ("=", None),
        ("ssh-rsa ", None),
    ],
)
def test_a_public_key_is_algorithm_and_key(material: str, key: str | None) -> None:
    """The comment goes; what came in base64 is read; all else is no key."""
    assert public_key_of(material) == key


def test_a_fingerprint_is_the_md5_of_the_blob() -> None:
    """As ssh-keygen -l -E md5 tells it."""
    assert fingerprint_of("ssh-rsa YWJj") == "90:01:50:98:3c:d2:4f:b0:d6:96:3f:7d:28:e1:7f:72"
