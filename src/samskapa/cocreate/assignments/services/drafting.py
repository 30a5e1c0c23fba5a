"""Drafts the agreements of an assignment from what the need says. Nobody has confirmed a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from samskapa.cocreate.pool.queries.minors import young_people
from samskapa.ground.agreements.services import Done, add_line
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import ApplicationState, State
from ..domain.drafting import YOUNG, DraftLine, lines_for
from ..models import TABLES, Agreement, Application, Assignment, Party
from ..queries.draft_words import Ground, heading, text_of
from ..queries.open import facts_of
from .following import note_turns, settle, turn_key_of_host, turn_key_of_representative
from .telling import hosts_of, tell
from .terms import first_days, keep_days

#: The language of what is stored and printed, whoever reads the page.
LANGUAGE = "sv"


@transaction.atomic
def draft_agreements(assignment: Assignment, *, by: Actor, now: datetime) -> list[Agreement]:
    """Draft what is missing: an agreement for each who is chosen and has said yes to showing their name.

    The common points are written once, for all; the personal ones (pay, access, that somebody is under eighteen) in
    each agreement. Run again it
    writes nothing twice, and gives one who said yes later hers. Returns the agreements that are new.
    """
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("unit", "area", "municipality", "standing_terms")
        .get(pk=assignment.pk)
    )
    if assignment.state not in {State.AGREEING, State.AGREED} or assignment.unit is None:
        return []
    waiting = list(
        Application.objects.filter(
            assignment=assignment,
            state=ApplicationState.CHOSEN,
            presented_at__isnull=False,
            person__isnull=False,
            agreement=None,
        )
        .select_related("person")
        .order_by("number")
    )
    if not waiting:
        return []
    if not Party.objects.filter(root=assignment, agreement=None).exists():
        Party.objects.create(root=assignment, side="care", node=assignment.unit)
    plan = lines_for(occasions=assignment.occasions, is_standing=assignment.is_standing)
    facts = facts_of(assignment, timezone.localdate(now))
    today = timezone.localdate(now)
    ground = Ground(assignment, today, together=facts.together, standing=facts.standing, fixed=facts.days)
    young = young_people(application.person_id for application in waiting)
    new = []
    with translation.override(LANGUAGE):
        for application in waiting:
            agreement = Agreement.objects.create(root=assignment, application=application, created_at=now)
            Party.objects.create(root=assignment, agreement=agreement, side="person", person=application.person)
            record("assignments.agreement_drafted", by=by, at=now, on=agreement, application=application.pk)
            new.append(agreement)
        for position, line in enumerate(plan, start=1):
            if line.common:
                _write(assignment, None, line, position, ground, key=f"draft-{line.key}", by=by, now=now)
                continue
            for agreement in new:
                application = agreement.application
                days = first_days(assignment, application, ground.standing, today)
                is_young = application.person_id in young
                mine = replace(ground, access_needs=application.access_needs, days=days, is_young=is_young)
                key = f"draft-{line.key}-{agreement.pk}"
                written = _write(assignment, agreement, line, position, mine, key=key, by=by, now=now)
                if line.key == "term":
                    keep_days(agreement.pk, written.revision, days, now=now)
                if line.key == "access" and is_young and not ground.is_once:  # beside what is needed, and after it
                    own = f"draft-{YOUNG.key}-{agreement.pk}"
                    _write(assignment, agreement, YOUNG, position, mine, key=own, by=by, now=now)
    note_turns(assignment.pk, new)
    settle(assignment, by=by, now=now)
    _tell(assignment, new, now=now)
    return new


def _write(
    assignment: Assignment,
    agreement: Agreement | None,
    line: DraftLine,
    position: int,
    ground: Ground,
    *,
    key: str,
    by: Actor,
    now: datetime,
) -> Done:
    return add_line(
        TABLES,
        assignment,
        agreement=agreement,
        heading=heading(line.heading),
        text=text_of(line.key, ground),
        owner_side=line.side,
        position=position,
        party=None,
        key=key,
        by=by,
        now=now,
    )


def _tell(assignment: Assignment, new: list[Agreement], *, now: datetime) -> None:
    """One mail to each representative with a new draft, and one to the unit for all of them."""
    for agreement in new:
        tell(
            "agreement_drafted",
            [agreement.application.person_id],
            assignment,
            key=turn_key_of_representative(agreement, now),
            now=now,
            path=reverse("assignments:agreement", args=[agreement.pk]),
        )
    tell(
        "agreements_drafted",
        hosts_of(assignment),
        assignment,
        key=turn_key_of_host(assignment.pk, now),
        now=now,
        path=reverse("assignments:agreements", args=[assignment.pk]),
        number=len(new),
    )
