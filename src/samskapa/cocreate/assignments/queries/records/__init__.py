"""The documents that arise in assignments, for a public body's diary and for somebody who asks to read them.

Each answers (path of the region or municipality, since, until) -> list[Record] in a fixed number of queries, the oldest
first. Whoever has not said
yes to showing their name is a number here too.
"""

from .agreeing import talk_records, told_back_records, version_passages, version_records
from .applying import answer_records, application_records, choice_records, conflict_records
from .disposal import agreements_past, applications_past, choices_past, material_past, words_of_agreements
from .material import material_records
from .needs import need_comment_records, need_records, question_records

__all__ = [
    "agreements_past",
    "answer_records",
    "application_records",
    "applications_past",
    "choice_records",
    "choices_past",
    "conflict_records",
    "material_past",
    "material_records",
    "need_comment_records",
    "need_records",
    "question_records",
    "talk_records",
    "told_back_records",
    "version_passages",
    "version_records",
    "words_of_agreements",
]
