"""What the work adds to the desks and to my page, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.ground.language.templatetags.reader import day

from ..domain import NO_ANSWER, Kind, Moment, Side, Stage
from ..models import CheckIn, Confirmation, Contribution, Telling, Work


def works_of_rows() -> Prefetch:
    """For `Assignment.objects.prefetch_related(...)`: what `desk_row` reads, for the rows that are shown alone."""
    waiting = Contribution.objects.filter(work=OuterRef("pk"), outcomes=None, taken_back_at=None)
    counted = waiting.order_by().values("work").annotate(n=Count("pk")).values("n")
    asked = Confirmation.objects.filter(
        answer="",
        telling__kind=Kind.CLOSING,
        telling__work=OuterRef("pk"),
        agreement__application__state=ApplicationState.CHOSEN,
    )
    silent = asked.order_by().values("telling__work").annotate(n=Count("pk")).values("n")
    works = Work.objects.annotate(
        waiting=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)),
        asked=Coalesce(Subquery(silent, output_field=IntegerField()), Value(0)),
        is_told_later=Exists(Telling.objects.filter(work=OuterRef("pk"), kind=Kind.LATER)),
    )
    return Prefetch("work", works)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """What is so with the work, what one does next ("" where one waits), where, and by when."""

    state: str
    todo: str
    url: str
    by: date | None = None


def desk_row(assignment: Assignment, today: date) -> DeskRow | None:
    """For the host's side, of a row fetched with `works_of_rows`; None where the work has not begun."""
    work: Any = getattr(assignment, "work", None)
    if work is None:
        return None
    url, tell = (reverse(f"underway:{name}", args=[assignment.pk]) for name in ("work", "tell"))
    if work.stage == Stage.UNDER_WAY:
        if work.tell_by and work.tell_by <= today:
            return DeskRow(_("The work is under way."), _("Tell what it has led to"), tell, work.tell_by)
        if work.waiting:
            said = ngettext(
                "%(n)s contribution waits for what became of it.",
                "%(n)s contributions wait for what became of them.",
                work.waiting,
            ) % {"n": work.waiting}
            return DeskRow(said, _("Say what became of it"), url)
        return DeskRow(_("The work is under way."), "", url)
    if work.later_by <= today and not work.is_told_later:
        return DeskRow(_("It has been told back once."), _("Tell what became of it in the long run"), tell)
    if work.stage == Stage.CLOSING:
        said = ngettext(
            "%(n)s representative has not answered whether it is so.",
            "%(n)s representatives have not answered whether it is so.",
            work.asked,
        ) % {"n": work.asked}
        return DeskRow(said, "", url)
    return DeskRow(_("Done, and told back."), "", url)


def own_rows(agreement_ids: Iterable[int], today: date) -> dict[int, DeskRow]:
    """Agreement id -> what is so for its representative and what waits; those whose work has begun. One query."""
    asked = Confirmation.objects.filter(agreement=OuterRef("pk"), answer__in=["", NO_ANSWER])
    asked = asked.exclude(answer=NO_ANSWER, telling__kind=Kind.YEARLY).order_by("pk")
    due = CheckIn.objects.filter(agreement=OuterRef("pk"), due_on__lte=today).exclude(notes__side=Side.PERSON)
    due = due.exclude(moment=Moment.CALL).order_by("due_on")  # the unit calls
    works = Agreement.objects.filter(pk__in=list(agreement_ids), root__work__isnull=False).annotate(
        asked=Subquery(asked.values("pk")[:1]),
        talk=Subquery(due.values("pk")[:1]),
        on=Subquery(due.values("due_on")[:1]),
    )
    rows = {}
    for agreement, assignment, stage, confirm_pk, talk, on in works.values_list(
        "pk", "root", "root__work__stage", "asked", "talk", "on"
    ):
        url = reverse("underway:work", args=[assignment])
        said = {
            Stage.UNDER_WAY: _("The work is under way."),
            Stage.CLOSING: _("The unit has told what it led to."),
            Stage.DONE: _("Done, and told back."),
        }[Stage(stage)]
        if confirm_pk:
            confirm = reverse("underway:confirm", args=[confirm_pk])
            rows[agreement] = DeskRow(said, _("Say whether it is so"), confirm)
        elif talk and stage != Stage.DONE:
            what = said + " " + _("There was a check-in %(day)s.") % {"day": day(on)}
            rows[agreement] = DeskRow(what, _("Note how it goes"), reverse("underway:check_in", args=[talk]))
        else:
            rows[agreement] = DeskRow(said, "", url)
    return rows
