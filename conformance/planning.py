"""`rootswap plan`: run the selection on a simulated cloud, and say what a target would be asked."""

import json
import math
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import pytest

from conformance import check, runs
from conformance.check import Selection
from conformance.checking import PROFILES, marked
from conformance.contact import Contact, NoContact, contact
from conformance.earlier import CannotRun
from conformance.foreign import FOREIGN, Foreign, listing
from conformance.lanes import Caller, Lane
from conformance.ledger import Ledger
from conformance.line import HttpCloud, Line, NoAnswer
from conformance.needed import is_alone
from conformance.offers import Offers, lanes_at
from conformance.options import dialect_option, seed_option
from conformance.redaction import Redactor
from conformance.surroundings import BadTarget
from conformance.target_file import Budget
from conformance.where import Where, target_options
from simulator import boot
from simulator.api.service import SimulatedCloud
from simulator.domain.states import VmState
from simulator.port import Reply, Value
from steps.places import Places

_GIB = 2**30
_OVER = 4


@dataclass
class Tally:
    """What was asked of the simulated cloud, and the most that was there at once."""

    calls: Counter[str] = field(default_factory=Counter)
    jobs: int = 0
    vms: int = 0
    volumes: int = 0
    gib: float = 0.0


class Counted:
    """A simulated cloud whose calls are counted."""

    def __init__(self, cloud: SimulatedCloud, tally: Tally) -> None:
        self._cloud, self._tally = cloud, tally

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command*; refusals come back as replies."""
        self._tally.calls[command] += 1
        reply = self._cloud.call(command, **parameters)
        self._tally.jobs += "jobid" in reply.body and command != "queryAsyncJobResult"
        store, tally = self._cloud.world.store, self._tally
        vms = sum(vm.state is not VmState.EXPUNGING and not vm.removed for vm in store.vms.values())
        volumes = [v for v in store.volumes.values() if not v.removed]
        tally.vms, tally.volumes = max(tally.vms, vms), max(tally.volumes, len(volumes))
        tally.gib = max(tally.gib, sum(v.size_bytes for v in volumes) / _GIB)
        return reply

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are."""
        self._tally.calls[parameters.get("command", "")] += 1
        return self._cloud.send(parameters)

    def sleep(self, seconds: float) -> None:
        """Let simulated time pass."""
        self._cloud.sleep(seconds)

    def sign_in(self, apikey: str, secretkey: str) -> "Counted":
        """Return the same cloud as another caller."""
        return Counted(self._cloud.sign_in(apikey, secretkey), self._tally)


class Rehearsal:
    """A pytest plugin that has the scenarios run on the simulated cloud, as at the target."""

    def __init__(self, foreign: Foreign, now_s: Callable[[], float]) -> None:
        self._foreign, self._now_s = foreign, now_s
        self._began_s, self._alone_from_s = now_s(), math.inf

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Give the lane."""
        session.config.stash[FOREIGN] = self._foreign

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Note when those begin that nothing may run beside: they come last."""
        if is_alone(item):
            self._alone_from_s = min(self._alone_from_s, self._now_s())

    def minutes(self, lanes: int) -> float:
        """Return how long it takes in lanes, and one after the other what runs alone."""
        end_s = self._now_s()
        alone_s = max(0.0, end_s - self._alone_from_s)
        return ((end_s - self._began_s - alone_s) / lanes + alone_s) / 60


def _caller(part: str, cloud: SimulatedCloud, counted: Counted) -> tuple[Caller, Counted]:
    """Return who runs the scenarios on the simulated cloud: what the key is at the target."""
    if part == "root admin":
        return Caller(part, ""), counted
    kind = {"domain admin": "2"}.get(part, "0")
    domain_id = cloud.call("createDomain", name="plan").body["domain"]["id"]
    account = cloud.call(
        "createAccount", username="plan", password="plan", firstname="p", lastname="p",  # noqa: S106
        email="plan@example.org", accounttype=kind, domainid=domain_id,
    ).body["account"]  # fmt: skip
    keys = cloud.call("registerUserKeys", id=account["user"][0]["id"]).body["userkeys"]
    return Caller(part, domain_id, account), counted.sign_in(keys["apikey"], keys["secretkey"])


