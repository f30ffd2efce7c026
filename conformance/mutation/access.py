"""Faults of who may do what: domains, roles, projects, signatures."""

from typing import Any

from conformance.mutation.fault import always, of_kind
from simulator.api import command, signing
from simulator.api.service import SimulatedCloud
from simulator.domain import access
from simulator.domain.people import Account, Domain, Role
from simulator.domain.roles import RoleRow
from simulator.engine.store import Store

_USERS = frozenset({Role.USER, Role.READ_ONLY})


def _of_domain(original: Any, caller: Account, owner: Account, domains: Any) -> bool:
    return bool(original(caller, owner, domains)) or (
        caller.role in _USERS and caller.domain_id == owner.domain_id
    )


def _not_for_members(original: Any, caller: Account, owner: Account, domains: Any) -> bool:
    return bool(original(caller, owner, domains)) and caller.id not in owner.members


def _projects_of_domain(original: Any, caller: Account, owner: Account, domains: Any) -> bool:
    near = owner.role is Role.PROJECT and caller.domain_id == owner.domain_id
    return bool(original(caller, owner, domains)) or near


def _every_admin(original: Any, caller: Account, owner: Account, domains: Any) -> bool:
    return bool(original(caller, owner, domains)) or caller.role is Role.DOMAIN_ADMIN


def _no_domain_admin(original: Any, caller: Account, owner: Account, domains: Any) -> bool:
    return bool(original(caller, owner, domains)) and caller.role is not Role.DOMAIN_ADMIN


def _only_here(original: Any, domain: Domain, other: Domain) -> bool:
    return bool(original(domain, other)) and (domain.parent_id is None or domain.id == other.id)


def _below_of_own(original: Any, caller: Account, domain: Domain, domains: Any) -> bool:
    return bool(original(caller, domain, domains)) or domains[caller.domain_id].holds(domain)


def _rows_of(row: RoleRow, *, allow: bool) -> RoleRow:
    return row._replace(rules=tuple(r for r in row.rules if r.allow is allow))


def _role_has(commands: str, kind: Role) -> Any:
    names = frozenset(commands.split())

    def allows(original: Any, row: RoleRow, name: str, roles: str) -> bool:
        return (row.kind is kind and name in names) or bool(original(row, name, roles))

    return allows


def _role_lacks(commands: str, kind: Role) -> Any:
    names = frozenset(commands.split())

    def allows(original: Any, row: RoleRow, name: str, roles: str) -> bool:
        return not (row.kind is kind and name in names) and bool(original(row, name, roles))

    return allows


def _key_alone(original: Any, cloud: SimulatedCloud, apikey: str, _secret: str) -> SimulatedCloud:
    user = cloud.user_of(apikey)
    return cloud.seen_by(user) if user is not None else original(cloud, apikey, _secret)


FAULTS = [
    *of_kind(
        "access", "domains permissions",
        ("prefix", "an admin of ROOT/a reaches what is in ROOT/ab", Domain.holds,
         lambda _, domain, other: other.path.startswith(domain.path)),
        ("flat", "a domain admin does not reach the domains below the own", Domain.holds,
         _only_here),
        ("upward", "a domain admin reaches the domains above", Domain.holds,
         lambda original, domain, other: original(domain, other) or original(other, domain)),
        ("anybody", "everybody uses what others own", access.may_use, always(True)),
        ("domain", "users use what others of their domain own", access.may_use, _of_domain),
        ("members", "members do not use what their project owns", access.may_use,
         _not_for_members),
        ("outsiders", "users use what projects of their domain own", access.may_use,
         _projects_of_domain),
        ("admins", "a domain admin uses what other domains own", access.may_use, _every_admin),
        ("no-admin", "a domain admin uses nothing of others", access.may_use, _no_domain_admin),
        ("enter", "everybody looks into every domain", access.may_enter, always(True)),
        ("enter-below", "users look into the domains below their own", access.may_enter,
         _below_of_own),
        ("share", "everybody looks into every project", access.may_share, always(True)),
        ("share-admin", "a domain admin looks into no project of the domain", access.may_share,
         lambda original, caller, fund, domains: caller.role is not Role.DOMAIN_ADMIN
         and original(caller, fund, domains)),
        ("command", "access to what a command names is not judged", command._may,
         always(True)),
        ("again", "access is not judged again when a job begins", command.read_again,
         always(None)),
    ),
    *of_kind(
        "access", "role_commands permissions roles",
        ("denied", "the deny rules of a custom role are ignored", RoleRow.allows,
         lambda original, row, *rest: original(_rows_of(row, allow=True), *rest)),
        ("allowed", "the allow rules of a custom role are ignored", RoleRow.allows,
         lambda original, row, *rest: original(_rows_of(row, allow=False), *rest)),
        ("no-rules", "a custom role may what its kind may", RoleRow.allows,
         lambda original, row, *rest: original(row._replace(rules=()), *rest)),
        ("all", "every role may call every command", RoleRow.allows, always(True)),
        ("stock", "an account with a custom role is judged by the stock role of its kind",
         Store.role_of, lambda original, store, account: original(
             store, account._replace(role_id=None))),
        ("case", "the rules of a role are compared letter by letter, without *",
         RoleRow.allows, lambda original, row, name, roles: original(
             row._replace(rules=tuple(r for r in row.rules if "*" not in r.pattern)), name, roles)),
        *((f"reader-{name}", f"read-only users call {name}", RoleRow.allows,
           _role_has(name, Role.READ_ONLY))
          for name in ("attachVolume", "createVolume", "stopVirtualMachine", "createSnapshot",
                       "deleteVolume", "createTags")),
        *((f"user-{name}", f"users call {name}", RoleRow.allows, _role_has(name, Role.USER))
          for name in ("migrateVolume", "updateResourceLimit", "updateConfiguration", "listHosts",
                       "createAccount", "createDomain", "createRole", "createDiskOffering",
                       "migrateVirtualMachine", "listStoragePools", "listPods", "listClusters",
                       "listConfigurations", "createServiceOffering")),
        *((f"admin-{name}", f"domain admins call {name}", RoleRow.allows,
           _role_has(name, Role.DOMAIN_ADMIN))
          for name in ("migrateVolume", "listHosts", "listStoragePools", "createRole",
                       "migrateVirtualMachine")),
        *((f"no-{name}", f"users may not call {name}", RoleRow.allows, _role_lacks(name, Role.USER))
          for name in ("recoverVolume", "resizeVolume", "createVMSnapshot", "listEvents",
                       "extractVolume")),
    ),
    *of_kind(
        "access", "signatures",
        ("signature", "any signature of a known key is taken", signing.signed, always(True)),
        ("expired", "a signature is good for ever", signing.expired, always(False)),
        ("disabled-user", "a user who is disabled goes on", SimulatedCloud.may_enter,
         lambda _, cloud, user: cloud.world.store.accounts[user.account_id].enabled),
    ),
]  # fmt: skip
"""All of them."""
