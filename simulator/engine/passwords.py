"""Passwords that the server makes up for VMs."""

from string import ascii_lowercase, ascii_uppercase, digits

from simulator.engine.world import World

_LENGTH = 6
_ALL = ascii_lowercase + ascii_uppercase + digits


def password(world: World) -> str:
    """Return a new password: small letters, capitals and digits, at least one of each."""
    dice = world.dice("passwords")
    letters = [dice.choice(kind) for kind in (ascii_lowercase, ascii_uppercase, digits)]
    letters += [dice.choice(_ALL) for _ in range(_LENGTH - len(letters))]
    dice.shuffle(letters)
    return "".join(letters)
