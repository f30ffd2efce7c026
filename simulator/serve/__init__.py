"""The served cloud: HTTP in front of a SimulatedCloud that catches up before each answer."""

from simulator.serve.http import app, serve
from simulator.serve.pace import Pace, pace
from simulator.serve.site import Site

__all__ = ["Pace", "Site", "app", "pace", "serve"]
