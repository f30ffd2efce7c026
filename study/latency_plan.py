"""The form of `[latency]`: what steps and commands of hosts take."""

from dataclasses import fields, replace

from msgspec import Struct

from simulator.engine.latency import Latency, Timings
from study.units import Drawn


class LatencyPart(Struct, frozen=True):
    """What steps of the engine, and hosts, take where it is not what they take by default."""

    api: Drawn | None = None
    work: Drawn | None = None
    plan: Drawn | None = None
    refuse: Drawn | None = None
    allocate: Drawn | None = None
    delete: Drawn | None = None
    pickup: Drawn | None = None
    read: Drawn | None = None
    backup: Drawn | None = None
    AttachCommand: Drawn | None = None
    DettachCommand: Drawn | None = None
    StartCommand: Drawn | None = None
    StopCommand: Drawn | None = None
    PlugNicCommand: Drawn | None = None
    UnPlugNicCommand: Drawn | None = None
    RebootCommand: Drawn | None = None
    MigrateCommand: Drawn | None = None
    MigrateVolumeCommand: Drawn | None = None
    PrepareForMigrationCommand: Drawn | None = None
    CheckAndRepairVolumeCommand: Drawn | None = None
    CreateObjectCommand: Drawn | None = None
    CopyCommand: Drawn | None = None
    DeleteCommand: Drawn | None = None
    ResizeVolumeCommand: Drawn | None = None
    CreateVMSnapshotCommand: Drawn | None = None
    DeleteVMSnapshotCommand: Drawn | None = None
    RevertToVMSnapshotCommand: Drawn | None = None
    RevertSnapshotCommand: Drawn | None = None

    def timings(self) -> Timings:
        """Return the engine's timings with these in their places."""
        timings = Timings()
        steps: dict[str, Latency] = {}
        for step in fields(Timings):
            spread = getattr(self, step.name, None)
            if spread is not None:
                steps[step.name] = spread.latency()
        commands = {
            command: latency if (spread := getattr(self, command)) is None else spread.latency()
            for command, latency in timings.commands.items()
        }
        return replace(timings, commands=commands, **steps)
