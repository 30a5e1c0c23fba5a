"""What a person has been asked: for their own pages, and all that is held of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.pool.queries.asked import AskedRow
from samskapa.ground.people.domain.my_data import GOES_ON, Due, Fact, Matter, Row

from ..models import Enquiry, Invitation, Wave
from .wording import REPLY_TO_YOU, SAID_IN_SHORT


def asked_to(person_id: int) -> list[AskedRow]:
    """Every assignment that the person was asked to. Fills a row of the slot "asked_or_proposed"."""
    found = Invitation.objects.filter(person=person_id).select_related("assignment").order_by("pk")
    return [
        AskedRow(
            row.asked_at,
            _("You were asked to take part in “%(title)s”. %(answer)s")
            % {"title": row.assignment.title, "answer": REPLY_TO_YOU[row.answer]},
            reverse("matching:invitation", args=[row.pk]),
        )
        for row in found
    ]


def waiting_for(person_id: int | None, today: date) -> QuerySet[Invitation]:
    """Invitations that wait for the person's answer, the nearest day first."""
    return (
        Invitation.objects.filter(
            person=person_id or 0,
            answer="",
            wave__answer_by__gte=today,
            assignment__state=State.OPEN,
            assignment__closes_on__gte=today,
        )
        .select_related("assignment__unit", "assignment__area", "wave")
        .order_by("wave__answer_by", "pk")
    )


def invitation_rows_of(person_id: int) -> list[Row]:
    """Each time one was asked; and each wave that one opened as a coordinator."""
    asked = Invitation.objects.filter(person=person_id).select_related("assignment", "wave").order_by("pk")
    rows = [
        Row(
            row.assignment.title,
            (
                Fact("asked_at", gettext_lazy("Asked"), row.asked_at),
                Fact("answer_by", gettext_lazy("Last day to answer"), row.wave.answer_by),
                Fact("answer", gettext_lazy("Your answer"), REPLY_TO_YOU[row.answer]),
                Fact("answered_at", gettext_lazy("Answered"), row.answered_at),
                Fact("together", gettext_lazy("Asked together with another member"), row.pair_id is not None),
            ),
        )
        for row in asked
    ]
    for wave in Wave.objects.filter(opened_by=person_id).select_related("assignment").order_by("pk"):
        facts = (
            Fact("wave", gettext_lazy("You asked people, wave"), wave.number),
            Fact("opened_at", gettext_lazy("Asked"), wave.opened_at),
        )
        rows.append(Row(wave.assignment.title, facts))
    return rows


def enquiry_rows_of(person_id: int) -> list[Row]:
    """What somebody has asked other groups and organisations in a role, and what they have answered for one."""
    said = Enquiry.objects.filter(Q(sent_by=person_id) | Q(answered_by=person_id))
    rows = []
    for each in said.select_related("assignment", "node").order_by("pk"):
        facts = [
            Fact("asked", gettext_lazy("Who was asked"), each.node.name),
            Fact("sent_at", gettext_lazy("Asked"), each.sent_at),
        ]
        if each.sent_by_id == person_id:
            facts.append(Fact("message", gettext_lazy("What you wrote"), each.message))
        if each.answered_by_id == person_id:
            facts.append(Fact("answer", gettext_lazy("Your answer"), SAID_IN_SHORT[each.answer]))
        rows.append(Row(each.assignment.title, tuple(facts)))
    return rows


def enquiries_past(limit: datetime) -> list[Due]:
    """Enquiries whose answer, or the day when there was none, is at or before `limit`."""
    found = Enquiry.objects.filter(answered_at__lte=limit).select_related("assignment").order_by("pk")
    return [Due(row.pk, row.sent_by_id, row.answered_at, row.assignment.title) for row in found if row.answered_at]


def matters_of(person_id: int) -> list[Matter]:
    """Questions that wait while one asks to be forgotten."""
    found = Invitation.objects.filter(person=person_id, answer="").select_related("assignment").order_by("pk")
    return [
        Matter(
            _("You are asked to take part in “%(title)s”. The question lapses.") % {"title": row.assignment.title},
            reverse("matching:invitation", args=[row.pk]),
        )
        for row in found
    ]


def last_invitations(person_ids: Iterable[int]) -> dict[int, datetime | None]:
    """GOES_ON while one is asked; else when one was last asked or answered."""
    moments: dict[int, datetime | None] = {}
    found = Invitation.objects.filter(person__in=list(person_ids)).order_by("person_id", "asked_at")
    for person_id, answer, asked_at, answered_at in found.values_list("person_id", "answer", "asked_at", "answered_at"):
        moment = GOES_ON if not answer else max(asked_at, answered_at or asked_at)
        known = moments.get(person_id, moment)
        moments[person_id] = GOES_ON if moment is GOES_ON or known is GOES_ON else max(moment, known)
    return moments


def invitations_past(limit: datetime) -> list[Due]:
    """Invitations whose answer, or the day when there was none, is at or before `limit`."""
    found = Invitation.objects.filter(Q(answered_at__lte=limit)).select_related("assignment").order_by("pk")
    return [Due(row.pk, row.person_id, row.answered_at, row.assignment.title) for row in found if row.answered_at]
