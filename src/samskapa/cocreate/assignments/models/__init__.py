"""Tables of assignments: the need and its parts; questions; who applied. Agreements have their own file."""

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
from .need import Assignment, Clarification, Part, PartComment, PartRevision, StandingTerms

__all__ = [
    "ANSWERED",
    "ONLY_NOMINATED",
    "ApplicantQuestion",
    "Application",
    "ApplicationAnswer",
    "ApplicationRevision",
    "Assignment",
    "Choice",
    "Clarification",
    "ConflictDeclaration",
    "Part",
    "PartComment",
    "PartRevision",
    "PublicQuestion",
    "StandingTerms",
]
