"""What goes with an account, a project or a domain that is removed or switched off (6.1)."""

from typing import TYPE_CHECKING, Any

from simulator.domain.errors import CloudError
from simulator.domain.records import USER_KINDS, Account, Role, Vm
from simulator.domain.states import VmState, VolumeState
from simulator.engine.machines import dispose, expunge_now
from simulator.engine.networking import drop_network
from simulator.engine.starting import stop
from simulator.engine.store import Store
from simulator.engine.world import Flow, World

if TYPE_CHECKING:
    from collections.abc import Iterable


def remove_account(world: World, account_id: str) -> Flow:
    """Remove an account, its users and all it owns; nobody enters from the first moment on."""
    store = world.store
    gone = store.accounts[account_id]
    store.accounts[account_id] = gone._replace(removed=True, enabled=False, members=frozenset())
    for user in [u for u in store.users.values() if u.account_id == account_id]:
        store.users[user.id] = user._replace(
            removed=True, enabled=False, api_key=None, secret_key=None
        )
    _leave_projects(store, account_id)
    yield world.spend("work")
    _drop_images(store, account_id)
    for vm in own_vms(store, account_id):
        yield from _remove_vm(world, vm.id)
    for volume in [v for v in store.volumes.values() if v.account_id == account_id]:
        if not volume.removed:
            dispose(world, volume, expunge=True)
    _drop_networks(world, account_id)
    _drop_guest_data(store, account_id)
    for key in [k for k in store.limits if k[0] == account_id]:
        del store.limits[key]


def remove_project(world: World, project_id: str) -> Flow:
    """Remove a project with its account and all that owns."""
    store = world.store
    project = store.projects[project_id]
    store.projects[project_id] = project._replace(state="Disabled")
    yield from remove_account(world, project.account_id)
    store.projects[project_id] = store.projects[project_id]._replace(removed=True)


def remove_domain(world: World, domain_id: str) -> Flow:
    """Remove a domain: first those below it, then its accounts and projects."""
    store = world.store
    below = [d for d in store.domains.values() if d.parent_id == domain_id and not d.removed]
    for domain in below:
        yield from remove_domain(world, domain.id)
    for account in accounts_in(store, domain_id):
        if account.role is Role.PROJECT and account.project_id in store.projects:
            yield from remove_project(world, account.project_id)
        else:
            yield from remove_account(world, account.id)
    store.domains[domain_id] = store.domains[domain_id]._replace(removed=True)
    for key in [k for k in store.limits if k[0] == domain_id]:
        del store.limits[key]


def stop_all(world: World, account_id: str) -> Flow:
    """Stop the VMs of an account that was disabled; one that cannot be stopped runs on."""
    yield world.spend("work")
    for vm in own_vms(world.store, account_id):
        if vm.state is VmState.RUNNING:
            try:
                yield from stop(world, vm.id)
            except CloudError:
                continue


def own_vms(store: Store, account_id: str) -> list[Vm]:
    """Return the users' VMs of an account that are not removed."""
    return [
        v
        for v in store.vms.values()
        if v.account_id == account_id and v.kind in USER_KINDS and not v.removed
    ]


def left_of(store: Store, account_id: str) -> str:
    """Return what an account still owns, the first kind of it in words, or ""."""
    loose = (v for v in store.volumes.values() if v.vm_id is None)
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("VirtualMachineTemplate", store.templates.values()),
        ("VMSnapshot", store.vm_snapshots.values()),
        ("VirtualMachine", own_vms(store, account_id)),
        ("Volume", (v for v in loose if v.state is not VolumeState.DESTROY)),
        ("Network", store.networks.values()),
    )
    for kind, records in kinds:
        count = sum(r.account_id == account_id and not r.removed for r in records)
        if count:
            return f"{count} {kind}"
    return ""


def accounts_in(store: Store, domain_id: str) -> list[Account]:
    """Return the accounts of a domain, projects' ones too, that are not removed."""
    return [a for a in store.accounts.values() if a.domain_id == domain_id and not a.removed]


def _remove_vm(world: World, vm_id: str) -> Flow:
    """Stop and expunge a VM with its ROOT; one that cannot be stopped is removed all the same."""
    store = world.store
    try:
        yield from stop(world, vm_id)
        expunge_now(world, vm_id)
    except CloudError:
        vm = store.vms[vm_id]
        store.put_vm(vm._replace(removed=True, host_id=None, updated_s=world.env.now))
        for volume in store.siblings(vm_id):
            dispose(world, volume, expunge=True)


def _leave_projects(store: Store, account_id: str) -> None:
    for fund in [a for a in store.accounts.values() if account_id in a.members]:
        store.accounts[fund.id] = fund._replace(members=fund.members - {account_id})


def _drop_images(store: Store, account_id: str) -> None:
    for policy in [p for p in store.snapshot_policies.values() if p.account_id == account_id]:
        del store.snapshot_policies[policy.id]
    for snapshot in [s for s in store.snapshots.values() if s.account_id == account_id]:
        if not snapshot.removed:
            store.put_snapshot(snapshot._replace(removed=True))
    for template in [t for t in store.templates.values() if t.account_id == account_id]:
        store.templates[template.id] = template._replace(removed=True)
    for taken in [s for s in store.vm_snapshots.values() if s.account_id == account_id]:
        store.vm_snapshots[taken.id] = taken._replace(removed=True)


def _drop_guest_data(store: Store, account_id: str) -> None:
    """Forget affinity groups, key pairs, user data, and the tags of all that is removed."""
    for group in [g for g in store.affinity_groups.values() if g.account_id == account_id]:
        del store.affinity_groups[group.id]
    for vm in [v for v in store.vms.values() if v.account_id == account_id]:
        store.affinity_of.pop(vm.id, None)
    for key in [k for k in store.ssh_keys.values() if k.account_id == account_id]:
        del store.ssh_keys[key.id]
    for data in [d for d in store.user_data.values() if d.account_id == account_id]:
        store.user_data[data.id] = data._replace(removed=True)
    for record_id, tags in list(store.tags.items()):
        kept = {name: tag for name, tag in tags.items() if tag.account_id != account_id}
        if not kept:
            del store.tags[record_id]
        elif len(kept) < len(tags):
            store.tags[record_id] = kept


def _drop_networks(world: World, account_id: str) -> None:
    store = world.store
    for network in [n for n in store.networks.values() if n.account_id == account_id]:
        if not network.removed:
            drop_network(world, network.id)
    for address in [p for p in store.public_ips.values() if p.account_id == account_id]:
        store.public_ips[address.id] = address._replace(removed=True)
    for group in [g for g in store.security_groups.values() if g.account_id == account_id]:
        del store.security_groups[group.id]
