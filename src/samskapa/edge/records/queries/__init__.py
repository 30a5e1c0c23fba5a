"""The table of public documents, the documents it leads to, and what waits: disposal, the diary, requests. Never a
write."""

from .diary import exports_at, line_of, lines_of, new_documents, until_day
from .disclosure import (
    Gathered,
    disclosure_records,
    document_of,
    documents_of,
    gathered_by,
    requests_at,
    undecided_in,
)
from .disposal import Plan, decided_at, decisions_in_force, plan_is_ripe, plans, with_decisions
from .my_data import rows_of
from .table import BEGINNING, Found, call, documents, kind_called, kinds, paper_of

__all__ = [
    "BEGINNING",
    "Found",
    "Gathered",
    "Plan",
    "call",
    "decided_at",
    "decisions_in_force",
    "disclosure_records",
    "document_of",
    "documents",
    "documents_of",
    "exports_at",
    "gathered_by",
    "kind_called",
    "kinds",
    "line_of",
    "lines_of",
    "new_documents",
    "paper_of",
    "plan_is_ripe",
    "plans",
    "requests_at",
    "rows_of",
    "undecided_in",
    "until_day",
    "with_decisions",
]
