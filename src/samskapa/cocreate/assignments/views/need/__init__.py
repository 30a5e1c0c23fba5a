"""Pages on which a need is described: begin, the task list, one question a page, what was said and by whom."""

from .beginning import need_new, need_quick
from .comments import need_comment, need_comment_done
from .history import need_history
from .listing import needs
from .question import need_part
from .task_list import need, need_context

__all__ = [
    "need",
    "need_comment",
    "need_comment_done",
    "need_context",
    "need_history",
    "need_new",
    "need_part",
    "need_quick",
    "needs",
]
