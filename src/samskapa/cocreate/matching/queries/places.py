"""What this app puts on the pages of an assignment, of who nominates, and of a member (config/slots.py)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.tools import Tool
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


def tools_of_member(member: Member) -> list[Tool]:
    """Fills a row of the slot "tools_of_member". Costs no query."""
    label = _("Why does this person not see an assignment?")
    return [Tool(label, reverse("matching:of_member", args=[member.pk]))]
