"""What waits in a resource group: for the coordinators' desk, and for a member's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.core.domain import Actor
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import nodes_below

from ..domain import SEEN, Status
from ..models import TABLES, Agreement, Group, Member
from .members import own_members
from .tools import Waits
from .waiting import (
    BY_DAY,
    LABELS,
    OWING,
    SILENT,
    WAYS_IN,
    Kind,
    due,
    first_day,
    first_step,
    guardian_missing,
    long_never_asked,
    path_to,
)
from .wording import STATUS_TO_YOU

_SEEN = [each.value for each in SEEN]


def groups_run_by(actor: Actor) -> list[Group]:
    """The groups that the actor coordinates, each with its place. One query; none for who is no coordinator."""
    if not actor.acts_as(Role.COORDINATOR):
        return []
    there = nodes_below(actor.node_path).values("pk")
    return list(Group.objects.filter(node__in=there).select_related("node").order_by("pk"))


@dataclass(frozen=True, slots=True)
class PlaceWaits:
    """Of what waits the part that waits in one of several groups. url: the page of just that."""

    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class DeskSentence:
    """Something that waits in the groups that one runs. url: the page of just that; "" where one runs several. Then
    places: each of those groups in which it waits. longest: what has waited longest of it, with the next step and the
    page of just that in its own group. It names nobody, so that nobody's page was looked at."""

    said: str
    longest: Waits
    url: str = ""
    places: tuple[PlaceWaits, ...] = ()


@dataclass(slots=True)
class _Count:
    """How many wait, in each group and in all, since when the first of them, and in whose group that is."""

    by_group: dict[int, int] = field(default_factory=dict)
    since: Any = None
    group: int = 0

    @property
    def number(self) -> int:
        return sum(self.by_group.values())

    def add(self, number: int, since: Any, group: int) -> None:
        self.by_group[group] = self.by_group.get(group, 0) + number
        if self.since is None or since < self.since:
            self.since, self.group = since, group


def _counts(run: list[int], today: date) -> dict[Kind, _Count]:
    """What waits of each kind in those groups: five questions, which look only at those who wait. Each is asked group
    by group, so that one knows in which of several something has waited longest."""
    # By the groups' numbers, with which the members' indexes begin.
    members = Member.objects.filter(group__in=run, status__in=_SEEN)
    # Each from the agreements that wait, of which there is an index: members there are many more.
    theirs = Agreement.objects.filter(TABLES.live, Exists(members.filter(pk=OuterRef("root"))))
    found = {kind: _Count() for kind in Kind}
    on_the_way = {status.value: kind for kind, status in WAYS_IN.items()}
    for status, *row in _by_group(Member.objects.filter(status__in=on_the_way, group__in=run), "since", "status"):
        found[on_the_way[status]].add(*row)
    sources: list[tuple[Kind, QuerySet[Any], str, str]] = [
        (Kind.CHECK_IN, Member.objects.filter(due(today), group__in=run), "next_check_in", "group"),
        (Kind.AGREEMENT, theirs.filter(OWING), "group_waits_since", "root__group"),
        (Kind.SILENT, theirs.filter(SILENT), "person_waits_since", "root__group"),
    ]
    for kind, rows, column, group in sources:
        for row in _by_group(rows, column, group=group):
            found[kind].add(*row)
    # Two kinds that wait since a moment, in one question.
    unguarded, untried = (
        _by_group(rows.annotate(row_kind=Value(kind.value)), column, "row_kind")
        for kind, rows, column in (
            (Kind.GUARDIAN, guardian_missing(members), "missing_at"),
            (Kind.NEVER_ASKED, long_never_asked(members, today), "since"),
        )
    )
    for kind, *row in unguarded.union(untried, all=True):
        found[Kind(kind)].add(*row)
    return found


def _by_group(rows: QuerySet[Any], column: str, *also: str, group: str = "group") -> QuerySet[Any, Any]:
    """(also, how many, the first day or moment, group) of the rows."""
    each = rows.order_by().values(*also, group).annotate(n=Count("pk"), first=Min(column))
    return each.values_list(*also, "n", "first", group)


