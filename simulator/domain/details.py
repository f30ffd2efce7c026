"""The details of VMs: names that mean something, and what a caller may put there."""

from collections.abc import Iterable, Mapping

ROOT_SIZE = "rootdisksize"
"""The detail that holds the size in GiB of a VM's ROOT where that is not its template's."""
DEPLOYED = "deployvm"
"""The detail of a VM that was never started."""
READ_ONLY = ("dataDiskController", "rootDiskController")
"""Details that users see and do not set (user.vm.readonly.details)."""
SIZE_NAMES = frozenset({"cpunumber", "cpuspeed", "memory"})
"""The details that say the size of a VM, in lower case."""
_IOPS = (("miniops", "maxiops"), ("minIopsDo", "maxIopsDo"))
_EXTRA = "extraconfig"


def merged(maps: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return the elements of a map parameter as one map; a later element wins."""
    return {name: value for each in maps for name, value in each.items()}


def gib(text: str | None) -> int | None:
    """Return a number of GiB made of digits alone, None for anything else."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def number(text: str | None) -> int:
    """Return a whole number as the server reads it from a detail, -1 for anything else."""
    try:
        return int(text or "")
    except ValueError:
        return -1


def fault(details: Mapping[str, str]) -> str:
    """Return why *details* are not taken, "" where they are."""
    for least, most in _IOPS:
        text = _iops_fault(details.get(least), details.get(most))
        if text:
            return text
    if _EXTRA in details:
        return "'extraconfig' should not be included in details as key"
    if any(name.startswith(_EXTRA) for name in details):
        return "detail name should not start with extraconfig"
    return ""


def _iops_fault(least: str | None, most: str | None) -> str:
    if (least is None) != (most is None):
        return "Either 'Min IOPS' and 'Max IOPS' must both be specified or neither be specified."
    numbers: list[int] = []
    for name, text in (("Min", least or "0"), ("Max", most or "0")):
        try:
            numbers.append(int(text))
        except ValueError:
            return f"'{name} IOPS' must be a whole number."
    if numbers[0] > numbers[1]:
        return "'Min IOPS' must be less than or equal to 'Max IOPS'."
    return ""
