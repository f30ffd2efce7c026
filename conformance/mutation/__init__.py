"""Single faults of a cloud, and whether the features notice them."""
