"""User data of VMs and templates: what is kept of it, how it is joined, when it is refused."""

import re
from base64 import b64encode
from collections.abc import Callable
from typing import NamedTuple, TypeVar
from urllib.parse import unquote_plus

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.guest_data import decoded
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Vm, VmKind
from simulator.domain.rules import Case, Phase, Rule, Table
from simulator.domain.states import VmState

C = TypeVar("C", bound=Case)
ALLOW, APPEND, DENY = POLICIES = ("ALLOWOVERRIDE", "APPEND", "DENYOVERRIDE")
"""What becomes of a template's user data when a VM comes with its own."""
_MOST_BYTES = {"GET": 4096, "POST": 1 << 20}
_BASE64 = re.compile(r"[A-Za-z0-9+/_=\s-]*", re.ASCII)
_METADATA = (
    "service-offering", "availability-zone", "local-hostname", "local-ipv4", "public-hostname",
    "public-ipv4", "instance-id", "vm-id", "public-keys", "cloud-identifier", "cloud-name",
    "hypervisor-host-name",
)  # fmt: skip
"""Files of a virtual router that no parameter may be called after."""
_KINDS = {"#cloud-config": "cloud-config", "#!": "x-shellscript", "#include": "x-include-url"}
_BOUNDARY = "===============cloudstack=="


class UserData(NamedTuple):
    """User data under a name; *text* is in base64, *params* are names with commas between."""

    id: str
    db_id: int
    name: str
    account_id: str
    text: str
    params: str | None = None
    removed: bool = False


class Content(NamedTuple):
    """User data as a call gives it: *text* in base64, with *both* there is an id as well.

    *denied_by* is the name of a template that allows none but its own, *most_bytes* is the
    longest that the server's setting allows.
    """

    text: str = ""
    both: bool = False
    denied_by: str = ""
    method: str = "POST"
    most_bytes: int = 32768

    @property
    def blank(self) -> bool:
        """Whether there is nothing to judge."""
        return not self.text.strip()

    @property
    def plain(self) -> str:
        """The text, with percent signs decoded once more."""
        return unquote_plus(self.text) if "%" in self.text else self.text

    @property
    def is_base64(self) -> bool:
        """Whether every character is one of base64, of its padding, or white."""
        return _BASE64.fullmatch(self.plain) is not None

    @property
    def fits_method(self) -> bool:
        """Whether a request of this HTTP method may carry so much."""
        return len(self.plain) <= _MOST_BYTES.get(self.method, 1 << 20)

    @property
    def kept(self) -> str:
        """What is kept: the same bytes with their padding."""
        return "" if self.blank else b64encode(decoded(self.plain)).decode()


class Register(NamedTuple):
    """User data someone wants to keep; *same* is the name of what has the content already."""

    dialect: Dialect
    name: str
    caller_may: bool
    name_free: bool
    same: str
    params: str
    content: Content

    @property
    def reserved(self) -> str:
        """The parameters that are called like a file of a virtual router."""
        return "[" + ", ".join(p for p in self.params.split(",") if p in _METADATA) + "]"


class Delete(NamedTuple):
    """User data to delete; *owner* is the account the caller acts for."""

    dialect: Dialect
    data: UserData
    owner: str
    caller_may: bool
    linked: bool
    used: bool
    domain_id: str = "-"


class Link(NamedTuple):
    """User data to link to a template or an ISO, of which *images* are named."""

    dialect: Dialect
    images: int
    caller_may: bool
    policy: str
    image_db_id: int
    image_removed: bool


class ResetData(NamedTuple):
    """A VM that shall have other user data."""

    dialect: Dialect
    vm: Vm
    content: Content


def finished(text: str, named: UserData | None, linked: UserData | None, policy: str) -> str:
    """Return the user data of a VM: given, *named* by its id, or that *linked* to its template."""
    own = named.text if named else text
    if linked is None or policy == ALLOW:
        return own or (linked.text if linked else "")
    return joined(linked.text, own) if policy == APPEND and own else linked.text


def joined(first: str, second: str) -> str:
    """Return two user data in base64 as one: cloud-configs and scripts in a row, else in MIME."""
    texts = [decoded(t).decode("utf-8", "replace") for t in (first, second)]
    kinds = [next((k for k in _KINDS if t.startswith(k)), "") for t in texts]
    if kinds[0] == kinds[1] and kinds[0] in {"#cloud-config", "#!"}:
        whole = "\n\n".join((texts[0], texts[1].partition("\n")[2]))
    else:
        head = f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"\nMIME-Version: 1.0\n\n'
        parts = "".join(
            f"--{_BOUNDARY}\nContent-Type: text/{_KINDS.get(kind, 'plain')}\n\n{text}\n"
            for kind, text in zip(kinds, texts, strict=True)
        )
        whole = f"{head}{parts}--{_BOUNDARY}--\n"
    return b64encode(whole.encode()).decode()


R = Phase.REQUEST
_USER_KINDS = frozenset({VmKind.USER, VmKind.SHARED_FS})
_LINK = "Failed to link userdata to template, due to: "


