"""The made-up region: its people, its units and what they do together. Every name is invented."""

from .people import ORGANISATIONS, PEOPLE, PLACES, Persona, Place
from .stories import EXTRA, STAGES, STORIES, Story

__all__ = ["EXTRA", "ORGANISATIONS", "PEOPLE", "PLACES", "STAGES", "STORIES", "Persona", "Place", "Story"]
