"""Make the pictures of the console in docs/: `python tests/console/pictures.py [FOLDER]`.

Each is taken of a served cloud in Debian's Chromium, and written as a PNG of few colours.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser
from visited import Door, Served, serving

from conformance.browsing import browser

_COLOURS = 64


def picture(door: Door, file: Path, path: str, *, light: str = "light", width: int = 1280) -> None:
    """Write *file*: the page at *path* as the root admin sees it."""
    page = door("/vms", width=width)
    page.context.add_cookies([{"name": "rootswap_theme", "value": light, "url": door.served.url}])
    page.goto(f"{door.served.url}{path}")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(1500)
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(_COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{file.name}: {file.stat().st_size / 1000:.0f} kB\n")


def _story(served: Served) -> dict[str, str]:
    """Bring about what the pictures show; return the addresses of what they are of."""
    cloud, vm = served.cloud, served.vm("old")
    root = cloud.call("listVolumes", listall=True, virtualmachineid=vm, type="ROOT").body
    volume = str(root["volume"][0]["id"])
    cloud.call("detachVolume", id=volume)
    cloud.call("listVolumes")  # with the instant clock, a job is done before the next answer
    return {"vm": f"/vms/{vm}", "volume": f"/volumes/{volume}"}


def make(chromium: Browser, folder: Path) -> None:
    """Write all pictures to *folder*."""
    with serving("--preset", "kvm") as served:
        door, at = Door(chromium, served, []), _story(served)
        picture(door, folder / "console-vm.png", at["vm"])
        picture(door, folder / "console-vm-dark.png", at["vm"], light="dark")
        picture(door, folder / "console-vm-narrow.png", at["vm"], width=390)
        picture(door, folder / "console-volume.png", at["volume"])
        picture(door, folder / "console-cloud.png", "/")
        picture(door, folder / "console-rescue.png", "/rescue")
        picture(door, folder / "console-jobs.png", "/jobs")


if __name__ == "__main__":
    with browser() as started:
        make(started, Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