def desk_sentences(groups: Iterable[Group], today: date) -> list[DeskSentence]:
    """What waits in the groups that one runs, a sentence for each kind of thing; [] where nothing does. Five queries,
    which look only at those who wait, however many members there are; none where there is no group."""
    mine = {group.pk: group for group in groups}
    if not mine:
        return []
    return [_sentence(kind, count, mine) for kind, count in _counts(list(mine), today).items() if count.number]


def _sentence(kind: Kind, count: _Count, mine: dict[int, Group]) -> DeskSentence:
    said = _said(kind, count.number, count.since)
    longest = _longest(kind, said, mine[count.group], count.since)
    if len(mine) == 1:
        return DeskSentence(said, longest, path_to(mine[count.group], kind))
    there = [(group, count.by_group[pk]) for pk, group in mine.items() if pk in count.by_group]
    places = (PlaceWaits(group.node.name, number, path_to(group, kind)) for group, number in there)
    return DeskSentence(said, longest, places=tuple(places))


def _longest(kind: Kind, said: str, group: Group, since: Any) -> Waits:
    """The same as a next step: the list in which it is the first."""
    todo, on, is_by = first_step(kind), first_day(kind, since), kind in BY_DAY
    return Waits(said, todo, path_to(group, kind), on, is_by, kind.value, LABELS[kind])


def _said(kind: Kind, number: int, since: Any) -> str:
    said = {
        Kind.JOIN: ngettext(
            "%(n)s person wants to join, since %(day)s.",
            "%(n)s people want to join, the first since %(day)s.",
            number,
        ),
        Kind.WELCOME: ngettext(
            "%(n)s person waits for a welcome, since %(day)s.",
            "%(n)s people wait for a welcome, the first since %(day)s.",
            number,
        ),
        Kind.INTRODUCTION: ngettext("%(n)s person is being introduced.", "%(n)s people are being introduced.", number),
        Kind.AGREEMENT: ngettext(
            "%(n)s agreement waits for the group's answer.", "%(n)s agreements wait for the group's answer.", number
        ),
        Kind.SILENT: ngettext(
            "%(n)s member has not answered in the agreement after two reminders.",
            "%(n)s members have not answered in the agreement after two reminders.",
            number,
        ),
        Kind.GUARDIAN: ngettext(
            "%(n)s member under eighteen has no guardian's yes.",
            "%(n)s members under eighteen have no guardian's yes.",
            number,
        ),
        Kind.CHECK_IN: ngettext("%(n)s check-in is due.", "%(n)s check-ins are due.", number),
        Kind.NEVER_ASKED: ngettext(
            "%(n)s person can be asked since %(day)s, and never has been.",
            "%(n)s people can be asked and never have been, the first since %(day)s.",
            number,
        ),
    }[kind]
    return said % {"n": number, "day": day(since)}


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A group that one is in, on one's own page. todo: what waits for one there; "" where nothing does."""

    group: Group
    state: str
    todo: str
    url: str


def own_rows(actor: Actor) -> list[OwnRow]:
    """Every group one is in, or is about to join. Two queries."""
    agreements = Agreement.objects.filter(TABLES.live)
    found = own_members(actor).select_related("group__node").order_by("pk")
    rows = []
    for member in found.prefetch_related(Prefetch("agreements", queryset=agreements)):
        agreement = next(iter(member.agreements.all()), None)
        todo, url = "", reverse("pool:mine", args=[member.group.node_id])
        if member.status == Status.BEGUN:
            todo, url = _("Go on where you were"), reverse("pool:join", args=[member.group.node_id])
        elif agreement and agreement.person_owes:
            todo, url = _("Read and answer the agreement"), reverse("pool:agreement", args=[agreement.pk])
        rows.append(OwnRow(member.group, str(STATUS_TO_YOU[member.status]), todo, url))
    return rows
