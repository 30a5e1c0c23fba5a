"""What a member has applied to or takes part in, for a coordinator of their group who has to talk with them."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.queries.going_on import GoesOn
from samskapa.ground.core.domain import Actor

from ..domain import ApplicationState, State
from ..models import Application
from .applications import assignments_run_by


def takes_part_in(member: Member, actor: Actor) -> list[GoesOn]:
    """Applications that wait for an answer, and what they were chosen to and is not over, of the assignments that the
    actor runs: of others she is not told. Fills a row of the slot "goes_on_with_member"."""
    over = Q(agreement__ended_at__isnull=False)
    found = (
        Application.objects.filter(
            person=member.person_id,
            state__in=[ApplicationState.APPLIED, ApplicationState.CHOSEN],
            assignment__in=assignments_run_by(actor).exclude(state__in=[State.DONE, State.CANCELLED]).values("pk"),
        )
        .exclude(over)
        .select_related("assignment")
        .order_by("pk")
    )
    return [
        GoesOn(
            (
                _("Is chosen to “%(title)s”.")
                if row.state == ApplicationState.CHOSEN
                else _("Has applied to “%(title)s”, and waits for an answer.")
            )
            % {"title": row.assignment.title},
            reverse("assignments:applicant", args=[row.assignment_id, row.pk]),
        )
        for row in found
    ]
