"""Questions about standing assignments: terms, hand-overs, and the yearly telling back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Case, DateField, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, When

from samskapa.ground.agreements.queries import ledger
from samskapa.ground.core.domain import Actor

from ..domain.standing import REMIND_BEFORE, is_ending, is_late, telling_due
from ..models import TABLES, Agreement, Assignment, HandOver, Line, Revision, StandingTerms, Term, ToldBack, Version
from .agreements import BEING_WRITTEN, Seat, goes_on, live_agreements, name_of_representative
from .draft_words import whole_day

#: How the key of the point begins that says the term; the agreement's id follows.
TERM_KEY = "draft-term-"


def terms_asked_of(assignment: Assignment) -> StandingTerms | None:
    """What the need asks of a standing assignment; None for any other."""
    return StandingTerms.objects.filter(assignment=assignment).first()


def says_the_days(text: str, term: Term) -> bool:
    """Whether a wording of the point says the term's first and last day, as we write days."""
    return whole_day(term.starts_on) in text and whole_day(term.ends_on) in text


# --- terms ----------------------------------------------------------------------------------------


def valid_terms() -> QuerySet[Term]:
    """The newest confirmed term of each agreement."""
    newer = Term.objects.filter(agreement=OuterRef("agreement"), confirmed_at__isnull=False, pk__gt=OuterRef("pk"))
    return Term.objects.filter(~Exists(newer), confirmed_at__isnull=False)


def valid_term(agreement: Agreement) -> Term | None:
    """The agreement's."""
    return valid_terms().filter(agreement=agreement).first()


def valid_terms_of(agreement_ids: Iterable[int]) -> dict[int, Term]:
    """Those of several agreements, by agreement id; one query."""
    return {term.agreement_id: term for term in valid_terms().filter(agreement__in=list(agreement_ids))}


def undecided(today: date) -> QuerySet[Term]:
    """Valid terms that end within the time of reminding, or have passed, and of which nobody has said what follows."""
    return _of_live(valid_terms()).filter(ending_at=None, ends_on__lte=today + REMIND_BEFORE)


def ended(today: date) -> QuerySet[Term]:
    """Valid terms that are over and, as somebody has said, not renewed, while the agreement still goes on."""
    return _of_live(valid_terms()).filter(ending_at__isnull=False, ends_on__lt=today)


def _of_live(terms: QuerySet[Term]) -> QuerySet[Term]:
    live = live_agreements().filter(root__state__in=BEING_WRITTEN)
    return terms.filter(agreement__in=live.order_by().values("pk")).order_by("pk")


def is_deputy_in(agreement: Agreement, term: Term | None) -> bool:
    """Whether the representative is a deputy: as the valid term says, before there is one as the answer said."""
    return term.is_deputy if term else agreement.application.is_deputy


@cache
def next_term_end_in() -> Case:
    """For `Assignment.objects.annotate(...)`: the first last day of a term of which nobody has said what follows."""
    undecided_ones = _of_live(valid_terms()).filter(ending_at=None)
    return _per_assignment(undecided_ones, "agreement__root", Min("ends_on"), DateField())


@cache
def begun_in() -> Case:
    """For `Assignment.objects.annotate(...)`: the first day of its first term."""
    confirmed = Term.objects.filter(confirmed_at__isnull=False)
    return _per_assignment(confirmed, "agreement__root", Min("starts_on"), DateField())


@cache
def told_in() -> Case:
    """For `Assignment.objects.annotate(...)`: the newest year that was told back."""
    return _per_assignment(ToldBack.objects.all(), "assignment", Max("year"), IntegerField())


def _per_assignment(rows: QuerySet, by: str, figure: Any, field: Any) -> Case:
    """One figure of each standing assignment; of the others the database does not even ask."""
    found = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(figure=figure).values("figure")
    return Case(When(is_standing=True, then=Subquery(found)), default=None, output_field=field)


