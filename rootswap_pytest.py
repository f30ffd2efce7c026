"""The plug-in by its old name, for editable installs that know it by that; not in the wheel."""

from rootswap.pytest_plugin import cloudstack, cloudstack_server, pytest_addoption

__all__ = ["cloudstack", "cloudstack_server", "pytest_addoption"]
