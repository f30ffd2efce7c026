"""Life cycles of volume and VM as (state, event) -> state (semantics 3.3 and 3.4)."""

from enum import StrEnum
from typing import TypeVar


class VolumeState(StrEnum):
    """Volume.State."""

    ALLOCATED = "Allocated"
    CREATING = "Creating"
    READY = "Ready"
    ATTACHING = "Attaching"
    RESIZING = "Resizing"
    SNAPSHOTTING = "Snapshotting"
    REVERT_SNAPSHOTTING = "RevertSnapshotting"
    MIGRATING = "Migrating"
    UPLOADED = "Uploaded"
    COPYING = "Copying"
    UPLOAD_OP = "UploadOp"
    NOT_UPLOADED = "NotUploaded"
    UPLOAD_IN_PROGRESS = "UploadInProgress"
    UPLOAD_ERROR = "UploadError"
    UPLOAD_ABANDONED = "UploadAbandoned"
    RESTORING = "Restoring"
    DESTROY = "Destroy"
    EXPUNGING = "Expunging"
    EXPUNGED = "Expunged"


class VolumeEvent(StrEnum):
    """Volume.Event."""

    CREATE = "CreateRequested"
    ATTACH = "AttachRequested"
    RESIZE = "ResizeRequested"
    SNAPSHOT = "SnapshotRequested"
    REVERT = "RevertSnapshotRequested"
    MIGRATE = "MigrationRequested"
    COPY = "CopyRequested"
    UPLOAD = "UploadRequested"
    RESTORE = "RestoreRequested"
    DESTROY = "DestroyRequested"
    RECOVER = "RecoverRequested"
    EXPUNGE = "ExpungingRequested"
    SUCCEEDED = "OperationSucceeded"
    FAILED = "OperationFailed"
    RETRY = "OperationRetry"
    TIMEOUT = "OperationTimeout"


class VmState(StrEnum):
    """VirtualMachine.State."""

    STOPPED = "Stopped"
    STARTING = "Starting"
    RUNNING = "Running"
    STOPPING = "Stopping"
    MIGRATING = "Migrating"
    DESTROYED = "Destroyed"
    EXPUNGING = "Expunging"
    RESTORING = "Restoring"
    ERROR = "Error"
    UNKNOWN = "Unknown"
    SHUTDOWN = "Shutdown"


DEAD_VM = frozenset({VmState.DESTROYED, VmState.EXPUNGING, VmState.ERROR})
"""States in which a VM is counted no more (semantics 6.2)."""


class VmEvent(StrEnum):
    """VirtualMachine.Event."""

    START = "StartRequested"
    STOP = "StopRequested"
    DESTROY = "DestroyRequested"
    RECOVER = "RecoveryRequested"
    EXPUNGE = "ExpungeOperation"
    MIGRATE = "MigrationRequested"
    STORAGE_MIGRATE = "StorageMigrationRequested"
    RESTORE = "RestoringRequested"
    RESTORED = "RestoringSuccess"
    SUCCEEDED = "OperationSucceeded"
    FAILED = "OperationFailed"
    FAILED_TO_ERROR = "OperationFailedToError"
    RETRY = "OperationRetry"
    POWERED_ON = "FollowAgentPowerOnReport"
    POWERED_OFF = "FollowAgentPowerOffReport"


_V, _E = VolumeState, VolumeEvent

VOLUME_LIFE: dict[tuple[VolumeState, VolumeEvent], VolumeState] = {
    (_V.ALLOCATED, _E.CREATE): _V.CREATING,
    (_V.ALLOCATED, _E.DESTROY): _V.DESTROY,
    (_V.ALLOCATED, _E.SUCCEEDED): _V.ALLOCATED,
    (_V.ALLOCATED, _E.FAILED): _V.ALLOCATED,
    (_V.ALLOCATED, _E.UPLOAD): _V.UPLOAD_OP,
    (_V.CREATING, _E.CREATE): _V.CREATING,
    (_V.CREATING, _E.RETRY): _V.CREATING,
    (_V.CREATING, _E.SUCCEEDED): _V.READY,
    (_V.CREATING, _E.FAILED): _V.ALLOCATED,
    (_V.CREATING, _E.DESTROY): _V.DESTROY,
    (_V.READY, _E.CREATE): _V.CREATING,
    (_V.READY, _E.RESIZE): _V.RESIZING,
    (_V.READY, _E.SNAPSHOT): _V.SNAPSHOTTING,
    (_V.READY, _E.REVERT): _V.REVERT_SNAPSHOTTING,
    (_V.READY, _E.MIGRATE): _V.MIGRATING,
    (_V.READY, _E.ATTACH): _V.ATTACHING,
    (_V.READY, _E.DESTROY): _V.DESTROY,
    (_V.READY, _E.RESTORE): _V.RESTORING,
    (_V.READY, _E.SUCCEEDED): _V.READY,
    (_V.READY, _E.FAILED): _V.READY,
    **{
        (state, event): _V.READY
        for state in (
            _V.ATTACHING,
            _V.RESIZING,
            _V.SNAPSHOTTING,
            _V.REVERT_SNAPSHOTTING,
            _V.MIGRATING,
            _V.RESTORING,
        )
        for event in (_E.SUCCEEDED, _E.FAILED)
    },
    (_V.UPLOADED, _E.COPY): _V.COPYING,
    (_V.UPLOADED, _E.DESTROY): _V.DESTROY,
    (_V.COPYING, _E.SUCCEEDED): _V.READY,
    (_V.COPYING, _E.FAILED): _V.UPLOADED,
    (_V.UPLOAD_OP, _E.SUCCEEDED): _V.UPLOADED,
    (_V.UPLOAD_OP, _E.FAILED): _V.ALLOCATED,
    (_V.UPLOAD_OP, _E.DESTROY): _V.DESTROY,
    (_V.NOT_UPLOADED, _E.TIMEOUT): _V.UPLOAD_ABANDONED,
    (_V.NOT_UPLOADED, _E.UPLOAD): _V.UPLOAD_IN_PROGRESS,
    (_V.NOT_UPLOADED, _E.SUCCEEDED): _V.UPLOADED,
    (_V.NOT_UPLOADED, _E.FAILED): _V.UPLOAD_ERROR,
    (_V.UPLOAD_IN_PROGRESS, _E.SUCCEEDED): _V.UPLOADED,
    (_V.UPLOAD_IN_PROGRESS, _E.FAILED): _V.UPLOAD_ERROR,
    (_V.UPLOAD_IN_PROGRESS, _E.TIMEOUT): _V.UPLOAD_ERROR,
    (_V.UPLOAD_ERROR, _E.DESTROY): _V.DESTROY,
    (_V.UPLOAD_ABANDONED, _E.DESTROY): _V.DESTROY,
    (_V.DESTROY, _E.EXPUNGE): _V.EXPUNGING,
    (_V.DESTROY, _E.RECOVER): _V.READY,
    (_V.DESTROY, _E.RESTORE): _V.RESTORING,
    (_V.DESTROY, _E.SUCCEEDED): _V.DESTROY,
    (_V.DESTROY, _E.FAILED): _V.DESTROY,
    (_V.EXPUNGING, _E.EXPUNGE): _V.EXPUNGING,
    (_V.EXPUNGING, _E.SUCCEEDED): _V.EXPUNGED,
    (_V.EXPUNGING, _E.FAILED): _V.DESTROY,
    (_V.EXPUNGED, _E.EXPUNGE): _V.EXPUNGED,
    (_V.EXPUNGED, _E.SUCCEEDED): _V.EXPUNGED,
    (_V.EXPUNGED, _E.FAILED): _V.EXPUNGED,
    (_V.EXPUNGED, _E.RESTORE): _V.RESTORING,
}

