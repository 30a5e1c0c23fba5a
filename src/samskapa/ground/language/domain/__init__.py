"""How the reader's language writes days, numbers and money, and whether a text is in plain words."""

from .plain import (
    Hard,
    Plain,
    check_plain,
    sentences_in,
    unexplained,
    vague_phrase,
    words_in,
)
from .stems import is_telling, stem, stems_of, words_of
from .writing import (
    FIXED_SPACE,
    STOCKHOLM,
    NoTimeZone,
    write_day,
    write_day_and_hours,
    write_kronor,
    write_moment,
    write_number,
)

__all__ = [
    "FIXED_SPACE",
    "STOCKHOLM",
    "Hard",
    "NoTimeZone",
    "Plain",
    "check_plain",
    "is_telling",
    "sentences_in",
    "stem",
    "stems_of",
    "unexplained",
    "vague_phrase",
    "words_in",
    "words_of",
    "write_day",
    "write_day_and_hours",
    "write_kronor",
    "write_moment",
    "write_number",
]
