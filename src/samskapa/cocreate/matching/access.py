"""The doorways of matching. What one may not know of looks like what is not there."""

from __future__ import annotations

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404

from samskapa.cocreate.assignments.access.applications import is_coordinator
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.applications import assignments_run_by
from samskapa.cocreate.assignments.queries.open import public_assignments
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import members_run_by, with_answers
from samskapa.ground.core.domain import Actor

from .models import Enquiry, Invitation, Wave
from .queries.enquiries import enquiries_to
from .queries.filling import Filling, yes_to_group
from .queries.waves import invitations_shown

_SALT = "samskapa.matching.invitation"


def assignment_to_run(actor: Actor, pk: int) -> Assignment:
    """A published assignment, for the coordinators who run it. Raises Http404."""
    if not is_coordinator(actor):
        raise Http404
    return get_object_or_404(assignments_run_by(actor), pk=pk)


def assignment_to_fill(actor: Actor, pk: int, group: str = "") -> Filling:
    """The same; and for the coordinators of another group that was asked to ask its members, and has said yes: with
    that group alone. group: which of them, where somebody runs several that were asked. Raises Http404."""
    if not is_coordinator(actor):
        raise Http404
    own = assignments_run_by(actor).filter(pk=pk).first()
    if own is not None:
        return Filling(own, actor)
    found = list(yes_to_group().filter(assignment=pk, node__path__startswith=actor.node_path).order_by("pk"))
    if not actor.node_path or not found:
        raise Http404
    chosen = next((each for each in found if str(each.group_id) == group), found[0])
    return Filling(get_object_or_404(public_assignments(), pk=pk), actor, chosen)


def group_to_ask(filling: Filling, pk: str = "") -> tuple[Group | None, list[Group]]:
    """The group that is chosen, and all whose members the coordinator may ask. The chosen is the first of them where
    `pk` names none of them, and None where there are none."""
    groups = filling.groups()
    first = groups[0] if groups else None
    return next((group for group in groups if str(group.pk) == pk), first), groups


def member_to_ask(filling: Filling, pk: int) -> Member:
    """A member of a group that the coordinator runs, of the group that was asked where she comes by an enquiry. Raises
    Http404."""
    members = members_run_by(filling.actor)
    if filling.enquiry is not None:
        members = members.filter(group=filling.enquiry.group_id)
    return get_object_or_404(with_answers(members), pk=pk)


def member_asked_about(actor: Actor, pk: int) -> Member:
    """A member of a group that the coordinator runs. Raises Http404."""
    found = members_run_by(actor).select_related("person", "municipality", "group__node")
    return get_object_or_404(found, pk=pk)


def wave_to_run(actor: Actor, pk: int) -> Wave:
    """A wave of a group that the coordinator runs, to an assignment that she fills. Raises Http404."""
    wave = get_object_or_404(Wave.objects.select_related("assignment"), pk=pk)
    return get_object_or_404(_filling_of(actor, wave).waves().select_related("assignment"), pk=pk)


def invitation_to_run(actor: Actor, pk: int) -> Invitation:
    """An invitation in such a wave. Raises Http404."""
    invitation = get_object_or_404(Invitation.objects.select_related("assignment", "wave"), pk=pk)
    get_object_or_404(_filling_of(actor, invitation.wave).waves(), pk=invitation.wave_id)
    return invitation


def _filling_of(actor: Actor, wave: Wave) -> Filling:
    return assignment_to_fill(actor, wave.assignment_id, str(wave.group_id))


def enquiry_to_answer(actor: Actor, pk: int) -> Enquiry:
    """An enquiry to a group that the coordinator runs, or to an organisation that one speaks for. Raises Http404."""
    return get_object_or_404(enquiries_to(actor), pk=pk)


def enquiry_to_run(actor: Actor, pk: int) -> Enquiry:
    """An enquiry about an assignment that the coordinator runs. Raises Http404."""
    enquiry = get_object_or_404(Enquiry.objects.select_related("assignment", "node"), pk=pk)
    assignment_to_run(actor, enquiry.assignment_id)
    return enquiry


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
