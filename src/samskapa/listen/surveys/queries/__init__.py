"""Questions about rounds, answers and results. Never a write."""

from .answers import Given, answers_in, answers_of, answers_so_far, own_words, results_shown
from .askings import asking_with, side_counts
from .sets import SetInWords, Worded, in_words, shipped, spec_of
from .words import answer_in_words, value_in_words

__all__ = [
    "Given",
    "SetInWords",
    "Worded",
    "answer_in_words",
    "answers_in",
    "answers_of",
    "answers_so_far",
    "asking_with",
    "in_words",
    "own_words",
    "results_shown",
    "shipped",
    "side_counts",
    "spec_of",
    "value_in_words",
]
