"""More addresses of nics, and public addresses that lead to VMs."""

from typing import TYPE_CHECKING

from simulator.domain.networks import PublicIp
from simulator.domain.nics import Nic
from simulator.domain.secondary import SecondaryIp

if TYPE_CHECKING:
    from simulator.engine.store import Store


def add_ip(store: "Store", nic: Nic, address: str) -> SecondaryIp:
    """Give a nic one more address."""
    made = SecondaryIp(
        store.new_id(),
        store.new_row("secondaryip"),
        nic.id,
        nic.vm_id,
        nic.network_id or "",
        address,
    )
    return store.secondary_ips.setdefault(made.id, made)


def ips_of(store: "Store", nic_id: str) -> list[SecondaryIp]:
    """Return the addresses that a nic has besides its own."""
    return [ip for ip in store.secondary_ips.values() if ip.nic_id == nic_id]


def leading_to(store: "Store", vm_id: str, address: str | None = None) -> PublicIp | None:
    """Return a public address that leads to a VM, at *address* if that is given."""
    return next(
        (
            ip
            for ip in store.public_ips.values()
            if ip.nat_vm_id == vm_id and not ip.removed and address in {None, ip.nat_address}
        ),
        None,
    )


def unlead(store: "Store", ip_id: str) -> None:
    """Have a public address lead to no VM any more; the rules on it go."""
    for rule in [r for r in store.firewall_rules.values() if r.ip_id == ip_id]:
        store.firewall_rules[rule.id] = rule._replace(removed=True)
    now = store.public_ips[ip_id]
    store.public_ips[ip_id] = now._replace(nat_vm_id=None, nat_address="")


def forget_nic(store: "Store", nic_id: str) -> None:
    """Take all addresses off a nic that goes."""
    for ip in ips_of(store, nic_id):
        del store.secondary_ips[ip.id]


def forget_vm(store: "Store", vm_id: str) -> None:
    """Take all addresses off a VM that goes; no public one leads there any more."""
    for ip in [i for i in store.secondary_ips.values() if i.vm_id == vm_id]:
        del store.secondary_ips[ip.id]
    while (public := leading_to(store, vm_id)) is not None:
        unlead(store, public.id)
