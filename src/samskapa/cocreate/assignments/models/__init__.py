"""Tables of assignments: the need and its parts; questions; who applied; agreements; standing assignments; material;
who follows and what is looked for."""

from .agreeing import TABLES, Agreement, Comment, Line, Party, Revision, Statement, Version, VersionLine
from .applying import (
    ANSWERED,
    ONLY_NOMINATED,
    Application,
    ApplicationAnswer,
    ApplicationRevision,
    Choice,
    ConflictDeclaration,
)
from .asking import ApplicantQuestion, PublicQuestion
from .days import FixedDay
from .informed import Follow, SavedSearch
from .material import IN_THE_HAND, Material
from .need import Assignment, Clarification, Part, PartComment, PartRevision, StandingTerms
from .standing import HandOver, Term, ToldBack

__all__ = [
    "ANSWERED",
    "IN_THE_HAND",
    "ONLY_NOMINATED",
    "TABLES",
    "Agreement",
    "ApplicantQuestion",
    "Application",
    "ApplicationAnswer",
    "ApplicationRevision",
    "Assignment",
    "Choice",
    "Clarification",
    "Comment",
    "ConflictDeclaration",
    "FixedDay",
    "Follow",
    "HandOver",
    "Line",
    "Material",
    "Part",
    "PartComment",
    "PartRevision",
    "Party",
    "PublicQuestion",
    "Revision",
    "SavedSearch",
    "StandingTerms",
    "Statement",
    "Term",
    "ToldBack",
    "Version",
    "VersionLine",
]
