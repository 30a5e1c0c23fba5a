"""The doorways to letters. What one may not know of looks like what is not there."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.pool.access import may_run
from samskapa.ground.core.domain import Actor

from .domain import Stage
from .models import Addressee, Circular
from .queries.letters import letters_to


def circular_to_run(actor: Actor, pk: int) -> Circular:
    """A letter, for the coordinators of its group. Raises Http404."""
    found = Circular.objects.select_related("group__node", "made_by", "sent_by")
    one = get_object_or_404(found, pk=pk)
    if not may_run(actor, one.group.node):
        raise Http404
    return one


def draft_to_write(actor: Actor, pk: int) -> Circular:
    """The same, while it is not sent. Raises Http404 afterwards: what is sent is read, not written."""
    one = circular_to_run(actor, pk)
    if one.stage != Stage.DRAFT:
        raise Http404
    return one


def own_letter(actor: Actor, pk: int) -> Addressee:
    """A letter that was written to oneself, while one is in the group. Raises Http404."""
    return get_object_or_404(letters_to(actor.whose), circular=pk)
