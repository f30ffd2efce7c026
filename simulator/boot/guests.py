"""The VMs and volumes of a plan, put where they run: records at once, without a job."""

from collections import Counter
from collections.abc import Iterator

from simulator.boot.build import Build, numbered
from simulator.boot.lines import Path
from simulator.boot.orders import Order, disk, order
from simulator.boot.plan import CloudPlan, VmPlan, VolumePlan
from simulator.domain.devices import lowest_free
from simulator.domain.inventory import Host, StoragePool
from simulator.domain.limits import Resource
from simulator.domain.placement import Need, Room, choose, suits
from simulator.domain.records import Account, Vm, Volume, VolumeType
from simulator.domain.states import VmState, VolumeState
from simulator.engine.networking import address_at_boot, implement, network_for
from simulator.engine.placing import has_room


def build_guests(build: Build, plan: CloudPlan) -> None:
    """Add the VMs and loose volumes of *plan*."""
    for n, vms in enumerate(plan.vms):
        asked = order(build, vms, ("vms", n))
        if asked is not None and _allowed(build, asked, vms.count, ("vms", n)):
            _Stalls(build, asked).fill(vms, ("vms", n))
    for n, volumes in enumerate(plan.volumes):
        _volumes(build, volumes, ("volumes", n))


def _allowed(build: Build, asked: Order, count: int, path: Path) -> bool:
    """Return whether limits and the hypervisor allow what is asked; a fault if not."""
    most = build.world.max_data_on(asked.template.hypervisor, asked.hosts[0].version)
    if len(asked.disks) > most:
        kind = asked.template.hypervisor
        text = f"a VM on {kind} has at most {most} data disks, not {len(asked.disks)}"
        build.faults.add((*path, "disks"), text)
        return False
    size = asked.template.size_bytes + sum(d.size_bytes for d in asked.disks)
    wanted = {
        Resource.USER_VM: count,
        Resource.VOLUME: count * (1 + len(asked.disks)),
        Resource.PRIMARY_STORAGE: count * size,
    }
    return _within_limits(build, asked.account, wanted, path)


def _within_limits(build: Build, account: Account, wanted: dict[Resource, int], path: Path) -> bool:
    over = (build.world.over_limit(account.id, what, more) for what, more in wanted.items())
    text = next(filter(None, over), "")
    if text:
        build.faults.add(path, f"{text[:-1]} (see [settings])")
    return not text


