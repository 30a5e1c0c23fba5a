"""What is done to start a resource group: a step is saved, and at last the group and its first assignment are made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from samskapa.cocreate.assignments.services.need import quick_need
from samskapa.cocreate.pool.services.running import arrange_group
from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.organisations.domain import Kind, Role, check_role
from samskapa.ground.organisations.models import Node

from . import domain
from .models import Saved, Start
from .queries import values_of


def _locked(node: Node) -> Start | None:
    """What has been written of the place, and nobody else's until we are done. The place's row is the lock, also before
    anything is written; it is the one that making a group takes."""
    Node.objects.select_for_update(of=("self",)).get(pk=node.pk)
    return Start.objects.filter(node=node).first()


@transaction.atomic
def save_step(node: Node, key: str, values: Mapping[str, Any], *, based_on: int, by: Actor, now: datetime) -> Start:
    """Store what a step says. The same again changes nothing.

    based_on: the version that the page showed, 0 where nobody had saved it. Raises UnknownStep, PurposeFirst,
    ChangedMeanwhile, Finished once the group is made, WrongPlace where there can be none.
    """
    spec = domain.step(key)
    check_role(Role.MEMBER, Kind(node.kind))
    start = _locked(node)
    if start and start.finished_at:
        raise domain.Finished
    domain.check_open(key, values_of(start))
    saved = Saved.objects.filter(start=start, key=key).first() if start else None
    said = {column: values[column] for column in spec.columns}
    if start and saved and all(getattr(start, column) == value for column, value in said.items()):
        return start
    if (saved.version if saved else 0) != based_on:
        raise domain.ChangedMeanwhile(saved.version if saved else 0)
    start = start or Start(node=node, begun_at=now)
    for column, value in said.items():
        setattr(start, column, value)
    start.save()
    saved = saved or Saved(start=start, key=key, version=0)
    saved.version += 1
    saved.saved_at = now
    saved.save()
    record("starting.step_saved", by=by, at=now, on=start, step=key, version=saved.version)
    return start


@transaction.atomic
def finish(node: Node, *, by: Actor, now: datetime) -> Start:
    """Make the group with its page and its form of joining, and its first assignment as a draft. Twice is once.

    Raises Unwritten; GroupChangedMeanwhile where somebody has made a group in another way.
    """
    start = _locked(node)
    if start and start.finished_at:
        return start
    left = domain.unwritten(values_of(start))
    if start is None or left:
        raise domain.Unwritten(left)
    start.group = arrange_group(
        node,
        name=start.name,
        about=start.about,
        lowest_age=start.lowest_age,
        is_open=start.is_open,
        pay=start.pay,
        based_on=0,
        by=by,
        now=now,
    )
    answers = {"title": {"title": start.need_title}, "why": {"why": start.need_why}}
    start.need = quick_need(answers, area=node, form_key=f"start-{start.pk}", by=by, now=now)
    start.finished_at = now
    start.save(update_fields=["group", "need", "finished_at"])
    record("starting.finished", by=by, at=now, on=start, group_id=start.group.pk, need_id=start.need.pk)
    return start