# --- the page of one agreement --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as the page lists it. state: "valid", "proposed" (both have not confirmed it yet) or "earlier"."""

    term: Term
    state: str


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """A hand-over as the page says it, with the names of the two: they have to meet."""

    pk: int
    name: str
    successor_name: str
    what: str
    by_day: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of an agreement says of a standing assignment.

    valid: the term that counts, None before both have confirmed one. is_ending: it ends so soon that somebody should
    say what happens then. is_reworded: the point says other days than the term; they should be set anew.
    to_successor: what this representative hands over; from_others: what they take over.
    may_propose: propose a term. may_hand_over: name who takes over.
    """

    rows: list[TermRow]
    valid: Term | None
    is_deputy: bool
    is_ending: bool
    is_past: bool
    is_reworded: bool
    to_successor: HandOverRow | None
    from_others: list[HandOverRow]
    may_propose: bool
    may_end: bool
    may_hand_over: bool

    @property
    def has_earlier(self) -> bool:
        return any(row.state == "earlier" for row in self.rows)


def term_line(agreement: Agreement) -> Line | None:
    """The point that says the term; None where the agreement was never drafted with one."""
    return Line.objects.filter(agreement=agreement, key=f"{TERM_KEY}{agreement.pk}").first()


def newest_wording(agreement: Agreement) -> Revision | None:
    """The newest wording of that point, proposed or applying."""
    key = f"{TERM_KEY}{agreement.pk}"
    return Revision.objects.filter(line__agreement=agreement, line__key=key).order_by("-number").first()


def standing_of(agreement: Agreement, seat: Seat, today: date) -> Standing | None:
    """None where the assignment is not standing. A fixed number of queries."""
    if not agreement.root.is_standing:
        return None
    line = term_line(agreement)
    proposed = applying = None
    if line is not None:
        book = ledger(TABLES, agreement.root_id, agreement_id=agreement.pk, line_ids=[line.pk])
        found = book.standing(line, agreement.pk)
        proposed = found.proposed.id if found.proposed else None
        applying = found.applying.id if found.applying else None
    terms = list(Term.objects.filter(agreement=agreement).order_by("-pk"))
    valid = next((term for term in terms if term.confirmed_at), None)
    rows = []
    for term in terms:
        # A proposal that came to nothing is left out; the history tells of it.
        if term.confirmed_at or term.revision_id == proposed:
            rows.append(TermRow(term, "valid" if term is valid else "earlier" if term.confirmed_at else "proposed"))
    seen = HandOver.objects.filter(Q(agreement=agreement) | Q(successor=agreement)).select_related(*_BOTH)
    hand_overs = list(seen.order_by("by_day", "pk"))
    open_ = goes_on(agreement)
    return Standing(
        rows=rows,
        valid=valid,
        is_deputy=is_deputy_in(agreement, valid),
        is_ending=bool(valid and open_ and not valid.ending_at and is_ending(valid.ends_on, today)),
        is_past=bool(valid and valid.ends_on < today),
        is_reworded=bool(valid and applying and valid.revision_id != applying),
        to_successor=next((_row(one) for one in hand_overs if one.agreement_id == agreement.pk), None),
        from_others=[_row(one) for one in hand_overs if one.successor_id == agreement.pk],
        may_propose=open_ and line is not None,
        may_end=bool(open_ and valid and not valid.ending_at),
        may_hand_over=bool(valid and not seat.is_representative and agreement.root.state in BEING_WRITTEN),
    )


# --- hand-over ------------------------------------------------------------------------------------

_BOTH = (
    "agreement__application__person", "agreement__root", "successor__application__person", "successor__root",
)  # fmt: skip


def _row(hand_over: HandOver) -> HandOverRow:
    return HandOverRow(
        pk=hand_over.pk,
        name=name_of_representative(hand_over.agreement),
        successor_name=name_of_representative(hand_over.successor),
        what=hand_over.what,
        by_day=hand_over.by_day,
        done_at=hand_over.done_at,
    )


def hand_over_of(agreement: Agreement) -> HandOver | None:
    """What the representative of this agreement hands over."""
    return HandOver.objects.filter(agreement=agreement).first()


def possible_successors(agreement: Agreement) -> list[Agreement]:
    """The other agreements of the assignment that go on, by applicant number."""
    found = live_agreements().filter(root=agreement.root_id).exclude(pk=agreement.pk)
    return list(found.select_related("root", "application", "application__person").order_by("application__number"))


def hand_overs_seen_by(actor: Actor, run: QuerySet[Agreement]) -> QuerySet[HandOver]:
    """Those the actor takes part in, as the one who hands over or takes over, and those of agreements in `run`."""
    found = HandOver.objects.select_related(*_BOTH)
    seen = found.filter(agreement__in=run.order_by().values("pk"))
    if actor.whose is None:
        return found.none()
    return (
        seen
        | found.filter(agreement__application__person_id=actor.whose)
        | found.filter(successor__application__person_id=actor.whose)
    )


# --- telling back ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Telling:
    """How it stands with the yearly telling back. due: since when the newest one is due, None before the first time.
    is_told: that one was told. told: all, the newest first. next_on: the month of the coming one."""

    due: date | None
    is_told: bool
    is_late: bool
    told: list[ToldBack]
    next_on: date | None

    @property
    def may_tell(self) -> bool:
        return self.due is not None and not self.is_told


def told_back_of(assignment: Assignment) -> list[ToldBack]:
    """What was told, the newest year first; nothing (and no query) where the assignment is not standing."""
    if not assignment.is_standing:
        return []
    return list(ToldBack.objects.filter(assignment=assignment).order_by("-year"))


def begun_on(assignment: Assignment) -> date | None:
    """The first day of the group's first term; None before one is confirmed."""
    terms = Term.objects.filter(agreement__root=assignment, confirmed_at__isnull=False)
    return terms.aggregate(first=Min("starts_on"))["first"]


