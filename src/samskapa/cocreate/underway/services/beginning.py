"""The work begins by itself when every agreement is settled, and the check-ins are planned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain import Contribution as Contributes
from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Agreement, Assignment
from samskapa.cocreate.assignments.queries.standing import valid_terms_of
from samskapa.cocreate.assignments.services.applying import lock_assignment
from samskapa.cocreate.pool.queries.minors import young_people
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain import check_in_days, tell_by
from ..models import CheckIn, Work
from ..queries import taking_part
from .mailing import host_side, tell


@transaction.atomic
def begin_work(assignment_id: int, *, by: Actor, now: datetime) -> Work | None:
    """Every agreement is settled: the shared page opens, and the check-ins get their days. Run again it plans those of
    representatives who have come since, and nothing twice. None where not every agreement is settled."""
    assignment = lock_assignment(assignment_id)
    if assignment.state != State.AGREED:
        return None
    today = timezone.localdate(now)
    work = Work.objects.filter(assignment=assignment).first()
    if work is None:
        work = Work.objects.create(
            assignment=assignment,
            begun_at=now,
            tell_by=tell_by(is_standing=assignment.is_standing, told_back_on=assignment.told_back_on, begun_on=today),
        )
        record("underway.begun", by=by, at=now, on=work, assignment=assignment.pk)
        people = [agreement.application.person_id for agreement in taking_part(assignment.pk)]
        key, young = f"begun-{work.pk}", bool(young_people(people))
        tell("begun", people, work, key=key, now=now)
        tell("begun", host_side(assignment), work, key=key, now=now, young=young)
    work.assignment = assignment
    _plan_check_ins(assignment, by=by, now=now)
    return work


def _plan_check_ins(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Those that the agreements promise, for each who has none yet. The caller holds the lock."""
    today = timezone.localdate(now)
    without: list[Agreement] = list(taking_part(assignment.pk).filter(ended_at=None, check_ins=None))
    terms = valid_terms_of([agreement.pk for agreement in without]) if assignment.is_standing else {}
    for agreement in without:
        term = terms.get(agreement.pk)
        first = (term.starts_on if term else assignment.starts_on) or today
        days = check_in_days(
            occasions=None if assignment.is_standing else assignment.occasions,
            first=max(first, today),
            last=term.ends_on if term else assignment.told_back_on,
            tells_story=assignment.contribution == Contributes.OWN_STORY,
        )
        CheckIn.objects.bulk_create(
            CheckIn(agreement=agreement, moment=moment, due_on=day, planned_at=now) for moment, day in days
        )
        record("underway.check_ins_planned", by=by, at=now, on=agreement, days=[day.isoformat() for _, day in days])