class _Stalls:
    """Places the VMs of one order, host after host."""

    def __init__(self, build: Build, asked: Order) -> None:
        self.build, self.order, self.turn = build, asked, 0
        self.guests = Counter(v.network_id for v in build.store.vms.values())
        room = build.world.room()
        self.threshold, self.factor = room.threshold, room.factor
        zone, pools = asked.zone.id, build.store.pools.values()
        self.pools = {
            host.id: [
                p
                for p in pools
                if p.zone_id == zone
                and p.cluster_id in {None, host.cluster_id}
                and p.host_id in {None, host.id}
            ]
            for host in asked.hosts
        }
        compute = asked.offering
        root = Need(asked.template.size_bytes, compute.tags, compute.local)
        self.needs = [root] + [
            Need(d.size_bytes, d.offering.tags, d.offering.local) for d in asked.disks
        ]

    def fill(self, plan: VmPlan, path: Path) -> None:
        """Add every VM of *plan*; the first that fits nowhere is a fault."""
        for number in range(plan.count):
            if plan.name is None:
                name = self.build.fake("VM", self.build.faker.domain_word)
            else:
                name = numbered(plan.name, plan.count, number)
            vm = self._vm(name)
            self.build.claim("VM", name, vm.id, (*path, "name"))
            place = self._place(vm)
            if isinstance(place, str):
                self.build.faults.add(path, f"{place} for VM {number + 1} of {plan.count}")
                return
            self._settle(vm, *place)

    def _vm(self, name: str) -> Vm:
        build, store, asked = self.build, self.build.store, self.order
        db_id = store.new_row("vm")
        network = network_for(build.world, asked.account.id, asked.zone.id)
        guests = self.guests[network.id]
        self.guests[network.id] += 1
        users = (u.id for u in store.users.values() if u.account_id == asked.account.id)
        return Vm(
            id=store.new_id(),
            db_id=db_id,
            name=name,
            display_name=name,
            account_id=asked.account.id,
            zone_id=asked.zone.id,
            hypervisor=asked.template.hypervisor,
            state=VmState.RUNNING if asked.state == "Running" else VmState.STOPPED,
            service_offering_id=asked.offering.id,
            template_id=asked.template.id,
            instance_name=f"i-{asked.account.db_id}-{db_id}-VM",
            address=address_at_boot(build.world, network, guests),
            mac=f"02:01:00:{db_id >> 16 & 255:02x}:{db_id >> 8 & 255:02x}:{db_id & 255:02x}",
            user_id=next(users, ""),
            network_id=network.id,
            nic_id=store.new_id(),
            halted=asked.state == "Stopped",
            updated_s=0.0,
        )

    def _place(self, vm: Vm) -> tuple[Host, list[StoragePool]] | str:
        """Return where a VM and its disks go, or what is missing."""
        missing = f"no host has a free guest and {self.order.offering.memory_mib} MiB of memory"
        for host in self._round():
            if has_room(self.build.world, vm, host):
                pools = self._pools_on(host)
                if pools is not None:
                    return host, pools
                missing = "no primary storage with the tags and the room its disks need"
        return missing

    def _round(self) -> Iterator[Host]:
        hosts = self.order.hosts
        for _ in hosts:
            self.turn = (self.turn + 1) % len(hosts)
            yield hosts[self.turn - 1]

    def _pools_on(self, host: Host) -> list[StoragePool] | None:
        """Return a pool for each disk in reach of *host*, None if one finds none."""
        taken = dict(self.build.store.allocated_bytes)
        room = Room(taken, self.threshold, self.factor)
        found = []
        for need in self.needs:
            pools = self.pools[host.id]
            pool = choose(pools, host.zone_id, host.cluster_id, need, room)
            if pool is None:
                return None
            taken[pool.id] = taken.get(pool.id, 0) + need.size_bytes
            found.append(pool)
        return found

    def _settle(self, vm: Vm, host: Host, pools: list[StoragePool]) -> None:
        """Put a VM on *host* and its disks on *pools*."""
        store, asked = self.build.store, self.order
        host_id = host.id if asked.state == "Running" else None
        last_id = None if asked.state == "New" else host.id
        store.put_vm(vm._replace(host_id=host_id, last_host_id=last_id))
        implement(self.build.world, vm.id)
        root = self._disk(f"ROOT-{vm.db_id}", vm, pools[0], self.needs[0])
        root = root._replace(
            type=VolumeType.ROOT,
            template_id=vm.template_id,
            service_offering_id=vm.service_offering_id,
        )
        store.put_volume(root._replace(vm_id=vm.id, device_id=0, plugged=asked.state != "New"))
        used: list[int] = []
        wanted = zip(asked.disks, pools[1:], self.needs[1:], strict=True)
        for number, (disk_, pool, need) in enumerate(wanted):
            used.append(lowest_free(used, len(asked.disks)) or 0)
            name = disk_.name or f"DATA-{vm.db_id}" + (f"-{number}" if number else "")
            data = self._disk(name, vm, pool, need)
            data = data._replace(disk_offering_id=disk_.offering.id)
            store.put_volume(data._replace(vm_id=vm.id, device_id=used[-1], plugged=True))

    def _disk(self, name: str, vm: Vm, pool: StoragePool, need: Need) -> Volume:
        """Return a disk on *pool*, or on none where the VM never ran."""
        if self.order.state == "New":
            return _volume(self.build, name, vm.account_id, pool.zone_id, need.size_bytes)
        return _ready(self.build, name, vm.account_id, pool, need)


def _volume(build: Build, name: str, account_id: str, zone_id: str, size_bytes: int) -> Volume:
    return Volume(
        id=build.store.new_id(),
        db_id=build.store.new_row("volume"),
        name=name,
        account_id=account_id,
        zone_id=zone_id,
        type=VolumeType.DATADISK,
        state=VolumeState.ALLOCATED,
        size_bytes=size_bytes,
    )


def _ready(build: Build, name: str, account_id: str, pool: StoragePool, need: Need) -> Volume:
    volume = _volume(build, name, account_id, pool.zone_id, need.size_bytes)
    return volume._replace(state=VolumeState.READY, pool_id=pool.id, path=volume.id)


def _volumes(build: Build, plan: VolumePlan, path: Path) -> None:
    """Add loose volumes: Ready on the pool that is named, Allocated where none is."""
    store, before = build.store, len(build.faults.found)
    account = build.find("account", plan.account, store.accounts, (*path, "account"))
    wanted = disk(build, plan, path)
    zone = next(iter(store.zones.values()), None)
    if plan.zone is not None:
        zone = build.find("zone", plan.zone, store.zones, (*path, "zone"))
    pool = None
    if plan.pool is not None:
        pool = build.find("pool", plan.pool, store.pools, (*path, "pool"))
    if account is None or wanted is None or zone is None or len(build.faults.found) > before:
        return
    size = wanted.size_bytes
    total = {Resource.VOLUME: plan.count, Resource.PRIMARY_STORAGE: plan.count * size}
    if not _within_limits(build, account, total, path):
        return
    need = Need(size, wanted.offering.tags, wanted.offering.local)
    for number in range(plan.count):
        name = plan.name and numbered(plan.name, plan.count, number)
        name = name or build.fake("volume", build.faker.word)
        if pool is None:
            made = _volume(build, name, account.id, zone.id, size)
        else:
            if not suits(pool, need, build.world.room()):
                text = f"pool {plan.pool!r} has not the tags or the room for volume {number + 1}"
                build.faults.add((*path, "pool"), text)
                return
            made = _ready(build, name, account.id, pool, need)
        store.put_volume(made._replace(disk_offering_id=wanted.offering.id))
