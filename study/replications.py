"""Many replications at once, in any number of processes: what comes of them comes in order."""

from collections.abc import Iterator

from joblib import Parallel, delayed

from study.reading import Study
from study.replication import Outcome, replicate


def outcomes_of(study: Study, workers: int) -> Iterator[Outcome]:
    """Return what came of each replication, in order, as soon as they are there."""
    count = study.plan.run.replications
    parallel = Parallel(n_jobs=min(workers, count), backend="loky", return_as="generator")
    return iter(parallel(delayed(replicate)(study, number) for number in range(count)))
