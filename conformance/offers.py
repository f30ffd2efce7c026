"""What a cloud offers to the key that runs the scenarios, and so which can be judged there."""

from dataclasses import dataclass

from conformance.contact import Contact
from steps.needs import HINTS, Need
from steps.places import NoSuchPlace, Places

PARTS = {
    "Admin": "root admin",
    "DomainAdmin": "domain admin",
    "User": "owner",
}
"""Type of the key's role -> what it plays; any other creates nothing."""
_BELOW_ROOT = ("owner", "other", "domain admin", "colleague", "reader", "project", "stranger",
               "foreign admin")  # fmt: skip
_PLAYED = {
    "root admin": ("root admin", *_BELOW_ROOT),
    "domain admin": _BELOW_ROOT,
    "owner": ("owner", "project"),
}
_TYPES = {"setting": "risk", "risk": "risk"}
"""Kind of need -> type of the skip, if that is not "capability"."""
_CREATES = ("createVolume", "deployVirtualMachine")


@dataclass(frozen=True)
class Offers:
    """Looks up whether a need is met; *allow* are the risks that were allowed."""

    contact: Contact
    places: Places
    allow: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        """What the key's account plays, "" if it can create nothing."""
        if not all(self.contact.may(command) for command in _CREATES):
            return ""
        return PARTS.get(self.contact.role, "owner")

    def unmet(self, needs: list[Need]) -> str:
        """Return why a scenario cannot run here and what would enable it, "" if it can."""
        if not self.part:
            return "capability: the key can create nothing; hint: use a key that may deploy VMs"
        for need in needs:
            why = self.lacks(need)
            if why:
                kind = _TYPES.get(need.kind, "capability")
                return f"{kind}: {need.kind}: {why}; hint: {HINTS[need.kind]}"
        return ""

    def lacks(self, need: Need) -> str:
        """Return what is missing, "" for nothing."""
        try:
            return self._lacks(need)
        except NoSuchPlace as no:
            return str(no)

    def _lacks(self, need: Need) -> str:
        match need.kind:
            case "stage":
                return "what no API can arrange"
            case "setting" | "risk":
                allowed = "disruptive" in self.allow and self.contact.is_root
                return "" if allowed else need.what or "a global setting"
            case "command":
                return "" if self.contact.may(need.what) else need.what
            case "account":
                return "" if need.what in _PLAYED[self.part] else need.what
            case "place":
                self.places.row(need.what)
            case "hypervisor":
                self.places.template(need.what)
            case "offering":
                kind, _, name = need.what.partition(":")
                return "" if self.places.offering(kind, name) else f"no {kind} offering {name}"
        return ""
