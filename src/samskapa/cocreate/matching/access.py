"""The doorways of matching. What one may not know of looks like what is not there."""

from __future__ import annotations

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.assignments.access.applications import is_coordinator
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.applications import assignments_run_by
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import members_run_by, with_answers
from samskapa.ground.core.domain import Actor

from .models import Invitation, Wave
from .queries.members import groups_to_ask
from .queries.waves import invitations_shown

_SALT = "samskapa.matching.invitation"


def assignment_to_fill(actor: Actor, pk: int) -> Assignment:
    """A published assignment, for the coordinators who run it. Raises Http404."""
    if not is_coordinator(actor):
        raise Http404
    return get_object_or_404(assignments_run_by(actor), pk=pk)


def group_to_ask(actor: Actor, assignment: Assignment, pk: str = "") -> tuple[Group | None, list[Group]]:
    """The group that is chosen, and all whose members the coordinator may ask. The chosen is the first of them where
    `pk` names none of them, and None where there are none."""
    groups = groups_to_ask(actor, assignment)
    first = groups[0] if groups else None
    return next((group for group in groups if str(group.pk) == pk), first), groups


def member_to_ask(actor: Actor, pk: int) -> Member:
    """A member of a group that the coordinator runs. Raises Http404."""
    return get_object_or_404(with_answers(members_run_by(actor)), pk=pk)


def wave_to_run(actor: Actor, pk: int) -> Wave:
    """A wave of an assignment that the coordinator runs. Raises Http404."""
    wave = get_object_or_404(Wave.objects.select_related("assignment"), pk=pk)
    assignment_to_fill(actor, wave.assignment_id)
    return wave


def invitation_to_run(actor: Actor, pk: int) -> Invitation:
    """An invitation to an assignment that the coordinator runs. Raises Http404."""
    invitation = get_object_or_404(Invitation.objects.select_related("assignment"), pk=pk)
    assignment_to_fill(actor, invitation.assignment_id)
    return invitation


def own_invitation(actor: Actor, pk: int) -> Invitation:
    """One's own invitation, in whatever capacity one happens to act. Raises Http404."""
    return get_object_or_404(invitations_shown(), pk=pk, person=actor.whose or 0)


def token_of(invitation: Invitation) -> str:
    """What a link in the mail carries: it answers that one question and opens nothing else."""
    return signing.dumps([invitation.pk, invitation.person_id], salt=_SALT)


def invitation_of(token: str) -> Invitation:
    """The invitation that a link in a mail leads to. Raises Http404 where it is no link of
    ours, or the account is gone."""
    try:
        pk, person_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(invitations_shown(), pk=pk, person=person_id, person__is_active=True)
