"""Terms: proposing the first or another one, letting one end, and what the clock does about them.

Nothing is renewed and nothing ends in silence: a term counts when both have confirmed it, and an agreement ends after
its last day only where somebody has said that it shall.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.ground.agreements import services as law
from samskapa.ground.agreements.services import Done
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.core.services import record

from ..domain.applying import person_of
from ..domain.standing import NoTerm, NotStanding, check_term
from ..models import TABLES, Agreement, Assignment, Party, Term
from ..queries import agreements as queries
from ..queries import standing
from ..queries.draft_words import Days, Ground, text_of
from .agreeing import NotBeingWritten, end_all, take_part
from .applying import lock_assignment
from .drafting import LANGUAGE
from .following import settle
from .telling import coordinators_of, hosts_of, tell
from .terms import keep_days


def propose_term(
    agreement: Agreement,
    *,
    starts_on: date,
    ends_on: date,
    is_deputy: bool,
    based_on: int,
    party: Party | None,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Done:
    """Propose the first term, a renewal, other days, or that a deputy becomes ordinary, as a new wording of the point.

    party: the one who proposes, who thereby confirms it; None for the coordinator, and then both confirm.
    based_on: id of the wording that was read. Raises NotStanding, BadTerm, NotBeingWritten and what the law of
    agreements refuses (ChangedMeanwhile, NothingChanged).
    """
    check_term(starts_on, ends_on, timezone.localdate(now))
    days = Days(starts_on, ends_on, is_deputy)

    def give(held: Agreement) -> Done:
        line, asked = standing.term_line(held), standing.terms_asked_of(held.root)
        if line is None:
            raise NotStanding
        with translation.override(LANGUAGE):
            text = text_of("term", Ground(held.root, timezone.localdate(now), standing=asked, days=days))
        done = law.propose_change(
            TABLES, held, line.pk, text=text, based_on=based_on, reason=reason, party=party, by=by, now=now
        )
        if done.changed:
            keep_days(held.pk, done.revision, days, now=now)
        return done

    return take_part(agreement, give, done=lambda done: done, party=party, by=by, now=now)


@transaction.atomic
def let_term_end(agreement: Agreement, *, by: Actor, now: datetime) -> Term:
    """Say that the valid term is not renewed: the agreement ends after its last day, and the others are told.

    Twice is once. A new term that both confirm before then counts instead. Raises NotBeingWritten, NoTerm.
    """
    assignment = lock_assignment(agreement.root_id)
    agreement = Agreement.objects.select_related("application").get(pk=agreement.pk)
    agreement.root = assignment
    if not queries.goes_on(agreement):
        raise NotBeingWritten
    term = standing.valid_term(agreement)
    if term is None:
        raise NoTerm
    if term.ending_at is not None:
        return term
    term.ending_at, term.ending_by_id = now, person_of(by.person_id)
    term.save(update_fields=["ending_at", "ending_by"])
    record("assignments.term_let_end", by=by, at=now, on=term, agreement=agreement.pk)
    everybody = [agreement.application.person_id, *hosts_of(assignment), *coordinators_of(assignment)]
    tell(
        "term_let_end",
        [pk for pk in everybody if pk not in {by.person_id, by.whose}],
        assignment,
        key=f"term-let-end-{term.pk}",
        now=now,
        path=reverse("assignments:agreement", args=[agreement.pk]),
        last=term.ends_on.isoformat(),
    )
    return term


# --- by the clock ---------------------------------------------------------------------------------


def _locked(term_id: int) -> tuple[Assignment, Term]:
    root = Term.objects.values_list("agreement__root", flat=True).get(pk=term_id)
    assignment = lock_assignment(root)
    term = Term.objects.select_related("agreement__application").get(pk=term_id)
    term.agreement.root = assignment
    return assignment, term


@transaction.atomic
def remind_of_term(term_id: int, *, now: datetime) -> bool:
    """Eight weeks before the last day, and once more when it has passed: somebody should say what follows.

    Returns whether a reminder is due. The keys make each of them one mail, and one to the unit's side for all terms
    of the assignment that end on the same day.
    """
    assignment, term = _locked(term_id)
    today = timezone.localdate(now)
    if not standing.undecided(today).filter(pk=term_id).exists():
        return False
    last = term.ends_on.isoformat()
    is_past = term.ends_on < today
    if not is_past:
        tell(
            "term_ends",
            [term.agreement.application.person_id],
            assignment,
            key=f"term-ends-{term.pk}",
            now=now,
            path=reverse("assignments:agreement", args=[term.agreement_id]),
            last=last,
        )
    tell(
        "terms_end",
        [*hosts_of(assignment), *coordinators_of(assignment)],
        assignment,
        key=f"terms-{'over' if is_past else 'end'}-{assignment.pk}-{last}",
        now=now,
        path=reverse("assignments:agreements", args=[assignment.pk]),
        last=last,
        is_past=is_past,
    )
    return True


@transaction.atomic
def end_term(term_id: int, *, now: datetime) -> bool:
    """After the last day of a term that is not renewed its agreement ends, and is kept as it was. Run again it does
    nothing. Returns whether this call ended it."""
    assignment, term = _locked(term_id)
    if not standing.ended(timezone.localdate(now)).filter(pk=term_id).exists():
        return False
    end_all(Agreement.objects.filter(pk=term.agreement_id), by=SYSTEM, now=now)
    settle(assignment, by=SYSTEM, now=now)
    tell(
        "term_ended",
        [term.agreement.application.person_id],
        assignment,
        key=f"term-ended-{term.pk}",
        now=now,
        path=reverse("assignments:agreement", args=[term.agreement_id]),
    )
    return True
