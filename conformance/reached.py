"""A target that was met, and the line to it."""

from conformance.contact import Contact
from conformance.line import Line
from conformance.targets import Given

NAME = "rootswap-target"


class Reached:
    """A pytest plugin called NAME that carries the line to a target and what answers there."""

    def __init__(self, line: Line, met: Contact, given: Given = Given()) -> None:  # noqa: B008
        self.__name__ = NAME
        self.line, self.contact, self.given = line, met, given
