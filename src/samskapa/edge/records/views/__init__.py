"""A public body's documents: how each kind is handled, the diary, requests to read."""

from .diary import diary, export, export_csv, export_json
from .disclosure import answer, document, for_assessment, request_new, request_page, requests, to_hand_out
from .disposal import decide, home

__all__ = [
    "answer",
    "decide",
    "diary",
    "document",
    "export",
    "export_csv",
    "export_json",
    "for_assessment",
    "home",
    "request_new",
    "request_page",
    "requests",
    "to_hand_out",
]
