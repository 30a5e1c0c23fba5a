"""The law of the methods bank: what a method says, which fit a need, and how one is found by a word."""

from .finding import find, stem
from .guide import Guide, Section, read_guide
from .methods import FIRST_LANGUAGE, LANGUAGES, Aim, BadMethod, Method, Source, Text, read_methods
from .proposing import AIMS_OF_PHASE, LEAST, MOST, Fit, Reason, Wish, gives_less, nearest, propose

__all__ = [
    "AIMS_OF_PHASE",
    "FIRST_LANGUAGE",
    "LANGUAGES",
    "LEAST",
    "MOST",
    "Aim",
    "BadMethod",
    "Fit",
    "Guide",
    "Method",
    "Reason",
    "Section",
    "Source",
    "Text",
    "Wish",
    "find",
    "gives_less",
    "nearest",
    "propose",
    "read_guide",
    "read_methods",
    "stem",
]
