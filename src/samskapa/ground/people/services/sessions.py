"""Where one is logged in: end one place, or all others; and forget what has run out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..models import Person, Session


@transaction.atomic
def end_session(session: Session, *, by: Actor, now: datetime) -> None:
    """Log out one place, at once: its next request is a visitor's. Ending it twice changes nothing."""
    if Session.objects.filter(pk=session.pk).delete()[0]:
        record("people.session_ended", by=by, at=now, on=session.person, handle=str(session.handle))


@transaction.atomic
def end_other_sessions(person: Person, *, but: str, by: Actor, now: datetime) -> int:
    """Log the person out everywhere but in the session with the key `but`; returns from how many places."""
    ended, _ = Session.objects.filter(person=person).exclude(pk=but).delete()
    if ended:
        record("people.other_sessions_ended", by=by, at=now, on=person, count=ended)
    return ended


def forget_old_sessions(*, now: datetime) -> int:
    """Delete the sessions that have run out; returns how many. Nothing a person wrote, so not in the trail."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
