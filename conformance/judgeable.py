"""Which scenarios could be judged at a cloud, and what keeps the others from it; none is run."""

import contextlib
import io
from collections import Counter
from typing import NamedTuple

import pytest

from conformance.check import Selection
from conformance.offers import Offers
from conformance.quiet import quiet_environment

_HINT = "; hint: "


class Lack(NamedTuple):
    """What is not there, how many scenarios are skipped for it, and what would enable them."""

    why: str
    remedy: str
    scenarios: int


class Judgeable(NamedTuple):
    """How many scenarios a dialect has, how many can be judged, and what the others lack."""

    scenarios: int
    judged: int
    lacks: tuple[Lack, ...]


class _Looking:
    """A pytest plugin that asks of each scenario whether it could be judged."""

    def __init__(self, offers: Offers) -> None:
        self.offers, self.scenarios = offers, 0
        self.reasons: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Look at the needs of every scenario."""
        from conformance.needed import needs_of

        self.scenarios = len(session.items)
        self.reasons.update(filter(None, (self.offers.unmet(needs_of(i)) for i in session.items)))


def judgeable(dialect: str, offers: Offers) -> Judgeable:
    """Return what of the scenarios of *dialect* could be judged with what a cloud *offers*."""
    looking, said = _Looking(offers), io.StringIO()
    args = [*Selection(dialect).pytest(), "--collect-only"]
    with quiet_environment(), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        pytest.main(args, [looking])
    lacks = [
        Lack(*text.partition(_HINT)[::2], count) for text, count in looking.reasons.most_common()
    ]
    skipped = looking.reasons.total()
    return Judgeable(looking.scenarios, looking.scenarios - skipped, tuple(lacks))
