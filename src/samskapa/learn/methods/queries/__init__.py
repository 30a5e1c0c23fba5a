"""The methods bank, read once from the files that come with the service. Never a write, and no table."""

from .bank import AIMS, SUPPORT, Filters, bank, filters_from, found, guide, method_called, pairs_of
from .need import for_need

__all__ = [
    "AIMS",
    "SUPPORT",
    "Filters",
    "bank",
    "filters_from",
    "for_need",
    "found",
    "guide",
    "method_called",
    "pairs_of",
]
