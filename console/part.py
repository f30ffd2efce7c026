"""A part of a page that is drawn anew when what it shows has changed."""

from collections.abc import Callable
from typing import Any

from nicegui import ui


class Part:
    """Stands where it is made; nothing is drawn as long as what is seen stays the same."""

    def __init__(self, classes: str = "part") -> None:
        self._place = ui.element("div").classes(classes)
        self._seen: Any = None

    def show(self, seen: Any, draw: Callable[[], None]) -> None:
        """Draw the part, unless the *seen* is what is drawn already."""
        if seen == self._seen:
            return
        self._seen = seen
        self._place.clear()
        with self._place:
            draw()
