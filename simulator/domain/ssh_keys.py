"""SSH key pairs and passwords of VMs: what is kept of them and when they are refused."""

from hashlib import md5
from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.guest_data import decoded
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

_ALGORITHMS = (
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-ed25519",
)
_UNFIT = frozenset({VmState.ERROR, VmState.EXPUNGING})


class SshKey(NamedTuple):
    """The public half of a key pair; its row goes for good when it is deleted."""

    id: str
    db_id: int
    name: str
    account_id: str
    public_key: str
    fingerprint: str


class NewKey(NamedTuple):
    """A key pair someone wants; *public_key* is None where *given* is none."""

    dialect: Dialect
    name: str
    caller_may: bool
    name_free: bool
    given: str = ""
    public_key: str | None = ""
    key_free: bool = True


class OldKey(NamedTuple):
    """A key pair to delete by its name; *owner* is the name of its account."""

    dialect: Dialect
    name: str
    owner: str
    caller_may: bool
    known: bool
    domain_id: str = "-"


class ResetKey(NamedTuple):
    """A VM that shall have other keys, *wanted* of which *known* are there."""

    dialect: Dialect
    vm: Vm
    wanted: int
    known: int


class ResetPassword(NamedTuple):
    """A VM that shall have another password."""

    dialect: Dialect
    vm: Vm
    password_enabled: bool


def public_key_of(material: str) -> str | None:
    """Return algorithm and key of a public key, None for what is none; it may come in base64."""
    text = material if " " in material else decoded(material).decode("utf-8", "replace")
    words = text.split(" ")
    if not text.startswith(_ALGORITHMS) or len([*filter(None, words[1:])]) == 0:
        return None
    return f"{words[0]} {words[1]}"


def fingerprint_of(public_key: str) -> str:
    """Return the MD5 of a public key's blob as pairs of hexadecimal digits between colons."""
    text = md5(decoded(public_key.split(" ")[1]), usedforsecurity=False).hexdigest()
    return ":".join(text[at : at + 2] for at in range(0, len(text), 2))


R, J = Phase.REQUEST, Phase.JOB

# fmt: off
CREATE_KEY: Table[NewKey] = Table("createSSHKeyPair", (
    Rule("SKC-01", "a new key pair has a name that is not blank",
         lambda k: bool(k.name.strip()), R, Kind.PARAM,
         "Please specify a valid name for the key pair. The key name can't be empty",
         "ManagementServerImpl"),
    Rule("SKC-02", "the caller may create key pairs for the owner",
         lambda k: k.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("SKC-03", "no key pair of the owner has the name of a new one",
         lambda k: k.name_free, R, Kind.PARAM,
         "A key pair with name '{c.name}' already exists.", "ManagementServerImpl"),
))

REGISTER_KEY: Table[NewKey] = Table("registerSSHKeyPair", (
    Rule("SKR-01", "the caller may register keys for the owner",
         lambda k: k.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("SKR-02", "no key pair of the owner has the name of a registered one",
         lambda k: k.name_free, R, Kind.PARAM,
         "A key pair with name '{c.name}' already exists for this account.",
         "ManagementServerImpl"),
    Rule("SKR-03", "a public key is one",
         lambda k: k.public_key is not None, R, Kind.PARAM,
         "Public key is invalid", "SSHKeysHelper"),
    Rule("SKR-04", "the owner has not registered the public key yet",
         lambda k: k.key_free, R, Kind.PARAM,
         "A key pair with key '{c.given}' already exists for this account.",
         "ManagementServerImpl"),
))

DELETE_KEY: Table[OldKey] = Table("deleteSSHKeyPair", (
    Rule("SKD-01", "the caller may delete the owner's key pairs",
         lambda k: k.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("SKD-02", "the owner has the key pair to delete",
         lambda k: k.known, R, Kind.PARAM,
         "A key pair with name '{c.name}' does not exist for account {c.owner} in specified domain "
         "id", "ManagementServerImpl", ids="{c.domain_id} domainId"),
))

RESET_KEY: Table[ResetKey] = Table("resetSSHKeyForVirtualMachine", (
    Rule("SKV-02", "a VM whose keys are reset is a VM of a user",
         lambda k: k.vm.kind is VmKind.USER or k.vm.kind is VmKind.SHARED_FS, J, Kind.PARAM,
         "unable to find a virtual machine by id {c.vm.db_id}", "UserVmManagerImpl"),
    Rule("SKV-03", "a VM whose keys are reset is no shared file system",
         lambda k: k.vm.kind is not VmKind.SHARED_FS, J, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", "UserVmManagerImpl"),
    Rule("SKV-04", "a VM whose keys are reset is not of an External hypervisor",
         lambda k: k.vm.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Operation not supported for instance: {c.vm.name}", "UserVmManagerImpl"),
    Rule("SKV-05", "a VM whose keys are reset is neither in Error nor Expunging",
         lambda k: k.vm.state not in _UNFIT, J, Kind.PARAM,
         "Vm with specified id is not in the right state", "UserVmManagerImpl"),
    Rule("SKV-06", "a VM whose keys are reset is Stopped",
         lambda k: k.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "Vm {c.vm.text} should be stopped to do SSH Key reset", "UserVmManagerImpl"),
    Rule("SKV-07", "keys to reset are named",
         lambda k: k.wanted > 0, J, Kind.PARAM,
         "'keypair' or 'keypairs' must be specified", "UserVmManagerImpl"),
    Rule("SKV-08", "the owner has the keys to reset",
         lambda k: k.known == k.wanted, J, Kind.PARAM,
         "Not all specified keypairs exist", "GT 4"),
))

RESET_PASSWORD: Table[ResetPassword] = Table("resetPasswordForVirtualMachine", (
    Rule("PWV-01", "a VM whose password is reset is a VM of a user",
         lambda p: p.vm.kind is VmKind.USER or p.vm.kind is VmKind.SHARED_FS, J, Kind.PARAM,
         "unable to find a virtual machine with id {c.vm.db_id}", "UserVmManagerImpl"),
    Rule("PWV-02", "a password is reset where the template takes one",
         lambda p: p.password_enabled, J, Kind.PARAM,
         "Fail to reset password for the virtual machine, the template is not password enabled",
         "GT 4"),
    Rule("PWV-03", "a VM whose password is reset is neither in Error nor Expunging",
         lambda p: p.vm.state not in _UNFIT, J, Kind.PARAM,
         "Vm {c.vm.text} is not in the right state", "UserVmManagerImpl"),
    Rule("PWV-04", "a VM whose password is reset is Stopped",
         lambda p: p.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "Vm {c.vm.text} should be stopped to do password reset", "UserVmManagerImpl"),
))
# fmt: on
