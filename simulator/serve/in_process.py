"""A cloud without a socket for `cs`, whose seam is a session that sends prepared requests."""

import io
import threading
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.api.service import SimulatedCloud
from simulator.serve.http import Edge
from simulator.serve.pace import pace
from simulator.serve.site import Site

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

ADDRESS = "http://rootswap.invalid"
"""No machine has this name: whoever asks it past the session reaches nobody."""


class CsSession:
    """What `cs` sends by: `CloudStack(s.endpoint, s.key, s.secret, session=s)`.

    *cloud* is what it reaches; what is asked is judged and answered as over HTTP, one at a time.
    """

    def __init__(self, cloud: SimulatedCloud, clock: str) -> None:
        speed = pace(clock, lambda: 0.0, 0.0)
        if not speed.jumps:
            msg = f"clock {clock!r} follows wall time, which takes a server: running_cloud"
            raise ValueError(msg)
        self.cloud = cloud
        self.endpoint = f"{ADDRESS}/client/api"
        self.key, self.secret = cloud.user.api_key or "", cloud.user.secret_key or ""
        self._edge, self._turn = Edge(Site(cloud, speed, wall=None)), threading.Lock()

    def send(self, request: "PreparedRequest", **_: Any) -> "Response":
        """Return the answer to *request*; how long to wait or whom to trust does not matter."""
        from requests import Response
        from requests.structures import CaseInsensitiveDict
        from requests.utils import get_encoding_from_headers

        body: Any = request.body or b""
        with self._turn:
            start, content = _answered(
                self._edge, _scope(request), body.encode() if isinstance(body, str) else body
            )
        response = Response()
        response.status_code, response.request = start["status"], request
        response.url = request.url or ""
        response.headers = CaseInsensitiveDict(
            (name.decode(), value.decode()) for name, value in start["headers"]
        )
        response.encoding = get_encoding_from_headers(response.headers)
        response.raw = io.BytesIO(content)
        return response

    def close(self) -> None:
        """Do nothing: there is no connection."""


def _scope(request: "PreparedRequest") -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    return {
        "type": "http",
        "method": request.method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(n.lower().encode(), str(v).encode()) for n, v in request.headers.items()],
        "server": (parts.hostname, 80),
    }


def _answered(edge: Edge, scope: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Return how *edge* begins its answer, and the body."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    _run(edge(scope, receive, send))
    start, end = sent
    return start, end["body"]


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run what never waits, be there an event loop in this thread or not."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    msg = "the cloud waited, as only one that follows wall time does"
    raise RuntimeError(msg)


def cs_session(cloud: SimulatedCloud, *, clock: str = "instant") -> CsSession:
    """Return a session by which `cs` reaches *cloud* in this process.

    ValueError for a *clock* other than instant and manual.
    """
    return CsSession(cloud, clock)
