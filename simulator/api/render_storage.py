"""Storage pools and secondary storage as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import (
    IN_CLUSTER,
    IN_POD,
    IN_ZONE,
    NOT_ANNOTATED,
    Seen,
)
from simulator.api.shape import (
    Always,
    Shape,
    boolean,
    date,
    long,
    mapping,
    shared,
    text,
)
from simulator.domain.inventory import StoragePool
from simulator.domain.management import ImageStore

POOL_ADDRESS = "192.0.2.10"
"""Where every pool is served from."""


def pool_path(record: StoragePool) -> str:
    """Return where a pool is exported."""
    return f"/export/primary/{record.name}"


class PoolAt(NamedTuple):
    """A pool as a caller sees it; *suits* is whether a volume that might go there can."""

    call: Call
    record: StoragePool
    suits: bool | None = None

    @property
    def updated(self) -> bool:
        """Whether an update answers it, which shows less."""
        return self.call.command == "updateStoragePool"


def _details(pool: PoolAt) -> dict[str, str] | None:
    details = dict(pool.record.details)
    return details or (None if pool.updated else {})


POOL = Shape[PoolAt](
    "storagepool",
    text("id", "id", lambda p: p.record.id),
    *IN_ZONE,
    shared(lambda p: p.call.world.store.pods.get(p.record.pod_id or ""), IN_POD),
    text("name", "name", lambda p: p.record.name),
    text("ipaddress", "IP address", Always(POOL_ADDRESS)),
    text("path", "path", lambda p: pool_path(p.record)),
    date("created", "when it was created", lambda _: 0),
    text("type", "type", lambda p: p.record.kind),
    shared(lambda p: p.call.world.store.clusters.get(p.record.cluster_id or ""), IN_CLUSTER),
    long("capacitybytes", "size of the pool in bytes", lambda p: p.record.capacity_bytes),
    long("disksizetotal", "size of the pool in bytes", lambda p: p.record.capacity_bytes),
    long("disksizeallocated", "bytes of the pool that are allocated",
         lambda p: p.call.world.store.allocated_bytes[p.record.id]),
    long("disksizeused", "bytes of the pool that are used", Always(0)),
    long("capacityiops", "I/O operations a second the pool can do", lambda p: p.record.iops),
    long("usediops", "I/O operations a second that are used", Always(0)),
    text("tags", "tags, a comma list", lambda p: ",".join(sorted(p.record.tags)) or None),
    boolean("istagarule", "whether the tags are a rule", Always(False)),
    text("state", "state", lambda p: p.record.state),
    text("scope", "reach of the storage", lambda p: str(p.record.scope)),
    text("overprovisionfactor", "how much more than its size may be allocated",
         lambda p: str(p.call.world.settings.number("storage.overprovisioning.factor"))),
    text("hypervisor", "hypervisor", lambda p: str(p.record.hypervisor)),
    text("provider", "provider", Always("DefaultPrimary")),
    mapping("storagecapabilities", "what the storage can",
            lambda p: None if p.updated else {"VOLUME_SNAPSHOT_QUIESCEVM": "false"}),
    boolean("managed", "whether the storage is managed", lambda p: p.record.managed),
    mapping("details", "more facts by name", _details),
    *NOT_ANNOTATED,
    boolean("suitableformigration", "whether the volume can move there", lambda p: p.suits),
)  # fmt: skip
IMAGE_STORE = Shape[Seen[ImageStore]](
    "imagestore",
    text("id", "id", lambda s: s.record.id),
    *IN_ZONE,
    text("name", "name", lambda s: s.record.name),
    text("url", "where it is", lambda s: s.record.name),
    text("protocol", "protocol of the store", Always("nfs")),
    text("providername", "name of the provider", Always("NFS")),
    text("scope", "reach of the storage", Always("ZONE")),
    boolean("readonly", "whether the store takes no more images", Always(False)),
    *NOT_ANNOTATED,
)