def planned(chosen: Selection, line: Line, met: Contact) -> dict[str, Any]:
    """Return what the selection would take at what answers on *line*."""
    target, dialect = line.target, chosen.dialect or met.dialect.name
    asked = listing(HttpCloud(line, target.key, target.secret))
    theirs = Places(asked, target.roles, met.hypervisors)
    offers = Offers(met, theirs, target.allow)
    cloud, tally = boot("mixed", seed=chosen.seed, dialect=dialect), Tally()
    caller, own = _caller(offers.part, cloud, Counted(cloud, tally))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "plan.db")
        ledger.begin(runs.PREFIX + "plan", line.url)
        places = Places(listing(own))
        lane = Lane(own, own, caller, ledger, runs.PREFIX + "plan", places=places,
                    now_s=cloud.now_s, together=False, spares=True)  # fmt: skip
        foreign = Foreign(own, offers, places, lane, Redactor())
        plugin = Rehearsal(foreign, cloud.now_s)
        with Path(os.devnull).open("w") as nowhere:
            results = check.judged(
                replace(chosen, dialect=dialect, lanes=0), [plugin], exchanges=False, out=nowhere
            )
        ledger.close()
    lanes = lanes_at(met, chosen.lanes or target.lanes)
    skipped = Counter(
        f"{r.reason.type}: {r.reason.text}" if r.reason else "?"
        for r in results.scenarios
        if r.verdict == "skipped"
    )
    calls = tally.calls.total()
    minutes = plugin.minutes(lanes)
    return {
        "target": target.name, "url": line.url, "dialect": dialect, "lanes": lanes,
        "scenarios": len(results.scenarios),
        "would_run": len(results.scenarios) - skipped.total(),
        "skipped": dict(skipped.most_common()),
        "calls": calls, "calls_by_command": dict(tally.calls.most_common()), "jobs": tally.jobs,
        "vms": tally.vms * lanes, "volumes": tally.volumes * lanes,
        "gib": round(tally.gib * lanes, 1), "minutes": round(minutes, 1),
        "calls_per_minute": round(calls / max(minutes, 1 / 60), 1),
    }  # fmt: skip


def beyond(plan: dict[str, Any], budget: Budget) -> list[str]:
    """Return a line for each bound of *budget* that the plan does not keep."""
    bounds = {"vms": budget.vms, "volumes": budget.volumes, "gib": budget.gib,
              "minutes": budget.minutes}  # fmt: skip
    return [
        f"{name}: {plan[name]} of {most} in the budget"
        for name, most in bounds.items()
        if most is not None and plan[name] > most
    ]


def page(plan: dict[str, Any]) -> list[str]:
    """Return the plan in lines."""
    most = list(plan["calls_by_command"].items())[:8]
    lines = [
        f"{plan['url']}, dialect {plan['dialect']}, {plan['lanes']} lanes; nothing was created",
        f"{plan['would_run']} of {plan['scenarios']} scenarios would run",
        f"calls    {plan['calls']:>7}, about {plan['calls_per_minute']:.0f} a minute",
        *(f"         {count:>7} {name}" for name, count in most),
        f"jobs     {plan['jobs']:>7}",
        f"at once  {plan['vms']:>7} VMs, {plan['volumes']} volumes, {plan['gib']} GiB at most",
        f"minutes  {plan['minutes']:>7} at most, at the pace of the measured server",
    ]  # fmt: skip
    return [*lines, *(f"skipped  {count:>7} {why}" for why, count in plan["skipped"].items())]


@click.command()
@dialect_option
@seed_option
@click.option("-k", "keyword", default="", help="Only scenarios whose name matches (pytest -k).")
@click.option("-m", "marks", default="", help="Only scenarios whose tags match (pytest -m).")
@click.option("--profile", type=click.Choice(list(PROFILES)), default="full", show_default=True)
@click.option("--feature", default="", help="Only feature files whose name contains this.")
@click.option("--lanes", type=click.IntRange(1, 32), help="Scenarios side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@target_options
def plan(
    dialect: str,
    seed: int,
    keyword: str,
    marks: str,
    profile: str,
    feature: str,
    lanes: int | None,
    where: Where,
    *,
    as_json: bool,
) -> None:
    """Say what `check` would ask of a target, by running it on a simulated cloud.

    The target is only looked at. Exits 0 if the target's budget has room for it, 4 if not, 2 if
    it cannot be planned.
    """
    source = click.get_current_context().get_parameter_source("dialect")
    dialect = "" if source is click.core.ParameterSource.DEFAULT else dialect
    chosen = Selection(
        dialect, seed, keyword, marked(profile, marks), feature, where=where, lanes=lanes or 0
    )
    try:
        target = where.target()
        if target.in_process:
            msg = "--target: which cloud is it to be planned for?"
            raise click.UsageError(msg)
        line = Line(target)
        result = planned(chosen, line, contact(line))
    except (BadTarget, NoContact, NoAnswer, CannotRun) as no:
        click.echo(f"rootswap: {no}", err=True)
        sys.exit(2)
    over = beyond(result, target.budget)
    lines = [*page(result), *(f"beyond the budget: {line}" for line in over)]
    click.echo(json.dumps(result | {"beyond": over}, indent=1) if as_json else "\n".join(lines))
    sys.exit(_OVER if over else 0)
