"""The keyboard's place: what a redrawn page gives back to who works without a mouse."""

from nicegui import ui


def focus(element: ui.element) -> None:
    """Give the keyboard to *element* once it is drawn."""
    ui.run_javascript(f"getHtmlElement({element.id})?.focus()")
