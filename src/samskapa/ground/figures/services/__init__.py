"""Freezing a month, what a unit says of it, and the figures as files."""

from .files import as_csv, as_xlsx
from .freezing import freeze_month, say_of_figures

__all__ = ["as_csv", "as_xlsx", "freeze_month", "say_of_figures"]
