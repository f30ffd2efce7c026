"""Which releases know a command, a parameter and a field, where not all of 4.18 to 4.23 do.

Read in the sources of the releases, not measured (versions.md, section 6).
"""

from collections.abc import Mapping
from typing import Any

from simulator.domain.dialect import Dialect
from simulator.domain.releases import MEASURED, RELEASES


def _from(first: str) -> frozenset[str]:
    """Return the releases whose line has something since *first*."""
    return frozenset(RELEASES[RELEASES.index(first) :])


def _until(last: str) -> frozenset[str]:
    return frozenset(RELEASES[: RELEASES.index(last) + 1])


_4_19_0, _4_19_1, _4_19_2, _4_20_0, _4_20_1, _4_21_0, _4_22_0 = (
    _from(release)
    for release in ("4.19.0", "4.19.1", "4.19.2", "4.20.0", "4.20.1", "4.21.0", "4.22.0")
)
COMMANDS_OF: Mapping[str, frozenset[str]] = {"checkVolume": _4_19_1, "readyForShutdown": _4_19_0}
"""Command -> releases that know it."""
PARAMETERS_OF: Mapping[tuple[str, str], frozenset[str]] = {
    ("listVolumes", "serviceofferingid"): _4_19_1,
    ("listVolumes", "isencrypted"): _4_19_1,
    ("listVolumesMetrics", "serviceofferingid"): _4_19_1,
    ("listVolumesMetrics", "isencrypted"): _4_19_1,
    ("restoreVirtualMachine", "expunge"): _4_19_1,
    ("restoreVirtualMachine", "diskofferingid"): _4_19_1,
    ("restoreVirtualMachine", "rootdisksize"): _4_19_1,
    ("restoreVirtualMachine", "details"): _4_19_1,
    ("updateHypervisorCapabilities", "hypervisor"): _4_19_1,
    ("updateHypervisorCapabilities", "hypervisorversion"): _4_19_1,
    ("createRole", "ispublic"): _4_19_0,
    ("importRole", "ispublic"): _4_19_0,
    ("createTemplate", "account"): _4_19_0,
    ("createTemplate", "domainid"): _4_19_0,
    ("listVolumes", "retrieveonlyresourcecount"): _4_19_0,
    ("listVirtualMachines", "retrieveonlyresourcecount"): _4_19_0,
    ("createSnapshot", "zoneids"): _4_19_0,
    ("updateVolume", "deleteprotection"): _4_20_0,
    ("updateVirtualMachine", "deleteprotection"): _4_20_0,
    ("resizeVolume", "automigrate"): _4_20_1,
    ("listEvents", "state"): _4_21_0,
    ("deployVirtualMachine", "volumeid"): _4_21_0,
    ("deployVirtualMachine", "snapshotid"): _4_21_0,
    ("createSnapshot", "storageids"): _4_21_0,
    ("createSnapshot", "usestoragereplication"): _4_21_0,
    ("listSnapshotPolicies", "account"): _4_22_0,
    ("listSnapshotPolicies", "domainid"): _4_22_0,
    ("listSnapshotPolicies", "projectid"): _4_22_0,
    ("listSnapshotPolicies", "listall"): _4_22_0,
    ("listSnapshotPolicies", "isrecursive"): _4_22_0,
    ("listNetworks", "name"): _4_22_0,
}
"""(command, parameter) -> releases that read it; the others ignore it."""
REQUIRED_IN: Mapping[tuple[str, str], frozenset[str]] = {
    ("deployVirtualMachine", "templateid"): _until("4.20.3"),
    ("deployVirtualMachine", "serviceofferingid"): _until("4.20.3"),
} | {
    (command, "displaytext"): _until("4.18.2")
    for command in (
        "createDiskOffering",
        "createServiceOffering",
        "createNetworkOffering",
        "createProject",
        "createTemplate",
        "registerTemplate",
        "registerIso",
    )
}
"""(command, parameter) -> releases in which it must be given, beside those where it always must."""
_FIELDS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "volume": {
        "domainpath": _4_19_2,
        "encryptformat": _4_19_1,
        "volumecheckresult": _4_19_1,
        "volumerepairresult": _4_19_1,
        "deleteprotection": _4_20_0,
    },
    "virtualmachine": {
        "templatetype": _4_19_0,
        "templateformat": _4_19_1,
        "domainpath": _4_19_2,
        "deleteprotection": _4_20_0,
        "arch": _4_20_1,
    },
    "asyncjobs": {
        "account": _4_19_0,
        "domainid": _4_19_0,
        "domainpath": _4_19_0,
        "managementserverid": _4_19_0,
        "managementservername": _4_21_0,
    },
}
"""Object -> field -> releases that answer it."""


def apart(dialect: Dialect) -> Mapping[str, list[str]]:
    """Return the commands, parameters and fields that a release has otherwise than 4.22.0, by how.

    A way without any is left out.
    """
    fields = [(f"{answer}.{name}", releases) for answer, names in _FIELDS.items()
              for name, releases in names.items()]  # fmt: skip
    lacking: dict[str, list[tuple[str, frozenset[str]]]] = {
        "unknown commands": list(COMMANDS_OF.items()),
        "ignored parameters": [(".".join(at), releases) for at, releases in PARAMETERS_OF.items()],
        "fields not answered": fields,
    }
    ways = {way: [name for name, releases in rows if dialect.release not in releases]
            for way, rows in lacking.items()}  # fmt: skip
    ways["required parameters"] = [".".join(at) for at, releases in REQUIRED_IN.items()
                                   if dialect.release in releases]  # fmt: skip
    return {way: names for way, names in ways.items() if names}


def knows(dialect: Dialect, command: str) -> bool:
    """Return whether the release has *command*."""
    return dialect.release in COMMANDS_OF.get(command, (dialect.release,))


def heeded(dialect: Dialect, command: str, parameters: Mapping[str, str]) -> Mapping[str, str]:
    """Return *parameters* without those that the release ignores."""
    if dialect.release == MEASURED:
        return parameters
    return {
        name: value
        for name, value in parameters.items()
        if dialect.release
        in PARAMETERS_OF.get((command, name.lower().partition("[")[0]), (dialect.release,))
    }


def is_required(dialect: Dialect, command: str, parameter: str) -> bool:
    """Return whether the release asks for a parameter that 4.22 does not require."""
    if dialect.release == MEASURED:
        return False
    return dialect.release in REQUIRED_IN.get((command, parameter), ())


def shown(dialect: Dialect, answers: str, body: Any) -> Any:
    """Return a reply's *body* without the fields that the release does not answer.

    *answers* names the object that the command answers with.
    """
    if dialect.release == MEASURED or not isinstance(body, dict):
        return body
    if answers == "asyncjobs":
        body = _without(dialect, answers, body)
    return {key: _part(dialect, key, value) for key, value in body.items()}


def _part(dialect: Dialect, key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_part(dialect, key, row) for row in value]
    if not isinstance(value, dict):
        return value
    if key == "jobresult":
        return {name: _part(dialect, name, inner) for name, inner in value.items()}
    return _without(dialect, key, value)


def _without(dialect: Dialect, answers: str, row: dict[str, Any]) -> dict[str, Any]:
    gone = {f for f, releases in _FIELDS.get(answers, {}).items()
            if dialect.release not in releases}  # fmt: skip
    return {name: value for name, value in row.items() if name not in gone} if gone else row
