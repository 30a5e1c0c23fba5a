"""What goes on paper, and what comes in as files. Pure."""

from .printing import MISSING, Coverage, TemplateMissing, printable
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
    "Infected",
    "Kind",
    "Link",
    "NotAllowed",
    "NotClean",
    "NotReadable",
    "Received",
    "ScannerSilent",
    "TemplateMissing",
    "TooLarge",
    "printable",
    "received",
    "written_name",
]
