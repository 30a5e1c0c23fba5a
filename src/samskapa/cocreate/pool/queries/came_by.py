"""Which poster or link somebody came to a group by, and what each has brought. What a code stands for another app says,
by the slot "came_by_in_words"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from ..domain import Status
from ..models import Group, Member


def in_words(group: Group, code: str) -> str:
    """What the poster or link of that code is called; "" where the group has none. No query without a code."""
    return import_string(settings.SLOTS["came_by_in_words"])(group, code) if code else ""


def came_by_in_words(member: Member) -> str:
    """What the member came by; "" where it is not known."""
    return in_words(member.group, member.came_by)


@dataclass(frozen=True, slots=True)
class Brought:
    """How many a code has led to the group, of those who are in it or about to join. begun: all of them. sent: of these
    those who have sent their answers. welcomed: of these those who have been welcomed, resting ones too."""

    begun: int = 0
    sent: int = 0
    welcomed: int = 0


_WELCOMED = (Status.WELCOMED, Status.ACTIVE)


def brought(group: Group, codes: Iterable[str]) -> dict[str, Brought]:
    """Code -> what it has brought, for each of `codes`; who has left is not counted, for nothing of theirs is kept. One
    query."""
    found = {code: [0, 0, 0] for code in codes}
    counted = Member.objects.filter(group=group, came_by__in=list(found)).exclude(status=Status.LEFT)
    rows = counted.order_by().values_list("came_by", "status", "rests_from").annotate(number=Count("pk"))
    for code, status, rests_from, number in rows:
        stands = rests_from or status
        found[code][0] += number
        found[code][1] += number if status != Status.BEGUN else 0
        found[code][2] += number if stands in _WELCOMED else 0
    return {code: Brought(*numbers) for code, numbers in found.items()}
