"""The doorways to lists. What one may not know of looks like what is not there."""

from __future__ import annotations

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.pool.access import may_run
from samskapa.cocreate.pool.models import Member
from samskapa.ground.core.domain import Actor

from .models import Import

_SALT = "samskapa.importing.no"


def import_to_run(actor: Actor, pk: int) -> Import:
    """A list, for the coordinators of its group. Raises Http404."""
    one = get_object_or_404(Import.objects.select_related("group__node", "upload", "made_by"), pk=pk)
    if not may_run(actor, one.group.node):
        raise Http404
    return one


def no_token(member: Member) -> str:
    """What a link carries by which somebody who was taken in says no: it does that and opens nothing else."""
    return signing.dumps(member.pk, salt=_SALT)


def member_of_no(token: str) -> Member:
    """The member a link in a mail leads to, also one who has left. Raises Http404 where it is no link of ours."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Member.objects.select_related("group__node", "person"), pk=pk, origins__is_new=True)
