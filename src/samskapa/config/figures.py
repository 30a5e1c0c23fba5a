"""What is counted of the work, month by month: key -> its words and tables, and what counts it.

The pages under /siffror/ show these rows in this order, as a fixed family of tables; nothing else is counted and no
free combination is offered (docs/decisions/0022-figures.md). A new one is a function (first day of the month, first day
of the next) -> `Counted` rows, each thing in one month only, its words, and a row here. A key never changes: what is
frozen carries it.
"""

from __future__ import annotations

_WORDS = "samskapa.cocreate.assignments.forms.wording.figures"
_ROWS = "samskapa.cocreate.assignments.queries.figures"
_WORK_WORDS = "samskapa.cocreate.underway.queries.figure_words"
_WORK_ROWS = "samskapa.cocreate.underway.queries.figures"

FIGURES: dict[str, tuple[str, str]] = {
    "published": (f"{_WORDS}.PUBLISHED", f"{_ROWS}.published_in"),
    "answered": (f"{_WORDS}.ANSWERED", f"{_ROWS}.answers_due_in"),
    "settled": (f"{_WORDS}.SETTLED", f"{_ROWS}.settled_in_month"),
    "contributions": (f"{_WORK_WORDS}.CONTRIBUTIONS", f"{_WORK_ROWS}.contributions_of_the_month_before"),
    "experienced": (f"{_WORK_WORDS}.EXPERIENCED", f"{_WORK_ROWS}.experienced_in"),
    "results": (f"{_WORK_WORDS}.RESULTS", f"{_WORK_ROWS}.results_due_in"),
    "confirmed": (f"{_WORK_WORDS}.CONFIRMED", f"{_WORK_ROWS}.confirmed_in"),
    "told_back": (f"{_WORDS}.TOLD_BACK", f"{_ROWS}.tellings_due_in"),
}
