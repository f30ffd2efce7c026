"""`rootswap commands` prints the table that dispatches, in lines and as a page."""

from click.testing import CliRunner

from conformance.cli import main
from simulator.api.table import COMMANDS


def page(*flags: str) -> str:
    done = CliRunner().invoke(main, ["commands", *flags])
    assert done.exit_code == 0
    return done.output


def test_every_command_has_a_heading_with_all_its_parameters() -> None:
    text = page("--markdown").partition("\n# Objects\n")[0]
    chapters = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert list(chapters) == sorted(COMMANDS)
    for name, text in chapters.items():
        spelt = [line.partition(":") for line in COMMANDS[name].params.split()]
        rows = [line.split(" | ")[0].strip("| ") for line in text.splitlines() if "| " in line]
        assert rows[1:] == [f"**{n}**" if "!" in kind else n for n, _, kind in spelt] or not spelt
        assert COMMANDS[name].says in text


def test_every_object_has_a_heading_with_all_its_fields() -> None:
    text = page("--markdown").partition("\n# Objects\n")[2]
    chapters = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    for command in COMMANDS.values():
        for field in command.answers.fields:
            row = f"| {field.name} | {field.kind} | "
            assert row in chapters[command.answers.name], (command.name, field.name)


def test_a_line_says_who_may_call_and_what_is_required() -> None:
    lines = page().splitlines()
    start = lines.index("attachVolume  async  root admin, resource admin, domain admin, user")
    assert lines[start + 1 : start + 3] == [
        "    Attaches a volume to a VM; at device 0 it becomes the VM's ROOT; answers volume",
        "    deviceid id! virtualmachineid!",
    ]
