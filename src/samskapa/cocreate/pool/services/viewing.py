"""Views of the members are saved and removed, for all who run the group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..domain.searching import ViewNameTaken
from ..models import Group, SavedView


@transaction.atomic
def save_view(group: Group, *, name: str, wanted: Mapping[str, Any], by: Actor, now: datetime) -> SavedView:
    """Keep what the list is narrowed to under a name. The same twice is once. Raises ViewNameTaken."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)  # of two who save the second is told
    known = SavedView.objects.filter(group=group, name=name).first()
    if known and known.wanted == dict(wanted):
        return known
    if known:
        raise ViewNameTaken(name)
    view = SavedView(group=group, name=name, wanted=dict(wanted), made_at=now)
    view.made_by_id = by.person_id or 0
    view.save()
    record("pool.view_saved", by=by, at=now, on=view, group=group.pk)
    return view


@transaction.atomic
def remove_view(group: Group, view_id: int, *, by: Actor, now: datetime) -> None:
    """Nobody needs it any more. Twice is once."""
    view = SavedView.objects.select_for_update().filter(group=group, pk=view_id).first()
    if view:
        record("pool.view_removed", by=by, at=now, on=view, group=group.pk)
        view.delete()
