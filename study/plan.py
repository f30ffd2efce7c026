"""The form of a study: what may stand in its file, and what is meant by what is left out."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from simulator.boot.plan import HypervisorName, Many, Name
from study.experiment_plan import Dotted, PrecisionPart, Replications, VariantPart, Warmup
from study.fault_plan import FaultPart
from study.latency_plan import LatencyPart
from study.load_plan import RetryPart, Staged
from study.units import Drawn, Duration, Moment, PerSecond

Seed = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Cores = Annotated[float, Meta(gt=0, le=10_000)]
Executor = Literal["arrival-rate", "iterations", "sessions", "trace"]
Workflow = Literal["attach", "detach", "churn", "replace-root", "rescue", "power", "migrate"]
NEEDS: dict[str, tuple[str, ...]] = {
    "arrival-rate": ("rate",),
    "iterations": ("items",),
    "sessions": ("items", "sessions"),
    "trace": ("file",),
}
"""The keys that each executor needs; no other has them."""


class RunPlan(Struct, frozen=True):
    """How often ("auto": as [precision] says) and how long.

    A *terminating* run lets what was submitted before the *horizon* end; a *steady* one stops
    there and counts nothing that was submitted before its *warmup* was over ("auto": MSER-5).
    """

    replications: Replications = 20
    seed: Seed = 0
    horizon: Duration | None = None
    kind: Literal["terminating", "steady"] = "terminating"
    warmup: Warmup = 0.0


class CloudPart(Struct, frozen=True):
    """A preset, a cloud file, or so many *vms* (with a disk each) on enough hosts."""

    preset: str | None = None
    file: str | None = None
    vms: Many | None = None
    hypervisor: HypervisorName = "KVM"
    hosts: Many | None = None
    pools: Many = 2
    state: Literal["Running", "Stopped", "New"] = "Running"
    disks: Literal["attached", "loose"] = "loose"
    dialect: Literal["spec", "acs-4.22"] = "acs-4.22"


class ManagementPart(Struct, frozen=True):
    """The management server; *first_tick* is how long after the start its queues are served."""

    cores: Cores | None = None
    api_threads: Many = 125
    work_threads: Many = 166
    tick: Duration = 2.0
    tick_batch: Many = 50
    first_tick: Duration | None = None


class WorkloadPart(Struct, frozen=True):
    """Who asks for what: a *workflow*, again and again as its *executor* says.

    A *trace* is a JSON list of seconds, or of [seconds, measured latency], maybe under a *key*; or
    what a server says of its jobs: answers of listAsyncJobs, queryAsyncJobResult or listEvents, or
    its log. It is replayed *speed* times as fast.
    Arrivals come by chance, or in even *spacing*, at a *rate* that goes through *stages*, from 0
    where it is not said; with the last of them they end. People *think* while a ROOT is rescued,
    in sessions of other workflows between two items. Latencies are those that clients see: they
    *poll* so often, else they know at once, and *give_up* so long after they came, which is
    counted apart. Nothing is begun or tried again a *deadline* after the start; what ends later
    is late.
    """

    name: Name
    workflow: Workflow
    executor: Executor
    start: Moment = 0.0
    rate: PerSecond | None = None
    items: Many | None = None
    sessions: Many | None = None
    file: str | None = None
    key: str | None = None
    stages: tuple[Staged, ...] = ()
    spacing: Literal["poisson", "constant"] = "poisson"
    think: Drawn | None = None
    retry: RetryPart | None = None
    poll: Duration | None = None
    give_up: Duration | None = None
    deadline: Duration | None = None
    speed: Annotated[float, Meta(gt=0, le=1000)] = 1.0


class RecordPart(Struct, frozen=True):
    """What is kept of each replication beside its figures: the *jobs*, one by one."""

    jobs: bool = False


class StudyPlan(Struct, frozen=True):
    """A whole study."""

    cloud: CloudPart
    workload: tuple[WorkloadPart, ...]
    run: RunPlan = RunPlan()
    management: ManagementPart = ManagementPart()
    latency: LatencyPart = LatencyPart()
    variant: tuple[VariantPart, ...] = ()
    sweep: Dotted = ()
    fault: tuple[FaultPart, ...] = ()
    record: RecordPart = RecordPart()
    precision: PrecisionPart | None = None
    threshold: Dotted = ()
