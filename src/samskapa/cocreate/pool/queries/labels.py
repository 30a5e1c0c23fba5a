"""The group's own words: the list, and who has which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.domain.my_data import Fact, Row
from samskapa.ground.people.models import display_name

from ..models import Group, Label, Labelled, Member, SavedView


def labels_of(group: Group) -> list[Label]:
    """Every word of the group in the reader's order, each with `number`: how many members have it."""
    found = Label.objects.filter(group=group).annotate(number=Count("on"))
    return sorted(found, key=lambda label: (swedish_sort_key(label.name), label.pk))


def label_of(group: Group, pk: str) -> Label | None:
    """The word of that number, as an address or a form says it; None where it is not the group's."""
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 16):
        return None
    return Label.objects.filter(group=group, pk=int(pk)).first()


def labels_on(member: Member) -> QuerySet[Labelled]:
    """What the member has, the first set first. The member and the coordinators read the same."""
    return Labelled.objects.filter(member=member).select_related("label", "by").order_by("at", "pk")


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A word on a member, as both read it. who: set it."""

    name: str
    at: datetime
    who: str


def rows_on(member: Member) -> list[LabelRow]:
    return [LabelRow(row.label.name, row.at, display_name(row.by)) for row in labels_on(member)]


def words_on(member_ids: Iterable[int]) -> dict[int, list[str]]:
    """Member's id -> the words they have. One query."""
    found: dict[int, list[str]] = {}
    rows = Labelled.objects.filter(member__in=list(member_ids)).order_by("at", "pk")
    for member_id, name in rows.values_list("member_id", "label__name"):
        found.setdefault(member_id, []).append(name)
    return found


def views_with(label: Label) -> list[SavedView]:
    """The saved views that ask for the word: without it they would show everybody."""
    found = SavedView.objects.filter(group=label.group_id).order_by("pk")
    return [view for view in found if str(view.wanted.get("label", "")) == str(label.pk)]


def label_rows_of(person_id: int) -> list[Row]:
    """A person's own data: the words they have made, as a coordinator."""
    found = Label.objects.filter(made_by=person_id).select_related("group").order_by("pk")
    return [
        Row(
            label.name,
            (Fact("group", gettext_lazy("Group"), label.group.name), Fact("at", gettext_lazy("When"), label.made_at)),
        )
        for label in found
    ]
