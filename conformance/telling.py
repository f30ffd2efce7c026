"""What a run found, for people at a terminal."""

import click

from conformance.results import Results

_SHOWN = frozenset({"failed", "blocked", "error", "xpass", "flaky"})
_RARE = ("blocked", "error", "xfail", "xpass", "flaky", "not_run")


def tell(results: Results) -> None:
    """Print what is not good, the clauses, and the counts."""
    run, total = results.run, results.summary
    for record in results.scenarios:
        if record.verdict in _SHOWN:
            click.echo(f"\n{record.verdict.upper()} {record.feature}: {record.name}\n{record.why}")
            click.echo(f"again: {record.again}")
    click.echo("\nclause    scenarios  verdict")
    for clause, verdict in results.requirements.items():
        count = sum(clause in record.tags for record in results.scenarios)
        click.echo(f"{clause:<10}{count:>9}  {verdict}")
    is_target = run.target != "in process"
    if is_target or run.partial or run.stopped:
        ended = f", partial: {run.stopped or 'not all was run'}" if run.partial else ""
        click.echo(f"\n{results.verdict}{ended}")
    where = f" at {run.target}" if is_target else ""
    more = "".join(f", {total[name]} {name.replace('_', '-')}" for name in _RARE if total[name])
    click.echo(
        f"\n{total['passed']} of {total['scenarios']} scenarios passed{where}, "
        f"{total['failed']} failed, {total['skipped']} skipped{more}; "
        f"dialect {run.dialect}, seed {run.seed}, {run.seconds:.1f} s"
    )
