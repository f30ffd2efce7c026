"""The served cloud: HTTP in front of a SimulatedCloud that catches up before each answer."""

from simulator.serve.exports import Export, Unwritable, chosen
from simulator.serve.http import Edge
from simulator.serve.journal import BadState, Header, Row, read
from simulator.serve.keeper import Kept, reopen
from simulator.serve.pace import Pace, pace
from simulator.serve.replay import booted, retell
from simulator.serve.reset import Resetter
from simulator.serve.server import Place, Unrunnable, serve
from simulator.serve.site import Ask, Site

__all__ = [
    "Ask", "BadState", "Edge", "Export", "Header", "Kept", "Pace", "Place", "Resetter", "Row",
    "Site", "Unrunnable", "Unwritable", "booted", "chosen", "pace", "read", "reopen", "retell",
    "serve",
]  # fmt: skip
