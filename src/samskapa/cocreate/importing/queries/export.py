"""A member as a row of a file, by the same columns as lists come in by."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from samskapa.cocreate.pool.domain import Reach
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import all_in, called
from samskapa.cocreate.pool.queries.wording import word
from samskapa.ground.people.domain import swedish_sort_key
from samskapa.ground.people.models import display_name

from ..domain import Column, as_cell
from .words import HEADINGS

#: What is written out, in this order. Not a diagnosis, and no notes: they are read on the member's page.
COLUMNS: tuple[Column, ...] = (
    Column.NAME,
    Column.STATUS,
    Column.REACH,
    Column.EMAIL,
    Column.PHONE,
    Column.ADDRESS,
    Column.AGE,
    Column.MUNICIPALITY,
    Column.GENDER,
    Column.AS,
    Column.EXPERIENCE,
    Column.CARE,
    Column.CONTRIBUTION,
    Column.CONTRIBUTE_MORE,
    Column.LANGUAGE,
    Column.LANGUAGES_MORE,
    Column.NEED,
    Column.NEEDS_MORE,
    Column.WHEN,
    Column.TIMES_MORE,
    Column.ORGANISATION,
    Column.ORGANISATION_NAME,
    Column.SPEAKS_FOR,
    Column.TRAINING,
    Column.LABEL,
    Column.CONTACT,
)
_TEXTS = frozenset(
    {
        Column.EXPERIENCE,
        Column.CONTRIBUTE_MORE,
        Column.LANGUAGES_MORE,
        Column.NEEDS_MORE,
        Column.TIMES_MORE,
        Column.ORGANISATION_NAME,
        Column.TRAINING,
    }
)
_TAGS = frozenset(
    {Column.AS, Column.CARE, Column.CONTRIBUTION, Column.LANGUAGE, Column.NEED, Column.WHEN, Column.SPEAKS_FOR}
)


def headings() -> list[str]:
    return [str(HEADINGS[column]) for column in COLUMNS]


def members_to_write(group: Group) -> QuerySet[Member]:
    """All whom the coordinators see, in the order they came, with what a row says of them."""
    return all_in(group).prefetch_related("labelled__label")


def cells_of(member: Member) -> list[str]:
    """What the member has told and what the group says, in the language in use; of a protected person the neutral
    name alone."""
    if member.person.protected_tag:
        return [called(member), *("" for _column in COLUMNS[1:])]
    return [_cell(member, column) for column in COLUMNS]


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (swedish_sort_key(name), name))


def _cell(member: Member, column: Column) -> str:
    if column in _TEXTS:
        return getattr(member, column.value)
    if column in _TAGS:
        values = sorted(tag.value for tag in member.tags.all() if tag.kind == column.value)
        return "; ".join(word(column.value, value) for value in values)
    if column in (Column.STATUS, Column.REACH, Column.AGE, Column.GENDER):
        return word(column.value, getattr(member, column.value))
    return {
        Column.NAME: called(member),
        Column.EMAIL: member.person.email or "",
        Column.PHONE: member.reach_at if member.reach_by == Reach.PHONE else "",
        Column.ADDRESS: member.reach_at if member.reach_by == Reach.LETTER else "",
        Column.MUNICIPALITY: member.municipality.name if member.municipality else "",
        Column.ORGANISATION: member.organisation.name if member.organisation else "",
        Column.LABEL: as_cell(_in_order(row.label.name for row in member.labelled.all())),
        Column.CONTACT: display_name(member.contact) if member.contact else "",
    }[column]
