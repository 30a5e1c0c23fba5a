"""Letters: whom they go to and by which way, how far they have come, and those that somebody has got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from samskapa.cocreate.pool.domain import NOT_IN, Status
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.finding import find, look
from samskapa.cocreate.pool.queries.letters import LetterRow
from samskapa.cocreate.pool.queries.looking import Looked
from samskapa.cocreate.pool.queries.reach import reached_without_mail
from samskapa.ground.notices.queries import ways_of_people

from ..domain import Way, mark_of
from ..models import Addressee, Circular

#: The topic of config/notices.py that letters are about.
TOPIC = "group_letters"


def circulars_of(group: Group) -> QuerySet[Circular]:
    """The group's letters, the latest first."""
    found = Circular.objects.filter(group=group).select_related("made_by", "sent_by")
    return found.order_by("-made_at", "-pk")


def can_be_written_to(members: QuerySet[Member]) -> QuerySet[Member]:
    """Those of them who get letters: nobody who rests or has left, and no account that is closed."""
    return members.exclude(status__in=[Status.RESTING, *NOT_IN]).filter(
        person__is_active=True, person__forgotten_at=None
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a letter goes to. members: in the order of the list. resting: how many were found and rest. ways: how many
    get it by each way. mark: says whom a page showed. looked: the search in words, where there was one."""

    members: QuerySet[Member]
    number: int
    resting: int
    ways: dict[str, int]
    mark: str
    looked: Looked | None


def reach_of(group: Group, wanted: Mapping[str, Any], today: date) -> Reach:
    """Whom a letter would go to now. The same number of queries however many they are."""
    looked = look(group, wanted)
    found = find(group, wanted, today, looked=looked)
    members = can_be_written_to(found)
    rows = list(members.order_by().values_list("pk", "person_id"))
    resting = found.order_by().filter(status=Status.RESTING).count()
    people = [person_id for _pk, person_id in rows]
    counted = ways_of_people(people, TOPIC, without_mail=reached_without_mail(people, group.pk))
    ways = {Way.DIGEST.value: counted.digest, Way.PAPER.value: counted.paper, Way.PAGE.value: counted.page}
    return Reach(members, len(rows), resting, ways, mark_of(pk for pk, _person_id in rows), looked)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a letter has come: how many are written to, and how many rested or left before it was their turn."""

    written: int
    left_out: int
    waits: int


def progress_of(one: Circular) -> Progress:
    """One query."""
    found = Addressee.objects.filter(circular=one).aggregate(
        written=Count("pk", filter=Q(written_at__isnull=False)),
        left_out=Count("pk", filter=Q(is_left_out=True)),
        waits=Count("pk", filter=Q(written_at=None, is_left_out=False)),
    )
    return Progress(**found)


def next_to_write_to(one: Circular) -> QuerySet[Addressee]:
    """Whose turn it is, in the order of the members' numbers."""
    return Addressee.objects.filter(circular=one, written_at=None, is_left_out=False).order_by("member_id")


def letters_to(person_id: int | None) -> QuerySet[Addressee]:
    """What was written to somebody in the groups that they are in, the latest first."""
    found = Addressee.objects.filter(member__person=person_id or 0, written_at__isnull=False)
    found = found.exclude(member__status=Status.LEFT)
    return found.select_related("circular__group__node", "circular__sent_by").order_by("-written_at", "-pk")


def letters_of_member(member: Member) -> list[LetterRow]:
    """For the member's own page. Fills the slot "letters_to_member"."""
    return [
        LetterRow(row.written_at or row.circular.made_at, row.circular.title, _path(row))
        for row in letters_to(member.person_id).filter(member=member)[:20]
    ]


def _path(row: Addressee) -> str:
    return reverse("circulars:letter", args=[row.circular_id])
