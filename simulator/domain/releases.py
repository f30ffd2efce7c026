"""How CloudStack 4.18 to 4.23 differ from the measured 4.22.0: a flag a difference, never ">=".

Releases are no line: 4.20.3 is younger than 4.21.0 and 4.22.0 and has what these lack. All but
4.22.0 was read in the releases' source, not measured (versions.md, whose row is the source).
"""

from enum import StrEnum
from typing import NamedTuple

MEASURED = "4.22.0"
RELEASES = (
    "4.18.0", "4.18.1", "4.18.2", "4.19.0", "4.19.1", "4.19.2", "4.19.3", "4.20.0", "4.20.1",
    "4.20.2", "4.20.3", "4.21.0", "4.22.0", "4.22.1", "4.23.0",
)  # fmt: skip
"""Every release that a dialect stands for, the oldest first."""


class Flag(StrEnum):
    """One way in which some releases differ from 4.22.0."""

    JOB_CODE_530 = "job-code-530"
    INSTANCE_WORDS = "instance-words"
    RECOVER_COUNTS_VOLUMES = "recover-counts-volumes"
    SERVICE_JUDGES_REMOVED = "service-judges-removed"
    BACKUPS_IGNORE_SETTING = "backups-ignore-setting"
    BACKUPS_MUST_EXIST = "backups-must-exist"
    DETACH_BACKUPS_MUST_EXIST = "detach-backups-must-exist"
    NOTHING_CREATED_WITHOUT_DISKS = "nothing-created-without-disks"
    LAST_HOST_UNKNOWN = "last-host-unknown"
    NEVER_STARTED_STAYS = "never-started-stays"
    LIMIT_TEXT_BARE = "limit-text-bare"
    LIMIT_TEXT_RESERVED = "limit-text-reserved"
    RESIZE_LIMIT_530 = "resize-limit-530"
    PERMISSION_TEXT_NAMES = "permission-text-names"
    START_TEXTS_OLD = "start-texts-old"
    NO_DELETE_PROTECTION = "no-delete-protection"
    NO_SHARED_FS = "no-shared-fs"
    NO_EXTERNAL = "no-external"
    ANY_SNAPSHOT_STOPS_RESIZE = "any-snapshot-stops-resize"
    PLAIN_RESTORE = "plain-restore"
    ATTACH_NAMES_STATES = "attach-names-states"
    EXPUNGE_TEXT_OLD = "expunge-text-old"
    EXPUNGE_ROLE_NOT_ASKED = "expunge-role-not-asked"
    START_CAUSES_HIDDEN = "start-causes-hidden"
    NO_VM_SNAPSHOT_OF_FILES = "no-vm-snapshot-of-files"
    VM_SNAPSHOTS_COUNTED_AT_BOOT = "vm-snapshots-counted-at-boot"
    DRIVE_HOLDS_ITS_ISO = "drive-holds-its-iso"
    VMWARE_WITHOUT_8_0_0_2 = "vmware-without-8-0-0-2"
    VMWARE_WITHOUT_8_0_2 = "vmware-without-8-0-2"
    XENSERVER_WITHOUT_8_3 = "xenserver-without-8-3"
    VOLUME_FOR_ANY_ZONE = "volume-for-any-zone"
    EXPUNGING_IS_CLEANED = "expunging-is-cleaned"
    RESTART_LEAVES_VOLUMES = "restart-leaves-volumes"
    RESTART_LEAVES_SNAPSHOTS = "restart-leaves-snapshots"
    UPLOAD_FOR_NOBODY = "upload-for-nobody"
    SNAPSHOTS_COUNT_AS_SECONDARY = "snapshots-count-as-secondary"
    MIGRATE_IN_ANY_STATE = "migrate-in-any-state"
    RESIZE_INTO_FULL_POOL = "resize-into-full-pool"
    XENSERVER_SHRINKS = "xenserver-shrinks"
    DEPLOY_NEEDS_TEMPLATE = "deploy-needs-template"
    DISPLAYTEXT_REQUIRED = "displaytext-required"
    EVENTS_WITHOUT_STATE = "events-without-state"
    NO_VOLUME_CHECK = "no-volume-check"
    NO_ENCRYPT_FORMAT = "no-encrypt-format"
    RESTORE_BEYOND_LIMIT = "restore-beyond-limit"
    POLICIES_OF_ONE_VOLUME = "policies-of-one-volume"
    CAPABILITIES_BY_ID = "capabilities-by-id"
    RESERVATIONS_HELD = "reservations-held"
    OBJECT_TEXTS_OLD = "object-texts-old"
    VM_TEXT_WITHOUT_STATE = "vm-text-without-state"
    OLD_SPELLING = "old-spelling"
    LOCAL_AND_SHARED_IN_ONE = "local-and-shared-in-one"
    HOST_CHECKS_IN_ONE = "host-checks-in-one"
    USERS_DELETE_THEMSELVES = "users-delete-themselves"
    NO_COMMANDS_TIMEOUT = "no-commands-timeout"
    EVERYWHERE_FOR_ANYBODY = "everywhere-for-anybody"
    SAME_OFFERING_AGAIN = "same-offering-again"
    ENCRYPTION_CHANGES = "encryption-changes"
    ROLE_CHANGES_BY_TYPE = "role-changes-by-type"
    HOST_TAGS_LATE = "host-tags-late"
    LAST_HOST_HAS_TAGS = "last-host-has-tags"


