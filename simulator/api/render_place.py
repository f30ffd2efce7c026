"""Zones, pods, clusters, hosts and storage as CloudStack's JSON (semantics 7.6)."""

from typing import NamedTuple

from simulator.api.render import (
    IN_POD,
    IN_ZONE,
    NOT_ANNOTATED,
    Seen,
)
from simulator.api.shape import (
    Always,
    Shape,
    boolean,
    integer,
    listed,
    long,
    mapping,
    shared,
    text,
    texts,
)
from simulator.domain.inventory import Cluster, Pod, Zone

_FIRST_FREE, _LAST_FREE = 2, 200

ZONE = Shape[Zone](
    "zone",
    text("id", "id", lambda z: z.id),
    text("name", "name", lambda z: z.name),
    text("dns1", "first DNS server", lambda z: z.dns),
    text("internaldns1", "first internal DNS server", lambda z: z.dns),
    text("guestcidraddress", "address block of guest networks", lambda z: z.guest_cidr),
    text("networktype", "type of the zone", Always("Advanced")),
    boolean("securitygroupsenabled", "whether security groups are in use", Always(False)),
    long("gputotal", "GPUs there are", Always(0)),
    long("gpuused", "GPUs that are used", Always(0)),
    text("allocationstate", "whether new resources are placed here",
         lambda z: "Enabled" if z.enabled else "Disabled"),
    text("zonetoken", "token of the zone", lambda z: z.token),
    text("dhcpprovider", "provider of DHCP", Always("VirtualRouter")),
    boolean("localstorageenabled", "whether local storage may be used", lambda z: z.local_storage),
    texts("tags", "tags", lambda _: (), "set"),
    boolean("allowuserspecifyvrmtu", "whether users may choose the MTU of a router", Always(False)),
    integer("routerprivateinterfacemaxmtu", "largest MTU of a router's private side", Always(1500)),
    integer("routerpublicinterfacemaxmtu", "largest MTU of a router's public side", Always(1500)),
    text("type", "type", Always("Core")),
    boolean("isnsxenabled", "whether the zone has NSX", Always(False)),
    boolean("ismultiarch", "whether the zone has several CPU architectures", Always(False)),
    text("asnrange", "AS numbers of the zone", Always("")),
    boolean("routedmodeenabled", "whether networks can be routed", Always(True)),
    *NOT_ANNOTATED,
)  # fmt: skip


class _Span(NamedTuple):
    """The addresses of a pod."""

    first: str
    last: str


def _span(pod: Pod) -> _Span:
    return _Span(f"{pod.subnet}.{_FIRST_FREE}", f"{pod.subnet}.{_LAST_FREE}")


_UNTAGGED = "vlan://untagged"
_RANGE = Shape[_Span](
    "ipranges",
    text("startip", "first address", lambda s: s.first),
    text("endip", "last address", lambda s: s.last),
    text("forsystemvms", "whether it is for system VMs, 0 or 1", Always("0")),
    text("vlanid", "VLAN", Always(_UNTAGGED)),
)
POD = Shape[Seen[Pod]](
    "pod",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    *IN_ZONE,
    text("gateway", "gateway", lambda s: f"{s.record.subnet}.1"),
    text("netmask", "netmask", Always("255.255.255.0")),
    listed("ipranges", "ranges of addresses", _RANGE, lambda s: [_span(s.record)]),
    texts("startip", "first addresses", lambda s: [_span(s.record).first]),
    texts("endip", "last addresses", lambda s: [_span(s.record).last]),
    texts("forsystemvms", "whether each range is for system VMs, 0 or 1", lambda _: ["0"]),
    texts("vlanid", "VLANs of the ranges", lambda _: [_UNTAGGED]),
    text("allocationstate", "whether new resources are placed here", Always("Enabled")),
    *NOT_ANNOTATED,
)
CLUSTER = Shape[Seen[Cluster]](
    "cluster",
    text("id", "id", lambda s: s.record.id),
    text("name", "name", lambda s: s.record.name),
    shared(lambda s: s.call.world.store.pods[s.record.pod_id], IN_POD),
    *IN_ZONE,
    text("hypervisortype", "hypervisor of the cluster", lambda s: str(s.record.hypervisor)),
    text("clustertype", "type of the cluster", Always("CloudManaged")),
    text("allocationstate", "whether new resources are placed here", Always("Enabled")),
    text("managedstate", "whether the cluster is managed", Always("Managed")),
    text("cpuovercommitratio", "CPU overcommitment", Always("1.0")),
    text("memoryovercommitratio", "memory overcommitment", Always("1.0")),
    mapping("resourcedetails", "more facts by name",
            lambda _: {"memoryOvercommitRatio": "1.0", "cpuOvercommitRatio": "1.0"}),
    text("arch", "CPU architecture", Always("x86_64")),
    *NOT_ANNOTATED,
)  # fmt: skip
