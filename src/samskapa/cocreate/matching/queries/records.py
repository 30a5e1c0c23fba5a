"""Who was asked to an assignment, as documents for a public body's diary and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from samskapa.cocreate.pool.queries.members import called
from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..models import Invitation
from .wording import REPLY


def invitation_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Each time somebody of a group was asked, with the answer in a word."""
    found = Invitation.objects.filter(
        wave__group__node__in=nodes_below(node_path).values("pk"), asked_at__gte=since, asked_at__lt=until
    )
    return [
        Record(
            ref=str(row.pk),
            at=row.asked_at,
            way=Way.OUT,
            who=called(row.member),
            about=row.assignment.title,
            passages=(Passage(gettext_lazy("Answer"), str(REPLY[row.answer]), Watch.BOTH),),
            assignment_id=row.assignment_id,
            person_id=row.person_id,
        )
        for row in found.select_related("member__person", "assignment").order_by("pk")
    ]
