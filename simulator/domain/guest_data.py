"""What a VM is given to read when it boots: keys, user data, password."""

from typing import NamedTuple


class GuestData(NamedTuple):
    """What was given to a VM; empty texts are nothing.

    *key_names* are names with commas between them, *public_keys* the keys on a line each.
    """

    key_names: str = ""
    public_keys: str = ""
