"""Somebody has died: one action stops every mail, reminder and letter, and ends what goes on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.people.models import Person
from samskapa.ground.people.services.my_data import mark_as_died, take_back_death

from .forgetting import end_everything


@transaction.atomic
def note_death(person: Person, *, on: date, by: Actor, now: datetime) -> bool:
    """Write down that the person has died, and stop everything to them.

    From the commit on no mail leaves, whatever is queued then or later: the slots that say where mail goes answer
    nothing. Log-ins, roles, applications and agreements end, and those on the other side are told in words. Returns
    whether it is news; noted twice, only the day is put right. Raises GoneAlready.
    """
    is_news = mark_as_died(person, on=on, by=by, now=now)
    if is_news:
        end_everything(person.pk, died=True, by=by, now=now)
    return is_news


@transaction.atomic
def undo_death(person: Person, *, by: Actor, now: datetime) -> None:
    """It was a mistake: the person comes in again and gets mail from now on. What was ended stays ended, and mail that
    was stopped is not sent. Raises GoneAlready, TooLate."""
    take_back_death(person, by=by, now=now)
