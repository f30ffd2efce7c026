"""Builds the wheel: one package `rootswap`, which holds all of the others.

In the repository they stand side by side at the top, and an editable install leaves them there. In
somebody's site-packages names like `steps` or `simulator` would be in the way of his own, so the
wheel has `rootswap.steps` and `rootswap.simulator`, with the imports changed to match.
"""

import ast
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "rootswap"
DATA = ("features", "examples/studies")
PACKAGES = ("conformance", "console", "simulator", "steps", "study")


class WheelHook(BuildHookInterface):  # type: ignore[misc]
    """Gives the wheel its files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files of the wheel to a folder of their own, and include that."""
        if version == "editable":
            return
        self.folder = Path(tempfile.mkdtemp())
        write(Path(self.root), self.folder)
        build_data["force_include"][str(self.folder)] = NAME

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's
        """Remove the folder."""
        if version != "editable":
            shutil.rmtree(self.folder)


def write(root: Path, folder: Path) -> None:
    """Write to *folder* what becomes the package, from the repository at *root*."""
    for name in (NAME, *DATA, *PACKAGES):
        for path in sorted((root / name).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                to = folder / path.relative_to(root / name if name == NAME else root)
                to.parent.mkdir(parents=True, exist_ok=True)
                content = path.read_bytes()
                to.write_bytes(moved(content, path) if path.suffix == ".py" else content)


def moved(source: bytes, path: Path) -> bytes:
    """Return *source* with its imports of PACKAGES as they are below NAME; no line is moved.

    ValueError for an import that cannot be written so.
    """
    lines = source.split(b"\n")
    imports = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import | ast.ImportFrom)]
    for node in sorted(imports, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        old, new = _change(node, path)
        line, at = lines[node.lineno - 1], node.col_offset  # both count bytes
        if not line[at:].startswith(old):
            raise _cannot(path, node)
        lines[node.lineno - 1] = line[:at] + new + line[at + len(old) :]
    return b"\n".join(lines)


def _change(node: ast.Import | ast.ImportFrom, path: Path) -> tuple[bytes, bytes]:
    """Return how the statement begins, and how it is to begin."""
    if isinstance(node, ast.ImportFrom):
        if node.level or not _ours(node.module or ""):
            return b"", b""
        return f"from {node.module}".encode(), f"from {NAME}.{node.module}".encode()
    found = [alias for alias in node.names if _ours(alias.name)]
    if not found:
        return b"", b""
    name = found[0].name
    if len(node.names) > 1 or ("." in name and found[0].asname is None):
        raise _cannot(path, node)
    if "." in name:
        return f"import {name}".encode(), f"import {NAME}.{name}".encode()
    return f"import {name}".encode(), f"from {NAME} import {name}".encode()


def _ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def _cannot(path: Path, node: ast.stmt) -> ValueError:
    return ValueError(f"{path}:{node.lineno}: write this import as `from … import …`")
