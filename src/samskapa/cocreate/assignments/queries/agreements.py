"""Questions about assignment agreements: who sees them, how many are settled, whose turn it is, what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, DateTimeField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samskapa.ground.agreements import queries as law
from samskapa.ground.agreements.queries import Moment, Sheet
from samskapa.ground.core.domain import Actor
from samskapa.ground.people.models import display_name

from ..domain import ApplicationState, State
from ..domain.standing import is_ending
from ..models import TABLES, Agreement, Application, Assignment, Line, Party, Term, Version
from .applications import assignments_run_by

#: How far an assignment must have come before it has agreements.
WITH_AGREEMENTS = [State.AGREEING, State.AGREED, State.DONE, State.CANCELLED]
#: While these last, parties write and answer.
BEING_WRITTEN = {State.AGREEING, State.AGREED}
#: The first reminder comes after three days, the next ones a week apart.
REMIND_AFTER, REMIND_EVERY = timedelta(days=3), timedelta(days=7)

_WITH = (
    "root", "root__unit", "root__area", "root__standing_terms", "application", "application__person",
    "application__organisation",
)  # fmt: skip


def live_agreements() -> QuerySet[Agreement]:
    """Agreements that have not ended."""
    return Agreement.objects.filter(TABLES.live)


def own_agreements(actor: Actor) -> QuerySet[Agreement]:
    """Those in which the actor is the representative, in whatever capacity they happen to act; ended ones too."""
    if actor.whose is None:
        return Agreement.objects.none()
    return Agreement.objects.filter(application__person_id=actor.whose).select_related(*_WITH)


def agreements_run_by(actor: Actor) -> QuerySet[Agreement]:
    """Those of the assignments that the actor runs, as host or as coordinator."""
    runs = assignments_run_by(actor).filter(state__in=WITH_AGREEMENTS).order_by().values("pk")
    return Agreement.objects.filter(root__in=runs).select_related(*_WITH)


def _per_assignment(rows: QuerySet[Agreement]) -> Coalesce:
    counted = rows.filter(root=OuterRef("pk")).order_by().values("root").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


@cache
def agreements_in() -> Coalesce:
    """For `Assignment.objects.annotate(...)`: how many agreements it has that have not ended."""
    return _per_assignment(live_agreements())


@cache
def settled_in() -> Coalesce:
    """For `Assignment.objects.annotate(...)`: how many of those have a fixed version and nothing open."""
    return _per_assignment(live_agreements().filter(settled_at__isnull=False))


@cache
def owed_by_host_in() -> Coalesce:
    """For `Assignment.objects.annotate(...)`: in how many of those a point waits for the unit."""
    return _per_assignment(live_agreements().filter(host_owes__gt=0))


@cache
def owed_by_host_since() -> Subquery:
    """For `Assignment.objects.annotate(...)`: since when the oldest of those points waits for the unit, or None."""
    owed = live_agreements().filter(root=OuterRef("pk"), host_owes__gt=0).order_by("host_owes_since")
    return Subquery(owed.values("host_owes_since")[:1], output_field=DateTimeField())


def turns_of(agreements: Iterable[Agreement]) -> dict[int, int]:
    """How many points wait for the representative, by agreement id. No query: the figure is kept on the row."""
    return {agreement.pk: 0 if agreement.ended_at else agreement.person_owes for agreement in agreements}


def missing_agreements(assignment: Assignment) -> QuerySet[Application]:
    """The chosen who have no agreement yet, because they have not said yes to showing their name (or just did)."""
    return Application.objects.filter(
        assignment=assignment, state=ApplicationState.CHOSEN, agreement=None, number__isnull=False
    ).order_by("number")


def overdue(now: datetime) -> QuerySet[Agreement]:
    """Agreements in which somebody has waited for an answer long enough for a reminder."""
    since = now - REMIND_AFTER
    return (
        live_agreements()
        .filter(Q(person_owes_since__lte=since) | Q(host_owes_since__lte=since), root__state__in=BEING_WRITTEN)
        .select_related("root", "root__unit", "root__area", "application")
        .order_by("pk")
    )


def reminder_number(since: datetime | None, now: datetime) -> int | None:
    """Which reminder is due, from 0; None while it is too early."""
    if since is None or now - since < REMIND_AFTER:
        return None
    return (now - since - REMIND_AFTER) // REMIND_EVERY


# --- the page -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seat:
    """As whom the actor sits at the page. party: None for the coordinator, who reads and does not confirm."""

    party: Party | None
    is_representative: bool = False

    @property
    def is_host(self) -> bool:
        return self.party is not None and not self.is_representative


def host_party(agreement: Agreement) -> Party:
    """The unit's party, which is one to every agreement of the assignment."""
    return Party.objects.select_related("node").get(root_id=agreement.root_id, agreement=None)


def representative_party(agreement: Agreement) -> Party:
    """The representative's."""
    return Party.objects.select_related("person").get(agreement=agreement)


def to_confirm(agreement: Agreement, party: Party) -> dict[int, int]:
    """What "confirm everything" would confirm for the party: line id -> id of the revision that is shown."""
    shown = law.sheet(TABLES, agreement, party, name_of=namer(agreement))
    return {line.id: line.revision for line in shown.to_confirm}


