"""Differences that who compares wants to overlook: each by its field, with a reason."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from conformance.surroundings import BadTarget


class _File(Struct, forbid_unknown_fields=True):
    fields: dict[str, str]


def ignored(fields: Sequence[str], file: Path | None) -> dict[str, str]:
    """Return the fields not to compare, each with why; BadTarget for a file that says it badly."""
    reasons = dict.fromkeys(fields, "--ignore")
    if file is None:
        return reasons
    try:
        stated = msgspec.toml.decode(file.read_bytes(), type=_File).fields
    except OSError as no:
        msg = f"{file}: {no.strerror or no}"
        raise BadTarget(msg) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as no:
        msg = f'{file}: {no}; wanted is [fields] with lines like bootable = "why"'
        raise BadTarget(msg) from None
    for field, reason in stated.items():
        if not reason.strip():
            msg = f"{file}: fields.{field}: without a reason"
            raise BadTarget(msg)
    return reasons | stated
