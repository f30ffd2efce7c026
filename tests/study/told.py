"""Runs commands about a study as people do."""

import subprocess
import sys
from pathlib import Path


def run(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `rootswap` with the first of *words*, the study and the rest."""
    main = [sys.executable, "-c", "from conformance.cli import main; main()", words[0], str(file)]
    return subprocess.run([*main, *words[1:]], capture_output=True, check=False, text=True)


def is_refused(file: Path, words: tuple[str, ...], told: str) -> None:
    """Fail unless a line with what is *told*, and no file, is all that comes of *words*."""
    done = run(file, *words, "--out", str(file.parent / "out"))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr
    assert not (file.parent / "out").exists()
