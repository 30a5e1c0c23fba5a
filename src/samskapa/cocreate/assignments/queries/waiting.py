"""What waits for who coordinates assignments, the oldest promise first: needs, applicants, questions and terms.

It is one question to the database. The desk reads the first row of it, the page of what waits in a group those of the
group's own area. What waits for the unit is not in it: that she only reads.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.cocreate.pool.models import Group
from samskapa.cocreate.pool.queries.tools import Waits
from samskapa.ground.language.templatetags.reader import day as in_words
from samskapa.ground.organisations.domain import Role

from ..domain import ApplicationState, State
from ..domain.standing import REMIND_BEFORE
from ..models import Application, Assignment, PublicQuestion
from .standing import next_term_end_in

#: So many are read for the page of one group, where they stand among its members.
MOST_IN_GROUP = 200


class Kind(StrEnum):
    """What can wait. The words are those of the page's address; an assignment waits once."""

    NEEDS = "needs"
    APPLICANTS = "applicants"
    QUESTIONS = "questions"
    TERMS = "terms"


_LABELS: dict[Kind, Any] = {
    Kind.NEEDS: gettext_lazy("Needs to take up"),
    Kind.APPLICANTS: gettext_lazy("Applicants to answer"),
    Kind.QUESTIONS: gettext_lazy("Questions to answer"),
    Kind.TERMS: gettext_lazy("Terms that end"),
}


