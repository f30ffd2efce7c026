"""`pytest features` runs the specification as `rootswap check` does."""

pytest_plugins = ("conformance.plugin",)
