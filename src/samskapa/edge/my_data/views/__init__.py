"""One's own data, and when somebody has died."""

from .death import deaths, note_death, undo_death
from .mine import forget, mine, take_along, take_back

__all__ = ["deaths", "forget", "mine", "note_death", "take_along", "take_back", "undo_death"]
