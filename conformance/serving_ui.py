"""CloudStack's own web UI, once it is built: files below /client/, beside the API."""

from importlib.util import find_spec
from pathlib import Path

from simulator.serve.http import Pages


class NoUi(Exception):
    """No UI can be served from there; the text says why."""


def official(folder: Path) -> Pages:
    """Return what serves the built UI in *folder*; NoUi if there is none in it."""
    if not folder.is_dir():
        msg = f"{folder} is no folder"
        raise NoUi(msg)
    if not (folder / "index.html").is_file():
        msg = f"{folder} has no index.html: name the folder that `npm run build` made, ui/dist"
        raise NoUi(msg)
    if find_spec("starlette") is None:
        msg = "files are served by an extra: pip install 'rootswap[console]'"
        raise NoUi(msg)
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    return Starlette(routes=[Mount("/client", StaticFiles(directory=folder, html=True))])
