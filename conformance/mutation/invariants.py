"""Faults that no single request shows: what must hold whatever callers do, and then does not."""

from functools import partial
from random import SystemRandom
from typing import Any

from conformance.mutation.fault import Fault, body_of, of_kind
from conformance.mutation.rules import plant_row, tables
from simulator.domain import attach, detach
from simulator.domain.records import Volume, VolumeType
from simulator.domain.rules import Rule
from simulator.engine.jobs import Job
from simulator.engine.store import Store

_GUARDS = "invariants"


def _row(rule_id: str) -> Rule[Any]:
    return next(row for table in tables() for row in table.rules if row.id == rule_id)


def _new_owner(original: Any, store: Store, record: Any) -> None:
    """Give a volume that is detached to another account."""
    old = store.volumes.get(record.id) if isinstance(record, Volume) else None
    if old is not None and old.vm_id and not record.vm_id:
        others = sorted(set(store.accounts) - {record.account_id})
        record = record._replace(account_id=others[0])
    original(store, record)


def _renames(original: Any, job: Job, error: Exception) -> None:
    """Have a job that fails leave another name on every VM."""
    store = job._jobs.world.store
    for vm in list(store.vms.values()):
        store.put_vm(vm._replace(display_name=f"{vm.display_name}!"))
    original(job, error)


def _second_root(original: Any, case: Any, now_s: float) -> Any:
    volume = original(case, now_s)
    return volume._replace(type=VolumeType.ROOT) if case.device == 1 else volume


FAULTS = [
    *of_kind(
        "invariants", _GUARDS,
        ("second-root", "what is attached at device 1 is a ROOT, too", attach.attached,
         _second_root),
        ("no-device", "an attached volume is at no device", attach.attached,
         lambda original, case, now_s: original(case, now_s)._replace(device_id=None)),
        ("new-owner", "a detached volume is another account's", Store.put_volume, _new_owner),
        ("lost", "a detached volume is gone", detach.detached,
         lambda original, record, now_s: original(record, now_s)._replace(removed=True)),
        ("renames", "a job that fails renames the VMs", Job._fail, _renames),
        ("chance", "since when a volume is attached depends on no seed", attach.attached,
         lambda original, case, now_s: original(
             case, now_s + SystemRandom().randrange(1, 10_000))),
    ),
    *(
        Fault(
            f"invariants/{name}", "invariants", what,
            partial(plant_row, row, holds=lambda _: True), _GUARDS, (body_of(row.holds).__code__,),
        )
        for name, what, row in (
            ("zones", "a volume is attached to a VM of another zone", _row("ATT-07")),
            ("same-device", "two volumes are at a device", _row("DEV-02")),
        )
    ),
]  # fmt: skip
"""All of them."""
