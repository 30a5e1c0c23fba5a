"""What the work adds to the desks and to my page, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.ground.language.templatetags.reader import day

from ..domain import NO_ANSWER, Kind, Moment, Side, Stage
from ..models import CheckIn, CheckInNote, Confirmation, Contribution, Telling, Work


def read_works(assignments: Sequence[Assignment]) -> None:
    """For some that are read already: what `desk_row` reads. One query."""
    if not assignments:
        return
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
    prefetch_related_objects(assignments, Prefetch("work", works))


@dataclass(frozen=True, slots=True)
class DeskRow:
    """What is so with the work, what one does next ("" where one waits), where, and by when."""

    state: str
    todo: str
    url: str
    by: date | None = None


def desk_row(assignment: Assignment, today: date) -> DeskRow | None:
    """For the host's side, of a row that `read_works` has read; None where the work has not begun."""
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


def with_what_waits(agreements: QuerySet[Agreement]) -> QuerySet[Any]:
    """With what `own_row` reads: `stage` of the work (None: it has not begun), and `asked`, the confirmation that waits
    for the representative."""
    missed = Q(answer=NO_ANSWER, telling__kind__in=[kind for kind in Kind if kind is not Kind.YEARLY])
    asked = Confirmation.objects.filter(Q(answer="") | missed, agreement=OuterRef("pk")).order_by("pk")
    return agreements.annotate(stage=F("root__work__stage"), asked=Subquery(asked.values("pk")[:1]))


def talks_due(agreement_ids: Iterable[int], today: date) -> dict[int, tuple[int, date]]:
    """Agreement id -> the check-in that its representative has not noted though its day has come, and the day; the
    first of several. One query."""
    noted = CheckInNote.objects.filter(check_in=OuterRef("pk"), side=Side.PERSON)
    others = [moment for moment in Moment if moment is not Moment.CALL]  # the unit calls
    due = CheckIn.objects.filter(~Exists(noted), agreement__in=agreement_ids, due_on__lte=today, moment__in=others)
    found: dict[int, tuple[int, date]] = {}
    for agreement, pk, on in due.order_by("due_on", "pk").values_list("agreement", "pk", "due_on"):
        found.setdefault(agreement, (pk, on))
    return found


def own_row(agreement: Any, talks: Mapping[int, tuple[int, date]]) -> DeskRow | None:
    """What is so for the representative, and what waits. agreement: of `with_what_waits`; talks: of `talks_due`. None
    where the work has not begun."""
    if agreement.stage is None:
        return None
    said = {
        Stage.UNDER_WAY: _("The work is under way."),
        Stage.CLOSING: _("The unit has told what it led to."),
        Stage.DONE: _("Done, and told back."),
    }[Stage(agreement.stage)]
    if agreement.asked:
        return DeskRow(said, _("Say whether it is so"), reverse("underway:confirm", args=[agreement.asked]))
    if agreement.pk in talks and agreement.stage != Stage.DONE:
        talk, on = talks[agreement.pk]
        what = said + " " + _("There was a check-in %(day)s.") % {"day": day(on)}
        return DeskRow(what, _("Note how it goes"), reverse("underway:check_in", args=[talk]))
    return DeskRow(said, "", reverse("underway:work", args=[agreement.root_id]))


def own_rows(agreement_ids: Iterable[int], today: date) -> dict[int, DeskRow]:
    """Agreement id -> what is so for its representative and what waits; those whose work has begun. Two queries."""
    ids = list(agreement_ids)
    talks = talks_due(ids, today)
    rows = with_what_waits(Agreement.objects.filter(pk__in=ids).only("root_id"))
    found = {each.pk: own_row(each, talks) for each in rows}
    return {pk: row for pk, row in found.items() if row is not None}
