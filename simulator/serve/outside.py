"""What the log-in page of the official UI asks before anybody is logged in, and is answered."""

from simulator.api.refusals import refusal
from simulator.domain.errors import Kind
from simulator.domain.request import envelope_of
from simulator.port import Reply

_NONE = {"listguithemes": "listGuiThemes", "listoauthprovider": "listOauthProvider"}
"""Lists for everybody, signed or not, of which there is nothing here."""
_FORGOTTEN = "forgotpassword"


def outside(command: str) -> Reply | None:
    """Return the answer to a command, in lower case, that takes no session; None for others.

    401 would be wrong: the UI takes it for the end of a session, wherever it comes from.
    """
    if command in _NONE:
        return Reply(200, {}, envelope_of(_NONE[command]))
    if command == _FORGOTTEN:
        return refusal(Kind.UNSUPPORTED, "Passwords are not sent by mail here.", "errorresponse")
    return None