_KINDS = [kind.value for kind in Kind]


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to each assignment, as one subquery."""
    count = rows.filter(assignment=OuterRef("pk")).order_by().values("assignment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count, output_field=IntegerField()), Value(0))


@cache
def unanswered_in() -> Coalesce:
    """For `Assignment.objects.annotate(...)`: how many applicants wait for their answer."""
    return counted(Application.objects.filter(state=ApplicationState.APPLIED))


def _questions() -> QuerySet[PublicQuestion]:
    return PublicQuestion.objects.filter(answered_at=None, hidden_at=None)


@cache
def asked_in() -> Coalesce:
    """For `Assignment.objects.annotate(...)`: how many questions on its public page wait for an answer."""
    return counted(_questions())


@cache
def asked_since_in() -> Subquery:
    """For `Assignment.objects.annotate(...)`: since when the first of those waits, or None."""
    first = _questions().filter(assignment=OuterRef("pk")).order_by("asked_at").values("asked_at")[:1]
    return Subquery(first, output_field=DateTimeField())


#: A need waits for her when it was sent; before that where no unit is found, and where she began it herself.
_NEEDS = Q(state=State.SENT) | Q(state=State.NEED) & (Q(unit=None) | Q(created_as=Role.COORDINATOR))

_AT_WORK = [State.AGREEING, State.AGREED]


@cache
def _owed() -> QuerySet[Any]:
    """Every assignment in which something may wait, in the order of what was promised: a day counts from its beginning,
    so that it stands before what came in during the same day. Built once, and narrowed by who asks."""
    waits_from = Case(
        When(state=State.OPEN, then=asked_since_in()),
        When(state=State.CHOOSING, then=Cast("answer_by", DateTimeField())),
        When(state__in=_AT_WORK, then=Cast(next_term_end_in(), DateTimeField())),
        default=Coalesce("sent_at", "created_at"),
    )
    number = Case(
        When(state=State.OPEN, then=asked_in()), When(state=State.CHOOSING, then=unanswered_in()), default=Value(0)
    )
    return (
        Assignment.objects.filter(
            _NEEDS | Q(state__in=[State.OPEN, State.CHOOSING]) | Q(state__in=_AT_WORK, is_standing=True)
        )
        .annotate(waits_from=waits_from, number=number)
        .order_by("waits_from", "pk")
        .values_list("pk", "title", "state", "unit__name", "number", "waits_from")
    )


def _rows(of: Q, today: date, most: int) -> list[Waits]:
    # Where nobody has asked and where no term ends there is no moment; a term far ahead waits for nobody yet. An answer
    # may be promised for a day as far ahead as that, and waits all the same.
    after = datetime.combine(today + REMIND_BEFORE + date.resolution, time(), UTC)
    found = _owed().filter(of).filter(Q(state=State.CHOOSING) | Q(waits_from__lt=after))
    return [_waits(today, *row) for row in found[:most]]


def first_of(mine: QuerySet[Assignment], today: date) -> list[Waits]:
    """The oldest promise in those of `mine` that a coordinator runs (`needs_to_list`); [] where nothing waits. One
    query, whatever their number."""
    return _rows(Q(pk__in=mine.values("pk")), today, 1)


def assignments_in_group(group: Group) -> list[Waits]:
    """What waits in the assignments of the group's own area, at most MOST_IN_GROUP of them, kind by kind. One query.
    Fills a row of the slot "waits_in_group"."""
    found = _rows(Q(area=group.node_id), timezone.localdate(), MOST_IN_GROUP)
    return sorted(found, key=lambda each: _KINDS.index(each.kind))


def _waits(today: date, pk: int, title: str, state: str, unit: str | None, number: int, moment: datetime) -> Waits:
    is_by = state not in (State.NEED, State.SENT, State.OPEN)
    # A promised day is kept as its beginning in UTC; a moment is of the day that it was here.
    on = moment.astimezone(UTC).date() if is_by else timezone.localdate(moment)
    kind, said, todo, page = _step(State(state), unit, number, {"day": in_words(on)}, is_late=is_by and on < today)
    url = reverse(f"assignments:{page}", args=[pk]) + ("#questions" if kind is Kind.QUESTIONS else "")
    todo = f"{todo}: {title or _('A need without a title yet')}"
    return Waits(said, todo, url, on, is_by, kind.value, _LABELS[kind])


def _step(
    state: State, unit: str | None, number: int, when: dict[str, str], *, is_late: bool
) -> tuple[Kind, str, str, str]:
    """What it is, a sentence, what to do and on which page."""
    if state is State.SENT:
        said = _("%(unit)s sent in a need %(day)s.") % {"unit": unit, **when} if unit else _came(when)
        return Kind.NEEDS, said, _("Read and publish or send back"), "need"
    if state is State.NEED and unit is None:
        said = _("A need that came %(day)s has no unit yet.") % when
        return Kind.NEEDS, said, _("Find the unit"), "need_unit"
    if state is State.NEED:
        said = _("A need that was begun %(day)s is not published yet.") % when
        return Kind.NEEDS, said, _("Go on describing"), "need"
    if state is State.OPEN:
        said = ngettext(
            "%(n)s question waits for an answer since %(day)s.",
            "%(n)s questions wait for an answer, the first since %(day)s.",
            number,
        )
        todo = ngettext("Answer the question", "Answer the questions", number)
        return Kind.QUESTIONS, said % {"n": number, **when}, todo, "assignment"
    if state is not State.CHOOSING:
        said = (
            _("A term ended %(day)s, and nobody has said what happens now.")
            if is_late
            else _("A term ends %(day)s, and nobody has said what happens then.")
        )
        return Kind.TERMS, said % when, _("Renew or let it end"), "agreements"
    if not number:
        return Kind.APPLICANTS, _("Everybody has an answer."), _("Go on to the agreements"), "choose"
    said = (
        ngettext(
            "%(n)s person should have had an answer by %(day)s.",
            "%(n)s people should have had an answer by %(day)s.",
            number,
        )
        if is_late
        else ngettext(
            "%(n)s person waits for an answer, by %(day)s at the latest.",
            "%(n)s people wait for an answer, by %(day)s at the latest.",
            number,
        )
    )
    return Kind.APPLICANTS, said % {"n": number, **when}, _("Choose and answer"), "choose"


def _came(when: dict[str, str]) -> str:
    return _("A need was sent in %(day)s.") % when
