"""`rootswap dialects`: whose behaviour can be shown, and how each differs."""

import json

import click

from conformance.options import DialectName
from simulator.api.since import apart
from simulator.domain.dialect import DIFFERENCES, SPEC, Dialect, Quirk, dialect_names, dialect_of
from simulator.domain.release_gaps import NOT_SHOWN, WITHOUT_FLAG
from simulator.domain.releases import DIFFERENCES_OF, MEASURED, Flag

_UNREAD = "read and not measured"
_WAYS = {
    "unknown commands": ("unknown", "known"),
    "ignored parameters": ("ignored", "heeded"),
    "required parameters": ("required", "optional"),
    "fields not answered": ("not answered", "answered"),
}
"""How commands, parameters and fields may differ -> in words, here and in 4.22.0."""


def described(dialect: Dialect) -> list[dict[str, str]]:
    """Return how a dialect differs: from the specification's CloudStack, or from 4.22.0."""
    rows = []
    for trait in sorted(dialect.traits, key=str):
        if isinstance(trait, Flag):
            row = DIFFERENCES_OF[trait]
            rows.append({"flag": str(trait), "here": row.otherwise, "4.22.0": row.measured,
                         "source": f"versions {row.source}, {_UNREAD}"})  # fmt: skip
        elif isinstance(trait, Quirk) and dialect.release == MEASURED:
            spec, product, source = DIFFERENCES[trait]
            rows.append({"flag": str(trait), "here": product, "spec": spec, "source": source})
    for way, names in apart(dialect).items():
        here, measured = _WAYS[way]
        rows.append({"flag": way.replace(" ", "-"), "here": f"{here}: {', '.join(names)}",
                     "4.22.0": measured, "source": f"versions section 6, {_UNREAD}"})  # fmt: skip
    return rows


@click.command()
@click.argument("name", required=False, type=DialectName())
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def dialects(name: str | None, *, as_json: bool) -> None:
    """List the dialects, or how the dialect NAME differs from the measured 4.22.0.

    `acs-4.22` shows how the product differs from the specification.
    """
    if name is None:
        rows = [{"name": n, "flags": len(described(dialect_of(n))), "basis": basis(dialect_of(n))}
                for n in dialect_names()]  # fmt: skip
        lines = [f"{row['name']:<11} {row['flags']:>2} differences  {row['basis']}" for row in rows]
        lines += ["", "Read of the releases (versions), and shown by no flag:"]
        lines += [f"    {row}: {why}" for row, why in (WITHOUT_FLAG | NOT_SHOWN).items()]
        click.echo(json.dumps(rows, indent=1) if as_json else "\n".join(lines))
        return
    found = described(dialect_of(name))
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for row in found:
        click.echo(f"{row['flag']}: {row['here']}")
        click.echo(f"    elsewhere: {row.get('4.22.0', row.get('spec'))} ({row['source']})")


def basis(dialect: Dialect) -> str:
    """Return what a dialect is founded on."""
    if dialect is SPEC:
        return "the specification, with CloudStack's codes"
    return "measured" if dialect.release == MEASURED else "read in the source, not measured"
