"""Global settings under CloudStack's names, with the server's defaults."""

from typing import NamedTuple

from simulator.domain.releases import Flag

UNKNOWN_IN = {"commands.timeout": Flag.NO_COMMANDS_TIMEOUT}
"""Setting -> the flag of the releases that have none of the name."""


class Setting(NamedTuple):
    """One global configuration: its default, what it is for, and the Java *type* of its values."""

    default: str
    category: str
    meaning: str
    type: str = "Integer"


SETTINGS: dict[str, Setting] = {
    "backup.enable.attach.detach.of.volumes": Setting(
        "false", "Advanced", "allow volume changes on a VM that has a backup offering", "Boolean"
    ),
    "allow.user.expunge.recover.vm": Setting(
        "false", "Advanced", "users may expunge and recover their VMs", "Boolean"
    ),
    "allow.user.force.stop.vm": Setting(
        "true", "Advanced", "users may stop their VMs by force", "Boolean"
    ),
    "allow.user.expunge.recover.volume": Setting(
        "true", "Advanced", "users may expunge and recover their volumes", "Boolean"
    ),
    "destroy.root.volume.on.vm.destruction": Setting(
        "false", "Advanced", "destroying a VM destroys its ROOT volume", "Boolean"
    ),
    "migrate.vm.across.clusters": Setting(
        "false", "Advanced", "a stopped VM may start in another cluster than its last", "Boolean"
    ),
    "vm.serviceoffering.cpu.cores.max": Setting(
        "0", "Advanced", "most cores of a compute offering, 0 for any"
    ),
    "vm.serviceoffering.ram.size.max": Setting(
        "0", "Advanced", "most MiB of a compute offering, 0 for any"
    ),
    "custom.diskoffering.size.min": Setting("1", "Advanced", "smallest custom disk in GiB", "Long"),
    "custom.diskoffering.size.max": Setting(
        "1024", "Advanced", "largest custom disk in GiB", "Long"
    ),
    "disable.extraction": Setting("false", "Advanced", "only root admins may extract", "Boolean"),
    "storage.max.volume.size": Setting("2000", "Storage", "largest volume in GiB", "Long"),
    "match.storage.pool.tags.with.disk.offering": Setting(
        "true",
        "Advanced",
        "a migrated volume needs a pool with the tags of its offering",
        "Boolean",
    ),
    "volume.resize.allowed.beyond.allocation": Setting(
        "false",
        "Storage",
        "a resize may fill a pool beyond the share that may be allocated",
        "Boolean",
    ),
    "pool.storage.allocated.resize.capacity.disablethreshold": Setting(
        "0.90", "Alert", "share of a pool that may be allocated by resizes", "Double"
    ),
    "default.page.size": Setting("500", "Advanced", "rows of a list without paging", "Long"),
    "expunge.delay": Setting("86400", "Advanced", "seconds before a destroyed VM is expunged"),
    "expunge.interval": Setting("86400", "Advanced", "seconds between expunge runs"),
    "job.expire.minutes": Setting("1440", "Advanced", "minutes before a job is forgotten", "Long"),
    "job.cancel.threshold.minutes": Setting(
        "60", "Advanced", "minutes a piece of work may block the queue of its VM", "Long"
    ),
    "commands.timeout": Setting(
        "",
        "Advanced",
        "seconds to wait for a host's answer, as Command=seconds,..., else wait",
        "String",
    ),
    "ping.interval": Setting("60", "Advanced", "seconds between two reports of a host"),
    "vm.op.cancel.interval": Setting(
        "3600", "Advanced", "seconds before a start that hangs is given up", "Long"
    ),
    "wait": Setting("1800", "Advanced", "seconds to wait for a host's answer; in fact twice"),
    "wait.detach.device": Setting(
        "10000", "Advanced", "ms an agent waits for a device to go", "Long"
    ),
    "pool.storage.allocated.capacity.disablethreshold": Setting(
        "0.85", "Alert", "share of a pool that may be allocated", "Double"
    ),
    "storage.overprovisioning.factor": Setting(
        "2", "Storage", "allocation over capacity", "Double"
    ),
    "storage.cleanup.interval": Setting("86400", "Advanced", "seconds between storage cleanups"),
    "storage.cleanup.delay": Setting(
        "86400", "Advanced", "seconds before a destroyed volume is expunged"
    ),
    "storage.cleanup.enabled": Setting(
        "true", "Advanced", "destroyed volumes are expunged", "Boolean"
    ),
    "enable.dynamic.scale.vm": Setting("false", "Advanced", "running VMs may be scaled", "Boolean"),
    "allow.user.create.projects": Setting(
        "true", "Project", "users may create projects", "Boolean"
    ),
    "allow.user.view.destroyed.vm": Setting(
        "false", "Advanced", "users see destroyed VMs", "Boolean"
    ),
    "vm.userdata.max.length": Setting(
        "32768", "Advanced", "most bytes of user data, in base64; never more than 1048576"
    ),
    "network.gc.interval": Setting("600", "Advanced", "seconds between clean-ups of networks"),
    "vmsnapshot.max": Setting("10", "Advanced", "most VM snapshots of a VM"),
    "kvm.vmstoragesnapshot.enabled": Setting(
        "false", "Snapshots", "whether the snapshots of all volumes make a VM snapshot", "Boolean"
    ),
    "network.gc.wait": Setting("600", "Advanced", "seconds before an idle network is cleaned up"),
    "network.guest.cidr.limit": Setting("22", "Network", "shortest prefix of users' networks"),
    "vm.network.nic.max.secondary.ipaddresses": Setting(
        "10", "Network", "addresses a nic has besides its own"
    ),
    "vm.network.throttling.rate": Setting("200", "Network", "Mbit/s a nic is given"),
}
_LIMITS = {
    "user.vms": ("VMs", 20),
    "public.ips": ("public addresses", 20),
    "volumes": ("volumes", 20),
    "snapshots": ("snapshots", 20),
    "templates": ("templates", 20),
    "projects": ("projects", 10),
    "networks": ("networks", 20),
    "vpcs": ("VPCs", 20),
    "cpus": ("CPU cores", 40),
    "memory": ("MiB of memory", 40960),
    "primary.storage": ("GiB of primary storage", 200),
    "secondary.storage": ("GiB of secondary storage", 400),
    "backups": ("backups", 20),
    "backup.storage": ("GiB of backup storage", 400),
    "buckets": ("buckets", 20),
    "object.storage": ("GiB of object storage", 400),
    "gpus": ("GPUs", 20),
}
SETTINGS |= {
    f"max.{owner}.{name}": Setting(
        str(number * scale),
        f"{owner.title()} Defaults",
        f"{what} {owner} may have: {words}",
        "Long",
    )
    for owner, scale, what in (("account", 1, "an"), ("domain", 2, "a"), ("project", 1, "a"))
    for name, (words, number) in _LIMITS.items()
}


_READ_AT_BOOT = ("vmsnapshot.max",)
"""Settings that some releases look at when the management server starts, and never again."""


class Settings:
    """The values in force; *at_boot* are some of them as they were when the server started."""

    at_boot: dict[str, str]

    def __init__(self, changes: dict[str, str] | None = None) -> None:
        self.values = {name: row.default for name, row in SETTINGS.items()}
        for name, value in (changes or {}).items():
            self.change(name, value)
        self.boot()

    def boot(self) -> None:
        """Take note of what is looked at when the management server starts."""
        self.at_boot = {name: self.values[name] for name in _READ_AT_BOOT}

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
