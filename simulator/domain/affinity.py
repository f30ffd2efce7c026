"""Affinity groups: VMs that shall share a host, or shall not."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.records import USER_KINDS, Account, Role, Vm, VmKind
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.states import VmState

APART, TOGETHER = "host anti-affinity", "host affinity"
RATHER_APART, RATHER_TOGETHER = f"non-strict {APART}", f"non-strict {TOGETHER}"
DEDICATED = "ExplicitDedication"
TYPES = (APART, TOGETHER, RATHER_APART, RATHER_TOGETHER)
"""The types that anybody may use; dedication is for root admins."""
_VALID = f"{RATHER_TOGETHER},{TOGETHER},{APART},{DEDICATED},{RATHER_APART}"


class AffinityGroup(NamedTuple):
    """A group of VMs of one owner; its row goes for good when it is deleted."""

    id: str
    db_id: int
    name: str
    account_id: str
    type: str
    text: str | None = None

    @property
    def spelt(self) -> str:
        """The group as messages spell it."""
        return f'AffinityGroup {{"id":{self.db_id},"name":"{self.name}","uuid":"{self.id}"}}'


def may_delete(caller: Account, owner: Account) -> bool:
    """Return whether *caller* may delete groups of *owner*; no admin of a domain may."""
    own = caller.id == owner.id or caller.id in owner.members
    return caller.role is Role.ADMIN or own


class NewGroup(NamedTuple):
    """A group that someone wants; *alone* is whether a domain is named without an account."""

    dialect: Dialect
    name: str
    type: str
    caller_is_root: bool
    alone: bool
    caller_may: bool
    name_free: bool


class OldGroup(NamedTuple):
    """A group to delete; *named* is whether an id or a name is given, *name* the name."""

    dialect: Dialect
    caller: Account
    named: bool
    name: str
    group: AffinityGroup | None
    caller_may: bool


class JoinGroups(NamedTuple):
    """Groups that a VM shall be in; *missing* is a name that no group of the owner has.

    *foreign* is a group of another than the VM's *owner*.
    """

    dialect: Dialect
    ways: int
    missing: str
    owner: Account
    foreign: AffinityGroup | None
    caller_may: bool = True
    vm: Vm | None = None


R, J = Phase.REQUEST, Phase.JOB
_SOURCE = "AffinityGroupServiceImpl"
_NEW = "Unable to create affinity group, "
_OTHERS = "Entity {c.foreign.spelt} and entity {c.owner.text} belong to different accounts"
_EXCLUSIVE = "affinitygroupids parameter is mutually exclusive with affinitygroupnames parameter"

# fmt: off
CREATE_GROUP: Table[NewGroup] = Table("createAffinityGroup", (
    Rule("AGC-01", "the type of an affinity group is one",
         lambda g: g.type in {*TYPES, DEDICATED}, R, Kind.PARAM,
         _NEW + "invalid affinity group type: {c.type}. Valid values are " + _VALID, _SOURCE),
    Rule("AGC-02", "a dedication is made by a root admin",
         lambda g: g.type != DEDICATED or g.caller_is_root, R, Kind.DENIED,
         "Cannot create the affinity group", _SOURCE),
    Rule("AGC-03", "a group of a whole domain is made by a root admin",
         lambda g: not g.alone or g.caller_is_root, R, Kind.PARAM,
         _NEW + "account name must be passed with the domainId", _SOURCE),
    Rule("AGC-04", "a group of a whole domain is a dedication",
         lambda g: not g.alone or g.type == DEDICATED, R, Kind.PARAM,
         _NEW + "account name is needed. Affinity group type {c.type} cannot be shared domain wide",
         _SOURCE),
    Rule("AGC-05", "the caller may create groups for the owner",
         lambda g: g.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AGC-06", "no group of the owner has the name of a new one",
         lambda g: g.name_free, R, Kind.PARAM,
         _NEW + "a group with name {c.name} already exists.", _SOURCE),
))

DELETE_GROUP: Table[OldGroup] = Table("deleteAffinityGroup", (
    Rule("AGD-01", "a group to delete is named",
         lambda g: g.named, J, Kind.PARAM,
         "Either the affinity group Id or group name must be specified to delete the group",
         _SOURCE),
    Rule("AGD-02", "a group to delete is there",
         lambda g: g.group is not None, J, Kind.PARAM,
         "Unable to find affinity group {c.name}", _SOURCE),
    Rule("AGD-03", "the caller may delete the group",
         lambda g: g.caller_may, J, Kind.DENIED,
         "{c.caller.text} does not have permission to operate with resource {c.group.spelt}",
         "AffinityGroupAccessChecker", "SPEC-03"),
))

JOIN_GROUPS: Table[JoinGroups] = Table("updateVMAffinityGroup", (
    Rule("AGU-09", "the caller may use the groups of a VM",
         lambda g: g.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AGU-01", "groups of a VM are named by ids or by names, not both",
         lambda g: g.ways < 2, J, Kind.PARAM, _EXCLUSIVE, "UpdateVMAffinityGroupCmd"),
    Rule("AGU-02", "groups of a VM are named",
         lambda g: g.ways > 0, J, Kind.PARAM,
         "affinitygroupids parameter or affinitygroupnames parameter must be given",
         "UpdateVMAffinityGroupCmd"),
    Rule("AGU-03", "a group of a VM that is named is there",
         lambda g: not g.missing, J, Kind.PARAM,
         "Unable to find group by name {c.missing} for account {c.owner.db_id}",
         "UpdateVMAffinityGroupCmd"),
    Rule("AGU-04", "a VM whose groups change is a VM of a user",
         lambda g: g.vm is None or g.vm.kind in USER_KINDS, J, Kind.PARAM,
         "Unable to find a virtual machine with id {c.vm.db_id}", _SOURCE),
    Rule("AGU-05", "a VM whose groups change is no shared file system",
         lambda g: g.vm is None or g.vm.kind is not VmKind.SHARED_FS, J, Kind.PARAM,
         "Operation not supported on Shared FileSystem Instance", _SOURCE),
    Rule("AGU-06", "a VM whose groups change is not of an External hypervisor",
         lambda g: g.vm is None or g.vm.hypervisor is not Hypervisor.EXTERNAL, J, Kind.PARAM,
         "Operation not supported for instance: {c.vm.name}", _SOURCE),
    Rule("AGU-07", "a VM whose groups change is Stopped",
         lambda g: g.vm is None or g.vm.state is VmState.STOPPED, J, Kind.PARAM,
         "Unable update affinity groups of the virtual machine {c.vm.text} in state {c.vm.state}; "
         "make sure the virtual machine is stopped and not in an error state before updating.",
         _SOURCE),
    Rule("AGU-08", "the groups of a VM are its owner's",
         lambda g: g.foreign is None, J, Kind.DENIED, _OTHERS, "AccountManagerImpl.checkAccess"),
))

DEPLOY_INTO: Table[JoinGroups] = Table("deployVirtualMachine, affinity", (
    Rule("AGV-01", "groups of a new VM are named by ids or by names, not both",
         lambda g: g.ways < 2, R, Kind.PARAM, _EXCLUSIVE, "BaseDeployVMCmd"),
    Rule("AGV-02", "a group of a new VM that is named is there",
         lambda g: not g.missing, R, Kind.PARAM,
         "Unable to find affinity group by name {c.missing}", "BaseDeployVMCmd"),
    Rule("AGV-04", "the caller may use the groups of a new VM",
         lambda g: g.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("AGV-03", "the groups of a new VM are its owner's",
         lambda g: g.foreign is None, R, Kind.DENIED, _OTHERS, "AccountManagerImpl.checkAccess"),
))
# fmt: on
