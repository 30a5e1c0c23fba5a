"""What happens to a member when the account ends, when a yes is taken back, when an identity is protected, and when a
time is out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain.my_data import NotGiven
from samskapa.ground.people.models import Person

from ..domain import Answer, Status, Why
from ..domain.questions import HIDDEN, question
from ..models import Labelled, Member, Reply
from .joining import close_yearly, leave, take_back_diagnosis
from .moving import lock, move
from .naming import names_change, words_change


@transaction.atomic
def end_memberships(person_id: int, *, died: bool, by: Actor, now: datetime) -> None:
    """Nobody asks any more. Who is forgotten leaves every group, and what was told goes; somebody who has died rests
    until the account is blanked, because a death that was noted by mistake can be taken back."""
    for member in Member.objects.filter(person_id=person_id).exclude(status=Status.LEFT).order_by("pk"):
        if not died:
            leave(member, why=Why.ENDED, by=by, now=now)
        elif member.status not in (Status.BEGUN, Status.RESTING):
            held = lock(member)
            close_yearly(held, Answer.REST, now=now)
            move(held, Why.ENDED, Status.RESTING, by=by, now=now)


@transaction.atomic
def blank_memberships(person_id: int, *, by: Actor, now: datetime) -> None:
    """The same, for whoever had not left before."""
    end_memberships(person_id, died=False, by=by, now=now)


@transaction.atomic
def take_back(person_id: int, *, key: str, thing_id: int, by: Actor, now: datetime) -> None:
    """Take back the yes to keep a diagnosis. Raises NotGiven, also where it is another's."""
    member = Member.objects.filter(pk=thing_id, person_id=person_id).first()
    if key != "diagnosis" or member is None:
        raise NotGiven
    take_back_diagnosis(member, by=by, now=now)


@transaction.atomic
def hide_member(person: Person, address: str, *, by: Actor, now: datetime) -> None:
    """The person's identity is protected from now on: what names or places them in a group goes. They are reached as
    the protection says.

    Fills a row of the slot "hide_address".
    """
    for found in Member.objects.filter(person=person).exclude(status=Status.LEFT).order_by("pk"):
        member = lock(found)
        names_change([member])
        columns = [column for key in HIDDEN for column in question(key).columns]
        for column in columns:
            setattr(member, column, None if column.endswith("_id") else "")
        member.came_by = ""  # a poster hangs somewhere
        member.save(update_fields=[*(column.removesuffix("_id") for column in columns), "came_by"])
        Reply.objects.filter(member=member, key__in=HIDDEN).delete()
        Labelled.objects.filter(member=member).delete()  # free words may place somebody
        record("pool.hidden", by=by, at=now, on=member)


@transaction.atomic
def show_member(person: Person, *, by: Actor, now: datetime) -> None:
    """The person's identity is protected no more: they are found by their own words again.

    Fills a row of the slot "show_again".
    """
    for found in Member.objects.filter(person=person).exclude(status=Status.LEFT).order_by("pk"):
        words_change([lock(found)])


@transaction.atomic
def leave_after_long(member_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Leave a group for somebody who began to rest, or to fill in the form, at or before `limit` and has said nothing
    since; they were told before. Returns whether it was so."""
    member = lock(Member.objects.get(pk=member_id))
    if member.status not in (Status.BEGUN, Status.RESTING) or max(member.since, member.heard_at) > limit:
        return False
    leave(member, why=Why.TIME, by=by, now=now)
    return True
