"""Device-id arithmetic: 0 is the ROOT, 3 is kept for the CD-ROM (semantics 1.7)."""

from collections.abc import Collection

ROOT_DEVICE = 0
CD_ROM = 3


def in_range(device_id: int, max_data: int) -> bool:
    """Return whether *device_id* may be asked for where *max_data* data disks are allowed."""
    return 0 <= device_id <= max_data + 1 and device_id != CD_ROM


def lowest_free(taken: Collection[int], max_data: int) -> int | None:
    """Return the lowest data-disk id nobody uses, never 0 or 3, or None."""
    for device_id in range(1, max_data + 2):
        if device_id not in taken and device_id != CD_ROM:
            return device_id
    return None
