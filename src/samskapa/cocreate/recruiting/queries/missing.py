"""What is missing in a group, turned into whom one looks for. Another app says what is missing, by the slot
"missing_in_group"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from samskapa.cocreate.pool.models import Group

from ..domain import Audience, audience_for
from ..models import Sought


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that is missing. feature, part: as `domain.audience_for` reads them. words: what a coordinator reads.
    municipality_id: where it is those who live in one."""

    feature: str
    part: str
    words: Any
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class MissingRow:
    """The same as the plan shows it. path: where and how one looks for them. is_planned: the plan has a row for them
    that is not done."""

    words: Any
    path: str
    is_planned: bool


def missing_rows(group: Group) -> list[MissingRow]:
    """In the order in which it is said. One query beside what the slot asks."""
    found: Iterable[Missing] = [
        each for path in settings.SLOTS["missing_in_group"] for each in import_string(path)(group)
    ]
    left = Sought.objects.filter(group=group, removed_at=None, done_on=None)
    planned = set(left.values_list("audience", "municipality_id"))
    rows = []
    for each in found:
        audience = audience_for(each.feature, each.part)
        where = each.municipality_id if audience is Audience.MUNICIPALITY else None
        path = reverse("recruiting:audience", args=[group.node_id, audience.value])
        if where:
            path += "?" + urlencode({"municipality": where})
        rows.append(MissingRow(each.words, path, (audience.value, where) in planned))
    return rows