class Difference(NamedTuple):
    """What 4.22.0 does, what *releases* do, and the row of versions.md."""

    measured: str
    otherwise: str
    releases: frozenset[str]
    source: str


def _until(last: str) -> frozenset[str]:
    """Return the releases of the older lines: up to *last* in the order of RELEASES."""
    return frozenset(RELEASES[: RELEASES.index(last) + 1])


def _only(*releases: str) -> frozenset[str]:
    return frozenset(releases)


_4_18 = _only("4.18.0", "4.18.1", "4.18.2")
_TO_4_19_1 = _until("4.19.1")
_REWORDED = _only("4.20.3", "4.22.1", "4.23.0")
_BEFORE_4_20_1 = _until("4.20.0")

# fmt: off
DIFFERENCES_OF: dict[Flag, Difference] = {
    Flag.JOB_CODE_530: Difference(
        "jobresultcode is the code of the error", "jobresultcode is always 530",
        _only("4.18.0"), "1"),
    Flag.INSTANCE_WORDS: Difference(
        "texts say VM and snapshot", "texts say Instance and Snapshot", _REWORDED, "2, section 5"),
    Flag.RECOVER_COUNTS_VOLUMES: Difference(
        "recoverVolume looks at primary storage alone",
        "it looks at the number of volumes, too", _REWORDED, "3b"),
    Flag.SERVICE_JUDGES_REMOVED: Difference(
        "an id of something removed is refused before the command is looked at",
        "the command judges it itself", _only("4.23.0"), "4"),
    Flag.BACKUPS_IGNORE_SETTING: Difference(
        "attachVolume to a VM with a backup offering follows a setting",
        "it is refused whatever the setting says", _until("4.19.3"), "5a"),
    Flag.BACKUPS_MUST_EXIST: Difference(
        "a backup offering alone keeps a VM from an attach",
        "only backups do, of which there are none here",
        _only("4.20.0", "4.20.1", "4.23.0"), "5b, 5d"),
    Flag.DETACH_BACKUPS_MUST_EXIST: Difference(
        "a backup offering alone keeps a volume from being detached",
        "only backups do, of which there are none here", _only("4.23.0"), "5d"),
    Flag.NOTHING_CREATED_WITHOUT_DISKS: Difference(
        "an Allocated volume is created when it is attached to a VM without created volumes",
        "it stays Allocated until the VM starts; an Uploaded one is refused",
        _TO_4_19_1 | {"4.20.0"}, "6, 6b"),
    Flag.LAST_HOST_UNKNOWN: Difference(
        "a disk on a host's storage goes to a Stopped VM that ran there last",
        "it is refused, as only the current host counts", _TO_4_19_1, "7"),
    Flag.NEVER_STARTED_STAYS: Difference(
        "a volume leaves a VM that was never started", "that fails 530", _only("4.18.0"), "7b"),
    Flag.LIMIT_TEXT_BARE: Difference(
        "the text of a limit names tag and reservation", "it names neither",
        _only("4.18.0"), "8a"),
    Flag.LIMIT_TEXT_RESERVED: Difference(
        "the text of a limit names the tag", "it does not", _until("4.19.3") - {"4.18.0"}, "8b"),
    Flag.RESIZE_LIMIT_530: Difference(
        "a resize over the limit is 535", "it is 530", _only("4.18.0"), "8b"),
    Flag.PERMISSION_TEXT_NAMES: Difference(
        "who may not is not named", "the refusal names the caller's account", _TO_4_19_1, "9"),
    Flag.START_TEXTS_OLD: Difference(
        "a start without a ROOT names the VM by uuid", "by database id, in other words",
        _until("4.19.3"), "11"),
    Flag.NO_DELETE_PROTECTION: Difference(
        "volumes and VMs can be protected", "the parameter is ignored", _until("4.19.3"), "12"),
    Flag.NO_SHARED_FS: Difference(
        "a shared file system's VM takes no volume", "there are none", _until("4.19.3"), "12"),
    Flag.NO_EXTERNAL: Difference(
        "External hosts' VMs take no volume", "there is no such hypervisor",
        _until("4.20.3"), "13"),
    Flag.ANY_SNAPSHOT_STOPS_RESIZE: Difference(
        "VM snapshots of disks alone let a KVM volume be resized",
        "any VM snapshot refuses it", _until("4.20.3"), "14"),
    Flag.PLAIN_RESTORE: Difference(
        "restoreVirtualMachine takes expunge, diskofferingid, rootdisksize and details",
        "it ignores them", _until("4.19.0"), "15"),
    Flag.ATTACH_NAMES_STATES: Difference(
        "the VM's state is refused in words", "the refusal lists the states",
        _only("4.23.0"), "16"),
    Flag.EXPUNGE_TEXT_OLD: Difference(
        "expunge=true by a user: Account does not have permission for expunging.",
        "it names the setting", _until("4.19.3"), "19"),
    Flag.EXPUNGE_ROLE_NOT_ASKED: Difference(
        "expunge=true needs a role that may call expungeVirtualMachine", "the role is not asked",
        _until("4.19.3"), "19"),
    Flag.START_CAUSES_HIDDEN: Difference(
        "everybody reads that there is no deployment for a VM that does not start",
        "who is no root admin reads of insufficient capacity",
        _only("4.22.1", "4.23.0"), "22"),
    Flag.NO_VM_SNAPSHOT_OF_FILES: Difference(
        "KVM takes VM snapshots of the files of disks alone",
        "a Running VM's has its memory, or is made of snapshots of volumes",
        _until("4.20.3"), "30"),
    Flag.VM_SNAPSHOTS_COUNTED_AT_BOOT: Difference(
        "the setting of how many VM snapshots a VM may have counts at once",
        "it counts as it was when the server started", _BEFORE_4_20_1, "30"),
    Flag.DRIVE_HOLDS_ITS_ISO: Difference(
        "an ISO takes the place of the one in the drive", "it is refused while one is there",
        _only("4.23.0"), "31"),
    Flag.VMWARE_WITHOUT_8_0_0_2: Difference(
        "VMware 8.0.0.2 and 8.0.0.3 have capabilities of their own", "those of 8.0", _4_18, "34"),
    Flag.VMWARE_WITHOUT_8_0_2: Difference(
        "VMware 8.0.2 and 8.0.3 have capabilities of their own", "they have those of 8.0",
        _until("4.19.3"), "34"),
    Flag.XENSERVER_WITHOUT_8_3: Difference(
        "a VM of XenServer 8.3 takes 254 data disks, one of 8.4 240", "both take 6",
        _BEFORE_4_20_1, "34"),
    Flag.VOLUME_FOR_ANY_ZONE: Difference(
        "a volume made of a snapshot for a VM is made in the VM's zone",
        "that of the VM is not looked at before the attach", _4_18, "27"),
    Flag.EXPUNGING_IS_CLEANED: Difference(
        "the clean-up of storage takes volumes in Destroy",
        "it takes those that are stuck in Expunging, too", _only("4.22.1", "4.23.0"), "35"),
    Flag.RESTART_LEAVES_VOLUMES: Difference(
        "a restart puts volumes that were worked on back", "they stay in the state it found",
        _4_18, "section 7"),
    Flag.RESTART_LEAVES_SNAPSHOTS: Difference(
        "a restart ends snapshots that were being taken", "they stay in the state it found",
        _until("4.20.1") | {"4.21.0"}, "section 7"),
    Flag.UPLOAD_FOR_NOBODY: Difference(
        "a format is uploaded where there are hosts for it", "anywhere", _until("4.19.0"), "26"),
    Flag.SNAPSHOTS_COUNT_AS_SECONDARY: Difference(
        "a snapshot that stays on primary storage needs room in that limit",
        "all need room on secondary storage", _until("4.20.1") | {"4.21.0"}, "29"),
    Flag.MIGRATE_IN_ANY_STATE: Difference(
        "a volume migrates while its VM is Stopped or Running", "whatever its VM's state",
        _TO_4_19_1 | {"4.20.0"}, "23"),
    Flag.RESIZE_INTO_FULL_POOL: Difference(
        "a resize needs room in the pool", "room is not looked at", _BEFORE_4_20_1, "24"),
    Flag.XENSERVER_SHRINKS: Difference(
        "a volume of XenServer does not shrink", "it does", _until("4.20.1"), "24"),
    Flag.DEPLOY_NEEDS_TEMPLATE: Difference(
        "deployVirtualMachine may lack templateid and serviceofferingid",
        "both are required parameters", _until("4.20.3"), "28"),
    Flag.DISPLAYTEXT_REQUIRED: Difference(
        "offerings, projects, templates and ISOs may lack a displaytext", "it is required",
        _4_18, "section 6"),
    Flag.EVENTS_WITHOUT_STATE: Difference(
        "listEvents takes a state", "it ignores one", _until("4.20.3"), "section 6"),
    Flag.NO_VOLUME_CHECK: Difference(
        "checkVolume checks an image", "there is no such command", _until("4.19.0"), "section 6"),
    Flag.NO_ENCRYPT_FORMAT: Difference(
        "a volume shows how it is encrypted", "it does not", _until("4.19.0"), "section 6"),
    Flag.RESTORE_BEYOND_LIMIT: Difference(
        "a reinstall's ROOT stays within the limit", "none is looked at", _until("4.19.3"), "15"),
    Flag.POLICIES_OF_ONE_VOLUME: Difference(
        "listSnapshotPolicies lists those of all volumes",
        "it is refused without a volume or a policy", _until("4.21.0"), "section 6"),
    Flag.CAPABILITIES_BY_ID: Difference(
        "updateHypervisorCapabilities takes a hypervisor and its version", "it takes an id alone",
        _until("4.19.0"), "section 6"),
    Flag.RESERVATIONS_HELD: Difference(
        "a job that grows a volume counts at its end: of two at once both may pass a limit",
        "it reserves what it will take until it ends", _REWORDED, "3"),
    Flag.OBJECT_TEXTS_OLD: Difference(
        "messages show objects as JSON", "in forms of their own, or by their database ids",
        _BEFORE_4_20_1, "10"),
    Flag.VM_TEXT_WITHOUT_STATE: Difference(
        "messages show VMs' state", "they do not", _until("4.19.2") | {"4.20.0"}, "10"),
    Flag.OLD_SPELLING: Difference(
        "refusals say keypairs, less than, and URL", "keyparis, less that, and url",
        _until("4.19.3"), "section 5"),
    Flag.LOCAL_AND_SHARED_IN_ONE: Difference(
        "moves to local and to shared storage are refused in words of their own", "in the same",
        _until("4.20.2") | {"4.21.0"}, "section 5"),
    Flag.HOST_CHECKS_IN_ONE: Difference(
        "a start says what its host lacks", "it names all checks", _until("4.19.0"), "section 5"),
    Flag.USERS_DELETE_THEMSELVES: Difference(
        "a user does not delete itself", "it may", _until("4.19.3"), "section 5"),
    Flag.NO_COMMANDS_TIMEOUT: Difference(
        "a setting says what each command waits", "there is none", _BEFORE_4_20_1, "section 5"),
    Flag.EVERYWHERE_FOR_ANYBODY: Difference(
        "an image in all zones is a root admin's", "anybody's", _until("4.20.1"), "section 5"),
    Flag.SAME_OFFERING_AGAIN: Difference(
        "no volume changes to the offering it has", "it does", _only("4.18.0"), "section 5"),
    Flag.ENCRYPTION_CHANGES: Difference(
        "a new offering changes no encryption", "it may", _until("4.19.0"), "section 5"),
    Flag.ROLE_CHANGES_BY_TYPE: Difference(
        "nobody gives roles of a higher kind than its own", "no account gets one of a higher type",
        _TO_4_19_1 | {"4.20.0"}, "section 5"),
    Flag.HOST_TAGS_LATE: Difference(
        "tags that no host has end a start at once", "it finds no place", _4_18, "FirstFitPlanner"),
    Flag.LAST_HOST_HAS_TAGS: Difference(
        "a VM starts where it ran last whatever tags its offering has now", "it needs the tags",
        _until("4.19.3"), "DeploymentPlanningManagerImpl"),
}
# fmt: on
"""Flag -> the difference it stands for; all but 4.22.0 is read, not measured."""


def flags_of(release: str) -> frozenset[Flag]:
    """Return the flags of one of RELEASES."""
    return frozenset(f for f, d in DIFFERENCES_OF.items() if release in d.releases)


def release_of(text: str) -> str:
    """Return the release that "4.20.3", "4.20.3.0-SNAPSHOT" or "4.20" stands for.

    A line of releases stands for its last one that was read, 4.22 for the measured 4.22.0.
    ValueError for a release that nobody read.
    """
    parts = text.partition("-")[0].split(".")
    if text.startswith("4.22") and len(parts) == 2:
        return MEASURED
    if len(parts) == 2:
        line = [r for r in RELEASES if r.rpartition(".")[0] == ".".join(parts)]
        if line:
            return line[-1]
    name = ".".join(parts[:3])
    if name in RELEASES:
        return name
    msg = f"{text!r} is no release that is known here: {', '.join(RELEASES)}"
    raise ValueError(msg)
