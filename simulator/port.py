"""The waist: what a caller needs of any cloud, simulated, served or real."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

Value = str | int | bool
"""What a parameter may be given as; it is sent as text."""


def as_text(command: str, parameters: Mapping[str, Value]) -> dict[str, str]:
    """Return *parameters* as clients spell them: True is "true", 5 is "5".

    TypeError, which names the parameter, for a value of another type.
    """
    sent: dict[str, str] = {}
    for name, value in parameters.items():
        if isinstance(value, str):
            sent[name] = value
        elif isinstance(value, bool):
            sent[name] = "true" if value else "false"
        elif isinstance(value, int):
            sent[name] = str(int(value))
        else:
            kind = type(value).__name__
            msg = f"{command}: {name}={value!r} is of type {kind}: give str, int or bool"
            raise TypeError(msg)
    return sent


class Reply(NamedTuple):
    """An answer: HTTP *status*, and the *body* inside CloudStack's envelope (`{"volume": …}`).

    *root* is the name of the envelope (`attachvolumeresponse`, `errorresponse`).
    """

    status: int
    body: dict[str, Any]
    root: str = ""


class Cloud(Protocol):
    """A CloudStack endpoint as one caller sees it."""

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command* with flat parameters; refusals come back as replies.

        TypeError for a parameter that is neither str, int nor bool.
        """

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Send *parameters* as they are, signature included or not."""

    def sleep(self, seconds: float) -> None:
        """Let *seconds* pass: on a simulated cloud that costs no real time."""

    def sign_in(self, apikey: str, secretkey: str) -> "Cloud":
        """Return the same cloud as another caller."""


class Obstacle(NamedTuple):
    """What would refuse a call: the *rule* row it breaks, its *text*, and the error *code*."""

    rule: str
    text: str
    code: int


@runtime_checkable
class DryRun(Protocol):
    """A cloud that says what would become of a call, which only a simulated one can."""

    def dry_run(self, command: str, /, **parameters: Value) -> Obstacle | None:
        """Judge *command* by its rows as things stand; return what refuses it, None if nothing.

        Nothing is changed, kept or counted. ValueError for a command that is not judged so;
        TypeError as `Cloud.call`.
        """


@runtime_checkable
class Stage(Protocol):
    """What no API can arrange; a real cloud is seldom a stage."""

    def arrange(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        """Overwrite *fields* of the record *entity_id* (`kind` is "volume", "vm", "pool", …)."""

    def configure(self, name: str, value: str) -> None:
        """Set the global configuration *name*."""

    def strike(
        self, operation: str, times: int = 1, mode: str = "fail", seconds: float | None = None
    ) -> None:
        """Make the next *times* agent commands called *operation* fail, -1 for all.

        *mode* is "fail" where the host refuses, "timeout" where it answers too late, and "slow"
        where it answers *seconds* late.
        """

    def agent_commands(self) -> Sequence[tuple[float, str, str, str]]:
        """Return every command sent to a host: (time in s, host name, command, subject id)."""

    def refusals(self) -> Sequence[str]:
        """Return the ids of the rules that refused anything, oldest first."""

    def now_s(self) -> float:
        """Return the simulated time in seconds since boot."""

    def restart(self) -> None:
        """Restart the management server: running jobs fail, transitional states go back."""
