"""Tags, jobs and settings: what is refused of those who keep them."""

from typing import NamedTuple

from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.dialect import Dialect
from simulator.domain.errors import Kind
from simulator.domain.records import Account
from simulator.domain.rules import Phase, Rule, Table
from simulator.domain.setting_values import Wait

R, J = Phase.REQUEST, Phase.JOB


class Tagging(NamedTuple):
    """A tag for a resource, as both are spelt; *kind* is "" for a type that is none."""

    dialect: Dialect
    type_text: str
    kind: str
    tagged_kind: bool
    resource: str
    known: bool
    caller_may: bool
    key: str
    value: str
    free: bool

    @property
    def by(self) -> str:
        """What the resource is named by."""
        return "id" if self.resource.isdecimal() else "uuid"


class Untagging(NamedTuple):
    """Tags to remove: how many there are, and whether they are the caller's."""

    dialect: Dialect
    tags: int
    caller_may: bool


class AskJob(NamedTuple):
    """A job that somebody wants to see: *row* is its number."""

    dialect: Dialect
    caller: Account
    row: int
    caller_may: bool
    by_admin: bool


class Known(NamedTuple):
    """A setting by its name, and whether there is one."""

    dialect: Dialect
    name: str
    known: bool


class Configure(NamedTuple):
    """A setting and its new value, which shall be of a Java *type*; None changes nothing."""

    dialect: Dialect
    name: str
    known: bool
    value: str | None
    type: str
    well_formed: bool
    wait: Wait
    """The first part of commands.timeout that is refused."""
    least: int | None
    largest: int | None

    @property
    def number(self) -> int:
        """The value of an Integer."""
        return int(self.value or "0") if self.type == "Integer" and self.well_formed else 0

    @property
    def above(self) -> int:
        """The smallest number that is too large."""
        return (self.largest or 0) + 1


class Capable(NamedTuple):
    """What a hypervisor's version shall be able to: the smallest of its numbers is *least*."""

    dialect: Dialect
    id_text: str
    known: bool
    least: int


# fmt: off
TAG: Table[Tagging] = Table("createTags", (
    Rule("TAG-01", "a type of resource to tag is one",
         lambda t: bool(t.kind), J, Kind.PARAM, "Invalid resource type {c.type_text}",
         "ResourceManagerUtilImpl", "SPEC-03"),
    Rule("TAG-02", "a type of resource to tag takes tags",
         lambda t: t.tagged_kind, J, Kind.PARAM,
         "The resource type {c.kind} doesn't support resource tags", "TaggedResourceManagerImpl",
         "SPEC-03"),
    Rule("TAG-03", "a resource to tag exists",
         lambda t: t.known, J, Kind.PARAM,
         "Unable to find resource by {c.by} {c.resource} and type {c.kind}",
         "ResourceManagerUtilImpl", "SPEC-03"),
    Rule("TAG-04", "the caller may use a resource to tag",
         lambda t: t.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
    Rule("TAG-05", "a tag has a value",
         lambda t: bool(t.value), J, Kind.PARAM,
         "Value for the key {c.key} is either null or empty", "TaggedResourceManagerImpl",
         "SPEC-03"),
    Rule("TAG-06", "a resource has no tag of that key",
         lambda t: t.free, J, Kind.RUNTIME,
         "tag {c.key} already on {c.kind} with id {c.resource}", "TaggedResourceManagerImpl",
         "SPEC-03"),
))

UNTAG: Table[Untagging] = Table("deleteTags", (
    Rule("UTG-01", "there are tags to remove",
         lambda t: t.tags > 0, J, Kind.INTERNAL, "Failed to delete tags", "DeleteTagsCmd",
         "SPEC-03"),
    Rule("UTG-02", "the caller may use what tags are removed from",
         lambda t: t.caller_may, J, Kind.DENIED, PERMISSION_TEXT, "6.1", "SPEC-03"),
))

ASK_JOB: Table[AskJob] = Table("queryAsyncJobResult", (
    Rule("QJB-01", "an administrator asks for jobs of his own domains",
         lambda j: j.caller_may or not j.by_admin, R, Kind.DENIED, PERMISSION_TEXT, "7.4",
         "SPEC-03"),
    Rule("QJB-02", "a user asks for jobs of the own account",
         lambda j: j.caller_may or j.by_admin, R, Kind.DENIED,
         "Account {c.caller.text} is not authorized to see job id={c.row}", "7.4", "SPEC-03"),
))

RESET: Table[Known] = Table("resetConfiguration", (
    Rule("CFG-11", "a setting to reset exists",
         lambda k: k.known, R, Kind.PARAM, "Config parameter with name {c.name} doesn't exist",
         "ConfigurationManagerImpl", "SPEC-03"),
))

CONFIGURE: Table[Configure] = Table("updateConfiguration", (
    Rule("CFG-01", "a setting to change exists",
         lambda c: c.known, R, Kind.PARAM, "Config parameter with name {c.name} doesn't exist",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-03", "a Boolean is given a value",
         lambda c: c.type != "Boolean" or c.value != "null", R, Kind.UNCAUGHT,
         'Cannot invoke "String.toLowerCase()" because "value" is null',
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-04", "what a command waits is written Command=seconds",
         lambda c: "=" in c.wait.text, R, Kind.PARAM,
         "Validation failed: Command '{c.wait.text}' does not contain '='.",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-05", "what a command waits has two sides",
         lambda c: c.wait.parts == 2, R, Kind.PARAM,
         "Validation failed: Command '{c.wait.text}' is not properly formatted.",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-06", "what a command waits names the command",
         lambda c: bool(c.wait.command), R, Kind.PARAM,
         "Validation failed: Command name is missing in '{c.wait.text}'.",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-07", "what a command waits is a whole number of seconds",
         lambda c: c.wait.number is not None, R, Kind.PARAM,
         "Validation failed: The value for command '{c.wait.command}' is not a valid integer. "
         "Invalid value: {c.wait.seconds}", "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-08", "a command waits a second or more",
         lambda c: (c.wait.number or 0) > 0, R, Kind.PARAM,
         "Validation failed: The value for command '{c.wait.command}' is not greater than 0. "
         "Invalid value: {c.wait.number}", "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-02", "the new value of a setting is of its type",
         lambda c: c.value is None or c.well_formed, R, Kind.PARAM,
         "Value [{c.value}] is not a valid [class java.lang.{c.type}].",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-09", "a setting of what must be positive is",
         lambda c: c.value is None or c.least is None or c.number >= c.least, R, Kind.PARAM,
         "Please enter a positive value for the configuration parameter: [{c.name}].",
         "ConfigurationManagerImpl", "SPEC-03"),
    Rule("CFG-10", "a setting is no larger than what it sets can be",
         lambda c: c.largest is None or c.number <= c.largest, R, Kind.PARAM,
         "Please enter a value less than {c.above} for the configuration parameter: [{c.name}].",
         "ConfigurationManagerImpl", "SPEC-03"),
))

CAPABLE: Table[Capable] = Table("updateHypervisorCapabilities", (
    Rule("UHC-01", "the capabilities to change are known",
         lambda c: c.known, R, Kind.PARAM,
         "unable to find the hypervisor capabilities for id: {c.id_text}",
         "ManagementServerImpl", "SPEC-03"),
    Rule("UHC-02", "no limit of a hypervisor is negative",
         lambda c: c.least >= 0, R, Kind.PARAM,
         "maxguestslimit and maxdatavolumeslimit are not negative", "callers", "SPEC-03"),
))
# fmt: on
