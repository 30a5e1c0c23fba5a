"""All one has taken part in, for life: what one said, what it led to, agreements, time, and what is asked now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain import Contribution as Contributes
from samskapa.cocreate.assignments.models import Agreement, Version
from samskapa.cocreate.assignments.queries.agreements import name_of_representative, own_agreements
from samskapa.cocreate.assignments.queries.open import TIMES, minutes_in_all, total_minutes
from samskapa.cocreate.assignments.queries.wording import CONTRIBUTION, duration
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day

from ..domain import QUARTER, Kind
from ..models import Contribution, Outcome, Telling, TimeNote
from .closing import asked_in_works
from .desk import DeskRow, own_row, talks_due, with_what_waits
from .timing import noted_minutes


@dataclass(frozen=True, slots=True)
class Said:
    """Something one contributed, what became of it and why; "": not answered."""

    contribution: Contribution
    became: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One assignment one takes or took part in. now: what is so and what is asked; None where it goes no further.
    told: what the unit told, each with one's own answer, "" while it waits. minutes: what was agreed; noted: what
    one has noted oneself. has_questions: one is asked how it was, and can still answer."""

    agreement: Agreement
    said: list[Said]
    told: list[tuple[Telling, str | None]]
    now: DeskRow | None
    minutes: int | None
    noted: int
    has_questions: bool

    @property
    def has_withdrawn(self) -> bool:
        return self.agreement.application.state == ApplicationState.WITHDRAWN

    @property
    def has_certificate(self) -> bool:
        return self.now is not None


def was_fixed() -> Exists:
    """Of agreements: some version of them was fixed. A question beside the row: joined, each version would double it,
    and to tell wide rows apart costs PostgreSQL far more than to look."""
    return Exists(Version.objects.filter(agreement=OuterRef("pk")))


def own_work(actor: Actor) -> QuerySet[Agreement]:
    """Agreements of one's own that were fixed, the newest first; also where one has withdrawn since."""
    found = own_agreements(actor).filter(was_fixed())
    return found.order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class Time:
    """Of one agreement: minutes that were agreed (None: not said, or one has left it), and minutes one has noted."""

    agreement: int
    agreed: int | None
    noted: int


def own_time(actor: Actor) -> list[Time]:
    """Of each of `own_work`, in its order. One query of few columns: it is of a whole life, the rest of a page."""
    quarters = TimeNote.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    noted = Subquery(quarters.annotate(n=Sum("quarters")).values("n"), output_field=IntegerField())
    rows = own_work(actor).select_related(None).annotate(noted=Coalesce(noted, Value(0)))
    return [
        Time(pk, minutes_in_all(*said) if state == ApplicationState.CHOSEN else None, noted * QUARTER)
        for pk, state, noted, *said in rows.values_list(
            "pk", "application__state", "noted", *(f"root__{f}" for f in TIMES)
        )
    ]


#: What the page shows of each agreement: an assignment has some sixty columns.
_SHOWN = (
    "created_at", "root__title", "root__unit__name", *(f"root__{field}" for field in TIMES),
    "application__state", "application__person_id",
)  # fmt: skip


def mine(times: Iterable[Time], today: date) -> list[Mine]:
    """Those of one page, in a fixed number of queries."""
    noted = {time.agreement: time.noted for time in times}
    ids = list(noted)
    shown = Agreement.objects.select_related("root__unit", "application").only(*_SHOWN)
    found = with_what_waits(shown).in_bulk(ids)
    rows = [found[pk] for pk in ids]
    said: dict[int, list[Said]] = defaultdict(list)
    for each in _with_outcome(Contribution.objects.filter(agreement__in=ids)).order_by("added_at", "pk"):
        said[each.agreement_id].append(Said(each, each.became, each.reason))
    told = _told([agreement.root_id for agreement in rows], ids)
    people = {each.application.person_id for each in rows if each.application.person_id}
    asked = asked_in_works([agreement.root_id for agreement in rows], people)
    still_in = [each for each in rows if each.application.state == ApplicationState.CHOSEN]
    talks = talks_due([each.pk for each in still_in], today)
    now = {each.pk: own_row(each, talks) for each in still_in}
    return [
        Mine(
            agreement=agreement,
            said=said[agreement.pk],
            told=[(telling, own.get(agreement.pk)) for telling, own in told[agreement.root_id]],
            now=now.get(agreement.pk),
            minutes=total_minutes(agreement.root),
            noted=noted[agreement.pk],
            has_questions=agreement.root_id in asked,
        )
        for agreement in rows
    ]


def _with_outcome(contributions: QuerySet[Contribution]) -> QuerySet[Any]:
    """With `became` and `reason` of what was answered last; "" where nothing was."""
    newest = Outcome.objects.filter(contribution=OuterRef("pk")).order_by("-pk")
    return contributions.annotate(
        **{
            name: Coalesce(Subquery(newest.values(name)[:1]), Value(""), output_field=TextField())
            for name in ("became", "reason")
        }
    )


def _told(assignments: list[int], agreements: list[int]) -> dict[int, list[tuple[Telling, dict[int, str]]]]:
    """Assignment id -> what was told of it, oldest first, each with {agreement id: the answer}, of those agreements."""
    own = FilteredRelation("confirmations", condition=Q(confirmations__agreement__in=agreements))
    rows = Telling.objects.filter(work__assignment__in=assignments).annotate(
        own=own, answered_in=F("own__agreement"), own_answer=F("own__answer"), assignment=F("work__assignment")
    )
    found: dict[int, dict[int, tuple[Telling, dict[int, str]]]] = defaultdict(dict)
    for each in rows.select_related("told_back").order_by("told_at", "pk"):
        _telling, answers = found[each.assignment].setdefault(each.pk, (each, {}))
        if each.answered_in:
            answers[each.answered_in] = each.own_answer
    return defaultdict(list, {pk: list(tellings.values()) for pk, tellings in found.items()})


def certificate(agreement: Agreement) -> dict[str, object]:
    """What the certificate says, in the reader's language: what both have agreed on, the time that was noted (and that
    it is by one's own notes) and what was told. A protected person stands there by the neutral name, as everywhere."""
    assignment, work = agreement.root, agreement.root.work
    facts = [[_("Name"), name_of_representative(agreement)], [_("Assignment"), assignment.title]]
    if assignment.unit:
        facts.append([_("With"), f"{assignment.unit.name}, {assignment.area.name}"])
    if assignment.contribution:
        facts.append([_("Way to take part"), str(CONTRIBUTION[Contributes(assignment.contribution)])])
    until = assignment.done_at or agreement.ended_at
    when = _("From %(first)s to %(last)s") if until else _("From %(first)s, and still going on")
    facts.append([_("When"), when % {"first": day(work.begun_at), "last": day(until) if until else ""}])
    minutes = total_minutes(assignment)
    if minutes:
        facts.append([_("Time, as agreed"), duration(minutes)])
    noted = noted_minutes([agreement.pk]).get(agreement.pk)
    if noted:
        facts.append([_("Time, as noted"), _("%(time)s, by one's own notes") % {"time": duration(noted)}])
    told = Telling.objects.filter(work=work).select_related("told_back")
    led = told.filter(kind=Kind.CLOSING).first() or told.filter(kind=Kind.YEARLY).order_by("-told_at", "-pk").first()
    return {
        "title": _("Certificate"),
        "lead": _("This is to say that the one named here has taken part with lived experience."),
        "facts": facts,
        "led_heading": _("What it led to, in the words of the unit"),
        "led": led.words if led else "",
        "foot": _("Made from the agreement and what both sides have written in Samskapa."),
    }
