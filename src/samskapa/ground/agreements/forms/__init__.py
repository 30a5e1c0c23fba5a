"""Answers on the page of an agreement: one address takes them all, and the button says which it is.

The using app's view fetches the agreement and the party through its own doorway and calls `answer`; where
that is refused it shows `page(sheet, refused)` again with status 422: what was typed stands beside its line.
"""

from .answering import Answer, answer
from .page import OPEN, LinePart, Page, page

__all__ = ["OPEN", "Answer", "LinePart", "Page", "answer", "page"]
