"""What this app puts on the pages of an assignment (config/slots.py)."""

from __future__ import annotations

from dataclasses import dataclass

from samskapa.cocreate.assignments.models import Assignment


@dataclass(frozen=True, slots=True)
class Section:
    """The way from an assignment's page to those who fit. template: what draws it."""

    assignment: Assignment
    template: str = "matching/_section.html"


def who_fits(assignment: Assignment) -> Section:
    """Fills the slot "who_fits". Costs no query."""
    return Section(assignment)
