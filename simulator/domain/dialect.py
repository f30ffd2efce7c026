"""The specification and the releases of CloudStack as tables of named differences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from simulator.domain.release_texts import TEXTS, TEXTS_OF_ALL
from simulator.domain.releases import MEASURED, RELEASES, Flag, flags_of, release_of


class Quirk(StrEnum):
    """One way in which CloudStack 4.22 differs from the specification."""

    TUPLE_DETACH_FAILS = "tuple-detach-fails"
    EMPTY_SLOT_IS_INTERNAL = "empty-slot-is-internal"
    NO_BOOTABLE = "no-bootable"
    DESTROYED_MESSAGE = "destroyed-message"
    SIMULATOR_ROOT = "simulator-root"
    NO_RECHECK = "no-recheck"
    ALLOCATED_DOUBLE_ATTACH = "allocated-double-attach"
    SLEEPY_LOCK = "sleepy-lock"
    STORAGE_OF_ANY_ZONE = "storage-of-any-zone"
    ERROR_VM_WITHOUT_ADDRESS = "error-vm-without-address"
    RESIZE_LOSES_OFFERING = "resize-loses-offering"
    SAME_VM_SNAPSHOT_NAMES = "same-vm-snapshot-names"
    NAT_HOLDS_NO_ADDRESS = "nat-holds-no-address"


DIFFERENCES: dict[Quirk, tuple[str, str, str]] = {
    Quirk.TUPLE_DETACH_FAILS: (
        "detachVolume by deviceid and virtualmachineid detaches that volume",
        "it fails 530 and changes nothing: the looked-up id is never passed on",
        "semantics 2.4, S28",
    ),
    Quirk.EMPTY_SLOT_IS_INTERNAL: (
        "detachVolume of a device id nobody uses is a parameter error, 431",
        "it is an IndexOutOfBounds, 530",
        "semantics 2.2 row 2b",
    ),
    Quirk.NO_BOOTABLE: (
        "every volume response carries `bootable` (SPEC-08)",
        "the field was never shipped",
        "semantics 11",
    ),
    Quirk.DESTROYED_MESSAGE: (
        "the refusal of a ROOT operation names the one allowed state, Stopped",
        "it names Stopped or Destroyed, and refuses Destroyed",
        "semantics 2.2 row 10",
    ),
    Quirk.SIMULATOR_ROOT: (
        "ROOT detach is for KVM, VMware and XenServer (SPEC-13)",
        "the product later added Simulator",
        "semantics 1.2 row 9a",
    ),
    Quirk.NO_RECHECK: (
        "VM state, ROOT and attachment are judged again when the queued work starts",
        "only the attachment of the volume is; a stale detach takes it from its new VM",
        "semantics 1.3, 2.3, 2.5, 5.3",
    ),
    Quirk.ALLOCATED_DOUBLE_ATTACH: (
        "an Allocated volume is guarded while it is being attached, as a Ready one is",
        "two VMs can attach one Allocated volume at once; the later write wins",
        "semantics 5.3",
    ),
    Quirk.SLEEPY_LOCK: (
        "two operations submitted for one VM in the same instant queue one behind the other",
        "the second finds the VM locked and sleeps 5 s before it queues",
        "semantics 5.1 submit lock; recorded races detach-twice, attach-destroyvm",
    ),
    Quirk.STORAGE_OF_ANY_ZONE: (
        "a VM does not move to storage of another zone",
        "a stopped one does: its volumes are then in another zone than the VM",
        "seen on a real 4.22; UserVmManagerImpl.vmStorageMigration asks for no zone",
    ),
    Quirk.ERROR_VM_WITHOUT_ADDRESS: (
        "a VM that gets no address of its network is not made",
        "it stays in Error, without nics and volumes, until it is expunged",
        "seen on a real 4.22; VirtualMachineManagerImpl.allocate",
    ),
    Quirk.RESIZE_LOSES_OFFERING: (
        "a created volume that is resized gets the offering and the iops it was asked for",
        "it gets the size alone: the row is read again before it is written",
        "seen on a real 4.22; VolumeApiServiceImpl.orchestrateResizeVolume",
    ),
    Quirk.SAME_VM_SNAPSHOT_NAMES: (
        "no two VM snapshots of a VM have the same name",
        "they may: the search for the name finds nothing",
        "seen on a real 4.22; VMSnapshotDaoImpl.findByName",
    ),
    Quirk.NAT_HOLDS_NO_ADDRESS: (
        "a nic keeps an address that static NAT leads to",
        "it goes, and static NAT leads to nothing: it is looked for among public addresses",
        "seen on a real 4.22; NetworkServiceImpl.releaseSecondaryIpFromNic",
    ),
}
"""Quirk -> (what `spec` does, what `acs-4.22` does, source)."""


Trait = Quirk | Flag


@dataclass(frozen=True, slots=True)
class Dialect:
    """Whose behaviour is shown: a set of quirks, and of flags of a release, under a name.

    *texts* are the refusals that the release words otherwise, by the ids of their rules.
    """

    name: str
    traits: frozenset[Trait]
    release: str = MEASURED
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        """Return the version that the server says it is of; a snapshot was measured."""
        return f"{self.release}.0-SNAPSHOT" if self.release == MEASURED else f"{self.release}.0"

    def __contains__(self, trait: Trait) -> bool:
        """Return whether this dialect shows *trait*."""
        return trait in self.traits


_CHANGE = re.compile(r"(?=[+!])")
SPEC = Dialect("spec", frozenset())
ACS = Dialect("acs-4.22", frozenset(Quirk))
DIALECTS = {dialect.name: dialect for dialect in (SPEC, ACS)}
"""The specification, and the release that was measured."""


TRAITS: dict[str, Trait] = {trait.value: trait for trait in (*Quirk, *Flag)}
"""Name -> quirk or flag."""


@cache
def dialect_of(text: str) -> Dialect:
    """Return the dialect that "spec", "acs-4.22", "acs-4.20.3" or "4.20.3" names.

    `+TRAIT` behind it gives it a trait, `!TRAIT` takes one away. ValueError for what names none.
    """
    base, *changes = _CHANGE.split(text)
    if changes:
        return _changed(dialect_of(base), tuple(changes))
    if text in DIALECTS:
        return DIALECTS[text]
    release = release_of(text.removeprefix("acs-"))
    if release == MEASURED:
        return ACS
    flags = flags_of(release)
    return Dialect(f"acs-{release}", ACS.traits | flags, release, _texts(flags))


def _changed(base: Dialect, changes: tuple[str, ...]) -> Dialect:
    """Return *base* with traits given or taken; ValueError for what is no trait."""
    unknown = [change[1:] for change in changes if change[1:] not in TRAITS]
    if unknown:
        msg = f"{unknown[0]!r} is no trait of a dialect"
        raise ValueError(msg)
    on = {TRAITS[change[1:]] for change in changes if change[0] == "+"}
    off = {TRAITS[change[1:]] for change in changes if change[0] == "!"}
    traits = (base.traits | on) - off
    flags = frozenset(trait for trait in traits if isinstance(trait, Flag))
    return Dialect(base.name + "".join(changes), traits, base.release, _texts(flags))


def _texts(flags: frozenset[Flag]) -> Mapping[str, str]:
    """Return the refusals that *flags* word otherwise, by the ids of their rules."""
    texts = {rule_id: words for flag in TEXTS if flag in flags
             for rule_id, words in TEXTS[flag].items()}  # fmt: skip
    for together, words_of in TEXTS_OF_ALL.items():
        texts |= words_of if together <= flags else {}
    return texts


def dialect_names() -> tuple[str, ...]:
    """Return the name of every dialect."""
    return ("spec", *(dialect_of(release).name for release in RELEASES))
