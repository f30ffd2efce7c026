"""The waist: what a caller needs of any cloud, simulated, served or real."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable


class Reply(NamedTuple):
    """An answer: HTTP *status*, and the *body* inside CloudStack's envelope (`{"volume": …}`).

    *root* is the name of the envelope (`attachvolumeresponse`, `errorresponse`).
    """

    status: int
    body: dict[str, Any]
    root: str = ""


class Cloud(Protocol):
    """A CloudStack endpoint as one caller sees it."""

    def call(self, command: str, /, **text: str) -> Reply:
        """Send *command* with flat text parameters; refusals come back as replies."""

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are, signature included or not."""

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass: on a simulated cloud that costs no real time."""

    def sign_in(self, apikey: str, secretkey: str) -> "Cloud":
        """Return the same cloud as another caller."""


@runtime_checkable
class Stage(Protocol):
    """What no API can arrange; a real cloud is seldom a stage."""

    def arrange(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        """Overwrite *fields* of the record *entity_id* (`kind` is "volume", "vm", "pool", …)."""

    def configure(self, name: str, value: str) -> None:
        """Set the global configuration *name*."""

    def strike(self, operation: str, times: int = 1) -> None:
        """Make the next *times* agent commands called *operation* fail."""

    def agent_commands(self) -> Sequence[tuple[float, str, str, str]]:
        """Return every command sent to a host: (time in s, host name, command, subject id)."""

    def refusals(self) -> Sequence[str]:
        """Return the ids of the rules that refused anything, oldest first."""

    def now_s(self) -> float:
        """Return the simulated time in seconds since boot."""

    def restart(self) -> None:
        """Restart the management server: running jobs fail, transitional states go back."""
