"""Make a ready cloud from a preset or a cloud file and a seed: the only composer."""

from pathlib import Path

from simulator.api.policies import taking
from simulator.api.service import SimulatedCloud
from simulator.boot.build import Build
from simulator.boot.catalogue import build_catalogue
from simulator.boot.guests import build_guests
from simulator.boot.people import build_admin, build_people
from simulator.boot.places import build_places
from simulator.boot.plan import CloudPlan
from simulator.boot.reading import BadCloud, CloudFile, Faults, choice, load, meant, parse
from simulator.domain.dialect import dialect_names, dialect_of
from simulator.domain.setting_values import fits
from simulator.domain.settings import SETTINGS, Settings
from simulator.engine.catalogue import furnish
from simulator.engine.jobs import Jobs
from simulator.engine.latency import Capacities, Timings
from simulator.engine.world import World

__all__ = ["PRESETS", "BadCloud", "CloudFile", "boot", "preset_file"]

_FOLDER = Path(__file__).parent / "presets"
PRESETS = ("kvm", "vmware", "xenserver", "simulator", "mixed", "managed", "large")
"""Names of the ready clouds, each a cloud file in this package."""


def preset_file(name: str) -> CloudFile:
    """Return the cloud file of a preset; ValueError for an unknown one."""
    choice(name, "preset", PRESETS)
    return CloudFile(name, (_FOLDER / f"{name}.toml").read_text("utf-8"))


def boot(
    preset: str = "mixed",
    *,
    cloud: str | Path | CloudFile | None = None,
    seed: int = 0,
    dialect: str = "spec",
    admin_key: str | None = None,
    admin_secret: str | None = None,
    timings: Timings | None = None,
    capacities: Capacities | None = None,
) -> SimulatedCloud:
    """Return a ready cloud as its root admin.

    It is made from the file *cloud* where there is one, else from *preset*. ValueError for an
    unknown preset or dialect, BadCloud (a ValueError too) for a file that describes no cloud.
    """
    _possible(dialect, seed)
    file = preset_file(preset) if cloud is None else load(cloud)
    faults = Faults()
    plan = parse(file, faults)
    settings = _settings(plan, faults)
    faults.stop(file)
    world = World(
        seed=seed,
        dialect=dialect_of(dialect),
        timings=timings,
        capacities=capacities,
        settings=settings,
    )
    build = Build(world, faults)
    user = build_admin(build, plan.admin, admin_key, admin_secret)
    build_places(build, plan)
    build_catalogue(build, plan, user.account_id)
    faults.stop(file)
    furnish(world, world.store.accounts[user.account_id])
    build_people(build, plan)
    build_guests(build, plan)
    faults.stop(file)
    return SimulatedCloud(world, taking(Jobs(world)), user)


def _possible(dialect: str, seed: int) -> None:
    if dialect not in dialect_names():
        try:
            dialect_of(dialect)
        except ValueError:
            choice(dialect, "dialect", dialect_names())
    if not isinstance(seed, int):
        msg = f"a seed is a whole number, not {seed!r}"
        raise TypeError(msg)


def _settings(plan: CloudPlan, faults: Faults) -> Settings:
    for name, value in plan.settings.items():
        if name not in SETTINGS:
            faults.add(("settings", name), f"no such setting{meant(name, list(SETTINGS))}")
        elif not fits(name, value):
            faults.add(("settings", name), f"{value!r} is no {SETTINGS[name].type}")
    return Settings({name: v for name, v in plan.settings.items() if name in SETTINGS})
