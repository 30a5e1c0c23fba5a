"""What one can do with an agreement.

Every service takes the app's `tables` first and, by keyword, `party` (for whom it is said), `by` and `now`;
locks the root row, so that everything on one root happens in order and two locks never cross; refuses with
the named refusals of `domain`; leaves a trace; and fixes a version in every agreement that became settled.
It returns a `Done`, from which the using app publishes its news, in the same transaction.
"""

from .answering import comment, confirm, confirm_all, leave_open, say_not_agreed
from .fixing import Done, fix_version_if_settled
from .writing import Draft, add_line, draft_lines, propose_change, propose_removal

__all__ = [
    "Done",
    "Draft",
    "add_line",
    "comment",
    "confirm",
    "confirm_all",
    "draft_lines",
    "fix_version_if_settled",
    "leave_open",
    "propose_change",
    "propose_removal",
    "say_not_agreed",
]
