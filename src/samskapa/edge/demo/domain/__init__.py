"""The made-up region: its people, its units and what they do together. Every name is invented."""

from .days import work_day, work_days
from .people import ORGANISATIONS, PEOPLE, PLACES, Persona, Place
from .stories import EXTRA, EXTRA_AGE, EXTRA_OPENED, STAGES, STORIES, Story

__all__ = [
    "EXTRA",
    "EXTRA_AGE",
    "EXTRA_OPENED",
    "ORGANISATIONS",
    "PEOPLE",
    "PLACES",
    "STAGES",
    "STORIES",
    "Persona",
    "Place",
    "Story",
    "work_day",
    "work_days",
]
