"""Many come into a group at once, from a list that a coordinator has: what joining does one by one, in a few writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record, store_many
from samskapa.ground.people.models import Person

from ..domain import ConsentTo, Entry, NoteKind, Status, Why, check_age
from ..domain.labels import TooManyLabels
from ..models import Consent, Group, Labelled, Member, Move, Note, Reply, Tag
from ..queries import members as queries
from .joining import save_answer
from .labelling import make_missing
from .moving import lock
from .naming import names_change


@transaction.atomic
def take_in(
    group: Group, entries: Sequence[tuple[Person, Entry]], *, words: str, by: Actor, now: datetime
) -> list[Member]:
    """Make a member of each person, who is none of the group and was none, in the order given. Nobody is told.

    words: what the coordinator says that they have said yes to. Whom the list calls resting rests. Labels are made
    where the group has not got them. Raises TooYoung, TooManyLabels.
    """
    members = [_member(group, person, entry, now=now) for person, entry in entries]
    for member in members:
        check_age(member.age, group.lowest_age)
    Member.objects.bulk_create(members)
    names_change(members)
    both = [(member.pk, entry, entry.answered) for member, (_person, entry) in zip(members, entries, strict=True)]
    by_id = by.person_id or 0
    store_many(
        Consent,
        ("group_id", "person_id", "to", "words", "given_at", "given_by_id"),
        ((group.pk, member.person_id, ConsentTo.JOINING.value, words, now, by_id) for member in members),
    )
    store_many(
        Tag,
        ("member_id", "kind", "value"),
        (
            (pk, kind, value)
            for pk, entry, answered in both
            for question in answered
            for kind in question.tags
            for value in sorted(set(entry.values.get(kind) or []))
        ),
    )
    store_many(
        Reply,
        ("member_id", "key", "version", "saved_at", "saved_by_id"),
        ((pk, question.key, 1, now, by_id) for pk, _entry, answered in both for question in answered),
    )
    store_many(
        Move,
        ("member_id", "from_status", "why", "to_status", "at", "by_id"),
        ((member.pk, *step, now, by_id) for member in members for step in _steps(member)),
    )
    Note.objects.bulk_create(
        _note(member, entry, by_id, now)
        for member, (_person, entry) in zip(members, entries, strict=True)
        if entry.note
    )
    labelled = _labelled(group, both, by=by, now=now)
    if labelled:
        store_many(Labelled, ("member_id", "label_id", "at", "by_id"), ((*each, now, by_id) for each in labelled))
    contacts = [(member.pk, member.contact_id) for member in members if member.contact_id]
    said = {name: found for name, found in (("labelled", labelled), ("contacts", contacts)) if found}
    record("pool.taken_in", by=by, at=now, on=group, member_ids=[member.pk for member in members], **said)
    return members


def _labelled(
    group: Group, entries: Sequence[tuple[int, Entry, object]], *, by: Actor, now: datetime
) -> list[tuple[int, int]]:
    """(member, label) of each word that an entry has."""
    names = list(dict.fromkeys(name for _pk, entry, _answered in entries for name in entry.labels))
    if not names:
        return []
    known = make_missing(group, names, by=by, now=now)
    if any(name.casefold() not in known for name in names):
        raise TooManyLabels(len(known))
    return [(pk, known[name.casefold()]) for pk, entry, _answered in entries for name in entry.labels]


def _member(group: Group, person: Person, entry: Entry, *, now: datetime) -> Member:
    member = Member(group=group, person=person, since=now, begun_at=now, heard_at=now, status=Status.INTERESTED)
    member.contact_id = entry.contact_id
    if entry.rests:
        member.status, member.rests_from = Status.RESTING, Status.INTERESTED
    for question in entry.answered:
        for column in question.columns:
            if entry.values.get(column):
                setattr(member, column, entry.values[column])
    return member


def _steps(member: Member) -> list[tuple[Status, Why, Status]]:
    steps = [(Status.BEGUN, Why.IMPORTED, Status.INTERESTED)]
    if member.status == Status.RESTING:
        steps.append((Status.INTERESTED, Why.OWN_WISH, Status.RESTING))
    return steps


def _note(member: Member, entry: Entry, by_id: int, now: datetime) -> Note:
    day = timezone.localdate(now)
    return Note(
        member=member, kind=NoteKind.NOTE.value, text=entry.note, on_day=day, written_at=now, written_by_id=by_id
    )


@transaction.atomic
def fill_in(member: Member, entry: Entry, *, by: Actor, now: datetime) -> Member:
    """Answer from a list what nobody has answered of a member. Nothing that is told is changed. Raises NotThatMove,
    TooYoung."""
    member = lock(member)
    answered = set(queries.versions_of(member))
    for question in entry.answered:
        if question.key not in answered:
            values = {name: entry.values.get(name) for name in question.names}
            member = save_answer(member, question.key, values, based_on=0, by=by, now=now)
    return member
