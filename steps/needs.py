"""What a scenario needs of the cloud it runs on, read from its steps before anything is sent."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from steps.places import HYPERVISORS, ROLES

Step = TypeVar("Step", bound=Callable[..., Any])
Table = list[list[str]]


class Need(NamedTuple):
    """Something that not every cloud has: its *kind*, a key of HINTS, and which one.

    Kinds are "stage", "setting", "risk", "lasting", "command", "account", "place", "hypervisor",
    "offering", "device".
    """

    kind: str
    what: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.what}".rstrip()


HINTS = {
    "stage": "rootswap alone can arrange this: check a `rootswap serve`",
    "setting": "changes a global setting and puts it back: --allow disruptive",
    "risk": "touches what others use, and puts it back: --allow disruptive",
    "lasting": "changes what others use for good: check a `rootswap serve`",
    "command": "this key may not call it: use the key of an account whose role may",
    "account": "needs accounts that this key cannot create: use a root admin's key",
    "place": "give one in the target's [roles], or add one to the cloud",
    "hypervisor": "add a host and a ready template of it to the zone",
    "device": "the hypervisor there takes fewer data disks",
    "offering": "create one of that name, or use a root admin's key",
}
"""Kind of need -> what would meet it."""

_Of = Callable[[dict[str, Any]], Iterable[Need]]
_OF: dict[Any, _Of] = {}
_DISRUPTIVE = {
    "updateHost", "prepareHostForMaintenance", "cancelHostMaintenance", "updateStoragePool",
    "enableStorageMaintenance", "cancelStorageMaintenance", "updateZone", "updatePod",
    "updateCluster", "rebootSystemVm", "stopSystemVm", "startSystemVm", "destroySystemVm",
    "updateHypervisorCapabilities", "linkUserDataToTemplate", "restartNetwork",
    "updateResourceCount",
}  # fmt: skip
"""Commands that change what others use, for as long as the scenario runs."""
_CHANGES = ("update", "delete")
_SHARED = {"template", "image", "iso", "disk", "service", "plan"}
"""Kinds of what belongs to the cloud, unless a scenario creates it."""
_POOLS = {"beside": "another-pool", "away": "a-pool-elsewhere"}
"""Kind of an alias that is a pool by where a volume lies -> what there must be."""
_UPLOADS = {"uploadVolume", "getUploadParamsForVolume"}
_OF_FORMAT = {"QCOW2": "KVM", "OVA": "VMware"}
"""Format of an upload -> the hypervisor that a zone must have to take it."""
_PAST_FORMAT = {
    "succeeds", "offering-fixes-size", "offering-fixes-size-late", "offering-denied",
    "offering-denied-at-once", "no-custom-offering", "no-custom-offering-late",
}  # fmt: skip
"""How uploads end that a zone without that hypervisor would refuse before."""
_SETTINGS = {"updateConfiguration", "resetConfiguration"}
STOCK = {
    "disk": {"Small", "Medium", "Large", "Custom", "Encrypted", "Local", "Managed", "Nowhere"},
    "service": {"Small Instance", "Medium Instance"},
}
"""Kind -> offerings that scenarios take from the cloud; all others they create."""


def needs(*wanted: Need, of: _Of | None = None) -> Callable[[Step], Step]:
    """Mark a step function with what it needs, always or *of* what stands in the sentence."""

    def mark(step: Step) -> Step:
        _OF[step] = lambda given: (*wanted, *(of(given) if of else ()))
        return step

    return mark


STAGE = Need("stage")
DISTURBING = frozenset({"setting", "risk"})
"""Kinds of scenarios that must not run beside others: they change what those stand on."""


def of_step(function: Any, given: dict[str, Any], table: Table | None) -> Iterator[Need]:
    """Yield what one step needs: *given* are the words of its sentence, by name."""
    if function in _OF:
        yield from _OF[function](given)
    texts = [*map(str, given.values()), *(cell for row in table or () for cell in row)]
    for text in texts:
        yield from _of_text(text)
    for row in table or ():
        if row[0] == "hypervisor" and row[1] in HYPERVISORS:
            yield Need("hypervisor", row[1])
    requests = [(str(given["command"]), texts)] if "command" in given else []
    if table and "command" in table[0]:
        at = table[0].index("command")
        requests += [(row[at], row) for row in table[1:]]
    for command, words in requests:
        yield from _of_command(command)
        if command.startswith(_CHANGES) and any(map(_is_stock, words)):
            yield Need("lasting", command)
    callers = [given["who"]] if "who" in given else []
    if table and "who" in table[0]:
        at = table[0].index("who")
        callers += [row[at] for row in table[1:] if row[at]]
    yield from (Need("account", str(who)) for who in callers)
    device = str(given.get("device", given.get("at", "")))
    if device.isdigit():
        yield Need("device", device)


def of_upload(given: dict[str, Any], table: Table | None, then: str) -> Iterator[Need]:
    """Yield the hypervisor that an upload needs which ends as the sentence *then* says."""
    named = {row[0]: row[1] for row in table or () if len(row) == 2}
    home = _OF_FORMAT.get(named.get("format", "").upper())
    if given.get("command") in _UPLOADS and home and then.rpartition(" ")[2] in _PAST_FORMAT:
        yield Need("hypervisor", home)


def _is_stock(text: str) -> bool:
    """Return whether an image or an offering is the cloud's: what scenarios create is in small."""
    kind, _, name = text.partition(":")
    return kind in _SHARED and (name == "usual" or name[:1].isupper())


def _of_text(text: str) -> Iterator[Need]:
    kind, colon, name = text.partition(":")
    if text in ROLES:
        yield Need("place", text)
    elif colon and name in ROLES:
        yield Need("place", name)
    elif kind in _POOLS:
        yield Need("place", _POOLS[kind])
    elif kind == "template" and name in HYPERVISORS:
        yield Need("hypervisor", name)
    elif colon and kind in {"account", "accountid", "userid", "domain", "domainname"}:
        yield Need("account", name)
    elif name in STOCK.get(kind, ()):
        yield Need("offering", text)


def _of_command(command: str) -> Iterator[Need]:
    if command.startswith("rootswap"):
        yield STAGE
    elif command in _SETTINGS:
        yield Need("setting", command)
    elif command in _DISRUPTIVE:
        yield Need("risk", command)
    elif command:
        yield Need("command", command)
