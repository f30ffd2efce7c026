"""Global settings under CloudStack's names, with the server's defaults."""

from typing import NamedTuple


class Setting(NamedTuple):
    """One global configuration: its default and what it is for."""

    default: str
    category: str
    meaning: str


SETTINGS: dict[str, Setting] = {
    "backup.enable.attach.detach.of.volumes": Setting(
        "false", "Advanced", "allow volume changes on a VM that has a backup offering"
    ),
    "allow.user.expunge.recover.vm": Setting(
        "false", "Advanced", "users may expunge and recover their VMs"
    ),
    "allow.user.expunge.recover.volume": Setting(
        "true", "Advanced", "users may expunge and recover their volumes"
    ),
    "destroy.root.volume.on.vm.destruction": Setting(
        "false", "Advanced", "destroying a VM destroys its ROOT volume"
    ),
    "migrate.vm.across.clusters": Setting(
        "false", "Advanced", "a stopped VM may start in another cluster than its last"
    ),
    "custom.diskoffering.size.min": Setting("1", "Advanced", "smallest custom disk in GiB"),
    "custom.diskoffering.size.max": Setting("1024", "Advanced", "largest custom disk in GiB"),
    "default.page.size": Setting("500", "Advanced", "rows of a list without paging"),
    "expunge.delay": Setting("86400", "Advanced", "seconds before a destroyed VM is expunged"),
    "expunge.interval": Setting("86400", "Advanced", "seconds between expunge runs"),
    "wait.detach.device": Setting("10000", "Advanced", "ms an agent waits for a device to go"),
    "pool.storage.allocated.capacity.disablethreshold": Setting(
        "0.85", "Alert", "share of a pool that may be allocated"
    ),
    "storage.overprovisioning.factor": Setting("2", "Storage", "allocation over capacity"),
    "max.account.volumes": Setting("20", "Account Defaults", "volumes an account may own"),
    "max.account.user.vms": Setting("20", "Account Defaults", "VMs an account may own"),
    "max.account.snapshots": Setting("20", "Account Defaults", "snapshots an account may own"),
    "max.account.primary.storage": Setting("200", "Account Defaults", "GiB an account may use"),
    "max.domain.volumes": Setting("40", "Domain Defaults", "volumes a domain may own"),
    "max.domain.user.vms": Setting("40", "Domain Defaults", "VMs a domain may own"),
    "max.domain.snapshots": Setting("40", "Domain Defaults", "snapshots a domain may own"),
    "max.domain.primary.storage": Setting("400", "Domain Defaults", "GiB a domain may use"),
    "max.project.volumes": Setting("20", "Project Defaults", "volumes a project may own"),
    "max.project.user.vms": Setting("20", "Project Defaults", "VMs a project may own"),
    "max.project.snapshots": Setting("20", "Project Defaults", "snapshots a project may own"),
    "max.project.primary.storage": Setting("200", "Project Defaults", "GiB a project may use"),
}


class Settings:
    """The values in force."""

    def __init__(self, changes: dict[str, str] | None = None) -> None:
        self.values = {name: row.default for name, row in SETTINGS.items()}
        for name, value in (changes or {}).items():
            self.change(name, value)

    def change(self, name: str, value: str) -> None:
        """Set *name*; KeyError for a name that is no setting."""
        if name not in SETTINGS:
            raise KeyError(name)
        self.values[name] = value

    def flag(self, name: str) -> bool:
        """Return a boolean setting."""
        return self.values[name].lower() == "true"

    def number(self, name: str) -> float:
        """Return a numeric setting."""
        return float(self.values[name])
