"""A target that was met, and the line to it."""

from conformance.contact import Contact
from conformance.line import Line

NAME = "rootswap-target"


class Reached:
    """A pytest plugin called NAME that carries the line to a target and what answers there."""

    def __init__(self, line: Line, met: Contact) -> None:
        self.__name__ = NAME
        self.line, self.contact = line, met
