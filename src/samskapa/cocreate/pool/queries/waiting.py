"""What waits for who runs a group: one list, the oldest promise first.

The database puts the whole list in order, each row as a number, a kind and a day; only a page of members is read. What
other apps add is some hundred rows at most, and is put between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskapa.ground.figures.queries import midnight
from samskapa.ground.language.templatetags.reader import day as in_words
from samskapa.ground.people.queries import in_reader_order

from ..domain import NEVER_ASKED_AFTER, SEEN, Introduction, Status
from ..domain.agreement import TO_THE_DESK
from ..domain.moving import CHECKED_IN
from ..models import TABLES, Agreement, Group, Introduced, Member
from .agreement import REMINDED
from .asked import never_asked
from .members import called
from .minors import without_a_yes
from .tools import waits_in


class Kind(StrEnum):
    """What can wait with a member. Of a kind a member waits once; two kinds are two rows, each with its own next step.
    The words are those of the page's address."""

    JOIN = "join"
    WELCOME = "welcome"
    INTRODUCTION = "introduction"
    AGREEMENT = "agreement"
    SILENT = "silent"
    GUARDIAN = "guardian"
    CHECK_IN = "check_in"
    NEVER_ASKED = "never_asked"


LABELS: dict[str, Any] = {
    Kind.JOIN: gettext_lazy("Want to join"),
    Kind.WELCOME: gettext_lazy("To be welcomed"),
    Kind.INTRODUCTION: gettext_lazy("Being introduced"),
    Kind.AGREEMENT: gettext_lazy("Agreements to answer"),
    Kind.SILENT: gettext_lazy("No answer in the agreement"),
    Kind.GUARDIAN: gettext_lazy("Without a guardian's yes"),
    Kind.CHECK_IN: gettext_lazy("Check-ins that are due"),
    Kind.NEVER_ASKED: gettext_lazy("Never asked"),
}

#: The kinds whose day is one by which it should be done; the others wait since theirs.
BY_DAY = {Kind.CHECK_IN, Kind.NEVER_ASKED}
_ONE_DAY = date.resolution
#: The kinds that are a step on the way in, with their status.
WAYS_IN = {Kind.JOIN: Status.INTERESTED, Kind.WELCOME: Status.TALKED, Kind.INTRODUCTION: Status.WELCOMED}
_SEEN = [each.value for each in SEEN]
#: Agreements in which a point waits for the group, and those whose member has been reminded twice of what waits.
OWING = Q(group_owes__gt=0, root__status__in=_SEEN)
SILENT = Q(told=TO_THE_DESK, person_waits_since__isnull=False, root__status__in=REMINDED)


def due(today: date) -> Q:
    """Members whose check-in is due."""
    return Q(status__in=CHECKED_IN, next_check_in__lte=today)


def guardian_missing(members: QuerySet[Member]) -> QuerySet[Member]:
    """Who is in, under eighteen, and without a guardian's yes: it was taken back, or the age was told since.
    `missing_at` is since when, as far as it is known."""
    found = members.filter(without_a_yes(), status__in=CHECKED_IN)
    return found.annotate(missing_at=Coalesce("minor__consent__ended_at", "since"))


def long_never_asked(members: QuerySet[Member], today: date) -> QuerySet[Member]:
    """Who has been active for NEVER_ASKED_AFTER and never asked, the longest wait first."""
    # As a moment, which an index holds: the day of each row would have to be worked out.
    long_since = midnight(today - NEVER_ASKED_AFTER + _ONE_DAY)
    return never_asked(members.filter(~without_a_yes(), since__lt=long_since), today).order_by("since", "pk")


def _sources(group: Group, today: date) -> dict[Kind, tuple[QuerySet[Any], str, str]]:
    """Kind -> its rows, which column says since when (or by when) each waits, and the way from a row to its member."""
    members = Member.objects.filter(group=group)
    agreements = Agreement.objects.filter(TABLES.live, root__group=group)
    return {
        **{kind: (members.filter(status=status), "since", "") for kind, status in WAYS_IN.items()},
        Kind.AGREEMENT: (agreements.filter(OWING), "group_waits_since", "root__"),
        Kind.SILENT: (agreements.filter(SILENT), "person_waits_since", "root__"),
        Kind.GUARDIAN: (guardian_missing(members), "missing_at", ""),
        Kind.CHECK_IN: (members.filter(due(today)), "next_check_in", ""),
        Kind.NEVER_ASKED: (long_never_asked(members, today), "since", ""),
    }


