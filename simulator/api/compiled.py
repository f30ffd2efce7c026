"""How a shape renders: as one function, written out once, since lists have thousands of rows.

Walking the fields instead would take a third longer.
"""

from collections.abc import Callable
from typing import Any

from simulator.api.parts import Always, Block, Parts, Row

_Render = Callable[[Any], Row]


class _Kept:
    """The fields of what was shown last, which what is shown next often shares.

    Clouds in several threads of a process have the same shapes: what was shown and its row are
    read and replaced as a pair, so that no thread takes the row of another's.
    """

    def __init__(self, render: _Render) -> None:
        self._render = render
        self.last: tuple[Any, Row] = (None, {})

    def turn_to(self, of: Any) -> tuple[Any, Row]:
        """Return *of* and its fields, which are not to be changed, and keep them."""
        self.last = last = of, self._render(of)
        return last


class _Writer:
    """The lines of a function, and the values that they name."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.values: dict[str, Any] = {}

    def name(self, value: Any) -> str:
        """Return the name by which the lines know a value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def write(self, parts: Parts[Any], subject: str, depth: int) -> None:
        """Write the lines that fill in *parts* of what *subject* names."""
        pad = " " * depth
        for part in parts:
            if isinstance(part, Block):
                self._write_block(part, subject, depth)
            elif isinstance(part.value, Always):
                self.lines.append(f"{pad}row[{part.name!r}] = {self.name(part.value.value)}")
            else:
                self.lines.append(f"{pad}x = {self.name(part.value)}({subject})")
                self.lines.append(f"{pad}if x is not None: row[{part.name!r}] = x")

    def _write_block(self, block: Block[Any], subject: str, depth: int) -> None:
        pad, inner = " " * depth, f"s{depth}"
        self.lines.append(f"{pad}{inner} = {self.name(block.of)}({subject})")
        self.lines.append(f"{pad}if {inner} is not None:")
        if block.shared:
            kept = self.name(_Kept(rendering("block", block.parts)))
            other = f"{inner} is not last[0] and {inner} != last[0]"
            self.lines.append(f"{pad} last = {kept}.last")
            self.lines.append(f"{pad} if {other}: last = {kept}.turn_to({inner})")
            self.lines.append(f"{pad} row.update(last[1])")
        else:
            self.lines.append(f"{pad} pass")
            self.write(block.parts, inner, depth + 1)


def rendering(name: str, parts: Parts[Any]) -> _Render:
    """Return the function that makes the fields *parts* of a subject, in their order."""
    writer = _Writer()
    writer.write(parts, "s0", 1)
    lines = ["def render(s0):", " row = {}", *writer.lines, " return row"]
    code = compile("\n".join(lines), f"<{name}>", "exec")
    exec(code, writer.values)  # noqa: S102 - of names of fields alone, which shapes declare
    render: _Render = writer.values["render"]
    return render
