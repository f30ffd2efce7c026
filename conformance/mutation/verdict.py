"""What became of a fault."""

from typing import NamedTuple

from conformance.mutation.fault import Fault


class Verdict(NamedTuple):
    """What became of a fault: the title of the scenario that noticed it, "" for none.

    *ran* counts the scenarios that were asked. *wrong* says why it could not be judged.
    """

    fault: Fault
    noticed_by: str
    ran: int
    seconds: float
    wrong: str = ""
