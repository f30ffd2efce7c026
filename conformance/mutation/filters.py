"""Faults of lists: each parameter of each list ignored, and whose things they show."""

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.mutation.fault import Fault, always, changed, of_kind
from simulator.api import command, events, found, lists, matching
from simulator.api.command import Command
from simulator.domain import access
from simulator.domain.access import Projects, Scope

_LISTS = {
    "listAccounts": "id name keyword domainid accounttype state",
    "listClusters": "id zoneid hypervisor name",
    "listConfigurations": "name category",
    "listDiskOfferings": "id name keyword encrypt storagetype",
    "listDomains": "id name keyword level",
    "listEvents": "type level resourcetype keyword domainid",
    "listHosts": "id name clusterid zoneid hypervisor state",
    "listNetworkOfferings": "name guestiptype",
    "listNetworks": "id keyword zoneid domainid",
    "listOsTypes": "id description keyword",
    "listPods": "zoneid",
    "listProjects": "id name keyword displaytext domainid",
    "listPublicIpAddresses": "zoneid",
    "listRoles": "id name type",
    "listServiceOfferings": "id name keyword",
    "listSnapshots": "id ids name keyword volumeid",
    "listStoragePools": "id name clusterid zoneid status",
    "listSystemVms": "systemvmtype zoneid",
    "listTags": "key value resourcetype resourceid",
    "listTemplates": "hypervisor id zoneid",
    "listUsers": "id username keyword domainid accounttype state",
    "listVMSnapshot": "vmsnapshotid virtualmachineid",
    "listVirtualMachines": (
        "id ids name keyword state hypervisor zoneid hostid clusterid "
        "storageid serviceofferingid templateid userid domainid account"
    ),
    "listVolumes": (
        "id ids name keyword type state zoneid clusterid storageid "
        "diskofferingid virtualmachineid displayvolume domainid account"
    ),
    "listZones": "id name keyword",
}
"""List -> its filters that a scenario looks at."""


def _ignoring(name: str, parameter: str) -> Any:
    """Return the change of read() that does not see a parameter of a command."""

    def read(original: Any, row: Command, world: Any, who: Any, given: Mapping[str, str]) -> Any:
        if row.name == name:
            given = {
                key: value
                for key, value in given.items()
                if key.lower().partition("[")[0] != parameter
            }
        return original(row, world, who, given)

    return read


def ignored() -> Iterator[Fault]:
    """Yield the faults of each filter of each list."""
    for name, parameters in _LISTS.items():
        for parameter in parameters.split():
            what = f"{name} ignores {parameter}"
            guards = "list_filters domains owners lists"
            yield changed(
                f"filters/{name}-{parameter}", "filters", what, command.read,
                _ignoring(name, parameter), guards,
            )  # fmt: skip


def _scope(**values: Any) -> Any:
    return lambda original, *args: original(*args)._replace(**values)


def _look(**values: Any) -> Any:
    return lambda original, look, funds: original(look._replace(**values), funds)


def _all_below(original: Any, *args: Any) -> Scope:
    made: Scope = original(*args)
    return made._replace(deep=True)


SCOPES = of_kind(
    "lists", "domains owners list_filters lists shapes",
    ("all", "lists show everybody's things to all", lists.visible,
     always(lambda _owner: True)),
    ("whole", "lists show the whole cloud", access.scope,
     _scope(owners=None, domain=None, projects=Projects.BOTH)),
    ("owners", "lists of a user show the domain's", access.scope,
     lambda original, look, funds: Scope(None, look.home, False, Projects.SKIP)
     if not access.is_admin(look.caller) else original(look, funds)),
    ("deep", "lists of a domain show those below it, asked or not", access.scope, _all_below),
    ("flat", "lists of a domain never show those below it", access.scope,
     _scope(deep=False)),
    ("projects", "lists show what projects own beside the rest", access.scope,
     lambda original, *args: original(*args)._replace(projects=Projects.BOTH)),
    ("no-projects", "lists never show what projects own", access.scope,
     _scope(projects=Projects.SKIP)),
    ("any-project", "-1 shows every project's things", access.scope,
     lambda original, look, funds: Scope(None, None, True, Projects.ONLY)
     if look.any_project else original(look, funds)),
    ("list-all", "listall changes nothing", access.scope, _look(list_all=False)),
    ("list-always", "lists of admins show all, without listall", access.scope,
     _look(list_all=True)),
    ("by-id", "an admin finds nothing of others by its id", access.scope,
     _look(by_id=False)),
    ("account", "the account asked for does not count", access.scope,
     _look(owner=None, name=None)),
    ("domain", "the domain asked for does not count", access.scope, _look(domain=None)),
    ("project", "the project asked for does not count", access.scope,
     _look(project=None, fund=None)),
    ("removed", "lists show volumes that are gone", found._volumes_shown,
     lambda *_: iter(())),
    ("destroyed", "users see VMs that were destroyed", found._sees_destroyed,
     always(True)),
    ("no-destroyed", "admins do not see VMs that were destroyed",
     found._sees_destroyed, always(False)),
    ("events-old", "events come oldest first", events.list_events,
     lambda original, call: {k: v[::-1] if isinstance(v, list) else v
                             for k, v in original(call).items()}),
    ("is-admin", "users count as admins", access.is_admin, always(True)),
    ("no-admin", "admins count as users", access.is_admin, always(False)),
    ("contains", "names are compared by their parts", matching.equal_to,
     lambda _, wanted: lambda text: wanted.lower() in text.lower()),
    ("exact", "keywords are compared as a whole", matching.containing,
     lambda _, wanted: lambda text: wanted.lower() == text.lower()),
)  # fmt: skip
"""The faults of whose things lists show."""
