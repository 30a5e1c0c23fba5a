"""What waits in a resource group: for the coordinators' desk, and for a member's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, QuerySet
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
from .waiting import OWING, SILENT, WAYS_IN, Kind, due, long_never_asked, path_to
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
    places: each of those groups in which it waits."""

    said: str
    url: str = ""
    places: tuple[PlaceWaits, ...] = ()


#: Group's id -> how many wait in it, and since when the first of them does.
_Waiting = dict[int, tuple[int, datetime | None]]


def _counted(rows: QuerySet[Any], group: str) -> _Waiting:
    """Of what waits without a day of its own."""
    return {pk: (number, None) for pk, number in rows.order_by().values_list(group).annotate(n=Count("pk"))}


def desk_sentences(groups: Iterable[Group], today: date) -> list[DeskSentence]:
    """What waits in the groups that one runs, a sentence for each kind of thing; [] where nothing does. Five queries,
    which look only at those who wait, however many members and groups there are; none where there is no group."""
    mine = list(groups)
    run = [group.pk for group in mine]
    if not run:
        return []
    # By the groups' numbers, with which the members' indexes begin.
    members = Member.objects.filter(group__in=run, status__in=_SEEN)
    ways_in: dict[str, _Waiting] = {each.value: {} for each in WAYS_IN.values()}
    rows = Member.objects.filter(status__in=WAYS_IN.values(), group__in=run).values_list("status", "group")
    for status, pk, number, first in rows.annotate(n=Count("pk"), first=Min("since")):
        ways_in[status][pk] = (number, first)
    # Each from the agreements that wait, of which there is an index: members there are many more.
    theirs = Agreement.objects.filter(TABLES.live, Exists(members.filter(pk=OuterRef("root"))))
    long_since = long_never_asked(members, today).order_by().values_list("group")
    untried = long_since.annotate(n=Count("pk"), first=Min("since"))
    waiting = {
        **{kind: ways_in[status.value] for kind, status in WAYS_IN.items()},
        Kind.AGREEMENT: _counted(theirs.filter(OWING), "root__group"),
        Kind.SILENT: _counted(theirs.filter(SILENT), "root__group"),
        Kind.CHECK_IN: _counted(Member.objects.filter(due(today), group__in=run), "group"),
        Kind.NEVER_ASKED: {pk: (number, first) for pk, number, first in untried},
    }
    return [_sentence(kind, waiting[kind], mine) for kind in Kind if waiting[kind]]


def _sentence(kind: Kind, waiting: _Waiting, mine: list[Group]) -> DeskSentence:
    number = sum(count for count, _first in waiting.values())
    first = min((moment for _count, moment in waiting.values() if moment), default=None)
    said = _in_words(kind, number) % {"n": number, "day": day(first)}
    if len(mine) == 1:
        return DeskSentence(said, path_to(mine[0], kind))
    there = [group for group in mine if group.pk in waiting]
    return DeskSentence(
        said, places=tuple(PlaceWaits(each.node.name, waiting[each.pk][0], path_to(each, kind)) for each in there)
    )


def _in_words(kind: Kind, number: int) -> str:
    """The sentence for so many, with room for their number and the first one's day."""
    return {
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
        Kind.CHECK_IN: ngettext("%(n)s check-in is due.", "%(n)s check-ins are due.", number),
        Kind.NEVER_ASKED: ngettext(
            "%(n)s person can be asked since %(day)s, and never has been.",
            "%(n)s people can be asked and never have been, the first since %(day)s.",
            number,
        ),
    }[kind]


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
