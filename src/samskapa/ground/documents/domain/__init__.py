"""What goes on paper, and what comes in as files. Pure."""

from .printing import MISSING, Coverage, TemplateMissing, printable
from .tables import Fault, Line, NotATable, TooManyLines, TooMuchInside, as_text, check_workbook, lines_of
from .uploads import (
    Infected,
    Kind,
    Link,
    NotAllowed,
    NotClean,
    NotReadable,
    Received,
    ScannerSilent,
    TooLarge,
    received,
    written_name,
)

__all__ = [
    "MISSING",
    "Coverage",
    "Fault",
    "Infected",
    "Kind",
    "Line",
    "Link",
    "NotATable",
    "NotAllowed",
    "NotClean",
    "NotReadable",
    "Received",
    "ScannerSilent",
    "TemplateMissing",
    "TooLarge",
    "TooManyLines",
    "TooMuchInside",
    "as_text",
    "check_workbook",
    "lines_of",
    "printable",
    "received",
    "written_name",
]
