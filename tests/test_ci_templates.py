"""Templates for CI services are YAML, and call what there is."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from conformance.ci_template import SERVICES
from conformance.cli import main

DOCS = Path(__file__).parent.parent / "docs" / "ci"
CHOSEN = ("--target", "lab", "--profile", "core", "--lanes", "6", "--install", "rootswap==0.1.0")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def made(*args: str) -> Result:
    return CliRunner().invoke(main, ["ci-template", *args])


def parsed(text: str) -> Any:
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(text)


def script(service: str, text: str) -> list[str]:
    """Return the commands of the job, each in one line."""
    job = parsed(text)
    if service == "gitlab":
        return [str(line) for line in job["conformance"]["script"]]
    return [step["run"] for step in job["jobs"]["check"]["steps"] if "run" in step]


@pytest.mark.parametrize("service", SERVICES)
def test_the_pages_are_what_is_made(service: str) -> None:
    assert made(service).output == (DOCS / f"{service}.yml").read_text()


@pytest.mark.parametrize(("service", "more"), list(product(SERVICES, [(), CHOSEN])))
def test_a_job_calls_commands_with_options_that_there_are(
    service: str, more: tuple[str, ...]
) -> None:
    install, check = script(service, made(service, *more).output)
    assert install.startswith("pip install ")
    words = check.split()
    assert words[0] == "rootswap"
    context = click.Context(main)
    command = main.get_command(context, words[1])
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    options = _OPTION.findall(check)
    assert len(options) > 5
    assert set(options) <= known
    command.make_context("check", [w for w in words[2:] if "CLOUDSTACK" not in w and w != "env}"])


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_chosen_stands_in_the_job(service: str) -> None:
    text = made(service, *CHOSEN).output
    install, check = script(service, text)
    assert install == "pip install rootswap==0.1.0"
    assert check.startswith("rootswap check --target lab --profile core --lanes 6 --rerun-failed")
    assert "which rootswap.toml has: lab" in text


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_is_left_to_fill_in(service: str) -> None:
    assert not re.search(r"<\w+>", made(service).output + made(service, *CHOSEN).output)


def test_a_file_is_written_over_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "conformance.yml"
    assert made("github", "--output", str(file)).exit_code == 0
    assert file.read_text() == made("github").output
    file.write_text("somebody's")
    refused = made("github", "--output", str(file))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"{file} is there already: --force writes over it" in refused.stderr
    assert file.read_text() == "somebody's"
    assert made("github", "--output", str(file), "--force").exit_code == 0
    assert file.read_text() == made("github").output


@pytest.mark.parametrize(
    "args",
    [
        ("jenkins",),
        (),
        ("github", "--target", "a b"),
        ("github", "--target", "lab; reboot"),
        ("github", "--target", "-x"),
        ("gitlab", "--target", "lab:"),
        ("gitlab", "--target", "${{ secrets.X }}"),
        ("gitlab", "--lanes", "0"),
        ("gitlab", "--output", "/dev/null/x/y.yml"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_made_is_one_line(args: tuple[str, ...]) -> None:
    refused = made(*args)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert re.fullmatch(r"rootswap: [^\n]+\n", refused.stderr)
