"""What is held of a person in the work, in words."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.people.domain.my_data import Consent, Fact, Row

from ..domain import Kind, Side
from ..models import CheckInNote, Confirmation, Contribution, Credit, Outcome, Promise, Telling, TimeNote
from .wording import BECAME, GOES_WELL, IS_SO_OR_NOT, KEPT, SPENT


def agreements_of(person_id: int) -> QuerySet[Agreement]:
    """Those in which the person is the representative."""
    return Agreement.objects.filter(application__person_id=person_id)


def work_rows_of(person_id: int) -> list[Row]:
    """What the person contributed, noted, said of promises and of what was told, and the time it took; and what they
    wrote for a unit or for somebody they helped. A fixed number of queries."""
    own = agreements_of(person_id).values("pk")
    rows = []
    facts: tuple[Fact, ...]
    contributions = Contribution.objects.filter(Q(agreement__in=own) | Q(added_by=person_id))
    for each in contributions.select_related("agreement__root").prefetch_related("outcomes").order_by("pk"):
        outcomes = [f"{said.said_at:%Y-%m-%d} {BECAME[said.became]}: {said.reason}" for said in each.outcomes.all()]
        facts = (
            Fact("added_at", gettext_lazy("When"), each.added_at),
            Fact("contribution", gettext_lazy("What was contributed"), each.text),
            Fact("taken_back_at", gettext_lazy("Taken back"), each.taken_back_at),
            Fact("outcomes", gettext_lazy("What became of it"), outcomes),
        )
        rows.append(Row(each.agreement.root.title, facts))
    mine = Q(check_in__agreement__in=own, side=Side.PERSON) | Q(noted_by=person_id)
    for note in CheckInNote.objects.filter(mine).select_related("check_in__agreement__root").order_by("pk"):
        facts = (
            Fact("noted_at", gettext_lazy("When"), note.noted_at),
            Fact("check_in", gettext_lazy("The check-in of"), note.check_in.due_on),
            Fact("goes_well", gettext_lazy("How it went"), str(GOES_WELL[note.goes_well])),
            Fact("text", gettext_lazy("Text"), note.text),
        )
        rows.append(Row(note.check_in.agreement.root.title, facts))
    said = Q(agreement__in=own, side=Side.PERSON) | Q(said_by=person_id)
    for promise in Promise.objects.filter(said).select_related("agreement__root").order_by("pk"):
        facts = (
            Fact("said_at", gettext_lazy("When"), promise.said_at),
            Fact("kept", gettext_lazy("Was the promise kept"), str(KEPT[promise.kept])),
            Fact("word", gettext_lazy("Text"), promise.word),
        )
        rows.append(Row(promise.agreement.root.title, facts))
    times = TimeNote.objects.filter(Q(agreement__in=own) | Q(noted_by=person_id))
    for time in times.select_related("agreement__root").order_by("pk"):
        facts = (
            Fact("day", gettext_lazy("Day"), time.day),
            Fact("what", gettext_lazy("What took the time"), str(SPENT[time.what])),
            Fact("minutes", gettext_lazy("Minutes"), time.minutes),
            Fact("noted_at", gettext_lazy("Noted"), time.noted_at),
        )
        rows.append(Row(time.agreement.root.title, facts))
    for given in Confirmation.objects.filter(agreement__in=own).select_related("agreement__root").order_by("pk"):
        facts = (
            Fact("asked_at", gettext_lazy("You were asked"), given.asked_at),
            Fact("answered_at", gettext_lazy("Answered"), given.answered_at),
            Fact("answer", gettext_lazy("Is it as the unit told"), str(IS_SO_OR_NOT[given.answer])),
            Fact("word", gettext_lazy("Text"), given.word),
        )
        rows.append(Row(given.agreement.root.title, facts))
    for credit in Credit.objects.filter(agreement__in=own).select_related("agreement__root").order_by("pk"):
        facts = (
            Fact("said_at", gettext_lazy("When"), credit.said_at),
            Fact("wants_name", gettext_lazy("Your name may stand on the public page"), credit.wants),
        )
        rows.append(Row(credit.agreement.root.title, facts))
    outcomes_said = Outcome.objects.filter(said_by=person_id).select_related("contribution__agreement__root")
    for outcome in outcomes_said.order_by("pk"):
        facts = (
            Fact("said_at", gettext_lazy("When"), outcome.said_at),
            Fact("became", gettext_lazy("What became of it"), f"{BECAME[outcome.became]}: {outcome.reason}"),
        )
        rows.append(Row(outcome.contribution.agreement.root.title, facts))
    for told in (
        Telling.objects.filter(told_by=person_id)
        .exclude(kind=Kind.YEARLY)
        .select_related("work__assignment")
        .order_by("pk")
    ):
        facts = (Fact("told_at", gettext_lazy("Told"), told.told_at), Fact("text", gettext_lazy("Text"), told.text))
        rows.append(Row(told.work.assignment.title, facts))
    return rows


def consents_of(person_id: int) -> list[Consent]:
    """Names that stand on public pages."""
    found = Credit.objects.filter(agreement__in=agreements_of(person_id).values("pk"), wants=True)
    return [
        Consent(
            "credit",
            credit.agreement_id,
            credit.agreement.root.title,
            _("Your name may stand on the public page of what it has led to."),
            _("Your name is taken away from the page."),
            credit.said_at,
        )
        for credit in found.select_related("agreement__root").order_by("pk")
    ]
