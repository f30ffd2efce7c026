"""From a study's file and what was said on the command line to what is run, or all its faults."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from msgspec.structs import replace

from simulator import boot
from simulator.boot import PRESETS, BadCloud, CloudFile, preset_file
from simulator.boot.reading import Faults, convert, load, meant
from study.checks import check
from study.fault_checks import check_targets
from study.layers import Change, Layers, said
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
    table: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was said, as it was said."""

    @property
    def digest(self) -> str:
        """Return what tells this study from others, whatever its files are called."""
        return self._hash(self.plan)

    @property
    def key(self) -> str:
        """Return what tells its replications from those of others: not how many there are."""
        run = replace(self.plan.run, replications=1)
        return self._hash(replace(self.plan, run=run, precision=None, threshold=()))

    def _hash(self, plan: StudyPlan) -> str:
        told = (repr(replace(plan, variant=(), sweep=())), self.cloud.text, repr(self.traces))
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


class Sheet:
    """A file with *given* "dotted.path=value" put over it, from which studies are read.

    BadStudy if there is no such file.
    """

    def __init__(self, source: FilePath, given: tuple[str, ...] = ()) -> None:
        self.source, self.given = source, given
        self._populated: set[str] = set()
        with _as_study():
            self.layers = Layers(source)
            self._said = tuple(said(text) for text in given)

    def study(self, changes: tuple[Change, ...] = (), last: tuple[Change, ...] = ()) -> Study:
        """Return the study with *changes* under, and *last* over what was given; else BadStudy."""
        with _as_study():
            layers = self.layers.with_changes((*changes, *self._said, *last))
            faults = Faults()
            plan = convert(StudyPlan, layers.table, faults)
            layers.stop(faults)
            if plan is None:
                msg = "a plan without faults is a plan"
                raise TypeError(msg)
            check(plan, faults)
            cloud = _cloud(plan.cloud, self.source, layers.folder(("cloud", "file")), faults)
            traces = {
                w.name: read_trace(w, layers.folder((*path, "file")), path, faults)
                for path, w in ((("workload", n), w) for n, w in enumerate(plan.workload))
                if w.file is not None
            }
            layers.stop(faults)
            told = repr((plan.cloud, cloud.text, plan.workload))
            if told not in self._populated:
                _populated(plan, cloud, faults)
                layers.stop(faults)
                self._populated.add(told)
        return Study(self.source.name, plan, cloud, traces, layers.table)


@contextmanager
def _as_study() -> Iterator[None]:
    try:
        yield
    except BadCloud as no:
        raise BadStudy(no.lines) from None


def read_study(source: FilePath, given: tuple[str, ...] = ()) -> Study:
    """Return the study in a file with *given* "dotted.path=value" put over it; else BadStudy."""
    return Sheet(source, given).study()


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
    """Note each workload that finds nothing to work on in the cloud, each fault no target."""
    try:
        store = boot(cloud=cloud, dialect=plan.cloud.dialect).world.store
    except BadCloud as no:
        if plan.cloud.vms is None:
            raise
        for line in no.lines:  # of a text that nobody has seen
            faults.add(("cloud",), line.removeprefix(f"{cloud.name}:").partition(": ")[2])
        return
    check_targets(plan.fault, store, faults)
    targets = Targets(store)
    for n, part in enumerate(plan.workload):
        if not targets.suit(part.workflow):
            faults.add(("workload", n, "workflow"), f"nothing in this cloud to {part.workflow}")
