"""A served cloud inside another program's tests: its own thread, a free port, a clean end."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import uvicorn

from simulator.api.service import SimulatedCloud
from simulator.boot import CloudFile, boot
from simulator.boot.reading import load
from simulator.domain.errors import Refused
from simulator.port import Reply, Value, as_text
from simulator.serve.http import Edge, Receive, Scope, Send
from simulator.serve.pace import Scaled, pace
from simulator.serve.server import LOOPBACK, listen
from simulator.serve.site import Site

Result = TypeVar("Result")
_PATIENCE_S = 10


class Log(NamedTuple):
    """What happened so far: (seconds, host, command, subject id), and the rules that refused.

    *bugs* are (seconds, command, error) of what the simulator itself did wrong, *notes* what was
    ignored or is not served.
    """

    commands: Sequence[tuple[float, str, str, str]]
    refusals: Sequence[str]
    bugs: Sequence[tuple[float, str, str]] = ()
    notes: Sequence[str] = ()


class _Server(uvicorn.Server):
    """Tells its loop once it serves, and leaves signals to the program it is in."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell."""
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.ready.set()


class RunningCloud:
    """A cloud that is served while it runs; its methods act between two requests.

    *endpoint*, *key* and *secret* are what a client needs, and stay the same after `reset`.
    """

    def __init__(self, make: Callable[[], SimulatedCloud], clock: str) -> None:
        self._make, self._clock = make, clock
        self._edge = self._fresh()
        listener = listen(LOOPBACK, 0)
        self.endpoint = f"http://{LOOPBACK}:{listener.getsockname()[1]}/client/api"
        user = self._edge.site.cloud.user
        self.key, self.secret = user.api_key or "", user.secret_key or ""
        self._server = _Server(
            uvicorn.Config(
                self._app,
                interface="asgi3",
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        work = {"sockets": [listener]}
        self._thread = threading.Thread(target=self._server.run, kwargs=work, daemon=True)
        self._thread.start()
        if not self._server.ready.wait(_PATIENCE_S):
            msg = "the served cloud did not start"
            raise RuntimeError(msg)

    def _fresh(self) -> Edge:
        return Edge(Site(self._make(), pace(self._clock, time.time, time.time())))

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._edge(scope, receive, send)

    def _do(self, what: Callable[[], Result]) -> Result:
        """Do *what* in the server's thread, between two requests."""

        async def work() -> Result:
            return what()

        return self._await(work())

    def _await(self, work: Coroutine[Any, Any, Result]) -> Result:
        if self._server.loop is None or not self._thread.is_alive():
            work.close()
            msg = "this cloud is no longer served"
            raise RuntimeError(msg)
        return asyncio.run_coroutine_threadsafe(work, self._server.loop).result()

    @property
    def _cloud(self) -> SimulatedCloud:
        return self._edge.site.cloud

    @property
    def env(self) -> dict[str, str]:
        """Return the environment variables that `cs`, Ansible and Terraform read."""
        pair = (self.endpoint, self.key, self.secret)
        names = ("ENDPOINT", "KEY", "SECRET", "API_URL", "API_KEY", "SECRET_KEY")
        return {f"CLOUDSTACK_{n}": text for n, text in zip(names, pair * 2, strict=True)}

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command* as the root admin, past HTTP.

        TypeError for a parameter that is neither str, int nor bool.
        """
        return self._await(self._call(command, as_text(command, parameters)))

    async def _call(self, command: str, text: Mapping[str, str]) -> Reply:
        site = self._edge.site
        return await site.reply(site.speak(site.cloud.user, {"command": command, **text}))

    def advance(self, seconds: float) -> float:
        """Let *seconds* of simulated time pass and return the time since boot."""
        if not 0 <= seconds < float("inf"):
            msg = f"time only goes forward: {seconds}"
            raise ValueError(msg)
        return self._do(lambda: self._advance(seconds))

    def _advance(self, seconds: float) -> float:
        site = self._edge.site
        if isinstance(site.pace, Scaled):
            site.pace.catch_up(site.cloud)
        site.cloud.sleep(seconds)
        self._go_on()
        return site.cloud.now_s()

    def settle(self) -> float:
        """Let time pass until no job is running and return the time since boot."""
        self._do(self._cloud.settle)
        return self._do(self._cloud.now_s)

    def set_clock(self, clock: str) -> None:
        """Let time pass as *clock* says, until the next `reset`: instant, manual, real or 60x."""
        self._do(lambda: self._set_clock(clock))

    def _set_clock(self, clock: str) -> None:
        self._edge.site.pace = pace(clock, time.time, time.time())
        self._go_on()

    def _go_on(self) -> None:
        """Let a pace that follows wall time go on from where the cloud's clock stands."""
        site = self._edge.site
        if isinstance(site.pace, Scaled):
            site.pace.started_at = time.time() - site.cloud.now_s() / site.pace.speed

    def fail(
        self, command: str, times: int = 1, mode: str = "fail", seconds: float | None = None
    ) -> None:
        """Make the next *times* commands of that name that hosts are sent fail, -1 for all.

        *mode* is "fail" where the host refuses, "timeout" where it answers when the server has
        given up (after *seconds*, else as its settings say), "slow" where it answers *seconds*
        late.
        """
        known = list(self._cloud.world.timings.commands)
        if command not in known:
            near = get_close_matches(command, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(sorted(known))}"
            msg = f"no host is ever sent {command!r}: {hint}"
            raise ValueError(msg)
        try:
            self._do(lambda: self._cloud.strike(command, times, mode, seconds))
        except Refused as no:
            raise ValueError(no.text) from None

    def restart(self) -> None:
        """Restart the management server: running jobs fail."""
        self._do(self._cloud.restart)

    def log(self) -> Log:
        """Return what hosts were sent and which rules refused, since the last `reset`."""
        return self._do(self._log)

    def _log(self) -> Log:
        world = self._cloud.world
        return Log(
            tuple(world.sent), tuple(world.refusals), tuple(world.bugs), tuple(world.notes.count)
        )

    def reset(self) -> None:
        """Go back to the freshly booted cloud: same seed, ids, keys and clock.

        RuntimeError, after that, if the simulator itself did anything wrong since.
        """
        self._do(self._reset)

    def _reset(self) -> None:
        bugs = self._cloud.world.bugs
        self._edge = self._fresh()
        if bugs:
            at_s, where, error = bugs[0]
            msg = f"a bug of the simulator at {at_s:g} s: {where} raised {error}"
            raise RuntimeError(msg)

    def stop(self) -> None:
        """Stop serving; a second time does nothing."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE_S)


@contextmanager
def running_cloud(
    preset: str = "mixed",
    *,
    cloud: str | Path | CloudFile | None = None,
    clock: str = "instant",
    dialect: str = "spec",
    seed: int = 0,
) -> Iterator[RunningCloud]:
    """Serve a ready cloud for as long as the block runs.

    ValueError for an unknown preset, dialect or clock, or a cloud file that describes none.
    """
    file = None if cloud is None else load(cloud)

    def make() -> SimulatedCloud:
        return boot(preset, cloud=file, seed=seed, dialect=dialect)

    served = RunningCloud(make, clock)
    try:
        yield served
    finally:
        served.stop()
