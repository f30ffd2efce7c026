"""The served cloud: HTTP in front of a SimulatedCloud that catches up before each answer."""

from simulator.serve.exports import Export, Unwritable, chosen
from simulator.serve.http import Edge
from simulator.serve.pace import Pace, pace
from simulator.serve.server import serve
from simulator.serve.site import Site

__all__ = ["Edge", "Export", "Pace", "Site", "Unwritable", "chosen", "pace", "serve"]
