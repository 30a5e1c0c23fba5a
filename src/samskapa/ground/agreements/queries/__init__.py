"""Questions about agreements: the page of one, its history, and the rows behind both."""

from .history import Moment, history
from .ledger import Ledger, ledger, parties_of
from .sheet import CommentView, Sheet, SheetLine, sheet
from .words import STRANGER, Names

__all__ = [
    "STRANGER",
    "CommentView",
    "Ledger",
    "Moment",
    "Names",
    "Sheet",
    "SheetLine",
    "history",
    "ledger",
    "parties_of",
    "sheet",
]
