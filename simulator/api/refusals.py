"""The envelopes of refusals."""

from typing import Any

from simulator.api.table import COMMANDS
from simulator.domain.errors import Ids, Kind
from simulator.domain.request import envelope_of
from simulator.port import Reply


def root_of(command: str | None) -> str:
    """Return the envelope of a refusal that comes before *command* is looked at."""
    if command is None:
        return "null"
    return envelope_of(command) if command in COMMANDS else "errorresponse"


def refusal(kind: Kind, text: str, root: str, ids: Ids = ()) -> Reply:
    """Return the envelope of an error, none where the servlet answers nothing."""
    if kind is Kind.NOTHING:
        return Reply(kind.sync_code, {}, "")
    body: dict[str, Any] = {
        "uuidList": [{"uuid": uuid, "description": what} for uuid, what in ids],
        "errorcode": kind.sync_code,
    }
    if kind.cs_code is not None:
        body["cserrorcode"] = kind.cs_code
    return Reply(kind.sync_code, body | {"errortext": text}, root)


def unavailable(command: str, user_id: str) -> Reply:
    """Return the refusal of a command that the user's role does not have."""
    words = (
        f"The API [{command}] does not exist or is not available for the account for user id "
        f"[{user_id}]."
    )
    return refusal(Kind.UNSUPPORTED, words, "errorresponse")