_M, _O = VmState, VmEvent

VM_LIFE: dict[tuple[VmState, VmEvent], VmState] = {
    (_M.STOPPED, _O.START): _M.STARTING,
    (_M.STOPPED, _O.STOP): _M.STOPPED,
    (_M.STOPPED, _O.DESTROY): _M.DESTROYED,
    (_M.STOPPED, _O.EXPUNGE): _M.EXPUNGING,
    (_M.STOPPED, _O.FAILED_TO_ERROR): _M.ERROR,
    (_M.STOPPED, _O.FAILED): _M.STOPPED,
    (_M.STOPPED, _O.STORAGE_MIGRATE): _M.MIGRATING,
    (_M.STOPPED, _O.RESTORE): _M.RESTORING,
    (_M.STOPPED, _O.POWERED_ON): _M.RUNNING,
    (_M.STOPPED, _O.POWERED_OFF): _M.STOPPED,
    (_M.STARTING, _O.RETRY): _M.STARTING,
    (_M.STARTING, _O.SUCCEEDED): _M.RUNNING,
    (_M.STARTING, _O.POWERED_ON): _M.RUNNING,
    (_M.STARTING, _O.FAILED): _M.STOPPED,
    (_M.STARTING, _O.POWERED_OFF): _M.STOPPED,
    (_M.RUNNING, _O.STOP): _M.STOPPING,
    (_M.RUNNING, _O.MIGRATE): _M.MIGRATING,
    (_M.RUNNING, _O.SUCCEEDED): _M.RUNNING,
    (_M.RUNNING, _O.POWERED_ON): _M.RUNNING,
    (_M.RUNNING, _O.POWERED_OFF): _M.STOPPED,
    (_M.STOPPING, _O.SUCCEEDED): _M.STOPPED,
    (_M.STOPPING, _O.POWERED_OFF): _M.STOPPED,
    (_M.STOPPING, _O.FAILED): _M.RUNNING,
    (_M.STOPPING, _O.POWERED_ON): _M.RUNNING,
    (_M.STOPPING, _O.STOP): _M.STOPPING,
    (_M.MIGRATING, _O.MIGRATE): _M.MIGRATING,
    (_M.MIGRATING, _O.SUCCEEDED): _M.RUNNING,
    (_M.MIGRATING, _O.FAILED): _M.RUNNING,
    (_M.MIGRATING, _O.POWERED_ON): _M.RUNNING,
    (_M.MIGRATING, _O.POWERED_OFF): _M.STOPPED,
    (_M.DESTROYED, _O.RECOVER): _M.STOPPED,
    (_M.DESTROYED, _O.EXPUNGE): _M.EXPUNGING,
    (_M.DESTROYED, _O.RESTORE): _M.RESTORING,
    (_M.EXPUNGING, _O.EXPUNGE): _M.EXPUNGING,
    (_M.EXPUNGING, _O.FAILED): _M.EXPUNGING,
    (_M.ERROR, _O.DESTROY): _M.EXPUNGING,
    (_M.ERROR, _O.EXPUNGE): _M.EXPUNGING,
    (_M.RESTORING, _O.RESTORED): _M.STOPPED,
    (_M.RESTORING, _O.FAILED): _M.STOPPED,
}

S = TypeVar("S", VolumeState, VmState)
E = TypeVar("E", VolumeEvent, VmEvent)


def after(life: dict[tuple[S, E], S], state: S, event: E) -> S | None:
    """Return the state that *event* leads to, or None where the life cycle knows no way."""
    return life.get((state, event))
