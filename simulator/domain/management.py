"""What the management server keeps beside the cloud's parts: stores, alerts, guest systems."""

from typing import NamedTuple


class ImageStore(NamedTuple):
    """A secondary storage of a zone."""

    id: str
    db_id: int
    name: str
    zone_id: str
    capacity_bytes: int


class ManagementServer(NamedTuple):
    """The one management server."""

    id: str
    db_id: int
    name: str
    address: str


class Alert(NamedTuple):
    """An alert; *type* is the number and *name* the word of its kind."""

    id: str
    db_id: int
    type: int
    name: str
    text: str
    sent_s: float


class OsCategory(NamedTuple):
    """A family of guest operating systems."""

    id: str
    db_id: int
    name: str


class OsType(NamedTuple):
    """A guest operating system."""

    id: str
    db_id: int
    name: str
    category_id: str


GUESTS: dict[str, tuple[str, ...]] = {
    "Ubuntu": ("Ubuntu 20.04 LTS", "Ubuntu 22.04 LTS", "Ubuntu 24.04 LTS"),
    "Debian": ("Debian GNU/Linux 11 (64-bit)", "Debian GNU/Linux 12 (64-bit)"),
    "AlmaLinux": ("AlmaLinux 8", "AlmaLinux 9"),
    "CentOS": ("CentOS 5.6 (64-bit)", "CentOS 7", "CentOS 8"),
    "RedHat": ("Red Hat Enterprise Linux 8.0", "Red Hat Enterprise Linux 9.0"),
    "SUSE": ("SUSE Linux Enterprise Server 15 (64-bit)",),
    "Windows": ("Windows Server 2019 (64-bit)", "Windows Server 2022 (64-bit)"),
    "Other": ("Other Linux (64-bit)", "Other (64-bit)"),
}
"""Guest systems by family."""


class SecurityGroup(NamedTuple):
    """An account's security group."""

    id: str
    db_id: int
    name: str
    text: str
    account_id: str


class Tag(NamedTuple):
    """A tag on a record; *kind* is the record's resource type as the API spells it."""

    key: str
    value: str
    kind: str
    record_id: str
    account_id: str


class Project(NamedTuple):
    """A project: *account_id* is the account that owns its things, *owner_id* who made it."""

    id: str
    db_id: int
    name: str
    text: str
    domain_id: str
    account_id: str
    owner_id: str
    created_s: float
    removed: bool = False
    state: str = "Active"
