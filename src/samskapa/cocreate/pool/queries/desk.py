"""What waits in a resource group: for the coordinators' desk and the page behind it, and for a member's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskapa.ground.core.domain import Actor
from samskapa.ground.figures.queries import midnight
from samskapa.ground.language.templatetags.reader import day
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.queries import nodes_below

from ..domain import NEVER_ASKED_AFTER, SEEN, Introduction, Status
from ..domain.agreement import TO_THE_DESK
from ..models import TABLES, Agreement, Group, Introduced, Member
from .agreement import REMINDED
from .asked import never_asked
from .members import called, own_members
from .wording import STATUS_TO_YOU

#: Whom somebody checks in with.
_CHECKED_IN = [Status.WELCOMED, Status.ACTIVE]
_WAITS = (Status.INTERESTED, Status.TALKED, Status.WELCOMED)
_SEEN = [each.value for each in SEEN]
_NEXT_IS_OURS = Q(status__in=_WAITS)
#: Of agreements: the member has been reminded twice of what waits.
_SILENT = Q(told=TO_THE_DESK, person_waits_since__isnull=False, root__status__in=REMINDED)


def _due(today: date) -> Q:
    return Q(status__in=_CHECKED_IN, next_check_in__lte=today)


def long_never_asked(members: QuerySet[Member], today: date) -> QuerySet[Member]:
    """Who has been active for NEVER_ASKED_AFTER and never asked, the longest wait first."""
    # As a moment, which an index holds: the day of each row would have to be worked out.
    long_since = midnight(today - NEVER_ASKED_AFTER + timedelta(days=1))
    return never_asked(members.filter(since__lt=long_since), today).order_by("since", "pk")


def groups_run_by(actor: Actor) -> list[Group]:
    """The groups that the actor coordinates, each with its place. One query; none for who is no coordinator."""
    if not actor.acts_as(Role.COORDINATOR):
        return []
    there = nodes_below(actor.node_path).values("pk")
    return list(Group.objects.filter(node__in=there).select_related("node").order_by("pk"))


def desk_sentences(groups: Iterable[Group], today: date) -> list[str]:
    """What waits in the groups that one runs, a sentence for each kind of thing; [] where nothing does. Five queries,
    which look only at those who wait, however many members there are; none where there is no group."""
    run = [group.pk for group in groups]
    if not run:
        return []
    # By the groups' numbers, with which the members' indexes begin.
    members = Member.objects.filter(group__in=run, status__in=_SEEN)
    rows = (
        Member.objects.filter(_NEXT_IS_OURS, group__in=run)
        .values_list("status")
        .annotate(n=Count("pk"), first=Min("since"))
    )
    counts = {status: (number, first) for status, number, first in rows}
    interested, talked, welcomed = (counts.get(each.value, (0, None)) for each in _WAITS)
    due = Member.objects.filter(_due(today), group__in=run).count()
    # Each from the agreements that wait, of which there is an index: members there are many more.
    theirs = Agreement.objects.filter(TABLES.live, Exists(members.filter(pk=OuterRef("root"))))
    owing = theirs.filter(group_owes__gt=0).count()
    silent = theirs.filter(_SILENT).count()
    said = []
    if n := interested[0]:
        text = ngettext(
            "%(n)s person wants to join, since %(day)s.", "%(n)s people want to join, the first since %(day)s.", n
        )
        said.append(text % {"n": n, "day": day(interested[1])})
    if n := talked[0]:
        text = ngettext(
            "%(n)s person waits for a welcome, since %(day)s.",
            "%(n)s people wait for a welcome, the first since %(day)s.",
            n,
        )
        said.append(text % {"n": n, "day": day(talked[1])})
    if n := welcomed[0]:
        said.append(ngettext("%(n)s person is being introduced.", "%(n)s people are being introduced.", n) % {"n": n})
    if owing:
        text = ngettext(
            "%(n)s agreement waits for the group's answer.", "%(n)s agreements wait for the group's answer.", owing
        )
        said.append(text % {"n": owing})
    if silent:
        text = ngettext(
            "%(n)s member has not answered in the agreement after two reminders.",
            "%(n)s members have not answered in the agreement after two reminders.",
            silent,
        )
        said.append(text % {"n": silent})
    if n := due:
        said.append(ngettext("%(n)s check-in is due.", "%(n)s check-ins are due.", n) % {"n": n})
    alone = long_never_asked(members, today).order_by().aggregate(n=Count("pk"), since=Min("since"))
    if n := alone["n"]:
        text = ngettext(
            "%(n)s person can be asked since %(day)s, and never has been.",
            "%(n)s people can be asked and never have been, the first since %(day)s.",
            n,
        )
        said.append(text % {"n": n, "day": day(alone["since"])})
    return said


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A member for whom somebody in the group has the next step. since: from when it waits, or the day it was for."""

    member: Member
    name: str
    todo: str
    url: str
    since: datetime | date | None


