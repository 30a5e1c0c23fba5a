"""What a member is asked right now, for a coordinator of the group who has to talk with them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Application
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.going_on import GoesOn
from samskapa.ground.core.domain import Actor

from ..domain import Reply
from ..models import Invitation


def asked_to(member: Member, _actor: Actor) -> list[GoesOn]:
    """Invitations through the group that are open, or that they said yes to without having applied yet. Whoever runs
    the group sees them on its waves. Fills a row of the slot "goes_on_with_member"."""
    applied = Application.objects.filter(assignment=OuterRef("assignment"), person=OuterRef("person"))
    found = (
        Invitation.objects.filter(
            ~Exists(applied),
            person=member.person_id,
            wave__group=member.group_id,
            answer__in=["", Reply.YES],
            assignment__state=State.OPEN,
            assignment__closes_on__gte=timezone.localdate(),
        )
        .select_related("assignment")
        .order_by("pk")
    )
    return [
        GoesOn(
            (
                _("Has said yes to “%(title)s”, and has not applied yet.")
                if row.answer
                else _("Is asked to take part in “%(title)s”, and has not answered.")
            )
            % {"title": row.assignment.title},
            f"{reverse('matching:waves', args=[row.assignment_id])}?group={member.group_id}",
        )
        for row in found
    ]
