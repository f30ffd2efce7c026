"""From a study's file and what was said on the command line to what is run, or all its faults."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from msgspec.structs import replace

from simulator import boot
from simulator.boot import PRESETS, BadCloud, CloudFile, preset_file
from simulator.boot.lines import Path
from simulator.boot.reading import Faults, convert, load, meant, table_of
from study.checks import check
from study.plan import CloudPart, StudyPlan
from study.targets import Targets
from study.traces import Trace, read_trace

_GUESTS = 40
"""VMs to a host where their number is not said."""


class BadStudy(ValueError):
    """A file that describes no study; *lines* say all that is wrong, one each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Study:
    """A study with everything it needs read in."""

    name: str
    plan: StudyPlan
    cloud: CloudFile
    traces: dict[str, Trace]

    @property
    def digest(self) -> str:
        """Return what tells this study from others, whatever its files are called."""
        return self._hash(self.plan)

    @property
    def key(self) -> str:
        """Return what tells its replications from those of others: not how many there are."""
        return self._hash(replace(self.plan, run=replace(self.plan.run, replications=1)))

    def _hash(self, plan: StudyPlan) -> str:
        told = (repr(plan), self.cloud.text, repr(self.traces))
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def read_study(source: FilePath, given: tuple[str, ...] = ()) -> Study:
    """Return the study in a file with *given* "dotted.path=value" put over it; else BadStudy."""
    try:
        file = load(source)
        table = table_of(file)
        faults = Faults()
        origins = {_put(table, text): f"--set {text}" for text in given}
        plan = convert(StudyPlan, table, faults)
        faults.stop(file, origins)
        if plan is None:
            msg = "a plan without faults is a plan"
            raise TypeError(msg)
        check(plan, faults)
        cloud = _cloud(plan.cloud, source, _folder(source, ("cloud", "file"), origins), faults)
        traces = {
            w.name: read_trace(w, _folder(source, (*path, "file"), origins), path, faults)
            for path, w in ((("workload", n), w) for n, w in enumerate(plan.workload))
            if w.file is not None
        }
        faults.stop(file, origins)
        _populated(plan, cloud, faults)
        faults.stop(file, origins)
    except BadCloud as no:
        raise BadStudy(no.lines) from None
    return Study(source.name, plan, cloud, traces)


def _folder(source: FilePath, path: Path, origins: dict[Path, str]) -> FilePath:
    """Return what a file name at *path* starts from: where the study is, or where we are."""
    return FilePath() if path in origins else source.parent


def _put(table: dict[str, Any], text: str) -> Path:
    """Put a value where *text* says and return that path; BadStudy if there is no such place."""
    where, equals, value = text.partition("=")
    path = tuple(int(p) if p.isdecimal() else p for p in where.strip().split("."))
    at: Any = table
    for part in path[:-1]:
        at = _inside(at, part)
    if not equals or "" in path or _inside(at, path[-1]) is None:
        raise BadStudy([f"--set {text}: is no dotted.path=value of this study"])
    at[path[-1]] = _value(value.strip())
    return path


def _inside(at: Any, part: str | int) -> Any:
    """Return what *part* of *at* is, made if need be; None where there can be no such part."""
    if isinstance(at, dict):
        return at.setdefault(str(part), {})
    fits = isinstance(at, list) and isinstance(part, int) and part < len(at)
    return at[part] if fits else None


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _cloud(part: CloudPart, source: FilePath, folder: FilePath, faults: Faults) -> CloudFile:
    """Return the file of the cloud that is meant."""
    if part.preset is not None:
        if part.preset not in PRESETS:
            told = f"{part.preset!r} is no preset{meant(part.preset, list(PRESETS))}"
            faults.add(("cloud", "preset"), told)
            return CloudFile("", "")
        return preset_file(part.preset)
    if part.file is not None:
        try:
            return load(folder / part.file)
        except BadCloud as no:
            faults.add(("cloud", "file"), str(no))
            return CloudFile("", "")
    vms = part.vms or 1
    hosts = part.hosts or -(-vms // _GUESTS)
    loose = f'[[volumes]]\noffering = "Small"\nname = "data"\ncount = {vms}\n'
    attached = '\ndisks = [{ offering = "Small" }]'
    return CloudFile(
        f"{source.name}: [cloud]",
        f'[[zones]]\nname = "zone"\n[[zones.clusters]]\nhypervisor = "{part.hypervisor}"\n'
        f'hosts = [{{ count = {hosts}, memory = "1 TiB" }}]\n'
        f'pools = [{{ count = {part.pools}, capacity = "1 PiB" }}]\n'
        f'[[vms]]\nname = "vm"\ncount = {vms}\nstate = "{part.state}"'
        + (attached if part.disks == "attached" else f"\n{loose}"),
    )


def _populated(plan: StudyPlan, cloud: CloudFile, faults: Faults) -> None:
    """Note each workload that finds nothing to work on in the cloud."""
    try:
        targets = Targets(boot(cloud=cloud, dialect=plan.cloud.dialect).world.store)
    except BadCloud as no:
        if plan.cloud.vms is None:
            raise
        for line in no.lines:  # of a text that nobody has seen
            faults.add(("cloud",), line.removeprefix(f"{cloud.name}:").partition(": ")[2])
        return
    for n, part in enumerate(plan.workload):
        if not targets.suit(part.workflow):
            faults.add(("workload", n, "workflow"), f"nothing in this cloud to {part.workflow}")
