"""What is counted of the work by month: the functions of config/figures.py. Each thing counts in one month only, by a
day that never changes: the month of a contribution, the promised day, four weeks after somebody was asked, the day on
which the work was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from samskapa.cocreate.assignments.domain import ApplicationState, State
from samskapa.ground.figures.domain import Counted, month_before
from samskapa.ground.figures.queries import midnight
from samskapa.listen.surveys.queries import answers_in

from ..domain import ASK_AGAIN, NO_ANSWER, REMIND_TO_TELL, Answer, Kind
from ..models import Confirmation, Contribution, Outcome, Telling, Work
from .closing import key_of
from .figure_words import NONE

#: The one of the closing questions that is counted.
QUESTION = "influence"
_UNSAID = "unsaid"
#: By the words of the scale: 1 is "much less", 3 "almost", 5 "fully". What lies between two is not the upper one yet.
_ON_THE_SCALE = {"1": "less", "2": "less", "3": "nearly", "4": "nearly", "5": "fully"}


def _kind(*, is_standing: bool) -> str:
    return "standing" if is_standing else "once"


def contributions_of_the_month_before(first: date, until: date) -> Iterator[Counted]:
    """Contributions by the month after the one in which they were written down, for no day of an answer is promised:
    so each has had a month at least; parts: what had become of it, kind.

    What was taken back without an answer is left out, and what waits in work that was called off.
    """
    over = midnight(until)
    newest = Outcome.objects.filter(contribution=OuterRef("pk"), said_at__lt=over).order_by("-pk").values("became")[:1]
    found = (
        Contribution.objects.filter(added_at__gte=midnight(month_before(first)), added_at__lt=midnight(first))
        .annotate(became=Subquery(newest))
        .exclude(Q(became=None) & (Q(taken_back_at__isnull=False) | Q(work__assignment__state=State.CANCELLED)))
    )
    root = "work__assignment__"
    for unit, is_standing, became in found.order_by("pk").values_list(f"{root}unit", f"{root}is_standing", "became"):
        yield Counted(unit, (became or NONE, _kind(is_standing=is_standing)))


def results_due_in(first: date, until: date) -> Iterator[Counted]:
    """What was to be told, by the promised day, or by the day on which it was told before that; parts: when, which
    (`results_due`)."""
    for unit, _contribution, when, kind in results_due(first, until):
        yield Counted(unit, (when, kind))


def results_due(first: date, until: date, *, area_id: int | None = None) -> Iterator[tuple[int, str, str, str]]:
    """(unit, contribution, when, which) of what was to be told, by the promised day, or by the day on which it was told
    before that. area_id: of that region or municipality alone.

    A standing assignment promises no day and tells each year (`told_back`); where its work is closed, that counts when
    it was told. Half a year later the unit is asked, and has two weeks. What is not told of work that was called off is
    not waited for.
    """
    for kind, due, grace in ((Kind.CLOSING, "tell_by", timedelta()), (Kind.LATER, "later_by", REMIND_TO_TELL)):
        found = _to_tell(kind, due, first - grace, until - grace, first, until)
        if area_id is not None:
            found = found.filter(assignment__area=area_id)
        for unit, contribution, promised, told_at in found:
            in_time = told_at and (promised is None or timezone.localdate(told_at) <= promised + grace)
            is_told = told_at and told_at < midnight(until)
            yield unit, contribution, "in_time" if in_time and is_told else "late" if is_told else NONE, kind


def _to_tell(kind: Kind, due: str, due_from: date, due_until: date, first: date, until: date) -> QuerySet:
    """(unit, contribution, promised day, moment of the telling) where the earlier day is in the month."""
    told = Telling.objects.filter(work=OuterRef("pk"), kind=kind).values("told_at")
    not_due_before = Q(**{due: None}) | Q(**{f"{due}__gte": due_from})
    told_in = Q(told__gte=midnight(first), told__lt=midnight(until)) & not_due_before
    due_in = Q(**{f"{due}__gte": due_from, f"{due}__lt": due_until}) & (Q(told=None) | Q(told__gte=midnight(first)))
    found = Work.objects.annotate(told=Subquery(told)).filter(told_in | due_in)
    found = found.exclude(assignment__state=State.CANCELLED, told=None)
    return found.order_by("pk").values_list("assignment__unit", "assignment__contribution", due, "told")


def confirmed_in(first: date, until: date) -> Iterator[Counted]:
    """Representatives who were asked whether it is as the unit told, by the day on which they have been asked twice and
    waited for; parts: answer, which (`confirmed`)."""
    for unit, _contribution, answer, kind in confirmed(first, until):
        yield Counted(unit, (answer, kind))


def confirmed(first: date, until: date, *, area_id: int | None = None) -> Iterator[tuple[int, str, str, str]]:
    """(unit, contribution, answer, which) of representatives who were asked whether it is as the unit told, by the day
    on which they have been asked twice and waited for. area_id: of that region or municipality alone.

    Of an answer that was given anew after the month, before it was counted, the earlier one is not known any more: it
    counts as none. Who has withdrawn without an answer is left out, and who waits where the assignment is called off.
    """
    asked = 2 * ASK_AGAIN
    over = midnight(until)
    found = Confirmation.objects.filter(
        asked_at__gte=midnight(first - asked), asked_at__lt=midnight(until - asked)
    ).exclude(
        ~Q(agreement__application__state=ApplicationState.CHOSEN) | Q(agreement__root__state=State.CANCELLED), answer=""
    )
    if area_id is not None:
        found = found.filter(agreement__root__area=area_id)
    root = "agreement__root__"
    rows = found.order_by("pk").values_list(
        f"{root}unit", f"{root}contribution", "answer", "answered_at", "telling__kind"
    )
    for unit, contribution, answer, answered_at, kind in rows:
        is_said = answer in set(Answer) and answered_at is not None and answered_at < over
        yield unit, contribution, answer if is_said else NO_ANSWER, kind


def experienced_in(first: date, until: date) -> Iterator[Counted]:
    """Answers of both sides to how much those who took part could influence, by the day on which the work was done;
    parts: side and answer, promised influence. Who does not know has no part in it, nor what is answered later."""
    done = Work.objects.filter(done_at__gte=midnight(first), done_at__lt=midnight(until)).order_by("pk")
    rows = done.values_list("assignment", "assignment__unit", "assignment__influence")
    works = {key_of(assignment): (unit, level) for assignment, unit, level in rows}
    for key, given in answers_in(works, before=midnight(until)):
        said = _ON_THE_SCALE.get(str(given.answers.get(QUESTION)))
        if said is not None:
            unit, level = works[key]
            yield Counted(unit, (f"{given.asked.side}_{said}", level or _UNSAID))
