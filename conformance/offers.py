"""What a cloud offers to the key that runs the scenarios, and so which can be judged there."""

from dataclasses import dataclass

from conformance.contact import Contact
from steps.needs import DISTURBING, HINTS, Need
from steps.people import PARTS as PEOPLE
from steps.places import NoSuchPlace, Places

PARTS = {
    "Admin": "root admin",
    "DomainAdmin": "domain admin",
    "User": "owner",
}
"""Type of the key's role -> what it plays; any other creates nothing."""
_BELOW_ROOT = (*PEOPLE, "colleague", "project", "fresh account")
_PLAYED = {
    "root admin": ("root admin", *_BELOW_ROOT),
    "domain admin": _BELOW_ROOT,
    "owner": ("owner", "project"),
}
_TYPES = {"setting": "risk", "risk": "risk", "lasting": "risk"}
"""Kind of need -> type of the skip, if that is not "capability"."""
_CREATES = ("createVolume", "deployVirtualMachine")


def part_of(met: Contact) -> str:
    """Return what the key's account plays, "" if it can create nothing."""
    if not all(met.may(command) for command in _CREATES):
        return ""
    return PARTS.get(met.role, "owner")


def lanes_at(met: Contact, wanted: int) -> int:
    """Return how many scenarios may run side by side: one where all are in the key's account."""
    return 1 if part_of(met) == "owner" else wanted


@dataclass(frozen=True)
class Offers:
    """Looks up whether a need is met; *allow* are the risks that were allowed."""

    contact: Contact
    places: Places
    allow: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        """What the key's account plays, "" if it can create nothing."""
        return part_of(self.contact)

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
            case "setting" | "risk" | "lasting":
                allowed = "disruptive" in self.allow and self.contact.is_root
                may = allowed and need.kind in DISTURBING
                return "" if may else need.what or "a global setting"
            case "command" if not self.contact.may(need.what):
                return need.what
            case "account" if need.what not in _PLAYED[self.part]:
                return need.what
            case "device":
                return self._beyond(int(need.what))
            case _:
                return self._without(need)

    def _without(self, need: Need) -> str:
        """Return what is missing of the cloud's own things; NoSuchPlace for a role or template."""
        if need.kind == "place":
            self.places.row(need.what)
        elif need.kind == "hypervisor":
            self.places.template(need.what)
        elif need.kind == "offering":
            kind, _, name = need.what.partition(":")
            return "" if self.places.offering(kind, name) else f"no {kind} offering {name}"
        return ""

    def _beyond(self, device_id: int) -> str:
        most = self.places.most_data_disks()
        return f"device id {device_id}, of {most} data disks" if device_id > most + 1 else ""
