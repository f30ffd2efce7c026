"""What a VM is given to read when it boots: keys and user data."""

import re
from base64 import b64decode
from typing import NamedTuple

_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


class GuestData(NamedTuple):
    """What was given to a VM; empty texts are nothing.

    *key_names* are names with commas between them, *public_keys* the keys on a line each;
    *user_data* is in base64, *details* are the values of its parameters as the server spells a map.
    """

    key_names: str = ""
    public_keys: str = ""
    user_data: str = ""
    user_data_id: str | None = None
    details: str = ""


def decoded(text: str) -> bytes:
    """Return what lenient base64 reads: other characters are skipped, padding is not asked for."""
    letters = _NO_BASE64.sub("", text.replace("-", "+").replace("_", "/"))
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return b64decode(letters + "=" * (-len(letters) % 4))
