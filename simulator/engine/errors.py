"""How flows and clocks end in ways that no caller of the API is told about."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.engine.world import World


_MOST_NOTES = 10_000


class Restarted(Exception):
    """The management server went away under a flow, which must leave no state half-way."""


class Stuck(Exception):
    """Calls are under way, and nothing that is still due would ever let them go on."""

    def __init__(self, waiting: Iterable[str]) -> None:
        super().__init__(f"nothing that is due would end {', '.join(waiting)}")


class Crashed(Exception):
    """Code of the simulator raised what nobody expected, its cause; *where* is a job or a timer.

    What it was part of has ended as failed, and the records are consistent.
    """

    def __init__(self, where: str, bug: Exception) -> None:
        super().__init__(f"{where} raised {type(bug).__name__}: {bug}")


class Notes:
    """What callers asked for in vain, with how often: what is not served or not modelled.

    They belong to the process that answers, not to the state of the cloud. *listen* hears each
    text the first time, and whether it is a warning or a detail.
    """

    def __init__(self) -> None:
        self.count: dict[str, int] = {}
        self.listen: Callable[[str, bool], None] = lambda _text, _warning: None

    def add(self, text: str, *, warning: bool = False) -> None:
        """Count *text*; once there are many different ones, no new ones are kept."""
        if text not in self.count:
            if len(self.count) >= _MOST_NOTES:
                return
            self.listen(text, warning)
        self.count[text] = self.count.get(text, 0) + 1


def note(world: "World", where: str, bug: Exception) -> None:
    """Write an error that nobody expected into the log."""
    world.bugs.append((float(world.env.now), where, f"{type(bug).__name__}: {bug}"))


def report(world: "World", where: str, bug: Exception) -> None:
    """Note an error that nobody expected, and do with it what the policy `on_bug` says.

    By default it is raised once the instant is complete, so that tests, studies and programs that
    embed a cloud fail loudly; a server sets another policy and goes on.
    """
    note(world, where, bug)
    world.on_bug(where, bug)
