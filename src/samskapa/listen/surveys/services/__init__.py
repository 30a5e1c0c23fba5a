"""What other apps and pages do with the engine: make a set, ask, answer, remind, close, tell."""

from .answering import hand_in, save_answers, type_in_paper
from .asking import ask, ask_more, close, close_if_due, invite_all
from .my_data import blank_old_survey, blank_surveys, hide_surveys
from .reminding import remind_due, remind_now
from .sets import make_set
from .telling import send_results, tell_results

__all__ = [
    "ask",
    "ask_more",
    "blank_old_survey",
    "blank_surveys",
    "close",
    "close_if_due",
    "hand_in",
    "hide_surveys",
    "invite_all",
    "make_set",
    "remind_due",
    "remind_now",
    "save_answers",
    "send_results",
    "tell_results",
    "type_in_paper",
]
