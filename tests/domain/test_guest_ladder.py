"""Keys and passwords of VMs are refused by the first broken row."""

from typing import Any

import pytest
from builders import vm
from ladder import Break, Ladder, refusal

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.guest_data import decoded
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
from simulator.domain.user_data import (
    APPEND,
    DELETE_DATA,
    DENY,
    LINK_DATA,
    REGISTER_DATA,
    RESET_DATA,
    Content,
    Delete,
    Link,
    Register,
    ResetData,
    UserData,
    finished,
)

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
    return ResetKey(dialect, vm(), wanted=1, known=1)


def reset_password(dialect: Dialect) -> ResetPassword:
    """Return a stopped VM of a template that takes passwords."""
    return ResetPassword(dialect, vm(), password_enabled=True)


def data(text: str, **changes: Any) -> UserData:
    """Return user data that is there."""
    return UserData("data-1", 3, "mine", "account-1", text)._replace(**changes)


def register_data(dialect: Dialect) -> Register:
    """Return new user data under a free name."""
    return Register(dialect, "d", True, True, "", "", Content("YWJj"))


def delete_data(dialect: Dialect) -> Delete:
    """Return user data that nothing has."""
    return Delete(dialect, data("YWJj"), "owner", caller_may=True, linked=False, used=False)


def link_data(dialect: Dialect) -> Link:
    """Return user data for one template."""
    return Link(dialect, 1, caller_may=True, policy=APPEND, image_db_id=5, image_removed=False)


def reset_data(dialect: Dialect) -> ResetData:
    """Return a stopped VM that shall have user data."""
    return ResetData(dialect, vm(), Content("YWJj"))


def _content(case: Any, **changes: Any) -> Any:
    return case._replace(content=case.content._replace(**changes))


def content_breaks(prefix: str, first: int) -> dict[str, Break[Any]]:
    """Return how the rows on user data that a call gives are broken."""

    def filled(letter: str) -> Any:
        return lambda c: _content(c, text=letter * max(1, len(c.content.text)))

    def long(case: Any) -> Any:
        return _content(case, text=case.content.text[0] * 5000, method="GET")

    rows = (
        (PARAM, lambda c: _content(c, both=True)),
        (Kind.RUNTIME, lambda c: _content(c, denied_by="strict")),
        (PARAM, filled("!")),
        (PARAM, filled("=")),
        (PARAM, long),
        (PARAM, lambda c: _content(c, most_bytes=0)),
    )
    return {
        f"{prefix}-{first + i:02}": Break(R, kind, apply) for i, (kind, apply) in enumerate(rows)
    }


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
REGISTER_DATA_BREAKS: dict[str, Break[Register]] = {
    "UDR-01": Break(R, DENIED, lambda d: d._replace(caller_may=False)),
    "UDR-02": Break(R, PARAM, lambda d: d._replace(name_free=False)),
    "UDR-03": Break(R, PARAM, lambda d: d._replace(same="other")),
    "UDR-04": Break(R, PARAM, lambda d: d._replace(params="a,vm-id")),
    **dict(list(content_breaks("UDR", 5).items())[2:]),
}
DELETE_DATA_BREAKS: dict[str, Break[Delete]] = {
    "UDD-01": Break(R, DENIED, lambda d: d._replace(caller_may=False)),
    "UDD-02": Break(R, PARAM, lambda d: d._replace(data=d.data._replace(removed=True))),
    "UDD-03": Break(R, Kind.RUNTIME, lambda d: d._replace(linked=True)),
    "UDD-04": Break(R, Kind.RUNTIME, lambda d: d._replace(used=True)),
}
LINK_BREAKS: dict[str, Break[Link]] = {
    "UDL-01": Break(R, Kind.RUNTIME, lambda d: d._replace(policy="MAYBE")),
    "UDL-02": Break(R, Kind.RUNTIME, lambda d: d._replace(images=2)),
    "UDL-03": Break(R, Kind.RUNTIME, lambda d: d._replace(images=0)),
    "UDL-04": Break(R, Kind.RUNTIME, lambda d: d._replace(image_removed=True)),
    "UDL-05": Break(R, Kind.RUNTIME, lambda d: d._replace(caller_may=False)),
}
RESET_DATA_BREAKS: dict[str, Break[ResetData]] = {
    "UDV-01": Break(R, PARAM, lambda d: _vm(d, kind=VmKind.CONSOLE_PROXY)),
    "UDV-02": Break(R, PARAM, lambda d: _vm(d, kind=VmKind.SHARED_FS)),
    "UDV-03": Break(R, PARAM, lambda d: _vm(d, hypervisor=Hypervisor.EXTERNAL)),
    "UDV-04": Break(R, PARAM, lambda d: _vm(d, state=VmState.RUNNING)),
    **content_breaks("UDV", 5),
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
    Ladder(
        REGISTER_DATA,
        (register_data, lambda d: _content(register_data(d), text=" ")),
        REGISTER_DATA_BREAKS,
    ),
    Ladder(DELETE_DATA, (delete_data,), DELETE_DATA_BREAKS),
    Ladder(
        LINK_DATA,
        (link_data,),
        LINK_BREAKS,
        {("UDL-02", "UDL-03"): "two are not none"},
    ),
    Ladder(
        RESET_DATA,
        (reset_data, lambda d: _content(reset_data(d), text="")),
        RESET_DATA_BREAKS,
        {("UDV-01", "UDV-02"): "a VM has one kind"},
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


@pytest.mark.parametrize(
    ("text", "kept"),
    [("YQ", "YQ=="), ("YW\nJj\n", "YWJj"), ("YWJj%0A", "YWJj"), ("_-8=", "/+8="), (" ", "")],
)
def test_user_data_is_kept_with_its_padding(text: str, kept: str) -> None:
    """Lines, letters of URLs and percent signs are read; what is kept is plain base64."""
    REGISTER_DATA.require(R, _content(register_data(SPEC), text=text))
    assert Content(text).kept == kept


def test_a_get_carries_4_kib_and_a_post_as_much_as_the_setting_says() -> None:
    """The longest texts, and one byte more."""
    case = _content(register_data(SPEC), method="GET", text="YWJj" * 1024)
    REGISTER_DATA.require(R, case)
    longer = _content(case, text=case.content.text + "Y")
    assert refusal(LADDERS[5], R, longer).text == "User data is too long for http GET request"
    REGISTER_DATA.require(R, _content(longer, method="POST", text="YWJj" * 8192))
    most = _content(longer, method="POST", text="YWJj" * 8193)
    assert refusal(LADDERS[5], R, most).text.endswith("max length: 32768")


def test_a_template_adds_to_user_data_or_stands_for_it() -> None:
    """By its policy; two cloud-configs become one, all else is MIME."""
    linked, config = data("I2Nsb3VkLWNvbmZpZwphOiAx"), "I2Nsb3VkLWNvbmZpZwpiOiAy"
    assert finished("", None, linked, DENY) == linked.text
    assert finished("", None, None, "") == ""
    assert finished("YQ==", None, linked, "ALLOWOVERRIDE") == "YQ=="
    assert finished("", data(config), linked, APPEND) == ("I2Nsb3VkLWNvbmZpZwphOiAxCgpiOiAy")
    assert decoded(finished("YQ==", None, linked, APPEND)).startswith(b"Content-Type: multipart")
