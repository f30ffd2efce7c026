"""What every parameter of every command must be, before the command is looked at (1.1)."""

import re
from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.rules import Phase, Rule, Table

_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
"""All but line feed and carriage return (ApiServer.CONTROL_CHARACTERS)."""
_ELEMENT = re.compile(r"[^\[\].]+\[[+-]?\d{1,9}\][^\[\].]*\.[^\[\]]*", re.ASCII)
"""What ParamUnpackWorker takes for a field of an element of an array."""


ENVELOPES = {
    "activateProject": "activaterojectresponse",
    "addIpToNic": "addiptovmnicresponse",
    "checkVolume": "checkandrepairvolumeresponse",
    "getUploadParamsForVolume": "postuploadvolumeresponse",
    "listCounters": "counterresponse",
    "listLdapConfigurations": "ldapconfigurationresponse",
    "listPortableIpRanges": "listportableipresponse",
    "resetSSHKeyForVirtualMachine": "resetSSHKeyforvirtualmachineresponse",
    "restoreVirtualMachine": "restorevmresponse",
    "updateVMAffinityGroup": "updatevirtualmachineresponse",
}
"""Command -> the root of its answers, where its Java class does not call them after it."""


def envelope_of(command: str) -> str:
    """Return the root of the answers to a command (BaseCmd.getCommandName)."""
    return ENVELOPES.get(command, f"{command.lower()}response")


class Field(NamedTuple):
    """One parameter of one call; *row* is None for text, else how the id was resolved.

    *longest* is how many characters a text may have, 0 for any number, and *java* what the refusal
    calls it. *zero* is whether the id is the number 0, which no database id is.
    """

    dialect: Dialect
    command: str
    name: str
    text: str | None
    required: bool
    well_formed: bool = True
    is_id: bool = False
    found: bool = True
    removed: bool = False
    db_id: int = 0
    row: str = ""
    caller_may: bool = True
    zero: bool = False
    longest: int = 0
    java: str = ""

    @property
    def verb(self) -> str:
        """The command as messages spell it: what its answers are called, without `response`."""
        return envelope_of(self.command).removesuffix("response")

    @property
    def printable(self) -> bool:
        """Whether the text has no control characters."""
        return not _CONTROL.search(self.text or "")

    @property
    def unpackable(self) -> bool:
        """Whether a name with brackets is that of a field of an element of an array."""
        return self.name.find("[") < 1 or _ELEMENT.fullmatch(self.name) is not None


R = Phase.REQUEST
_BAD = (
    "Unable to execute API command {c.verb} due to invalid value. Invalid parameter {c.name} "
    "value={c.text} due to incorrect long value format, or entity does not exist or due to "
    "incorrect parameter annotation for the field in api cmd class."
)

# fmt: off
REQUEST: Table[Field] = Table("every command", (
    Rule("REQ-01", "a parameter has no control characters but ends of lines",
         lambda f: f.printable, R, Kind.MALFORMED,
         "Received value containing illegal ASCII non-printable characters for parameter {c.name}",
         "1.1/0.4"),
    Rule("REQ-08", "a name with brackets is parameter[index].field",
         lambda f: f.unpackable, R, Kind.BRACKETS,
         "Unable to decode parameter {c.name}; if specifying an object array, please use "
         "parameter[index].field=XXX, e.g. userGroupList[0].group=httpGroup", "1.1/0.6"),
    Rule("REQ-02", "a number is well-formed",
         lambda f: f.well_formed, R, Kind.MALFORMED,
         "Unable to execute API command {c.verb} due to invalid value {c.text} for parameter "
         "{c.name}", "1.1/0.7"),
    Rule("REQ-03", "a required parameter is given",
         lambda f: not f.required or f.text is not None, R, Kind.MALFORMED,
         "Unable to execute API command {c.verb} due to missing parameter {c.name}", "1.1/0.8"),
    Rule("REQ-04", "a required parameter is not empty",
         lambda f: not f.required or f.text != "", R, Kind.PARAM,
         "Invalid value provided for API arg: {c.name}", "1.1/0.9, C11"),
    Rule("REQ-10", "a text is as short as its parameter takes it",
         lambda f: not f.longest or len(f.text or "") <= f.longest, R, Kind.MALFORMED,
         "Unable to execute API command {c.verb} due to invalid value. Value greater than max "
         "allowed length {c.longest} for param: {c.java}", "1.1/0.7", "SPEC-08"),
    Rule("REQ-09", "an id is not the number 0",
         lambda f: not f.zero, R, Kind.MALFORMED,
         "Unable to execute API command {c.verb} due to invalid value. Invalid value provided for "
         "API arg: {c.name}", "C12"),
    Rule("REQ-05", "an id names an entity",
         lambda f: f.text is None or not f.is_id or f.found, R, Kind.MALFORMED, _BAD,
         "1.1/0.10", "SPEC-03"),
    Rule("REQ-06", "the caller may operate on the entity",
         lambda f: f.caller_may, R, Kind.DENIED, PERMISSION_TEXT, "1.1/0.12", "SPEC-03"),
    Rule("REQ-07", "an id names an entity that is not removed",
         lambda f: not f.removed, R, Kind.PARAM,
         "Unable to find UUID for id [{c.db_id}] of type [{c.row}]", "C1", "SPEC-03"),
))
# fmt: on
