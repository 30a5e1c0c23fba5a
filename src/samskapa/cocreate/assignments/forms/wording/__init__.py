"""Every word a person reads about a need: questions, why they are asked, choices, findings. Swedish is in locale/."""

from .choices import CONFLICT, CONTRIBUTION, DOOR, FORM, INFLUENCE, MONTHS, PAY, PHASE, ROLES, SOURCE, STATES
from .findings import ANSWERS_TOO_EARLY, FINDINGS, Said, say, what_was_unclear, words_of
from .questions import GROUPS, QUESTIONS, Text, Wording, name_of

__all__ = [
    "ANSWERS_TOO_EARLY",
    "CONFLICT",
    "CONTRIBUTION",
    "DOOR",
    "FINDINGS",
    "FORM",
    "GROUPS",
    "INFLUENCE",
    "MONTHS",
    "PAY",
    "PHASE",
    "QUESTIONS",
    "ROLES",
    "SOURCE",
    "STATES",
    "Said",
    "Text",
    "Wording",
    "name_of",
    "say",
    "what_was_unclear",
    "words_of",
]
