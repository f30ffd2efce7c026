"""Bars that show how full something is, with the figures beside them."""

from nicegui import ui

_PERCENT = 100


def bar(name: str, used: float, total: float, text: str) -> ui.element:
    """Add a bar of *used* of *total*; *name* is what a screen reader calls it, *text* its figures.

    What is over full shows as full: the figures say by how much.
    """
    part = used / total if total else 0.0
    width = min(_PERCENT, max(0.0, part * _PERCENT))
    with ui.element("div").classes("filled") as element:
        with ui.element("div").classes("track" + (" over" if part > 1 else "")) as track:
            track.props(f'role="meter" aria-valuemin="0" aria-valuemax="{_PERCENT}"')
            track.props["aria-label"] = name
            track.props["aria-valuenow"] = f"{width:.1f}"
            track.props["aria-valuetext"] = text
            ui.element("div").classes("fill" if used else "").style(f"width: {width:.1f}%")
        ui.label(text).classes("small").props('aria-hidden="true"')
    return element
