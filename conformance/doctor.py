"""`rootswap doctor`: what a cloud is and has, and what of the scenarios it could be judged by."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from conformance.contact import Contact, NoContact, contact
from conformance.line import Exchange, Line, NoAnswer
from conformance.surroundings import BadTarget
from conformance.survey import Survey, survey
from conformance.targets import ENVIRONMENT, Target
from conformance.where import Where, target_options

if TYPE_CHECKING:
    from conformance.judgeable import Judgeable

_SHOWN = 6
_REASONS = 15
_SKEW_S = 60
"""A server's clock further off than this is worth a remark."""
_WIDTH = 20


@click.command()
@target_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(where: Where, *, as_json: bool) -> None:
    """Look at a cloud by at most 8 calls, none of which changes anything.

    Prints what answers, as whom it is called, what it has, and which scenarios would be skipped
    there, why, and what would enable them. Exits 0 if it can be judged, 2 if it is no cloud, or
    lets nobody in.
    """
    calls: list[str] = []

    def seen(exchange: Exchange) -> None:
        calls.append(exchange.command)

    try:
        target = where.target(ENVIRONMENT)
        if target.in_process:
            click.echo(json.dumps({"kind": "inproc"}) if as_json else
                       "simulated in this process: every scenario can be judged")  # fmt: skip
            return
        line = Line(target, observer=seen)
        found = survey(line, contact(line))
    except (BadTarget, NoContact, NoAnswer) as no:
        click.echo(f"rootswap: {' '.join(str(no).split())}", err=True)
        sys.exit(2)
    line.close()
    prospect = None if found.met.is_stage else _prospect(target, found)
    if as_json:
        click.echo(json.dumps(report(target, found, prospect, len(calls)), indent=1))
    else:
        for text in page(found, prospect, len(calls)):
            click.echo(line.redact(text))


def _prospect(target: Target, found: Survey) -> "Judgeable":
    """Return what could be judged there; what asks pytest is imported when it is wanted."""
    from conformance.judgeable import judgeable
    from conformance.offers import Offers

    offers = Offers(found.met, found.places(target.roles), target.allow)
    return judgeable(found.met.dialect.name, offers)


def _remarks(met: Contact) -> list[str]:
    remarks = list(met.remarks)
    if met.skew_s is not None and abs(met.skew_s) > _SKEW_S:
        remarks.append(f"the server's clock is {met.skew_s:+.0f} s off ours: check both")
    return remarks


def report(
    target: Target, found: Survey, prospect: "Judgeable | None", calls: int
) -> dict[str, Any]:
    """Return all that was found, as JSON has it."""
    met = found.met
    keys = ("id", "name")
    lists = {
        "zones": found.zones,
        "pools": found.of("listStoragePools"),
        "templates": found.templates,
        "serviceofferings": found.of("listServiceOfferings"),
        "diskofferings": found.of("listDiskOfferings"),
    }
    return {
        "target": target.name,
        "url": met.url,
        "kind": met.kind,
        "version": met.version,
        "dialect": met.dialect.name,
        "served": met.served._asdict() if met.served else None,
        "caller": {
            "account": met.account.get("name"),
            "domain": met.account.get("domainpath", met.account.get("domain")),
            "role": met.account.get("rolename"),
            "roletype": met.role or None,
            "user": met.user or None,
            "readonly": met.read_only,
            "commands": None if met.apis is None else len(met.apis),
        },
        "clockskewseconds": None if met.skew_s is None else round(met.skew_s, 1),
        **{name: [{k: r.get(k) for k in keys} for r in rows] for name, rows in lists.items()},
        "hypervisors": found.hypervisors,
        "quotas": [quota._asdict() for quota in found.quotas],
        "scenarios": None if prospect is None else prospect.scenarios,
        "judged": None if prospect is None else prospect.judged,
        "skipped": [] if prospect is None else [lack._asdict() for lack in prospect.lacks],
        "remarks": _remarks(met),
        "calls": calls,
    }


def page(found: Survey, prospect: "Judgeable | None", calls: int) -> Iterator[str]:
    """Yield all that was found, line by line."""
    met = found.met
    served = f"rootswap {met.served.version}, clock {met.served.clock}, as " if met.served else ""
    yield f"{met.url}: {served}CloudStack {met.version or 'of unknown release'}"
    yield _row("judged as", met.dialect.name)
    yield _row("caller", _caller(met))
    if met.skew_s is not None:
        yield _row("clock", f"{met.skew_s:+.0f} s off ours")
    for name, rows in (
        ("zones", found.zones),
        ("pools", found.of("listStoragePools")),
        ("templates", found.templates),
        ("service offerings", found.of("listServiceOfferings")),
        ("disk offerings", found.of("listDiskOfferings")),
    ):
        yield _row(name, _names([str(row.get("name")) for row in rows]))
    yield _row("hypervisors", _names(found.hypervisors))
    for quota in found.quotas:
        limit = "any number" if quota.limit is None else quota.limit
        yield _row("quota", f"{quota.used} of {limit} {quota.what}")
    for remark in _remarks(met):
        yield _row("remark", remark)
    yield from _outlook(prospect)
    yield f"{calls} calls, none of which changed anything"


def _outlook(prospect: "Judgeable | None") -> Iterator[str]:
    """Yield what could be judged, and what the rest lacks."""
    if prospect is None:
        yield _row("scenarios", "all, in clouds that are made anew there for each")
        return
    yield _row("scenarios", f"{prospect.judged} of {prospect.scenarios} could be judged")
    for lack in prospect.lacks[:_REASONS]:
        yield _row(f"skipped {lack.scenarios:>6}", f"{lack.why}; would help: {lack.remedy}")
    more = prospect.lacks[_REASONS:]
    if more:
        count = sum(lack.scenarios for lack in more)
        yield _row(f"skipped {count:>6}", f"for {len(more)} other reasons, which --json lists")


def _caller(met: Contact) -> str:
    account = met.account
    if not account:
        return "unknown"
    domain = account.get("domainpath", account.get("domain", "?"))
    user = f", user {met.user}" if met.user else ""
    may = "" if met.apis is None else f"; may call {len(met.apis)} commands"
    role = f"{account.get('rolename', '?')} ({met.role or '?'})"
    reads = ", reads alone" if met.read_only else ""
    return f"account {account.get('name')} of {domain}{user}, role {role}{may}{reads}"


def _row(name: str, text: str) -> str:
    return f"{name:<{_WIDTH}}{text}"


def _names(names: Sequence[str]) -> str:
    """Return how many, and the first of them, each once."""
    each = list(dict.fromkeys(names))
    shown = ", ".join(each[:_SHOWN])
    more = f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else ""
    return f"{len(names)}: {shown}{more}" if names else "none"
