"""When there are enough replications."""

from collections.abc import Sequence

from study.reading import Study
from study.replications import Fixed, Rule


def rule_for(studies: Sequence[Study], *, together: bool = False) -> Rule:
    """Return the rule that *studies* ask for; *together*: as many of each, to be pairs."""
    return Fixed(studies[0 if together else -1].plan.run.replications)
