"""What a member does: joins, answers one question at a time, sends, rests, comes back and leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.organisations.services import end_role, grant_role
from samskapa.ground.people.domain.my_data import NotGiven
from samskapa.ground.people.services import lock_person

from ..domain import (
    SEEN,
    Answer,
    ChangedMeanwhile,
    Closed,
    ConsentNeeded,
    ConsentTo,
    NotThatMove,
    Status,
    Unanswered,
    Why,
    check_age,
    is_minor,
    question,
)
from ..domain.own_words import OWN_WORDS
from ..domain.questions import QUESTIONS, unanswered
from ..models import Group, Introduced, Labelled, Member, Minor, Note, Reply, Tag, Yearly
from ..queries import members as queries
from .agreeing import end_agreements
from .consenting import end_consents, give_consent
from .minors import come_of_age
from .moving import heard, lock, move, tell
from .naming import names_change, words_change


@transaction.atomic
def begin(group: Group, *, came_by: str = "", by: Actor, now: datetime) -> Member:
    """Begin to join, for oneself or for the one who is helped. Who has begun already goes on where they were; who had
    left begins anew.

    came_by: the code of the poster or link that led here, kept with the member; of a protected person it is not, for
    it can say where they are. Raises Closed.
    """
    # The person's row is the lock: two clicks begin once.
    person = lock_person(by.whose or 0)
    found = Member.objects.filter(group=group, person=person).first()
    if found and found.status != Status.LEFT:
        return found
    if not Group.objects.filter(pk=group.pk, is_open=True).exists():
        raise Closed
    came_by = "" if person.protected_tag else came_by
    if found:
        member = lock(found)
        names_change([member])
        member.begun_at, member.came_by = now, came_by
        member.save(update_fields=["begun_at"])
        move(member, Why.AGAIN, Status.BEGUN, also=["came_by"], by=by, now=now)
        heard(member, by=by, now=now)
        return member
    member = Member.objects.create(group=group, person=person, came_by=came_by, since=now, begun_at=now, heard_at=now)
    names_change([member])
    record("pool.begun", by=by, at=now, on=member)
    return member


@transaction.atomic
def save_answer(
    member: Member,
    key: str,
    values: Mapping[str, Any],
    *,
    based_on: int,
    consent: str = "",
    by: Actor,
    now: datetime,
) -> Member:
    """Store the whole answer to one question: column -> value, tag -> its values. The same answer again changes
    nothing.

    based_on: the version that the page showed, 0 where nobody had answered. consent: the words that were said yes to,
    for a diagnosis. Raises UnknownQuestion, ChangedMeanwhile, TooYoung, ConsentNeeded; NotThatMove for who has left.
    """
    spec = question(key)
    member = lock(member)
    if member.status == Status.LEFT:
        raise NotThatMove(member.status)
    # What would name or place a protected person is not kept, whichever window it comes from.
    asked_keys = {each.key for each in queries.questions_for(member)}
    reply = Reply.objects.filter(member=member, key=key).first()
    before = queries.values_of(member, spec)
    new: dict[str, Any] = {name: values.get(name) for name in spec.names}
    for kind in spec.tags:
        new[kind] = sorted(set(new[kind] or []))
    for column in spec.columns:
        if not column.endswith("_id"):
            new[column] = new[column] or ""
    if key == "diagnosis":
        new["diagnosis"] = new["diagnosis"] or None
    if key not in asked_keys or (reply and new == before):
        return member
    if reply and based_on != reply.version:
        raise ChangedMeanwhile(reply.version)
    if key == "age":
        check_age(new["age"], member.group.lowest_age)
    if key == "diagnosis":
        _settle_consent(member, new["diagnosis"], consent, by=by, now=now)
    if "called" in spec.columns:
        names_change([member])
    elif set(OWN_WORDS) & set(spec.columns) and member.status in SEEN:
        words_change([member])  # what is not sent yet stands on no sheet
    if key == "age" and is_minor(before["age"]) and new["age"] and not is_minor(new["age"]):
        come_of_age(member, by=by, now=now)
    for column in spec.columns:
        setattr(member, column, new[column])
    fields = [column.removesuffix("_id") for column in spec.columns]
    member.save(update_fields=[*fields, *(["diagnosis_consent"] if key == "diagnosis" else [])])
    for kind in spec.tags:
        Tag.objects.filter(member=member, kind=kind).exclude(value__in=new[kind]).delete()
        known = set(Tag.objects.filter(member=member, kind=kind).values_list("value", flat=True))
        Tag.objects.bulk_create(Tag(member=member, kind=kind, value=v) for v in new[kind] if v not in known)
    if reply is None:
        reply = Reply(member=member, key=key, version=0)
    reply.version += 1
    reply.saved_at, reply.saved_by_id = now, by.person_id or 0
    reply.save()
    heard(member, by=by, now=now)
    record("pool.answer_saved", by=by, at=now, on=member, question=key, version=reply.version)
    return member


def _settle_consent(member: Member, text: str | None, words: str, *, by: Actor, now: datetime) -> None:
    """A diagnosis that is told needs a yes, new or standing; one that is taken away ends it. Raises ConsentNeeded."""
    if text is None:
        end_consents(member, ConsentTo.DIAGNOSIS, by=by, now=now)
        member.diagnosis_consent = None
    elif member.diagnosis_consent_id is None:
        if not words:
            raise ConsentNeeded
        member.diagnosis_consent = give_consent(member, ConsentTo.DIAGNOSIS, words, by=by, now=now)


@transaction.atomic
def take_back_diagnosis(member: Member, *, by: Actor, now: datetime) -> None:
    """Take back the yes to keep a diagnosis: the text goes at once. Raises NotGiven where there is none."""
    member = lock(member)
    if member.diagnosis_consent_id is None:
        raise NotGiven
    _settle_consent(member, None, "", by=by, now=now)
    member.diagnosis = None
    member.save(update_fields=["diagnosis", "diagnosis_consent"])
    Reply.objects.filter(member=member, key="diagnosis").delete()
    heard(member, by=by, now=now)


@transaction.atomic
def send(member: Member, *, words: str, by: Actor, now: datetime) -> Member:
    """Send the answers to the coordinators of the group. Twice is once. words: what one says yes to by it.

    Raises Unanswered, Closed, TooYoung (the group may have changed since), NotThatMove.
    """
    member = lock(member)
    if member.status == Status.INTERESTED:
        return member
    if not member.group.is_open:
        raise Closed
    asked = {each.key for each in queries.questions_for(member)}
    if left := [key for key in unanswered(queries.all_values(member)) if key in asked]:
        raise Unanswered(left)
    check_age(member.age, member.group.lowest_age)
    words_change([member])
    moved = move(member, Why.SENT, Status.INTERESTED, by=by, now=now)
    give_consent(member, ConsentTo.JOINING, words, by=by, now=now)
    heard(member, by=by, now=now)
    tell("received", [member.person_id], member, key=f"received-{moved.pk}", now=now)
    tell(
        "joined",
        [each.pk for each in queries.coordinators_of(member.group)],
        member,
        key=f"joined-{moved.pk}",
        now=now,
        path=reverse("pool:member", args=[member.pk]),
    )
    return member


@transaction.atomic
def rest(member: Member, *, by: Actor, now: datetime) -> Member:
    """Be asked by nobody, until one says so. Twice is once. Raises NotThatMove."""
    member = lock(member)
    if member.status == Status.RESTING:
        return member
    move(member, Why.OWN_WISH, Status.RESTING, by=by, now=now)
    heard(member, by=by, now=now)
    close_yearly(member, Answer.REST, now=now)
    return member


@transaction.atomic
def come_back(member: Member, *, by: Actor, now: datetime) -> Member:
    """Be asked again: one stands where one stood before. Twice is once. Raises NotThatMove."""
    member = lock(member)
    if member.status in (Status.INTERESTED, Status.TALKED, Status.WELCOMED, Status.ACTIVE):
        return member
    back = Status(member.rests_from or Status.ACTIVE)
    move(member, Why.BACK, back, by=by, now=now)
    if back in (Status.WELCOMED, Status.ACTIVE):  # it may have ended meanwhile
        grant_role(member.person, Role.MEMBER, member.group.node, by=by, now=now)
    heard(member, by=by, now=now)
    return member


@transaction.atomic
def leave(member: Member, *, why: Why = Why.OWN_WISH, by: Actor, now: datetime) -> Member:
    """Leave the group: everything that was told or noted goes at once. That somebody was a member, from when to when,
    stays. Twice is once. Raises NotThatMove."""
    member = lock(member)
    if member.status == Status.LEFT:
        return member
    close_yearly(member, Answer.LEAVE, now=now)
    move(member, why, Status.LEFT, also=_blank(member, by=by, now=now), by=by, now=now)
    for grant in RoleGrant.objects.filter(
        person=member.person_id, role=Role.MEMBER, node=member.group.node_id, ended_at=None
    ):
        end_role(grant, by=by, now=now)
    return member


def _blank(member: Member, *, by: Actor, now: datetime) -> list[str]:
    """Remove what a locked member told and what was noted of them. Moves stay. The member's own columns are set, and
    named, for the caller to save."""
    names_change([member])
    end_consents(member, *ConsentTo, by=by, now=now)
    end_agreements(member, by=by, now=now)
    Minor.objects.filter(member=member).delete()
    for model in (Tag, Reply, Note, Introduced, Labelled):
        model.objects.filter(member=member).delete()
    columns = [column for spec in QUESTIONS for column in spec.columns]
    for column in columns:
        setattr(member, column, None if column.endswith("_id") or column == "diagnosis" else "")
    member.diagnosis_consent = member.contact = member.next_check_in = None
    member.came_by = ""
    record("pool.blanked", by=by, at=now, on=member)
    also = ["diagnosis_consent", "contact", "next_check_in", "came_by"]
    return [*(column.removesuffix("_id") for column in columns), *also]


def close_yearly(member: Member, answer: Answer, *, now: datetime) -> None:
    """A yearly question that waits is answered by what was done. The caller holds the lock."""
    Yearly.objects.filter(member=member, answered_at=None).update(answer=answer.value, answered_at=now)
