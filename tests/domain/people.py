"""Domains, accounts and projects with sane defaults: a user of a domain below ROOT."""

from typing import Any

from simulator.domain.management import Project
from simulator.domain.records import Account, Domain, Role

ROOT = Domain("domain-root", 1, "ROOT", None, "ROOT")
HOME = Domain("domain-home", 2, "home", ROOT.id, "ROOT/home")
AWAY = Domain("domain-away", 3, "away", ROOT.id, "ROOT/away")
BELOW = Domain("domain-below", 4, "below", HOME.id, "ROOT/home/below")
DOMAINS = {d.id: d for d in (ROOT, HOME, AWAY, BELOW)}


def account(name: str = "ann", **changes: Any) -> Account:
    """Return a user of HOME, with *changes*."""
    return Account(f"account-{name}", 5, name, HOME.id, Role.USER)._replace(**changes)


def fund(**changes: Any) -> Account:
    """Return the account of project(), with *changes*."""
    base = account("PrjAcct-p-2", role=Role.PROJECT, project_id="project-1")
    return base._replace(**changes)


def project(**changes: Any) -> Project:
    """Return a project of HOME, with *changes*."""
    base = Project("project-1", 9, "p", "p", HOME.id, fund().id, account().id, 0.0)
    return base._replace(**changes)
