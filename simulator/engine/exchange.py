"""Synchronous calls that take time: their flow runs in no job, and the reply comes at its end."""

from collections.abc import Callable
from typing import Any

from simpy import Event

from simulator.engine.draws import Draws
from simulator.engine.errors import Restarted, report
from simulator.engine.world import Flow, World

Done = Callable[[Any, Exception | None], None]


class Exchange:
    """One synchronous call under way.

    *done* is called once with what *flow* returned, or with the error it ended by. *draws* are
    the random numbers of its own.
    """

    def __init__(self, world: World, flow: Flow, done: Done, draws: Draws | None = None) -> None:
        self._world, self._flow, self._done, self._draws = world, flow, done, draws
        self._waits: Event | None = None
        world.exchanges[self] = None
        self._resume()

    def _resume(self, _: Event | None = None) -> None:
        self._world.draws = self._draws
        try:
            self._waits = self._flow.send(None)
        except StopIteration as end:
            self._end(end.value, None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this caller's alone
            self._end(None, error)
        else:
            self._waits.callbacks.append(self._resume)

    def interrupt(self) -> None:
        """End at once as a restart of the management server ends it: nobody hears of it."""
        if self._waits is not None and self._waits.callbacks is not None:
            self._waits.callbacks.clear()
        try:
            self._flow.throw(Restarted())
        except Restarted as gone:
            self._end(None, gone)
        except Exception as bug:  # noqa: BLE001 - the restart of all others goes on
            report(self._world, "restart", bug)
            self._end(None, bug)

    def _end(self, value: Any, error: Exception | None) -> None:
        self._world.exchanges.pop(self, None)
        self._done(value, error)
