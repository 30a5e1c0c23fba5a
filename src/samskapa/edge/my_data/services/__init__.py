"""Take one's data along, be forgotten, what time does by itself, and when somebody has died."""

from .archive import take_along
from .death import note_death, undo_death
from .forgetting import (
    blank_files_of,
    blank_mail_of,
    blank_old_account,
    blank_old_mail,
    forget_person,
    stop_mail_of,
    take_back_consent,
)
from .retention import carry_out, carry_out_plans, let_go_of_ways_in, tell_before

__all__ = [
    "blank_files_of",
    "blank_mail_of",
    "blank_old_account",
    "blank_old_mail",
    "carry_out",
    "carry_out_plans",
    "forget_person",
    "let_go_of_ways_in",
    "note_death",
    "stop_mail_of",
    "take_along",
    "take_back_consent",
    "tell_before",
    "undo_death",
]
