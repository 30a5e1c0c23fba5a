"""What happens by the clock (SCHEDULE), and after news (REACTIONS). Both tables are config/reactions.py."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from .domain.informed import News
from .models import Assignment
from .queries.agreements import overdue
from .queries.due import due_to_close, due_to_remind
from .queries.material import assignments_to_tell_of
from .queries.standing import ended, to_tell_back, undecided
from .queries.year import people_in
from .services import agreeing, informed, standing
from .services.closing import close_if_due, remind_if_due
from .services.material import tell_of_material
from .services.telling_back import remind_to_tell_back


@every(seconds=3600, name="assignments.close_due")
@job()
def close_due(*, now: datetime) -> None:
    """Close those whose last day to apply has passed. Running again closes nothing twice."""
    for assignment_id in due_to_close(timezone.localdate(now)):
        close_if_due(assignment_id, now=now)


@every(seconds=3600, name="assignments.remind_unanswered")
@job()
def remind_unanswered(*, now: datetime) -> None:
    """Remind of applicants who wait. The keys of the mails make it once a day whatever the hour."""
    for assignment_id in due_to_remind(timezone.localdate(now)):
        remind_if_due(assignment_id, now=now)


@every(seconds=3600, name="assignments.remind_agreements")
@job()
def remind_agreements(*, now: datetime) -> None:
    """Remind of points that have waited for an answer. The keys of the mails make it once, whatever the hour."""
    for agreement in overdue(now):
        agreeing.remind_of_agreement(agreement.pk, now=now)


@every(seconds=3600, name="assignments.terms")
@job()
def terms(*, now: datetime) -> None:
    """Remind of terms that end, and end those that somebody has let end. Running again does nothing twice."""
    today = timezone.localdate(now)
    for term in ended(today):
        standing.end_term(term.pk, now=now)
    for term in undecided(today):
        standing.remind_of_term(term.pk, now=now)


@every(seconds=3600, name="assignments.tell_back")
@job()
def tell_back(*, now: datetime) -> None:
    """Remind hosts to tell what a standing group has led to. The keys of the mails make it once a year."""
    for assignment_id in to_tell_back(timezone.localdate(now)):
        remind_to_tell_back(assignment_id, now=now)


@every(seconds=600, name="assignments.material")
@job()
def material(*, now: datetime) -> None:
    """Tell those who are chosen of material that has come for them. Each file is told of once."""
    for assignment_id in assignments_to_tell_of(now):
        tell_of_material(assignment_id, now=now)


@job()
def draft_agreements(*, assignment_id: int, now: datetime) -> None:
    """After the choosing: agreements for those who have said yes to showing their name."""
    agreeing.draft_agreements(Assignment.objects.get(pk=assignment_id), by=SYSTEM, now=now)


@job()
def draft_agreement(*, application_id: int, now: datetime) -> None:
    """Somebody said yes to showing their name; if they were chosen, their agreement is drafted now."""
    agreeing.draft_agreements(Assignment.objects.get(applications=application_id), by=SYSTEM, now=now)


@job()
def end_agreement(*, application_id: int, now: datetime) -> None:
    """Somebody withdrew."""
    agreeing.end_agreement(application_id, now=now)


@job()
def end_agreements(*, assignment_id: int, now: datetime) -> None:
    """The assignment was called off."""
    agreeing.end_agreements_of(assignment_id, now=now)


@job()
def tell_followers(*, assignment_id: int, news: str, key_of_news: str, thing_id: int, at: str, now: datetime) -> None:
    """Something happened to an assignment that people follow. Running again tells nobody twice."""
    informed.tell_followers(
        Assignment.objects.get(pk=assignment_id),
        News(news),
        key=key_of_news,
        thing_id=thing_id,
        happened_at=datetime.fromisoformat(at),
        by=SYSTEM,
        now=now,
    )


@job()
def tell_searchers(*, assignment_id: int, now: datetime) -> None:
    """A new assignment is open. Running again tells nobody twice."""
    informed.tell_searchers(Assignment.objects.select_related("unit", "area").get(pk=assignment_id), by=SYSTEM, now=now)


@every(seconds=24 * 3600, name="assignments.years_letters")
@job()
def years_letters(*, now: datetime) -> None:
    """In January: to each who took part last year, what came of it. The mail's key makes it once a year."""
    today = timezone.localdate(now)
    if today.month != 1:
        return
    for person_id in list(people_in(today.year - 1)):
        informed.tell_year(person_id, today.year - 1, by=SYSTEM, now=now)
