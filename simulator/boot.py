"""Make a ready cloud from a preset and a seed: the only composer."""

from dataclasses import dataclass
from functools import cache

from faker import Faker

from simulator.api.service import SimulatedCloud
from simulator.domain.dialect import DIALECTS
from simulator.domain.inventory import (
    FORMATS,
    Cluster,
    DiskOffering,
    Host,
    Hypervisor,
    Pod,
    Scope,
    ServiceOffering,
    StoragePool,
    Template,
    Zone,
)
from simulator.domain.records import Account, Domain, Role, User
from simulator.engine.catalogue import furnish
from simulator.engine.jobs import Jobs
from simulator.engine.latency import Capacities, Timings
from simulator.engine.world import World

_GIB = 1 << 30
_VERSIONS = {
    Hypervisor.KVM: "10",
    Hypervisor.VMWARE: "8.0",
    Hypervisor.XENSERVER: "8.2.0",
    Hypervisor.SIMULATOR: "4.22.0.0-SNAPSHOT",
}


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """What a zone is made of: clusters in order; *managed* and *local* ask for one such pool."""

    name: str
    clusters: tuple[Hypervisor, ...]
    hosts: int = 2
    pools: int = 2
    managed: bool = False


PRESETS: dict[str, tuple[ZonePlan, ...]] = {
    "mixed": (
        ZonePlan(
            "zone1",
            (
                Hypervisor.KVM,
                Hypervisor.KVM,
                Hypervisor.VMWARE,
                Hypervisor.XENSERVER,
                Hypervisor.LXC,
                Hypervisor.SIMULATOR,
            ),
            managed=True,
        ),
        ZonePlan("zone2", (Hypervisor.KVM,)),
    ),
    "simulator": (
        ZonePlan("Sandbox-simulator", (Hypervisor.SIMULATOR, Hypervisor.SIMULATOR)),
        ZonePlan("Second-zone", (Hypervisor.SIMULATOR,)),
    ),
}


def boot(
    preset: str = "mixed",
    *,
    seed: int = 0,
    dialect: str = "spec",
    admin_key: str | None = None,
    admin_secret: str | None = None,
    timings: Timings | None = None,
    capacities: Capacities | None = None,
) -> SimulatedCloud:
    """Return a ready cloud as its root admin; KeyError for an unknown preset or dialect."""
    plans = PRESETS[preset]
    world = World(seed=seed, dialect=DIALECTS[dialect], timings=timings, capacities=capacities)
    user = _admin(world, admin_key, admin_secret)
    for plan in plans:
        _build_zone(world, plan)
    _build_catalogue(world, user.account_id, {h for p in plans for h in p.clusters})
    furnish(world, world.store.accounts[user.account_id])
    return SimulatedCloud(world, Jobs(world), user)


@cache
def _faker() -> Faker:
    """Return the one Faker, which is slow to make; whoever asks it seeds it first."""
    return Faker()


def _admin(world: World, key: str | None, secret: str | None) -> User:
    store, dice = world.store, world.dice("keys")
    root = Domain(store.new_id(), store.new_row(), "ROOT", None, "ROOT")
    store.domains[root.id] = root
    account = Account(store.new_id(), store.new_row(), "admin", root.id, Role.ADMIN)
    store.accounts[account.id] = account
    faker = _faker()
    faker.seed_instance(world.seed)
    user = User(
        store.new_id(),
        store.new_row(),
        "admin",
        account.id,
        faker.first_name(),
        faker.last_name(),
        "admin@example.org",
        "password",
        key or f"{dice.getrandbits(256):064x}",
        secret or f"{dice.getrandbits(256):064x}",
    )
    store.users[user.id] = user
    return user


def _build_zone(world: World, plan: ZonePlan) -> None:
    store = world.store
    zone = Zone(store.new_id(), store.new_row(), plan.name, token=store.new_id())
    store.zones[zone.id] = zone
    number = len(store.zones) - 1
    pod = Pod(store.new_id(), store.new_row(), f"POD{number}", zone.id, f"172.16.{15 + number}")
    store.pods[pod.id] = pod
    for index, hypervisor in enumerate(plan.clusters):
        name = f"Z{number}C{index}"
        cluster = Cluster(store.new_id(), store.new_row(), name, zone.id, pod.id, hypervisor)
        store.clusters[cluster.id] = cluster
        _build_hosts(world, cluster, pod, index, plan.hosts)
        for n in range(plan.pools):
            _build_pool(world, cluster, f"{name}PS{n}")
        if plan.managed and hypervisor is Hypervisor.KVM and index == 0:
            _build_pool(world, cluster, f"{name}MANAGED", managed=True)


def _build_hosts(world: World, cluster: Cluster, pod: Pod, index: int, count: int) -> None:
    store = world.store
    for n in range(count):
        host = Host(
            store.new_id(),
            store.new_row(),
            f"{cluster.name.lower()}-host{n}",
            cluster.zone_id,
            pod.id,
            cluster.id,
            cluster.hypervisor,
            _VERSIONS.get(cluster.hypervisor, "default"),
            f"{pod.subnet}.{10 + index * 20 + n}",
            32,
            8000,
            256 * _GIB,
        )
        store.hosts[host.id] = host


def _build_pool(world: World, cluster: Cluster, name: str, *, managed: bool = False) -> None:
    store = world.store
    pool = StoragePool(
        store.new_id(),
        store.new_row(),
        name,
        cluster.zone_id,
        cluster.pod_id,
        cluster.id,
        None,
        Scope.CLUSTER,
        "Iscsi" if managed else "NetworkFilesystem",
        cluster.hypervisor,
        managed,
        10240 * _GIB,
        frozenset({"managed"}) if managed else frozenset(),
    )
    store.pools[pool.id] = pool


def _build_catalogue(world: World, account_id: str, hypervisors: set[Hypervisor]) -> None:
    store = world.store
    for name, cpus, mhz, mib in (
        ("Small Instance", 1, 500, 512),
        ("Medium Instance", 1, 1000, 1024),
    ):
        compute = ServiceOffering(
            store.new_id(), store.new_row(), name, cpus, mhz, mib, disk_id=store.new_id()
        )
        store.service_offerings[compute.id] = compute
    for name, gib in (("Small", 5), ("Medium", 20), ("Large", 100), ("Custom", 0)):
        disk = DiskOffering(store.new_id(), store.new_row(), name, gib, custom=gib == 0)
        store.disk_offerings[disk.id] = disk
    extras = (
        DiskOffering("", 0, "Encrypted", 5, encrypted=True),
        DiskOffering("", 0, "Local", 5, local=True),
        DiskOffering("", 0, "Managed", 5, tags=frozenset({"managed"})),
        DiskOffering("", 0, "Nowhere", 5, tags=frozenset({"no-such-tag"})),
    )
    for extra in extras:
        disk = extra._replace(id=store.new_id(), db_id=store.new_row())
        store.disk_offerings[disk.id] = disk
    for hypervisor in sorted(hypervisors):
        title = "CentOS 5.6 (64-bit) no GUI"
        template = Template(
            store.new_id(),
            store.new_row(),
            f"{title} ({hypervisor})",
            hypervisor,
            2 * _GIB,
            account_id,
            FORMATS.get(hypervisor, "RAW"),
        )
        store.templates[template.id] = template