def _ranked(kind: Kind, rows: QuerySet[Any], column: str, member: str) -> QuerySet[Any]:
    """(member, kind, day, name) of each row. Names are what people are registered by: what they want to be called is
    encrypted, so the database cannot order by it."""
    waits_on: Any = F(column) if kind is Kind.CHECK_IN else TruncDate(column)
    if kind is Kind.NEVER_ASKED:  # they wait from the day on which the time was up: until then nobody was late
        waits_on = TruncDate(F(column) + NEVER_ASKED_AFTER)
    return (
        rows.order_by()
        .annotate(
            row_kind=Value(kind.value),
            row_day=waits_on,
            row_name=in_reader_order(f"{member}person__sort_key"),
            row_member=F(f"{member}pk"),
        )
        .values_list("row_day", "row_name", "row_member", "row_kind")
    )


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Something that waits: who or what, the next step with its page, and since when or by when, in words. member: None
    where it is something beside members."""

    who: str
    todo: str
    url: str
    day: str
    member: Member | None = None


class Waiting:
    """The list of one group, all of it or one kind; a sequence that a paginator cuts pages from."""

    def __init__(self, group: Group, today: date, kind: str = "") -> None:
        self.group, self.today = group, today
        self._sources = _sources(group, today)
        self._all_beside = waits_in(group)
        self.kind = kind if kind in {*Kind, *(each.kind for each in self._all_beside)} else ""
        chosen = (each for each in self._all_beside if self.kind in ("", each.kind))
        self._beside = sorted(chosen, key=lambda each: each.on)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Kind -> how many wait, those of which any do, in the order of the kinds, what is beside members after them as
        the slot has it. One query."""
        each = [
            rows.order_by().annotate(row_kind=Value(kind.value)).values("row_kind").annotate(n=Count("pk"))
            for kind, (rows, *_where) in self._sources.items()
        ]
        said = dict(each[0].union(*each[1:], all=True).values_list("row_kind", "n"))
        found = {kind.value: said[kind] for kind in Kind if said.get(kind)}
        for row in self._all_beside:
            found[row.kind] = found.get(row.kind, 0) + 1
        return found

    @cached_property
    def kinds(self) -> list[tuple[str, Any, int]]:
        """For the links that narrow the list: the kind, its words, and how many."""
        labels: dict[str, Any] = {**LABELS, **{row.kind: row.label for row in self._all_beside}}
        return [(kind, labels[kind], number) for kind, number in self.counts.items()]

    def page(self, number: str | None, size: int) -> Page[WaitRow]:
        """That page of the list, or the nearest there is."""
        return Paginator(cast("Any", self), size).get_page(number or 1)

    @property
    def total(self) -> int:
        """How many wait, of all kinds."""
        return sum(self.counts.values())

    def count(self) -> int:
        """How many rows the list has: what a paginator asks for."""
        return self.counts.get(self.kind, 0) if self.kind else self.total

    __len__ = count

    def __getitem__(self, cut: slice) -> list[WaitRow]:
        """The rows from `cut.start` to `cut.stop`."""
        start = max(0, cut.start - len(self._beside))
        ranked: list[Any] = self._places(start, cut.stop)
        # What stands before the first of these in the whole list is before the page too: there are too few others.
        mixed = sorted(
            [*((day, 1, number, found) for number, (day, *found) in enumerate(ranked)),
             *((each.on, 0, number, each) for number, each in enumerate(self._beside))],
            key=lambda row: row[:3],
        )  # fmt: skip
        page = mixed[cut.start - start : cut.stop - start]
        members = self._members(found[1] for _day, is_member, _number, found in page if is_member)
        rows = []
        for day, is_member, _number, found in page:
            if not is_member:
                rows.append(WaitRow(found.said, found.todo, found.url, _when(day, is_by=found.is_by)))
            elif member := members.get(found[1]):  # who left meanwhile waits for nothing
                rows.append(_row(member, Kind(found[2]), day))
        return rows

    def _places(self, start: int, stop: int) -> list[Any]:
        """(day, name, member, kind) of the members that stand there, of members alone."""
        chosen = [kind for kind in Kind if self.kind in ("", kind)]
        if not chosen:
            return []
        each = [_ranked(kind, *self._sources[kind]) for kind in chosen]
        found = each[0].union(*each[1:], all=True) if each[1:] else each[0]
        return list(found.order_by("row_day", "row_name", "row_member", "row_kind")[start:stop])

    def _members(self, ids: Iterable[int]) -> dict[int, Any]:
        """What the rows say of them: the rest of a member is long, and encrypted."""
        people = (f"person__{column}" for column in ("name", "email", "protected_tag", "forgotten_at"))
        return (
            Member.objects.filter(group=self.group)
            .select_related("person")
            .only("uid", "called", "status", "since", *people)
            .prefetch_related(
                Prefetch("agreements", Agreement.objects.filter(TABLES.live), to_attr="going_on"),
                Prefetch("introduced", Introduced.objects.order_by("pk")),
            )
            .in_bulk(set(ids))
        )


