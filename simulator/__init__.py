"""rootswap: a simulated CloudStack."""
