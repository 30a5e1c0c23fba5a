"""The closing questions: asked of both sides when the work closes, answered until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.ground.core.domain import Actor
from samskapa.listen.surveys.domain import Mode, NothingAnswered, NotOpen, Value, Whom
from samskapa.listen.surveys.models import Asked, Asking
from samskapa.listen.surveys.queries import asking_with, shipped
from samskapa.listen.surveys.services import ask, ask_more, close, hand_in, make_set, save_answers

from ..domain import NotNow, Side
from ..models import Work
from ..queries import all_fixed, kind_to_tell
from ..queries.closing import HOST, REPRESENTATIVE, key_of
from .mailing import lock_work


@transaction.atomic
def open_questions(work: Work, *, by: Actor, now: datetime, host: int | None = None) -> Asking:
    """Ask everybody who has had an agreement, also those who have withdrawn; again it asks who has come since.

    host: somebody at the unit who answers now; whoever is host there when the questions are met answers by name, so
    that one who has left is replaced by the next. Nobody gets a mail of it: the page of the work leads there. The
    caller holds the lock. Raises NotOpen where the round is over.
    """
    agreements = all_fixed(work.assignment_id).values_list("application__person_id", flat=True)
    people = [Whom(person_id=pk, side=REPRESENTATIVE) for pk in agreements if pk]
    if host:
        people.append(Whom(person_id=host, side=HOST))
    asking = asking_with(key_of(work.assignment_id))
    if asking is not None:
        ask_more(asking, people, by_mail=False, by=by, now=now)
        return asking
    if work.assignment.unit is None:  # a published need has one; a round belongs to somebody
        raise NotNow
    return ask(
        make_set(shipped("closing"), by=by, now=now),
        people,
        key=key_of(work.assignment_id),
        thing=f"assignments.assignment:{work.assignment_id}",
        title=work.assignment.title,
        node=work.assignment.unit,
        mode=Mode.NAMED,
        by_mail=False,
        by=by,
        now=now,
    )


@transaction.atomic
def answer_questions(
    work: Work,
    given: Mapping[str, Value | None],
    *,
    based_on: Mapping[str, str],
    side: Side,
    is_finished: bool,
    by: Actor,
    now: datetime,
) -> Asked:
    """Keep what somebody answers, nothing at all too: no question must be answered, and one goes on all the same. The
    host's first answer, even an empty one, begins the closing.

    is_finished: they are done for now, so that the answers count; they can be changed until the work is done.
    Raises NotOpen where it is done, NotNow where the assignment is called off or the closing has not begun,
    ChangedMeanwhile (another window).
    """
    work = lock_work(work.pk)
    if work.assignment.state == State.CANCELLED:
        raise NotNow
    asking = asking_with(key_of(work.assignment_id))
    if asking is None and (side is not Side.HOST or kind_to_tell(work, today=timezone.localdate(now)) is None):
        raise NotNow
    if asking is None or asking.closed_at is None:
        asking = open_questions(work, by=by, now=now, host=by.whose if side is Side.HOST else None)
    asked = (
        Asked.objects.select_related("asking").filter(asking=asking, person_id=by.whose or 0, blanked_at=None).first()
    )
    if asked is None:
        raise NotOpen  # the round was over before they came
    if is_finished:
        try:
            return hand_in(asked, given, based_on=based_on, by=by, now=now)
        except NothingAnswered:
            pass  # every question is left, or every answer taken back: that is kept too
    save_answers(asked, given, based_on=based_on, by=by, now=now)
    return asked


def close_questions(assignment_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing more is answered. The caller holds the lock."""
    asking = asking_with(key_of(assignment_id))
    if asking is not None:
        close(asking, by=by, now=now)


@transaction.atomic
def close_if_called_off(work_id: int, *, by: Actor, now: datetime) -> None:
    """The closing was begun, and then the assignment was called off."""
    work = lock_work(work_id)
    if work.assignment.state == State.CANCELLED:
        close_questions(work.assignment_id, by=by, now=now)
