"""Where replications are computed: here, in processes beside this one, or on a cluster."""

import logging
import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Literal, NamedTuple, get_args

from joblib import Parallel, delayed, parallel_config
from joblib.externals.loky.process_executor import BrokenProcessPool

from study.reading import Study
from study.replication import replicate
from study.store import encoded, model

EngineName = Literal["loky", "serial", "dask"]
ENGINES: tuple[str, ...] = get_args(EngineName)
_ANSWER_S = 10
"""How long a scheduler has to answer."""


class BadEngine(ValueError):
    """An engine that cannot be had or that broke; its text says why."""


class Task(NamedTuple):
    """A replication of a study that is one of several."""

    at: int
    study: Study
    number: int


class Engine(NamedTuple):
    """What kind, how many processes (None: one a processor), and whose cluster."""

    kind: str = "loky"
    workers: int | None = None
    scheduler: str = ""


def computed(task: Task, wanted: str) -> tuple[int, int, bytes]:
    """Return what came of *task*; BadEngine where the program is another one."""
    if model() != wanted:
        msg = "a worker of the cluster has other sources of rootswap than this program"
        raise BadEngine(msg)
    return task.at, task.number, encoded(replicate(task.study, task.number))


@contextmanager
def opened(engine: Engine, most: int) -> Iterator[int]:
    """Have joblib use *engine* for *most* tasks; give the number of processes to ask it for."""
    workers = min(engine.workers or os.cpu_count() or 1, most)
    if engine.kind != "dask":
        with parallel_config(backend="loky"), warnings.catch_warnings():
            # of an end before the end, as by Ctrl-C, joblib warns
            warnings.filterwarnings("ignore", category=UserWarning, module="joblib")
            yield 1 if engine.kind == "serial" else workers
        return
    cluster, client = _dask(engine.scheduler, workers)
    try:
        with parallel_config(backend="dask", wait_for_workers_timeout=_ANSWER_S):
            yield -1
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _dask(scheduler: str, workers: int) -> tuple[Any, Any]:
    """Return a cluster of our own, None if *scheduler* has one, and our line to it."""
    try:
        dask: Any = import_module("dask.distributed")
    except ImportError:
        msg = "--engine dask needs the extra: pip install 'rootswap[dask]'"
        raise BadEngine(msg) from None
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is told in a line
    if not scheduler:
        cluster = dask.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        )
        return cluster, dask.Client(cluster)
    try:
        return None, dask.Client(scheduler, timeout=_ANSWER_S)
    except (OSError, ValueError) as no:
        why = " ".join(str(no).split())
        msg = f"--scheduler {scheduler}: does not answer: {why}"
        raise BadEngine(msg) from None


def results(tasks: Iterable[Task], processes: int) -> Generator[tuple[int, int, bytes]]:
    """Return what came of *tasks*, in the order in which they end; each is taken when it can run.

    BadEngine when a process dies or the cluster has none.
    """
    parallel = Parallel(n_jobs=processes, return_as="generator_unordered", batch_size=1)
    wanted = model()
    try:
        yield from parallel(delayed(computed)(task, wanted) for task in tasks)
    except BrokenProcessPool:
        msg = "a process that computed replications was killed, maybe for want of memory"
        raise BadEngine(msg) from None
    except TimeoutError:
        msg = f"the cluster had no worker for {_ANSWER_S} s"
        raise BadEngine(msg) from None
    except (CancelledError, OSError) as no:
        msg = f"the cluster was lost: {' '.join(str(no).split())}"
        raise BadEngine(msg) from None
    except Exception as no:
        if not type(no).__module__.startswith("distributed"):
            raise
        msg = f"the cluster gave up: {' '.join(str(no).split())}"
        raise BadEngine(msg) from None