def telling_of(assignment: Assignment, today: date) -> Telling:
    """For the page of host and coordinator, and for the service that tells."""
    terms = terms_asked_of(assignment)
    month, begun = terms.told_back_month if terms else None, begun_on(assignment)
    due = telling_due(month, begun, today)
    told = told_back_of(assignment)
    is_told = bool(due and any(row.year == due.year for row in told))
    return Telling(
        due=due,
        is_told=is_told,
        is_late=bool(due and not is_told and is_late(due, today)),
        told=told,
        next_on=_next(month, begun, due, today),
    )


def _next(month: int | None, begun: date | None, due: date | None, today: date) -> date | None:
    if begun is None:
        return None
    if due is not None:
        return due.replace(year=due.year + 1)
    first = date(begun.year, month or begun.month, 1)
    return first if first > begun else first.replace(year=first.year + 1)


def due_of_row(assignment: Any, today: date) -> date | None:
    """The telling back that waits, for a row of the desk (with `begun` and `told_year` annotated); None: nothing."""
    terms = getattr(assignment, "standing_terms", None)
    due = telling_due(terms.told_back_month if terms else None, assignment.begun, today)
    return due if due and (assignment.told_year or 0) < due.year else None


def to_tell_back(today: date) -> list[int]:
    """Ids of assignments whose host should be reminded of telling back."""
    found = Assignment.objects.filter(is_standing=True, state__in=BEING_WRITTEN).select_related("standing_terms")
    rows = found.annotate(begun=begun_in(), told_year=told_in()).filter(begun__isnull=False).order_by("pk")
    return [row.pk for row in rows if due_of_row(row, today)]


def representatives_of(assignment: Assignment, *, nothing_fixed: bool = False) -> list[int]:
    """Ids of the persons who take part now. nothing_fixed: those alone whose agreement has no fixed version yet."""
    live = live_agreements().filter(root=assignment).order_by("pk")
    if nothing_fixed:
        live = live.exclude(Exists(Version.objects.filter(agreement=OuterRef("pk"))))
    return [pk for pk in live.values_list("application__person_id", flat=True) if pk]
