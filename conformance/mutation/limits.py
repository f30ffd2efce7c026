"""Faults of limits: too early, too late, of nobody, and of what is counted."""

from typing import Any

from conformance.mutation.fault import Fault, always, of_kind
from simulator.domain import limits
from simulator.domain.limits import Resource
from simulator.domain.people import Account, Role
from simulator.domain.states import VolumeState
from simulator.engine import counts
from simulator.engine.store import Store
from simulator.engine.world import World

_COUNTED = tuple(
    Resource(name)
    for name in (
        "user_vm", "public_ip", "volume", "snapshot", "template", "project", "network", "cpu",
        "memory", "primary_storage",
    )
)  # fmt: skip
"""Not secondary storage: no command asks for its limit before it takes some."""


def _free(resource: Resource) -> Any:
    return lambda original, world, owner, asked: (
        -1 if asked is resource else original(world, owner, asked)
    )


def _one_less(resource: Resource) -> Any:
    def limit(original: Any, world: World, account: Account, asked: Resource) -> int:
        most = int(original(world, account, asked))
        return max(0, most - 1) if asked is resource and most > 0 else most

    return limit


def _as_account(original: Any, world: World, account: Account, resource: Resource) -> int:
    role = Role.USER if account.role is Role.PROJECT else account.role
    return int(original(world, account._replace(role=role), resource))


def _by_setting(original: Any, world: World, owner: Any, resource: Resource) -> int:
    kept, world.store.limits = world.store.limits, {}
    try:
        return int(original(world, owner, resource))
    finally:
        world.store.limits = kept


def _own_row_alone(original: Any, world: World, domain: Any, resource: Resource) -> int:
    if domain.parent_id is None or (domain.id, resource) in world.store.limits:
        return int(original(world, domain, resource))
    return limits.default_limit(
        resource, world.settings.number(limits.setting_of(resource, "domain"))
    )


def _no_domain(original: Any, world: World, account_id: str, *rest: Any, **named: Any) -> str:
    text: str = original(world, account_id, *rest, **named)
    return "" if text.startswith("Maximum domain") else text


def _no_account(original: Any, world: World, account_id: str, *rest: Any, **named: Any) -> str:
    text: str = original(world, account_id, *rest, **named)
    return text if text.startswith("Maximum domain") else ""


def _weigh_all(original: Any, store: Store, volume: Any, sign: int) -> None:
    if volume is not None and volume.state is VolumeState.DESTROY:
        volume = volume._replace(state=VolumeState.READY)
    original(store, volume, sign)


def _weigh_hidden(original: Any, store: Store, volume: Any, sign: int) -> None:
    original(store, volume._replace(display=True) if volume else None, sign)


def _never_less(original: Any, store: Store, record: Any, sign: int) -> None:
    before = store.owned.copy()
    original(store, record, sign)
    if sign < 0:
        store.owned = before


def _total_of_first(original: Any, store: Store, accounts: set[str], resource: Resource) -> int:
    return int(original(store, set(sorted(accounts)[:1]), resource))


_RULES = of_kind(
    "limits", "limits_bound limits",
    ("early", "every limit is one too early", limits.exceeds,
     lambda _, limit, current, more: limit >= 0 and current + more >= limit),
    ("late", "every limit is one too late", limits.exceeds,
     lambda _, limit, current, more: limit >= 0 and current + more > limit + 1),
    ("current", "what there is does not count", limits.exceeds,
     lambda _, limit, __, more: 0 <= limit < more),
    ("more", "what is asked for does not count", limits.exceeds,
     lambda _, limit, current, __: 0 <= limit < current),
    ("zero", "a limit of none is without limit", limits.exceeds,
     lambda _, limit, current, more: 0 < limit < current + more),
    ("none", "no limit holds", limits.exceeds, always(False)),
    ("unlimited", "-1 is a limit", limits.exceeds,
     lambda _, limit, current, more: current + more > limit),
    ("domain", "limits of domains are ignored", World.over_limit, _no_domain),
    ("account", "limits of accounts are ignored", World.over_limit, _no_account),
    ("project", "projects have the limits of accounts", World.limit, _as_account),
    ("own", "the limit of an account's own is ignored", World.limit, _by_setting),
    ("own-domain", "the limit of a domain's own is ignored", World.domain_limit, _by_setting),
    ("ancestors", "a domain has not the limit of the one above", World.domain_limit,
     _own_row_alone),
    ("first", "of a domain one account counts", counts.owned_by, _total_of_first),
    ("destroyed", "destroyed volumes count", Store._weigh, _weigh_all),
    ("hidden", "hidden volumes count", Store._weigh, _weigh_hidden),
    ("volumes-gone", "volumes that are gone still count", Store._weigh,
     _never_less),
    ("vms-gone", "VMs that are gone still count", Store._burden, _never_less),
    ("gib", "limits in GiB are taken as bytes", limits.default_limit,
     lambda _, __, number: -1 if number < 0 else int(number)),
)  # fmt: skip


def _of(resource: Resource) -> list[Fault]:
    """Return the faults of the limits of one resource."""
    return of_kind(
        "limits", "limits_bound limits",
        (f"account-{resource}", f"the limit of an account on {resource} is ignored",
         World.limit, _free(resource)),
        (f"domain-{resource}", f"the limit of a domain on {resource} is ignored",
         World.domain_limit, _free(resource)),
        (f"early-{resource}", f"the limit of an account on {resource} is one too early",
         World.limit, _one_less(resource)),
    )  # fmt: skip


FAULTS = [*_RULES, *(fault for resource in _COUNTED for fault in _of(resource))]
"""All of them."""
