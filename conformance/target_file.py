"""The form of a file of targets: `[target.NAME]` tables in TOML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from conformance.surroundings import BadTarget, home_of
from simulator.boot.reading import BadCloud, Faults, convert, load, meant, table_of

Positive = Annotated[float, Meta(gt=0)]
Count = Annotated[int, Meta(ge=0)]
Risk = Literal["disruptive"]
_SECRETS = ("key", "secret", "proxy")


class Budget(Struct, frozen=True):
    """The most that a run may take at once, and in all; None is no bound."""

    vms: Count | None = None
    volumes: Count | None = None
    gib: Positive | None = None
    calls_per_minute: Positive | None = None
    minutes: Positive | None = None


class Section(Struct, frozen=True):
    """What a `[target.NAME]` may say."""

    url: str = ""
    key: str = ""
    secret: str = ""
    key_env: str = ""
    secret_env: str = ""
    key_file: str = ""
    secret_file: str = ""
    cmk_profile: str = ""
    verify: str = ""
    insecure: bool = False
    proxy: str = ""
    timeout_s: Positive | None = None
    job_timeout_s: Positive | None = None
    poll_s: Positive | None = None
    calls_per_minute: Positive | None = None
    method: Literal["GET", "POST"] | None = None
    lanes: Annotated[int, Meta(ge=1, le=64)] = 1
    dialect: str = ""
    flags: dict[str, bool] = {}
    roles: dict[str, str] = {}
    expected: str = ""
    allow: tuple[Risk, ...] = ()
    budget: Budget = Budget()


@dataclass(frozen=True)
class Placed:
    """A section, and the file it stands in."""

    file: Path
    section: Section

    def path(self, text: str) -> Path:
        """Return the path that *text* of the section names: from the file's folder on."""
        return self.file.parent / Path(text).expanduser()


def section_of(name: str, files: Sequence[Path], environ: Mapping[str, str]) -> Placed:
    """Return the section `[target.NAME]` of the first file that has one.

    *files* must be there; without any, ./rootswap.toml and ~/.config/rootswap/targets.toml may
    be. BadTarget, one line, for a file or section that is missing or wrong.
    """
    usual = (Path("rootswap.toml"), home_of(environ) / ".config" / "rootswap" / "targets.toml")
    looked = [file for file in files or usual if files or file.is_file()]
    known: list[str] = []
    for path in looked:
        try:
            file = load(path)
            table = table_of(file)
            faults = Faults()
            sections = _sections(table, faults)
            if name in sections:
                section = _section(name, sections[name], faults)
                faults.stop(file)
                if section is not None:
                    return Placed(path, section)
            faults.stop(file)
        except BadCloud as no:
            raise BadTarget("; ".join(no.lines)) from None
        known += sections
    where = ", ".join(str(file) for file in looked or usual)
    hint = meant(name, known) if known else " there"
    msg = f"no [target.{name}] in {where}{hint}; an address begins with http:// or https://"
    raise BadTarget(msg)


def _sections(table: dict[str, Any], faults: Faults) -> dict[str, Any]:
    for key in table.keys() - {"target"}:
        faults.add((key,), f"unknown key{meant(key, ['target'])}")
    sections = table.get("target", {})
    if isinstance(sections, dict):
        return sections
    faults.add(("target",), "is no table")
    return {}


def _section(name: str, table: Any, faults: Faults) -> Section | None:
    """Return the section, None if anything in it is wrong, which is noted; no secret is quoted."""
    path, inner = ("target", name), Faults()
    if isinstance(table, dict):
        for secret in _SECRETS:
            if not isinstance(table.get(secret, ""), str):
                faults.add((*path, secret), "is no text")
                return None
    section = convert(Section, table, inner)
    for place, text in inner.found:
        faults.add((*path, *place), text)
    if section is not None:
        _agree(section, path, faults)
    return section


def _agree(section: Section, path: tuple[str, ...], faults: Faults) -> None:
    """Note what stands in a section beside what it excludes."""
    for name in ("key", "secret"):
        ways = [n for n in (name, f"{name}_env", f"{name}_file") if getattr(section, n)]
        if len(ways) > 1:
            faults.add((*path, ways[1]), f"stands beside {ways[0]}: one of them")
    halves = [any(getattr(section, f"{n}{end}") for end in ("", "_env", "_file"))
              for n in ("key", "secret")]  # fmt: skip
    if any(halves) and not all(halves):
        faults.add(path, "needs key and secret, or neither")
    if any(halves) and section.cmk_profile:
        faults.add((*path, "cmk_profile"), "stands beside a key: one of them")
    if section.insecure and section.verify:
        faults.add((*path, "verify"), "stands beside insecure = true: one of them")
