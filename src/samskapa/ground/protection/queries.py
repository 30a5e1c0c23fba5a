"""Who may be protected, who may open their details, and where details were written in clear. Never a write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.keys.fields import BlindIndexField, EncryptedTextField
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import all_coordinators
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import NamedCoordinator, Person, ProtectedDetails
from samskapa.ground.people.queries import in_reader_order


def people_in_area(path: str) -> QuerySet[Person]:
    """Those that a coordinator at the node at `path` has to do with, by the slot "people_in_area"; unordered."""
    if not path:
        return Person.objects.none()
    found: list[Callable[[str], QuerySet[Person]]] = [import_string(each) for each in settings.SLOTS["people_in_area"]]
    return Person.objects.filter(
        reduce(or_, (Q(pk__in=people(path).values("pk")) for people in found)), is_active=True
    ).distinct()


def details_named_for(actor: Actor) -> QuerySet[ProtectedDetails]:
    """The details that the actor, as a coordinator who is named, may open."""
    if actor.person_id is None or not actor.acts_as(Role.COORDINATOR):
        return ProtectedDetails.objects.none()
    return ProtectedDetails.objects.filter(named__coordinator_id=actor.person_id).select_related("person")


def details_nobody_opens() -> QuerySet[ProtectedDetails]:
    """The details of those whose named coordinators have all left, or are no longer coordinators."""
    opens = NamedCoordinator.objects.filter(coordinator__in=all_coordinators().order_by().values("pk"))
    return ProtectedDetails.objects.exclude(named__in=opens).select_related("person")


def people_of(actor: Actor, words: str = "") -> QuerySet[Person]:
    """The people of the coordinator's area and those she is named for, in the reader's order; by name, where one is
    searched for. Protected persons stand there by their neutral names and are found by nothing else."""
    seen = Q(pk__in=people_in_area(actor.node_path).values("pk")) | Q(
        pk__in=details_named_for(actor).values("person_id")
    )
    found = Person.objects.filter(seen, is_active=True).order_by(in_reader_order(), "pk")
    for word in swedish_sort_key(words).split():
        found = found.filter(sort_key__contains=word)
    return found


# --- what was written in clear ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one kind in which a word stands. what: in words. addresses: names of pages and their argument."""

    what: str
    count: int
    pages: list[tuple[str, int]]


#: So many pages of one kind are led to; the rest is counted.
PAGES_SHOWN = 20
#: A shorter word is found everywhere.
SHORTEST = 4


def written_in_clear(details: ProtectedDetails) -> list[Found]:
    """Where the person's name, address, phone or place stands in text that somebody wrote.

    Looks for each as a whole, in every text column of every table of ours; what is encrypted is left out.
    """
    words = {details.name, details.email, details.phone, details.place}
    return list(_texts_with([word for word in sorted(words) if len(word) >= SHORTEST]))


def _texts_with(words: list[str]) -> Iterator[Found]:
    for model in apps.get_models():
        columns, told = text_columns(model), settings.IN_CLEAR.get(model._meta.label)
        if not columns or not words or told is None:
            continue
        hit = reduce(or_, (Q(**{f"_{column}__icontains": form}) for column in columns for form in _forms(words)))
        rows = model._base_manager.annotate(**{f"_{column}": Cast(column, TextField()) for column in columns})
        rows = rows.filter(hit).order_by("pk")
        if count := rows.count():
            what, url, argument = told
            ids = rows.values_list(argument, flat=True)[:PAGES_SHOWN] if url else []
            yield Found(str(what), count, [(url, pk) for pk in dict.fromkeys(ids) if pk])


def _forms(words: Iterable[str]) -> list[str]:
    """Each word as it stands in a text, and as it stands in JSON."""
    return sorted({form for word in words for form in (word, json.dumps(word)[1:-1])})


def text_columns(model: type[Model]) -> list[str]:
    """The columns of a table of ours in which somebody's own words may stand."""
    if not model.__module__.startswith("samskapa."):
        return []
    return [
        field.attname
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not isinstance(field, EncryptedTextField | BlindIndexField)
        and not field.choices
    ]
