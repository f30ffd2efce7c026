"""The names of VMs, which are host names."""

import re

_LABEL = re.compile(r"[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?", re.ASCII)
NAME_FORM = (
    "can contain ASCII letters 'a' through 'z', the digits '0' through '9', and the hyphen ('-'), "
    "must be between 1 and 63 characters long, and can't start or end with \"-\" and can't start "
    "with digit"
)


def well_named(name: str) -> bool:
    """Return whether *name* is a label of the domain name system that starts with a letter."""
    return _LABEL.fullmatch(name) is not None


def taken_text(name: str, network_domain: str, network_name: str) -> str:
    """Return the refusal of a name that another VM of the network has."""
    return (
        f"The vm with hostName {name} already exists in the network domain: {network_domain}; "
        f"network={network_name}"
    )
