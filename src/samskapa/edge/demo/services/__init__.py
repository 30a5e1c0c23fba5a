"""Building the made-up region, and stepping into one of its people."""

from .building import build_demo
from .telling import tell_story

__all__ = ["build_demo", "tell_story"]
