"""assignVolume: which volume may get which owner (semantics 4.3, ground truth 4)."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT, outside_text
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.management import Project
from simulator.domain.records import Account, Role, Vm, Volume
from simulator.domain.rules import Phase, Rule, Table

R = Phase.REQUEST


class Assign(NamedTuple):
    """A volume that shall have another owner.

    *wanted* is the new account, of *project* where that is given, and *account_id* the one asked
    for. *caller_may_old* and *caller_may_new* are whether the caller may use what they own.
    """

    dialect: Dialect
    caller: Account
    volume: Volume
    old: Account
    wanted: Account | None
    vm: Vm | None = None
    snapshots: bool = False
    account_id: str | None = None
    project: Project | None = None
    caller_may_share: bool = True
    caller_may_old: bool = True
    caller_may_new: bool = True
    over_limit: str = ""

    @property
    def prefix(self) -> str:
        """How every refusal begins."""
        return f"Assign volume command for volume [{self.volume.id}] failed due to ["

    @property
    def spelt(self) -> str:
        """The volume as these refusals spell it."""
        v = self.volume
        return f'[{{"id":{v.db_id},"name":"{v.name}","uuid":"{v.id}"}}]'

    @property
    def no_owner_text(self) -> str:
        """Why there is no new owner; without an id of one the server trips over what is missing."""
        if self.account_id is None:
            return 'Cannot invoke "java.lang.Long.longValue()" because "accountId" is null'
        why = "UUID of the destination account is invalid. No account was found with UUID"
        return f"{self.prefix}{why} [{self.account_id}].]."

    @property
    def same_owner(self) -> bool:
        """Whether the volume belongs to the new owner already."""
        return self.wanted is not None and self.wanted.id == self.old.id

    @property
    def share_text(self) -> str:
        """Why the project is refused: a domain admin is told about its domain."""
        project = self.project
        if self.caller.role is Role.DOMAIN_ADMIN and project is not None:
            return outside_text(self.caller, project.domain_id)
        named = project.id if project else ""
        return f"Account [{self.caller.text}] does not have access to project [{named}]."


# fmt: off
ASSIGN: Table[Assign] = Table("assignVolume", (
    Rule("ASV-07", "the volume to assign is there",
         lambda a: not a.volume.removed, R, Kind.INTERNAL,
         "{c.prefix}No volume was found with UUID [{c.volume.id}].].", "4.3"),
    Rule("ASV-04", "the volume to assign is on no VM",
         lambda a: a.vm is None, R, Kind.INTERNAL,
         "{c.prefix}Volume {c.spelt} is attached to [{c.vm.text}], so it cannot be moved to a "
         "different account.].", "GT 4"),
    Rule("ASV-05", "the volume to assign has no snapshots",
         lambda a: not a.snapshots, R, Kind.INTERNAL,
         "{c.prefix}Volume {c.spelt} has snapshots. Remove the volume's snapshots before assigning "
         "it to another account.].", "GT 4"),
    Rule("ASV-08", "an account and a project are not given together",
         lambda a: a.account_id is None or a.project is None, R, Kind.INTERNAL,
         "{c.prefix}Both 'accountid' and 'projectid' were informed. You must inform only one of "
         "them.].", "4.3"),
    Rule("ASV-09", "the project is there",
         lambda a: a.project is None or not a.project.removed, R, Kind.INTERNAL,
         "{c.prefix}Unable to find project [{c.project.id}]].", "4.3"),
    Rule("ASV-10", "the caller may use the project",
         lambda a: a.caller_may_share, R, Kind.INTERNAL, "{c.prefix}{c.share_text}].", "4.3"),
    Rule("ASV-01", "a new owner is given",
         lambda a: a.wanted is not None, R, Kind.INTERNAL, "{c.no_owner_text}", "4.3"),
    Rule("ASV-02", "the new owner is enabled",
         lambda a: a.wanted is None or a.wanted.enabled, R, Kind.INTERNAL,
         "{c.prefix}Unable to assign volume to destination account [{c.wanted.text}], as it is in "
         "[{c.wanted.state}] state.].", "4.3"),
    Rule("ASV-03", "the new owner is another one",
         lambda a: not a.same_owner, R, Kind.INTERNAL,
         "{c.prefix}The new account and the old account are the same [{c.old.text}].].", "4.3"),
    Rule("ASV-11", "the caller may use what the old owner owns",
         lambda a: a.caller_may_old, R, Kind.INTERNAL,
         f"{{c.prefix}}{PERMISSION_TEXT}].", "4.3", "SPEC-03"),
    Rule("ASV-12", "the caller may use what the new owner owns",
         lambda a: a.caller_may_new, R, Kind.INTERNAL,
         f"{{c.prefix}}{PERMISSION_TEXT}].", "4.3", "SPEC-03"),
    Rule("ASV-06", "the new owner's limits leave room for the volume",
         lambda a: not a.over_limit, R, Kind.INTERNAL, "{c.prefix}{c.over_limit}].", "4.3, 6.2"),
))
# fmt: on