#: Where the next step is, of the kinds in which it is the same for everybody.
_PAGES = {
    Kind.JOIN: "talk",
    Kind.WELCOME: "welcome",
    Kind.GUARDIAN: "minor",
    Kind.CHECK_IN: "note",
    Kind.AGREEMENT: "agreement",
    Kind.SILENT: "agreement",
}


def first_step(kind: Kind) -> str:
    """What one does next about that kind of thing, whoever it is."""
    return {
        Kind.JOIN: _("Get in touch for a talk"),
        Kind.WELCOME: _("Say welcome"),
        Kind.INTRODUCTION: _("Go on with the introduction"),
        Kind.AGREEMENT: _("Answer in the agreement"),
        Kind.SILENT: _("Call and ask"),
        Kind.GUARDIAN: _("Talk about it: no guardian's yes stands"),
        Kind.CHECK_IN: _("Check in, and note it"),
        Kind.NEVER_ASKED: _("See who has waited longest"),
    }[kind]


def first_day(kind: Kind, since: Any) -> date:
    """The day of a row in the list, from what its column holds: the same as `_ranked` has the database say."""
    if kind is Kind.CHECK_IN:
        return since
    return localdate(since + NEVER_ASKED_AFTER if kind is Kind.NEVER_ASKED else since)


def _when(day: date, *, is_by: bool) -> str:
    said = _("by %(day)s") if is_by else _("since %(day)s")
    return said % {"day": in_words(day)}


def _row(member: Any, kind: Kind, day: date) -> WaitRow:
    todo, page, pk = _step(member, kind)
    return WaitRow(called(member), todo, reverse(f"pool:{page}", args=[pk]), _when(day, is_by=kind in BY_DAY), member)


def _step(member: Any, kind: Kind) -> tuple[str, str, int]:
    """The next step of what waits with a member: in words, and the page of it."""
    agreement = next(iter(member.going_on), None)
    if kind is Kind.INTRODUCTION:
        return _introduction(member, agreement)
    if kind is Kind.NEVER_ASKED:
        todo = _("Can be asked since %(day)s, and never has been") % {"day": in_words(member.since)}
        return todo, "member", member.pk
    todo, page = first_step(kind), _PAGES[kind]
    if kind is Kind.SILENT:
        todo = _("Call: no answer in the agreement after two reminders")
    if page != "agreement":
        return todo, page, member.pk
    return (todo, page, agreement.pk) if agreement else (todo, "member", member.pk)  # settled this very moment


def _introduction(member: Any, agreement: Agreement | None) -> tuple[str, str, int]:
    """Of somebody welcomed: what is left before they can be asked."""
    left = len(Introduction) - len(member.introduced.all())
    if left:
        todo = ngettext("%(n)s point of the introduction is left", "%(n)s points of the introduction are left", left)
        return todo % {"n": left}, "introduction", member.pk
    if agreement is None:  # welcomed before there were any
        return _("Draft an agreement"), "member", member.pk
    if agreement.group_owes:
        return _("The introduction is done, the agreement is left"), "agreement", agreement.pk
    if agreement.person_owes:
        return _("Waits for the member's answer in the agreement"), "agreement", agreement.pk
    return _("Can be asked from now on"), "member", member.pk


def path_to(group: Group, kind: Kind) -> str:
    """The page narrowed to what waits of one kind."""
    return f"{reverse('pool:waiting', args=[group.node_id])}?kind={kind}"
