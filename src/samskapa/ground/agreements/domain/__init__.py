"""The law of agreements: what applies, who owes an answer, when a version is fixed.

No Django, no database, no clock: it is told what was written and said, in order, and says where that leaves
the parties. Texts play no part here; a revision is its id, so that the law is the same for encrypted texts.
"""

from .facts import Line, Revision, Standing, Statement
from .law import content, must_record, standing, version_to_fix
from .refusals import (
    AlreadyConfirmed,
    AlreadyRemoved,
    ChangedMeanwhile,
    EmptyText,
    NotAParty,
    NotBeingWritten,
    NotBound,
    NothingChanged,
    ReasonMissing,
    Refusal,
    TakenBack,
    TooLong,
)
from .texts import MAX_REASON, MAX_TEXT, Change, Segment, difference, plain
from .words import SETTLED, Outcome, Side, Status, Verdict

__all__ = [
    "MAX_REASON",
    "MAX_TEXT",
    "SETTLED",
    "AlreadyConfirmed",
    "AlreadyRemoved",
    "Change",
    "ChangedMeanwhile",
    "EmptyText",
    "Line",
    "NotAParty",
    "NotBeingWritten",
    "NotBound",
    "NothingChanged",
    "Outcome",
    "ReasonMissing",
    "Refusal",
    "Revision",
    "Segment",
    "Side",
    "Standing",
    "Statement",
    "Status",
    "TakenBack",
    "TooLong",
    "Verdict",
    "content",
    "difference",
    "must_record",
    "plain",
    "standing",
    "version_to_fix",
]
