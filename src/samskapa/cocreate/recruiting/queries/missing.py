"""What is missing in a group, turned into whom one looks for. Another app says what is missing, by the slot
"missing_in_group"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from samskapa.cocreate.pool.models import Group
from samskapa.ground.organisations.queries import municipalities

from ..domain import Audience, audience_for
from ..models import Sought


class Missing(Protocol):
    """A part that is missing. feature, part: as `domain.audience_for` reads them; the part of a municipality is its
    code. label: what a coordinator reads."""

    @property
    def feature(self) -> str: ...

    @property
    def part(self) -> str: ...

    @property
    def label(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class MissingRow:
    """What is missing as the plan shows it: parts for which one looks in the same places stand together. path: where
    and how one looks for them. is_planned: the plan has a row for them that is not done."""

    words: str
    path: str
    is_planned: bool


def missing_rows(group: Group) -> list[MissingRow]:
    """In the order in which it is said. Two queries beside what the slot asks, whatever is missing."""
    found: list[Missing] = [each for path in settings.SLOTS["missing_in_group"] for each in import_string(path)(group)]
    left = Sought.objects.filter(group=group, removed_at=None, done_on=None)
    planned = set(left.values_list("audience", "municipality_id"))
    codes = [each.part for each in found if each.feature == "municipality"]
    places: dict[str, int] = dict(municipalities().filter(code__in=codes).values_list("code", "pk")) if codes else {}
    rows: dict[str, MissingRow] = {}
    for each in found:
        audience = audience_for(each.feature, each.part)
        where = places.get(each.part) if audience is Audience.MUNICIPALITY else None
        path = reverse("recruiting:audience", args=[group.node_id, audience.value])
        if where:
            path += "?" + urlencode({"municipality": where})
        words = f"{rows[path].words}, {each.label}" if path in rows else str(each.label)
        rows[path] = MissingRow(words, path, (audience.value, where) in planned)
    return list(rows.values())
