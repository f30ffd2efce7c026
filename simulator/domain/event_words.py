"""How the events of a command read: which rows it leaves, and their texts.

A text names parameters in braces: `{id}` is a parameter, of an entity its uuid, `{id_row}` the
number of its row, `{id_name}` its name. `{entity}` is what the command works on or made, with
`{entity_row}` and `{entity_name}`. A part in brackets stands only where all it names was given;
of texts with || between them the first stands of which all was given, else the last. What was
not given is "null", as Java joins texts.
"""

import re
from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple

CREATED, SCHEDULED, STARTED, COMPLETED = "Created", "Scheduled", "Started", "Completed"
JOB = (SCHEDULED, STARTED, COMPLETED)
UNSTARTED = (SCHEDULED, COMPLETED)
ALONE = (SCHEDULED,)
AS_JOB = (STARTED, COMPLETED)
ONCE = (COMPLETED,)
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


class Words(NamedTuple):
    """How a command's events read.

    *action* is what is done ("attaching volume"), the annotation of the service's method. *about*
    is what the Scheduled row says, and all rows of what has no action, *details* follows the action
    in all others. *born* is what the
    Created row says was made, *rows* are the states of the others.
    """

    type: str
    kind: str
    action: str
    about: str = ""
    details: str = ""
    born: str = ""
    rows: tuple[str, ...] = JOB

    def scheduled_text(self, given: Mapping[str, str]) -> str:
        """Return what the Scheduled row says."""
        return filled(self.about, given)

    def text(self, state: str, given: Mapping[str, str], *, failed: bool = False) -> str:
        """Return what the row of *state* says."""
        if state == CREATED:
            action, _, details = self.born.partition(". ")
            head = "Error while creating" if failed else "Successfully created"
            return f"{head} entity for {_joined(action, details, given)}"
        if state == SCHEDULED or not self.action:
            return self.scheduled_text(given)
        done = _joined(self.action, self.details, given)
        if state == STARTED:
            return f"{done[:1].upper()}{done[1:]}"
        return f"Error while {done}" if failed else f"Successfully completed {done}"


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def filled(text: str, given: Mapping[str, str]) -> str:
    """Return *text* with its parameters."""
    *first, last = text.split("||")
    text = next((form for form in first if all(given.get(n) for n in _names(form))), last)

    def kept(part: re.Match[str]) -> str:
        return part[1] if all(given.get(name) for name in _names(part[1])) else ""

    return _OPTIONAL.sub(kept, text).format_map(given)


def _joined(action: str, details: str, given: Mapping[str, str]) -> str:
    """Return an action with its details, without those of an entity that was not made."""
    unmade = any(name.startswith("entity") and not given.get(name) for name in _names(details))
    return action if unmade or not details else f"{action}. {filled(details, given)}"


def once(type_: str, kind: str, action: str, details: str = "") -> Words:
    """Return the words of a command without a job."""
    return Words(type_, kind, action, details=details, rows=ONCE)
