"""The law of coverage: ages that can be compared, what a population table says, who is missing, and what is told."""

from .ages import Band as Band
from .ages import Segment as Segment
from .ages import segments as segments
from .missing import Gap as Gap
from .missing import Standing as Standing
from .missing import gaps_of as gaps_of
from .population import Fact as Fact
from .population import Fault as Fault
from .population import NotPopulation as NotPopulation
from .population import Parsed as Parsed
from .population import Sex as Sex
from .population import Why as Why
from .population import read_population as read_population
from .telling import COLUMNS as COLUMNS
from .telling import FIVE as FIVE
from .telling import NOT_SAID as NOT_SAID
from .telling import Cell as Cell
from .telling import Column as Column
from .telling import Profile as Profile
from .telling import World as World
from .telling import tell as tell
from .telling import telling as telling

#: What a group may choose to measure beside age, sex and municipality: tags of the form of joining.
MEASURABLE = ("as", "care", "contribution", "language", "need", "when", "speaks_for")


class ChangedMeanwhile(Exception):
    """Somebody chose something else to measure while one chose."""


class NothingRead(ValueError):
    """A file of which nothing can be taken in: `args[0]` says why, row by row."""


class NotYours(ValueError):
    """A table that somebody else has taken in."""
