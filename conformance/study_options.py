"""What all commands that run studies have in common: where, how many at once, and what is told."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

if TYPE_CHECKING:
    from study.reading import Study
    from study.replications import Gathering, Where

_STORE = "results.sqlite"
_NEEDED = ("scipy", "matplotlib", "joblib")


class StudyCommand(click.Command):
    """A command that takes the extra `study`, which an endpoint does without."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read *args*; UsageError, which says what to install, if anything is missing."""
        missing = [name for name in _NEEDED if find_spec(name) is None]
        if missing and not {*args} & {*ctx.help_option_names}:
            msg = (
                f"{ctx.info_name} needs {', '.join(missing)}: "
                "install rootswap with its extra study, as pip install 'rootswap[study]'"
            )
            raise click.UsageError(msg)
        return super().parse_args(ctx, args)


class Place(NamedTuple):
    """Where replications are computed and kept, as it was said on the command line."""

    workers: int | None
    engine: str
    scheduler: str
    out: Path | None
    store: Path | None

    @contextmanager
    def opened(self) -> "Iterator[Where]":
        """Give the way to replications; end the program with a line where there is none."""
        from study.engines import BadEngine, Engine
        from study.replications import Where
        from study.store import BadStore, Store

        file = self.store or (self.out / _STORE if self.out else None)
        store = None
        try:
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                store = Store(file)
            yield Where(Engine(self.engine, self.workers, self.scheduler), store)
        except BadStore as no:
            fail(f"--store {no}" if self.store else str(no))
        except BadEngine as no:
            kept = f"; what was finished is in {file}: run it again" if file else ""
            fail(f"{no}{kept}")
        finally:
            if store is not None:
                store.close()


@contextmanager
def refusing() -> Iterator[None]:
    """End the program with a line for each fault where there is no such study."""
    from study.reading import BadStudy

    try:
        yield
    except BadStudy as no:
        for line in no.lines:
            click.echo(line, err=True)
        sys.exit(2)


def point_of(file: Path, given: tuple[str, ...], variant: str) -> "Study":
    """Return a variant of the study in *file*; end the program where there is none."""
    from study.points import variant_of
    from study.reading import Sheet

    with refusing():
        return variant_of(Sheet(file, given), variant).study


def metrics_said(names: tuple[str, ...], study: "Study") -> list[str]:
    """Return the figures that *names* are, or the main ones; BadStudy if one is none."""
    from study.metrics import main_metrics, no_metric
    from study.reading import BadStudy

    wrong = [f"--metric {why}" for name in names if (why := no_metric(name, study.plan))]
    if wrong:
        raise BadStudy(wrong)
    return list(names) or main_metrics(study.plan)


def gathered(
    place: Place, studies: "Sequence[Study]", *, together: bool = False
) -> "tuple[Gathering, int]":
    """Return the replications of *studies* and an exit code: 130 after Ctrl-C."""
    from study.replications import Gathering
    from study.stopping import rule_for
    from study.warmup import settled

    gathering = Gathering(studies, rule_for(studies, together=together))
    code = 0
    with place.opened() as where:
        try:
            with refusing():
                gathering.studies = settled(studies, where, Progress("pilot").tell)
            gathering.run(where, Progress().tell)
        except KeyboardInterrupt:
            code = 130
    return gathering, code


def fail(line: str) -> NoReturn:
    """Say one line on standard error, and exit 2."""
    click.echo(line, err=True)
    sys.exit(2)


def place_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options that make a Place, and that as its argument *place*."""

    def placed(
        *args: Any,
        workers: int | None,
        engine: str,
        scheduler: str,
        out: Path | None,
        store: Path | None,
        **more: Any,
    ) -> Any:
        if scheduler and engine != "dask":
            msg = "--scheduler is for --engine dask"
            raise click.UsageError(msg)
        if workers and scheduler:
            msg = "--workers is not for a cluster that is there: --scheduler"
            raise click.UsageError(msg)
        for name, folder in (("--out", out), ("--store", store.parent if store else None)):
            if folder is not None and (why := unwritable(folder)):
                msg = f"{name} {folder}: {why}"
                raise click.UsageError(msg)
        return command(*args, place=Place(workers, engine, scheduler, out, store), **more)

    placed.__doc__ = command.__doc__
    placed.__name__ = command.__name__
    placed.__dict__.update(command.__dict__)
    for option in reversed(_OPTIONS):
        option(placed)
    return placed


_OPTIONS = (
    click.option("--workers", type=click.IntRange(1), metavar="N",
                 help="Processes, one a processor by default; the figures do not change."),
    click.option("--engine", type=click.Choice(["loky", "serial", "dask"]), default="loky",
                 show_default=True, help="Processes here, none, or those of dask."),
    click.option("--scheduler", default="", metavar="URL",
                 help="A dask cluster, as tcp://head:8786, for --engine dask."),
    click.option("--out", type=click.Path(path_type=Path), metavar="DIR",
                 help="Write the results there."),
    click.option("--store", type=click.Path(path_type=Path), metavar="FILE",
                 help=f"Keep finished replications there, in DIR/{_STORE} by default; what is "
                      "kept is not computed again."),
)  # fmt: skip
set_option = click.option("--set", "given", multiple=True, metavar="PATH=VALUE",
                          help="Put a value over the file's, as workload.0.rate=8/s.")  # fmt: skip
variant_option = click.option("--variant", default="base", metavar="NAME",
                              help="The [[variant]] of this name instead.")  # fmt: skip
metric_option = click.option(
    "--metric", "metrics", multiple=True, metavar="NAME",
    help="A figure to look at, as load.p95_s; may be said again.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")


def unwritable(folder: Path) -> str:
    """Return why nothing can be written into *folder*, "" if it can."""
    there = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not there.is_dir():
        return f"{there} is no folder"
    return "" if os.access(there, os.W_OK) else f"may not write to {there}"


class Progress:
    """Says on standard error how far it is, and how long it will take."""

    def __init__(self, what: str = "replication") -> None:
        self.what, self.began_s = what, time.monotonic()
        self.kept: int | None = None
        self.told = 0
        self.live = sys.stderr.isatty()

    def tell(self, done: int, most: int) -> None:
        """Say that *done* of *most* are there: each to a terminal, every tenth part to a log."""
        if self.kept is None:
            self.kept = done - 1
        if done == self.told:
            return
        self.told = done
        if not self.live and done * 10 // most == (done - 1) * 10 // most:
            return
        each_s = (time.monotonic() - self.began_s) / (done - self.kept)
        text = f"{self.what} {done} of {most}, {each_s * (most - done):.0f} s left"
        click.echo(f"\r{text}   " if self.live else text, err=True, nl=not self.live)
        if self.live and done == most:
            click.echo(err=True)
