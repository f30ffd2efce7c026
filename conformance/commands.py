"""`rootswap commands` and `rootswap steps`: what is served, and what features can say."""

import json
from typing import Any

import click

from simulator.api.apis import meanings
from simulator.api.command import Command
from simulator.api.shape import FIELD, Field
from simulator.api.table import COMMANDS

_ROLES = {
    "A": "root admin",
    "S": "resource admin",
    "D": "domain admin",
    "U": "user",
    "R": "read-only",
}


def _kind(command: Command) -> str:
    return "async" if command.is_async else "sync"


def _who(command: Command) -> str:
    return ", ".join(word for letter, word in _ROLES.items() if letter in command.roles)


def _parameters(command: Command) -> list[tuple[str, bool, str]]:
    """Return (name, whether required, meaning) of each parameter."""
    lines = (line.partition(":") for line in command.params.split())
    words = meanings()
    return [(name, "!" in kind, words.get(name, "")) for name, _, kind in lines]


def plain() -> str:
    """Return a line for each command: what it is called, takes and does; `!` is required."""
    lines = []
    for name, command in sorted(COMMANDS.items()):
        taken = " ".join(n + "!" * needed for n, needed, _ in _parameters(command))
        lines.append(f"{name}  {_kind(command)}  {_who(command)}")
        lines.append(f"    {command.says}; answers {command.answers.name}")
        if taken:
            lines.append(f"    {taken}")
    return "\n".join(lines)


def _objects() -> dict[str, list[Field[Any]]]:
    """Return the fields of each object by name: all that any command answers of it."""
    fields_by_shape: dict[str, dict[str, Field[Any]]] = {}
    left = [command.answers for command in COMMANDS.values()]
    while left:
        shape = left.pop()
        if shape is FIELD or not shape.fields:
            continue
        known = fields_by_shape.setdefault(shape.name, {})
        new = [field for field in shape.fields if field.name not in known]
        known.update({field.name: field for field in new})
        left += [field.shape for field in new if field.shape is not None]
    return {name: list(fields.values()) for name, fields in fields_by_shape.items()}


def markdown() -> str:
    """Return the reference page."""
    page = ["# Commands", "", f"{len(COMMANDS)} commands. **Bold** parameters are required.", ""]
    for name, command in sorted(COMMANDS.items()):
        page += [f"## {name}", "", f"{command.says}.", ""]
        page += [f"{_kind(command)}; {_who(command)}; answers `{command.answers.name}`", ""]
        rows = [
            f"| {f'**{n}**' if needed else n} | {meaning} |"
            for n, needed, meaning in _parameters(command)
        ]
        if rows:
            page += ["| parameter | meaning |", "|---|---|", *rows, ""]
    page += ["# Objects", "", "What commands answer with; not every answer has every field.", ""]
    for name, fields in sorted(_objects().items()):
        page += [f"## {name}", "", "| field | type | meaning |", "|---|---|---|"]
        page += [f"| {f.name} | {f.kind} | {f.meaning} |" for f in fields] + [""]
    return "\n".join(page).rstrip()


@click.command()
@click.option("--markdown", "as_page", is_flag=True, help="As a page in Markdown.")
def commands(*, as_page: bool) -> None:
    """List every command that is served, with its parameters and who may call it."""
    click.echo(markdown() if as_page else plain())


@click.command()
@click.option("-k", "word", default="", help="Only sentences that contain this.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def steps(word: str, *, as_json: bool) -> None:
    """List every sentence that a feature file can say, with where it is defined.

    Exits 2 if none contains what -k asks for.
    """
    from conformance.sentences import described, sentences

    rows = [described(one) for one in sentences()]
    matching = [row for row in rows if word.lower() in f"{row['keyword']} {row['text']}".lower()]
    if not matching:
        msg = f"no sentence contains {word!r}"
        raise click.UsageError(msg)
    if as_json:
        click.echo(json.dumps(matching, indent=1))
        return
    width = max(len(f"{row['file']}:{row['line']}") for row in matching)
    for row in matching:
        where = f"{row['file']}:{row['line']}"
        click.echo(f"{where:<{width}}  {row['keyword']} {row['text']}")