def goes_on(agreement: Agreement) -> bool:
    """Whether its parties write and answer: nobody has left, and the assignment is not called off."""
    return (
        agreement.ended_at is None
        and agreement.application.state == ApplicationState.CHOSEN
        and agreement.root.state in BEING_WRITTEN
    )


def may_write(agreement: Agreement, seat: Seat) -> bool:
    """Whether the page offers answers."""
    return seat.party is not None and goes_on(agreement)


def has_left(agreement: Agreement) -> bool:
    """Whether the representative withdrew before a version was fixed: then who it was is nobody's business any more.

    So at once: the row ends when the worker comes to it, and the worker may be away.
    """
    return is_over(agreement) and not term_is_over(agreement) and not agreement.versions.exists()


def term_is_over(agreement: Agreement) -> bool:
    """Whether it ended with its term: nobody withdrew, and the assignment was not called off."""
    return (
        agreement.ended_at is not None
        and agreement.application.state == ApplicationState.CHOSEN
        and agreement.root.state != State.CANCELLED
    )


def is_over(agreement: Agreement) -> bool:
    """Whether it has ended, or will as soon as the worker comes to it, because the representative has withdrawn."""
    return agreement.ended_at is not None or agreement.application.state == ApplicationState.WITHDRAWN


def namer(agreement: Agreement, *, seen_by_stranger: bool = False) -> Callable[[Any], str]:
    """By which name each party is called on the page."""

    def name_of(party: Any) -> str:
        if party.node_id:
            return party.node.name
        if seen_by_stranger:
            return called(agreement.application)
        return party.name_kept or display_name(party.person)

    return name_of


def called(application: Application) -> str:
    """ "Applicant 3": what somebody is called whose name is not shown."""
    return _("Applicant %(number)s") % {"number": application.number}


def name_of_representative(agreement: Agreement) -> str:
    person = agreement.application.person
    return display_name(person) if person else called(agreement.application)


def sheet_for(agreement: Agreement, seat: Seat) -> Sheet:
    """The page of one agreement, in a fixed number of queries."""
    closed = not seat.is_representative and has_left(agreement)
    found = law.sheet(TABLES, agreement, seat.party, name_of=namer(agreement, seen_by_stranger=closed))
    if seat.is_host:
        # In the points "you" is the representative, so the unit goes by its name above them, also for its own reader.
        unit = namer(agreement)(seat.party)
        found = replace(
            found, lines=[replace(line, owner=unit) if line.side == "care" else line for line in found.lines]
        )
    if not closed:
        return found
    personal = set(Line.objects.filter(agreement=agreement).values_list("pk", flat=True))
    return replace(found, lines=[line for line in found.lines if line.id not in personal])


def history_for(agreement: Agreement, seat: Seat) -> list[Moment]:
    """What has happened, as sentences."""
    return law.history(TABLES, agreement, seat.party, name_of=namer(agreement))


def versions_of(agreement: Agreement) -> QuerySet[Version]:
    """Every fixed version, the newest first."""
    return Version.objects.filter(agreement=agreement).order_by("-number")


# --- the list of one assignment -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListRow:
    """One agreement in the list. name: "" where it is hidden; number: the applicant's. waits_for: "person", "host",
    "both" or ""; since: on the oldest point. term: the valid one of a standing assignment; term_needs_word: it ends
    soon, and nobody has said what follows."""

    agreement: Agreement
    name: str
    number: int
    waits_for: str
    points: int
    since: datetime | None
    term: Term | None = None
    term_needs_word: bool = False

    @property
    def is_deputy(self) -> bool:
        return self.term.is_deputy if self.term else self.agreement.application.is_deputy


def agreement_list(assignment: Assignment) -> QuerySet[Agreement]:
    """The assignment's agreements by applicant number, ended ones last, each with the number of its valid version."""
    newest = Version.objects.filter(agreement=OuterRef("pk")).order_by("-number").values("number")[:1]
    return (
        Agreement.objects.filter(root=assignment)
        .select_related("root", "application", "application__person", "application__organisation")
        .annotate(version=Coalesce(Subquery(newest, output_field=IntegerField()), Value(0)))
        .order_by(F("ended_at").asc(nulls_first=True), "application__number", "pk")
    )


def list_row(agreement: Any, *, term: Term | None = None, today: date | None = None) -> ListRow:
    """A row of `agreement_list` as the page says it. term: the valid one, where the assignment is standing."""
    is_live = goes_on(agreement)
    person, host = (agreement.person_owes, agreement.host_owes) if is_live else (0, 0)
    sinces = [since for since in (agreement.person_owes_since, agreement.host_owes_since) if since and is_live]
    return ListRow(
        agreement=agreement,
        name=""
        if is_over(agreement) and not term_is_over(agreement) and not agreement.version
        else name_of_representative(agreement),
        number=agreement.application.number,
        waits_for="both" if person and host else "person" if person else "host" if host else "",
        points=host or person,
        since=min(sinces) if sinces else None,
        term=term,
        term_needs_word=bool(term and today and is_live and not term.ending_at and is_ending(term.ends_on, today)),
    )


def people_of(rows: Iterable[ListRow]) -> list[int]:
    """Ids of the persons whose names the rows show."""
    people = [row.agreement.application.person_id for row in rows if row.name]
    return [person_id for person_id in people if person_id is not None]
