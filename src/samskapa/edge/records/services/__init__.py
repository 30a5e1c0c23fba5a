"""Verbs: decide of disposal and carry it out, export to the diary, note and answer a request to read documents."""

from .diary import export_to_diary, note_export_read
from .disclosure import (
    answer_request,
    decide_document,
    note_documents_read,
    note_request,
    pack_for_assessment,
    pack_to_hand_out,
)
from .disposal import carry_out, note_decision, show_before

__all__ = [
    "answer_request",
    "carry_out",
    "decide_document",
    "export_to_diary",
    "note_decision",
    "note_documents_read",
    "note_export_read",
    "note_request",
    "pack_for_assessment",
    "pack_to_hand_out",
    "show_before",
]
