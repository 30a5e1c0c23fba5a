"""Who may come in."""

from __future__ import annotations

from samskapa.ground.people.access import signed_in

__all__ = ["signed_in"]
