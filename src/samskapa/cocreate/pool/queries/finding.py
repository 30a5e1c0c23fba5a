"""Members found by what they have told: the list that a coordinator chooses from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from samskapa.ground.organisations.models import Node
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.domain.my_data import Fact, Row
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import in_reader_order

from ..domain import SEEN
from ..domain.own_words import words_wanted
from ..models import Group, Labelled, Member, SavedView, Tag
from .asked import never_asked
from .choosing import AGREEMENT, BY_AGE, INTRODUCTION, ORGANISATION, TRAINING
from .looking import Looked
from .members import member_list

#: Tags that one can choose by, in the order of the form. Of several values one is enough.
BY_TAG = ("as", "care", "contribution", "language", "need", "when", "speaks_for")
#: Columns that one can choose by.
BY_COLUMN = ("age", "gender", "municipality", "reach_by", "organisation", "contact")
#: Choice -> what some of its values ask for, where that is more than what one column or tag says.
_BY_FACT: Mapping[str, Mapping[str, Q]] = {
    "age": BY_AGE,
    "organisation": ORGANISATION,
    "training": TRAINING,
    "introduction": INTRODUCTION,
    "agreement": AGREEMENT,
}


def look(group: Group, wanted: Mapping[str, Any]) -> Looked | None:
    """What the words that are wanted find in the group; None where there are none."""
    words = wanted.get("words") or ""
    return Looked(group, words) if words_wanted(words) else None


def find(group: Group, wanted: Mapping[str, Any], today: date, *, looked: Looked | None = None) -> QuerySet[Member]:
    """The members that fit everything in `wanted`; what is empty there asks for nothing.

    wanted: "words" (of names, answers and own words), "status", each of BY_COLUMN, "training", "introduction",
    "agreement" and "label" -> a value, each of BY_TAG -> a value or several, "check_in_due" and "never_asked" ->
    whether. looked: what `look` gave, where the caller wants to know more of it.
    """
    found = member_list(group, wanted.get("status") or "")
    for kind in BY_TAG:
        if values := several(wanted.get(kind)):
            found = found.filter(Exists(Tag.objects.filter(member=OuterRef("pk"), kind=kind, value__in=values)))
    for choice in dict.fromkeys([*BY_COLUMN, *_BY_FACT]):
        if value := wanted.get(choice):
            fact = _BY_FACT.get(choice, {}).get(value)
            found = found.filter(Q(**{choice: value}) if fact is None else fact)
    if value := wanted.get("label"):
        found = found.filter(Exists(Labelled.objects.filter(member=OuterRef("pk"), label=value)))
    if wanted.get("check_in_due"):
        found = found.filter(next_check_in__lte=today)
    if wanted.get("never_asked"):
        found = never_asked(found, today)
    looked = looked or look(group, wanted)
    return found.filter(looked.condition()) if looked else found


def several(value: Any) -> list[Any]:
    """The values of a choice of which there may be many: what is kept of one is the value itself."""
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []


def address_of(wanted: Mapping[str, Any]) -> str:
    """What is asked for, as the address of the page says it; the same always in the same order, also where a database
    has kept it in another."""
    return urlencode(sorted(wanted.items()), doseq=True)


def places_in(group: Group) -> QuerySet[Node]:
    """The municipalities where members live, in the reader's order."""
    return _named_by(group, "municipality")


def organisations_in(group: Group) -> QuerySet[Node]:
    """The organisations that members are in and have chosen by name, in the reader's order."""
    return _named_by(group, "organisation")


def _named_by(group: Group, column: str) -> QuerySet[Node]:
    there = Member.objects.filter(group=group, status__in=[each.value for each in SEEN])
    return Node.objects.filter(pk__in=there.values(column)).order_by(in_reader_order(), "pk")


def contacts_in(group: Group) -> QuerySet[Person]:
    """Who is contact person of somebody in the group, in the reader's order."""
    there = Member.objects.filter(group=group, status__in=[each.value for each in SEEN])
    return Person.objects.filter(pk__in=there.values("contact")).order_by(in_reader_order(), "pk")


def views_of(group: Group) -> list[tuple[SavedView, str]]:
    """The saved views by name, each with what the address of the page says of it."""
    found = sorted(SavedView.objects.filter(group=group), key=lambda view: (swedish_sort_key(view.name), view.pk))
    return [(view, address_of(view.wanted)) for view in found]


def view_rows_of(person_id: int) -> list[Row]:
    """A person's own data: the views they have saved."""
    return [
        Row(
            view.name,
            (Fact("group", gettext_lazy("Group"), view.group.name), Fact("at", gettext_lazy("When"), view.made_at)),
        )
        for view in SavedView.objects.filter(made_by=person_id).select_related("group").order_by("pk")
    ]
