"""Keeps the days of a term beside the wording that says them. Called by services that hold the assignment's lock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from samskapa.ground.agreements.queries import ledger
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain.standing import last_day
from ..models import TABLES, Application, Assignment, Line, StandingTerms, Term
from ..queries.draft_words import Days
from ..queries.standing import TERM_KEY, says_the_days


def first_days(assignment: Assignment, application: Application, terms: StandingTerms | None, today: date) -> Days:
    """The term that the draft proposes: from the assignment's first day, or from today for one who comes later."""
    if not terms or not terms.term_months or not assignment.starts_on:
        return Days(is_deputy=application.is_deputy)
    first = max(assignment.starts_on, today)
    return Days(first, last_day(first, terms.term_months), application.is_deputy)


def keep_days(agreement_id: int, revision: Any, days: Days, *, now: datetime) -> None:
    """Remember which days the wording says; nothing where it says none."""
    if days.starts_on and days.ends_on:
        Term.objects.create(
            agreement_id=agreement_id,
            revision=revision,
            starts_on=days.starts_on,
            ends_on=days.ends_on,
            is_deputy=days.is_deputy,
            proposed_at=now,
        )


def note_terms(assignment: Assignment, line_ids: Iterable[int], *, by: Actor, now: datetime) -> None:
    """After somebody has said something of these points: a term whose wording both have confirmed counts from now.

    Who rewords the point freely and leaves the days as they are leaves the term as it is.
    """
    if not assignment.is_standing:
        return
    for line in Line.objects.filter(pk__in=list(line_ids), key__startswith=TERM_KEY):
        if line.agreement_id is None:
            continue
        book = ledger(TABLES, assignment.pk, agreement_id=line.agreement_id, line_ids=[line.pk])
        applying = book.standing(line, line.agreement_id).applying
        if applying is None:
            continue
        text = next(revision.text for revision in book.revisions[line.pk] if revision.pk == applying.id)
        term = Term.objects.filter(revision=applying.id).first() or _reworded(line.agreement_id, applying.id, text, now)
        if term is not None and term.confirmed_at is None:
            term.confirmed_at = now
            term.save()
            record("assignments.term_confirmed", by=by, at=now, on=term, agreement=line.agreement_id)


def _reworded(agreement_id: int, revision_id: int, text: str, now: datetime) -> Term | None:
    before = Term.objects.filter(agreement=agreement_id).order_by("-pk").first()
    if before is None or not says_the_days(text, before):
        return None
    return Term(
        agreement_id=agreement_id,
        revision_id=revision_id,
        starts_on=before.starts_on,
        ends_on=before.ends_on,
        is_deputy=before.is_deputy,
        proposed_at=now,
        ending_at=before.ending_at,
        ending_by=before.ending_by,
    )
