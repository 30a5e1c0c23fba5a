"""What happens by the clock (SCHEDULE), and after news (REACTIONS). Both tables are config/reactions.py."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from samskapa.cocreate.assignments.domain.informed import News
from samskapa.ground.core.domain import SYSTEM
from samskapa.ground.core.services import every, job

from . import queries
from .models import Work
from .queries.closing import called_off_with_questions
from .services import beginning, checking_in, closing, questions


@job()
def begin_work(*, assignment_id: int, now: datetime) -> None:
    """Every agreement of an assignment is settled."""
    beginning.begin_work(assignment_id, by=SYSTEM, now=now)


@job()
def after_withdrawal(*, application_id: int, now: datetime) -> None:
    """Somebody withdrew: perhaps only they were waited for."""
    for work in Work.objects.filter(assignment__applications=application_id):
        closing.finish_if_done(work.pk, by=SYSTEM, now=now)


@job()
def ask_of_year(*, assignment_id: int, news: str, key_of_news: str, thing_id: int, at: str, now: datetime) -> None:
    """There is news of an assignment: where its year was told, the representatives are asked whether it is so."""
    if news == News.TOLD_BACK:
        closing.ask_of_year(thing_id, by=SYSTEM, now=now)


@every(seconds=3600, name="underway.begin_due")
@job()
def begin_due(*, now: datetime) -> None:
    """Begin what no news has begun, such as what was agreed on before the pages of the work were here."""
    for assignment_id in queries.not_begun():
        beginning.begin_work(assignment_id, by=SYSTEM, now=now)


@every(seconds=3600, name="underway.check_ins")
@job()
def check_ins(*, now: datetime) -> None:
    """Remind of check-ins whose day has come. The keys of the mails make it twice at most, whatever the hour."""
    for check_in_id in queries.check_ins_due(timezone.localdate(now)):
        checking_in.remind_of_check_in(check_in_id, now=now)


@every(seconds=3600, name="underway.telling")
@job()
def telling(*, now: datetime) -> None:
    """Ask hosts to tell what it has led to, at the end and half a year later. Each reminder is one mail."""
    for work_id in queries.to_tell(timezone.localdate(now)):
        closing.remind_to_tell(work_id, now=now)


@every(seconds=3600, name="underway.confirming")
@job()
def confirming(*, now: datetime) -> None:
    """Ask representatives once more, close the unanswered, finish what waits for nobody, and end what is called off."""
    for confirmation_id in queries.waiting_confirmations(now):
        closing.ask_again_or_close(confirmation_id, by=SYSTEM, now=now)
    for work_id in queries.being_closed():
        closing.finish_if_done(work_id, by=SYSTEM, now=now)
    for work_id in called_off_with_questions():
        questions.close_if_called_off(work_id, by=SYSTEM, now=now)
