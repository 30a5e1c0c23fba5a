"""What this app puts on the pages of an assignment and of who nominates (config/slots.py)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.ground.core.domain import Actor

from ..models import Enquiry
from .enquiries import waiting_for

#: So many are said at once, those whose day is nearest.
MOST = 25


@dataclass(frozen=True, slots=True)
class Section:
    """The way from an assignment's page to those who fit. template: what draws it."""

    assignment: Assignment
    template: str = "matching/_section.html"


def who_fits(assignment: Assignment) -> Section:
    """Fills the slot "who_fits". Costs no query."""
    return Section(assignment)


@dataclass(frozen=True, slots=True)
class AskedToNominate:
    """What an organisation is asked for and has not answered."""

    rows: list[Enquiry]
    template: str = "matching/_asked_to_nominate.html"


def asked_to_nominate(actor: Actor) -> AskedToNominate:
    """Fills the slot "asked_to_nominate". One query."""
    return AskedToNominate(list(waiting_for(actor, timezone.localdate())[:MOST]))