def content_rows(prefix: str, first: int, what: str, of: Callable[[C], Content],
                 given: str) -> tuple[Rule[C], ...]:  # fmt: skip
    """Return the six rows on user data that a call gives, from *prefix*-*first* on.

    *of* finds it in the case, *given* is how texts reach it.
    """

    def row(
        number: int, must: str, holds: Callable[[Content], bool], kind: Kind, text: str
    ) -> Rule[C]:
        return Rule(f"{prefix}-{first + number:02}", f"{must} to {what}", lambda c: holds(of(c)),
                    R, kind, text, "UserDataManagerImpl")  # fmt: skip

    return (
        row(0, "user data and its id are not both given", lambda d: not d.both, Kind.PARAM,
            "Both userdata and userdata ID inputs are not allowed, please provide only one"),
        row(1, "the template allows user data", lambda d: not d.denied_by, Kind.RUNTIME,
            f"UserData input is not allowed here since template {{{given}.denied_by}} is "
            "configured to deny any userdata"),
        row(2, "user data is base64", lambda d: d.blank or d.is_base64, Kind.PARAM,
            "User data is not base64 encoded."),
        row(3, "user data has a byte", lambda d: d.blank or decoded(d.plain) != b"", Kind.PARAM,
            "User data is too short."),
        row(4, "user data fits its request", lambda d: d.blank or d.fits_method, Kind.PARAM,
            f"User data is too long for http {{{given}.method}} request"),
        row(5, "user data is no longer than the setting", lambda d: d.blank
            or len(d.plain) <= d.most_bytes, Kind.PARAM,
            f"User data has exceeded configurable max length: {{{given}.most_bytes}}"),
    )  # fmt: skip


def _registered(case: Register) -> Content:
    return case.content


def _reset(case: ResetData) -> Content:
    return case.content


# fmt: off
REGISTER_DATA: Table[Register] = Table("registerUserData", (
    Rule("UDR-01", "the caller may register user data for the owner",
         lambda d: d.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("UDR-02", "no user data of the owner has the name",
         lambda d: d.name_free, R, Kind.PARAM,
         "A userdata with name {c.name} already exists for this account.", "ManagementServerImpl"),
    Rule("UDR-03", "no user data of the owner has the content",
         lambda d: not d.same, R, Kind.PARAM,
         "Userdata {c.same} with same content already exists for this account.",
         "ManagementServerImpl"),
    Rule("UDR-04", "no parameter of user data is called like a file of a router",
         lambda d: d.reserved == "[]", R, Kind.PARAM,
         "Params passed here have a few virtual router metadata file names {c.reserved}",
         "BaseRegisterUserDataCmd"),
    *content_rows("UDR", 5, "register", _registered, "c.content")[2:],
))

DELETE_DATA: Table[Delete] = Table("deleteUserData", (
    Rule("UDD-01", "the caller may act for the owner of user data to delete",
         lambda d: d.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("UDD-02", "user data to delete is there",
         lambda d: not d.data.removed, R, Kind.PARAM,
         "A UserData with id '{c.data.db_id}' does not exist for account {c.owner} in specified "
         "domain id", "ManagementServerImpl", ids="{c.domain_id} domainId"),
    Rule("UDD-03", "no template is linked to user data to delete",
         lambda d: not d.linked, R, Kind.RUNTIME,
         "Userdata {c.data.name} cannot be removed as it is linked to active template/templates",
         "ManagementServerImpl"),
    Rule("UDD-04", "no VM has the user data to delete",
         lambda d: not d.used, R, Kind.RUNTIME,
         "Userdata {c.data.name} cannot be removed as it is being used by some VMs",
         "ManagementServerImpl"),
))

LINK_DATA: Table[Link] = Table("linkUserDataToTemplate", (
    Rule("UDL-01", "the policy of a link is one",
         lambda d: d.policy in POLICIES, R, Kind.RUNTIME,
         _LINK + "No enum constant com.cloud.user.UserData.UserDataOverridePolicy.{c.policy}",
         "LinkUserDataToTemplateCmd"),
    Rule("UDL-02", "a link is to a template or to an ISO, not to both",
         lambda d: d.images < 2, R, Kind.RUNTIME,
         _LINK + "Both template ID and ISO ID are passed, API accepts only one",
         "TemplateManagerImpl"),
    Rule("UDL-03", "a link is to something",
         lambda d: d.images > 0, R, Kind.RUNTIME,
         _LINK + "Atleast one of template ID or ISO ID needs to be passed", "TemplateManagerImpl"),
    Rule("UDL-04", "what user data is linked to is there",
         lambda d: not d.image_removed, R, Kind.RUNTIME,
         _LINK + "unable to find template/ISO with id {c.image_db_id}", "TemplateManagerImpl"),
    Rule("UDL-05", "the caller may change what user data is linked to",
         lambda d: d.caller_may, R, Kind.RUNTIME, _LINK + PERMISSION_TEXT, "6.1", "SPEC-03"),
))

RESET_DATA: Table[ResetData] = Table("resetUserDataForVirtualMachine", (
    Rule("UDV-01", "a VM whose user data is reset is a VM of a user",
         lambda d: d.vm.kind in _USER_KINDS, R, Kind.PARAM,
         "unable to find a virtual machine by id{c.vm.db_id}", "UserVmManagerImpl"),
    Rule("UDV-02", "a VM whose user data is reset is no shared file system",
         lambda d: d.vm.kind is not VmKind.SHARED_FS, R, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", "UserVmManagerImpl"),
    Rule("UDV-03", "a VM whose user data is reset is not of an External hypervisor",
         lambda d: d.vm.hypervisor is not Hypervisor.EXTERNAL, R, Kind.PARAM,
         "Operation not supported for instance: {c.vm.name}", "UserVmManagerImpl"),
    Rule("UDV-04", "a VM whose user data is reset is Stopped",
         lambda d: d.vm.state is VmState.STOPPED, R, Kind.PARAM,
         "VM {c.vm.text} should be stopped to do UserData reset", "UserVmManagerImpl"),
    *content_rows("UDV", 5, "reset", _reset, "c.content"),
))
# fmt: on
