"""The law of assignments, in plain Python."""

from .words import (
    NEXT,
    OPEN_DAYS,
    ApplicationState,
    Assessment,
    ConflictMatter,
    Contribution,
    Form,
    Influence,
    Mandate,
    Pay,
    Phase,
    Source,
    State,
)

__all__ = [
    "NEXT",
    "OPEN_DAYS",
    "ApplicationState",
    "Assessment",
    "ConflictMatter",
    "Contribution",
    "Form",
    "Influence",
    "Mandate",
    "Pay",
    "Phase",
    "Source",
    "State",
]
