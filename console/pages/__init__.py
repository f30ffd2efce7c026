"""One module per page. Pages have no rules: what may be done, they ask."""
