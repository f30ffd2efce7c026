"""What is shown while a run removes what it created, which takes minutes at a real cloud."""

import threading
from typing import TextIO

from conformance.ledger import Ledger
from conformance.progress import Count

_LOOK_S = 1.0


class Removing:
    """Shows on *out* how much of what a *ledger* has open is removed, whoever removes it.

    It looks into the ledger from a thread of its own: lanes remove what is theirs in processes of
    their own.
    """

    def __init__(self, ledger: Ledger, out: TextIO) -> None:
        self._ledger, self._out = ledger, out
        self._over = threading.Event()
        self._looks: threading.Thread | None = None
        self._count = Count(out)
        self._gone_before = 0

    def begin(self) -> None:
        """Begin to show it, if it is not shown yet and there is anything."""
        if self._looks is not None or not self._ledger.open_entries():
            return
        self._count, self._gone_before = Count(self._out), self._ledger.gone_count()
        self._over.clear()
        self._looks = threading.Thread(target=self._look, daemon=True)
        self.look()
        self._looks.start()

    def end(self) -> None:
        """Show how it ended."""
        if self._looks is None:
            return
        self._over.set()
        self._looks.join()
        self._looks = None
        if self._count.live:
            self.look()
            self._out.write("\n")
        else:
            self._out.write(f"{self._text()}\n")
        self._out.flush()

    def look(self) -> None:
        """Show how it is now."""
        self._count.show(self._text())

    def _text(self) -> str:
        gone = self._ledger.gone_count() - self._gone_before
        return f"removing what was created: {gone} of {gone + len(self._ledger.open_entries())}"

    def _look(self) -> None:
        while not self._over.wait(_LOOK_S):
            self.look()
