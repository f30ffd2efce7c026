"""The profile of the properties: the same examples every time."""

from hypothesis import settings

FIXED = settings(derandomize=True, deadline=None, database=None, max_examples=30)