def waiting_members(group: Group) -> QuerySet[Member]:
    """For whom the next step is the group's, those who have waited longest first."""
    agreements = Agreement.objects.filter(TABLES.live)
    introduced = Introduced.objects.order_by("pk")
    # Or a contact person, or another coordinator, owes a word in the agreement; or the member has been silent.
    live = Agreement.objects.filter(TABLES.live).order_by()
    answer_is_ours = Q(status=Status.ACTIVE, pk__in=live.filter(group_owes__gt=0).values("root"))
    is_silent = Q(pk__in=live.filter(_SILENT).values("root"))
    return (
        Member.objects.filter(_NEXT_IS_OURS | answer_is_ours | is_silent, group=group)
        .select_related("person")
        .prefetch_related(
            Prefetch("agreements", queryset=agreements, to_attr="going_on"), Prefetch("introduced", introduced)
        )
        .order_by("since", "pk")
    )


def due_members(group: Group, today: date) -> QuerySet[Member]:
    """Whose check-in is due, the oldest first."""
    return Member.objects.filter(_due(today), group=group).select_related("person").order_by("next_check_in", "pk")


def wait_row(member: Any) -> WaitRow:
    """The next step with a member of `waiting_members`."""
    agreement = next(iter(member.going_on), None)
    pages = {
        Status.INTERESTED: (_("Get in touch for a talk"), "talk"),
        Status.TALKED: (_("Say welcome"), "welcome"),
    }
    since = member.since
    if member.status in pages:
        todo, page = pages[Status(member.status)]
        url = reverse(f"pool:{page}", args=[member.pk])
    elif agreement and agreement.group_owes:
        todo, url = _("Answer in the agreement"), reverse("pool:agreement", args=[agreement.pk])
        since = None if member.status == Status.ACTIVE else since
    elif agreement and agreement.told == TO_THE_DESK:
        todo, url = _("Call: no answer in the agreement after two reminders"), reverse("pool:member", args=[member.pk])
        since = agreement.person_waits_since
    elif len(member.introduced.all()) < len(Introduction):
        left = len(Introduction) - len(member.introduced.all())
        todo = ngettext("%(n)s point of the introduction is left", "%(n)s points of the introduction are left", left)
        todo, url = todo % {"n": left}, reverse("pool:introduction", args=[member.pk])
    elif agreement is None:  # welcomed before there were any
        todo, url = _("Draft an agreement"), reverse("pool:member", args=[member.pk])
    elif agreement.person_owes:
        todo, url = _("Waits for the member's answer in the agreement"), reverse("pool:agreement", args=[agreement.pk])
    else:
        todo, url = _("Can be asked from now on"), reverse("pool:member", args=[member.pk])
    return WaitRow(member, called(member), todo, url, since)


def due_row(member: Member) -> WaitRow:
    """A check-in that is due."""
    url = reverse("pool:note", args=[member.pk])
    return WaitRow(member, called(member), _("Check in, and note it"), url, member.next_check_in)


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
