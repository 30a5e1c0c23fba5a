"""What waits in a resource group: for the coordinators' desk, and for a member's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Value
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
from .waiting import OWING, SILENT, WAYS_IN, Kind, due, guardian_missing, long_never_asked, path_to
from .wording import STATUS_TO_YOU

_SEEN = [each.value for each in SEEN]


def groups_run_by(actor: Actor) -> list[Group]:
    """The groups that the actor coordinates, each with its place. One query; none for who is no coordinator."""
    if not actor.acts_as(Role.COORDINATOR):
        return []
    there = nodes_below(actor.node_path).values("pk")
    return list(Group.objects.filter(node__in=there).select_related("node").order_by("pk"))


@dataclass(frozen=True, slots=True)
class DeskSentence:
    """Something that waits in the groups that one runs. url: the page of just that; "" where one runs several."""

    said: str
    url: str = ""


def desk_sentences(groups: Iterable[Group], today: date) -> list[DeskSentence]:
    """What waits in the groups that one runs, a sentence for each kind of thing; [] where nothing does. Five queries,
    which look only at those who wait, however many members there are; none where there is no group."""
    mine = list(groups)
    run = [group.pk for group in mine]
    if not run:
        return []
    # By the groups' numbers, with which the members' indexes begin.
    members = Member.objects.filter(group__in=run, status__in=_SEEN)
    rows = (
        Member.objects.filter(status__in=WAYS_IN.values(), group__in=run)
        .values_list("status")
        .annotate(n=Count("pk"), first=Min("since"))
    )
    counts = {status: (number, first) for status, number, first in rows}
    interested, talked, welcomed = (counts.get(each.value, (0, None)) for each in WAYS_IN.values())
    # Two kinds in one question: each a row of its number.
    both = {Kind.GUARDIAN: guardian_missing(members), Kind.CHECK_IN: members.filter(due(today))}
    parts = [
        rows.order_by().annotate(row_kind=Value(kind.value)).values("row_kind").annotate(n=Count("pk"))
        for kind, rows in both.items()
    ]
    said_of = dict(parts[0].union(*parts[1:], all=True).values_list("row_kind", "n"))
    unguarded, check_ins = (said_of.get(kind.value, 0) for kind in both)
    # Each from the agreements that wait, of which there is an index: members there are many more.
    theirs = Agreement.objects.filter(TABLES.live, Exists(members.filter(pk=OuterRef("root"))))
    owing = theirs.filter(OWING).count()
    silent = theirs.filter(SILENT).count()
    alone = long_never_asked(members, today).order_by().aggregate(n=Count("pk"), since=Min("since"))
    said = {
        Kind.JOIN: (
            ngettext(
                "%(n)s person wants to join, since %(day)s.",
                "%(n)s people want to join, the first since %(day)s.",
                interested[0],
            ),
            *interested,
        ),
        Kind.WELCOME: (
            ngettext(
                "%(n)s person waits for a welcome, since %(day)s.",
                "%(n)s people wait for a welcome, the first since %(day)s.",
                talked[0],
            ),
            *talked,
        ),
        Kind.INTRODUCTION: (
            ngettext("%(n)s person is being introduced.", "%(n)s people are being introduced.", welcomed[0]),
            *welcomed,
        ),
        Kind.AGREEMENT: (
            ngettext(
                "%(n)s agreement waits for the group's answer.", "%(n)s agreements wait for the group's answer.", owing
            ),
            owing,
            None,
        ),
        Kind.SILENT: (
            ngettext(
                "%(n)s member has not answered in the agreement after two reminders.",
                "%(n)s members have not answered in the agreement after two reminders.",
                silent,
            ),
            silent,
            None,
        ),
        Kind.GUARDIAN: (
            ngettext(
                "%(n)s member under eighteen has no guardian's yes.",
                "%(n)s members under eighteen have no guardian's yes.",
                unguarded,
            ),
            unguarded,
            None,
        ),
        Kind.CHECK_IN: (
            ngettext("%(n)s check-in is due.", "%(n)s check-ins are due.", check_ins),
            check_ins,
            None,
        ),
        Kind.NEVER_ASKED: (
            ngettext(
                "%(n)s person can be asked since %(day)s, and never has been.",
                "%(n)s people can be asked and never have been, the first since %(day)s.",
                alone["n"],
            ),
            alone["n"],
            alone["since"],
        ),
    }
    only = mine[0] if len(mine) == 1 else None
    return [
        DeskSentence(text % {"n": number, "day": day(since)}, path_to(only, kind) if only else "")
        for kind, (text, number, since) in said.items()
        if number
    ]


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
