"""All one has taken part in, for life: what one said, what it led to, agreements, time, and what is asked now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain import ApplicationState
from samskapa.cocreate.assignments.domain import Contribution as Contributes
from samskapa.cocreate.assignments.models import Agreement, Assignment, Version
from samskapa.cocreate.assignments.queries.agreements import name_of_representative, own_agreements
from samskapa.cocreate.assignments.queries.open import total_minutes
from samskapa.cocreate.assignments.queries.wording import CONTRIBUTION, duration
from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day

from ..domain import Kind
from ..models import Confirmation, Contribution, Outcome, Telling
from .closing import asked_in_works
from .desk import DeskRow, own_rows
from .timing import noted_minutes


@dataclass(frozen=True, slots=True)
class Said:
    """Something one contributed, and what became of it; None: not answered."""

    contribution: Contribution
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Mine:
    """One assignment one takes or took part in. now: what is so and what is asked; None where it goes no further.
    told: what the unit told, each with one's own answer. minutes: what was agreed; noted: what one has noted oneself.
    has_questions: one is asked how it was, and can still answer."""

    agreement: Agreement
    said: list[Said]
    told: list[tuple[Telling, Confirmation | None]]
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


def agreed_minutes(actor: Actor) -> int:
    """The time that one's agreements were for, all together; those that say none, and those left, are not counted."""
    chosen = own_work(actor).filter(application__state=ApplicationState.CHOSEN)
    found = Assignment.objects.filter(pk__in=chosen.order_by().values("root"))
    return sum(total_minutes(each) or 0 for each in found)


def noted_of(actor: Actor) -> dict[int, int]:
    """Agreement id -> minutes one has noted, of everything one takes or took part in."""
    return noted_minutes(own_work(actor).order_by().values("pk"))


def agreed_minutes_of(rows: Iterable[Mine]) -> int:
    """What `agreed_minutes` says, of rows that are at hand already."""
    return sum(row.minutes or 0 for row in rows if not row.has_withdrawn)


def mine(agreements: Iterable[Agreement], today: date, noted: Mapping[int, int]) -> list[Mine]:
    """Those of one page, in a fixed number of queries. noted: of `noted_of`."""
    rows = list(agreements)
    ids = [agreement.pk for agreement in rows]
    said: dict[int, list[Said]] = defaultdict(list)
    newest = Prefetch("outcomes", Outcome.objects.order_by("-pk"))
    for each in Contribution.objects.filter(agreement__in=ids).prefetch_related(newest).order_by("added_at", "pk"):
        outcomes = list(each.outcomes.all())
        said[each.agreement_id].append(Said(each, outcomes[0] if outcomes else None))
    own = {(given.agreement_id, given.telling_id): given for given in Confirmation.objects.filter(agreement__in=ids)}
    told: dict[int, list[Telling]] = defaultdict(list)
    tellings = Telling.objects.filter(work__assignment__in=[agreement.root_id for agreement in rows])
    for telling in tellings.select_related("work", "told_back").order_by("told_at", "pk"):
        told[telling.work.assignment_id].append(telling)
    people = {each.application.person_id for each in rows if each.application.person_id}
    asked = asked_in_works([agreement.root_id for agreement in rows], people)
    still_in = [each.pk for each in rows if each.application.state == ApplicationState.CHOSEN]
    now = own_rows(still_in, today)
    return [
        Mine(
            agreement=agreement,
            said=said[agreement.pk],
            told=[(telling, own.get((agreement.pk, telling.pk))) for telling in told[agreement.root_id]],
            now=now.get(agreement.pk),
            minutes=total_minutes(agreement.root),
            noted=noted.get(agreement.pk, 0),
            has_questions=agreement.root_id in asked,
        )
        for agreement in rows
    ]


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
