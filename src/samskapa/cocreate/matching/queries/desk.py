"""Waves that wait for a coordinator: those that ended with too few yes. The unit sees nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.access.applications import is_coordinator
from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.cocreate.assignments.models import Application, Assignment
from samskapa.cocreate.assignments.queries.need import needs_to_list
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day

from ..domain import Reply
from ..models import Invitation, Wave

#: So many are said on the desk; the others stand among the assignments below.
MOST = 5


def _latest() -> QuerySet[Wave]:
    return Wave.objects.filter(assignment=OuterRef("pk")).order_by("-number")


@cache
def short_of_yes_in() -> Subquery:
    """For assignments: how many yes the latest wave lacked when it was over. None while it goes on, and where nobody
    was asked; 0 or less where there were enough."""
    yes = Count("invitations", filter=Q(invitations__answer=Reply.YES))
    short = Case(When(settled_at=None, then=None), default=F("wanted") - yes, output_field=IntegerField())
    return Subquery(_latest().annotate(short=short).values("short")[:1], output_field=IntegerField())


@cache
def wave_over_in() -> Subquery:
    """For assignments: when the latest wave was over."""
    return Subquery(_latest().values("settled_at")[:1], output_field=DateTimeField())


def too_few(short: int | None, applied: int, wanted: int | None) -> bool:
    """Whether more have to be asked: the latest wave fell short, and not as many have applied as are wanted.
    wanted: None where the need does not say."""
    return bool(short and short > 0 and (wanted is None or applied < wanted))


def said_of_wave(short: int, over: datetime) -> str:
    """A wave that is over, as a sentence."""
    return _("The last wave ended %(day)s, and lacks %(n)s yes.") % {"n": short, "day": day(over)}


@dataclass(frozen=True, slots=True)
class ShortRow:
    """An assignment to which more people have to be asked. url: where one asks them."""

    title: str
    said: str
    url: str


def short_rows(actor: Actor, mine: QuerySet[Assignment] | None = None) -> list[ShortRow]:
    """Those of the actor's assignments whose latest wave ended with too few yes, the longest ago first, at most MOST.
    One query, which looks at the waves: of assignments there are many more. None for who is no coordinator.

    mine: `needs_to_list(actor)`, where its nodes are asked for already.
    """
    if not is_coordinator(actor):
        return []
    if mine is None:
        mine = needs_to_list(actor)
    found = (
        _last_ones()
        .filter(assignment__in=mine.filter(state=State.OPEN), short__gt=0)
        .filter(Q(assignment__people_wanted=None) | Q(applied__lt=F("assignment__people_wanted")))
        .order_by("settled_at", "assignment")
    )
    rows = found.values_list("assignment", "assignment__title", "short", "settled_at")[:MOST]
    return [
        ShortRow(title, said_of_wave(short, over), reverse("matching:fits", args=[pk]))
        for pk, title, short, over in rows
    ]


@cache
def _last_ones() -> QuerySet[Any]:
    """The latest wave of each assignment, where it is over: how many yes it lacked, and how many have applied."""
    newer = Wave.objects.filter(assignment=OuterRef("assignment"), number__gt=OuterRef("number"))
    came = Application.objects.filter(assignment=OuterRef("assignment"), state=ApplicationState.APPLIED)
    yes = Invitation.objects.filter(wave=OuterRef("pk"), answer=Reply.YES)
    over = Wave.objects.filter(~Exists(newer), settled_at__isnull=False)
    return over.annotate(short=F("wanted") - _how_many(yes), applied=_how_many(came))


def _how_many(rows: QuerySet) -> Subquery:
    """How many they are, as a subquery: a function and not an aggregate, for which Django would group them."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(how_many=count).values("how_many"), output_field=IntegerField())
