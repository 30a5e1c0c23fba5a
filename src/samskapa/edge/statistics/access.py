"""The one doorway: whose figures one may see, of which month, and how much of them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samskapa.cocreate.pool.access import group_to_run
from samskapa.cocreate.pool.models import Group
from samskapa.ground.core.domain import Actor
from samskapa.ground.figures.domain import NoSuchMonth, read_month
from samskapa.ground.figures.models import Snapshot
from samskapa.ground.figures.queries import snapshots
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node

from .domain import NoSuchYear, Year, year_of, years_of
from .queries import OPEN_KINDS, View

_BESIDE = (Kind.PATIENT_ORGANISATION, Kind.SECTION)


def _is_own(actor: Actor, node: Node) -> bool:
    return actor.acts_as(Role.HOST, Role.COORDINATOR) and actor.reaches(node.path)


def may_see(actor: Actor, node: Node) -> bool:
    """Whether the actor sees what is told of the node: everybody of regions, municipalities and the nation; host,
    coordinator and leadership of their own and what lies below."""
    if node.kind in _BESIDE:
        return False
    inside = actor.acts_as(Role.HOST, Role.COORDINATOR, Role.LEADERSHIP) and actor.reaches(node.path)
    return node.kind in OPEN_KINDS or inside


def view_for(actor: Actor, pk: int) -> View:
    """The node, where the actor may see its figures."""
    node = get_object_or_404(Node, pk=pk)
    if not may_see(actor, node):
        raise Http404
    return View(node, _is_own(actor, node))


def months_for(view: View, today: date) -> QuerySet[Snapshot]:
    """The months that one sees of the node, the newest first."""
    return snapshots(today, also_before=view.is_own)


def month_for(view: View, month: str, today: date) -> Snapshot:
    """The month written as "2026-11", where one sees it already."""
    try:
        first = read_month(month)
    except NoSuchMonth as error:
        raise Http404 from error
    return get_object_or_404(months_for(view, today), month=first)


def month_to_comment(actor: Actor, pk: int, month: str, today: date) -> tuple[View, Snapshot]:
    """A month of one's own that not everybody sees yet: there is still time to say something of it."""
    view = view_for(actor, pk)
    snapshot = month_for(view, month, today)
    if not view.is_own or today >= snapshot.shown_on:
        raise Http404
    return view, snapshot


def year_for(actor: Actor, pk: int, number: int | None, *, today: date, is_shared: bool) -> tuple[Group, Year, range]:
    """The year of a group that the actor runs, None: the one that goes on; and those that can be chosen. The variant to
    pass on is there when the year is over. Raises Http404."""
    group = group_to_run(actor, pk)
    made_on = timezone.localdate(group.made_at)
    try:
        year = year_of(today.year if number is None else number, made_on=made_on, today=today)
    except NoSuchYear as error:
        raise Http404 from error
    if is_shared and not year.is_over:
        raise Http404
    return group, year, years_of(made_on, today)


def first_place(actor: Actor) -> Node | None:
    """Where one begins: one's own place, else the nation."""
    if actor.acts_as(Role.HOST, Role.COORDINATOR, Role.LEADERSHIP):
        return Node.objects.filter(pk=actor.node_id or 0).first()
    return Node.objects.filter(kind=Kind.NATION).order_by("pk").first()
