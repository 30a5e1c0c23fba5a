"""Who was asked to an assignment, and which others were asked to ask, as documents for a public body's diary
and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy

from samskapa.cocreate.pool.queries.members import called
from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..models import Enquiry, Invitation
from .wording import REPLY, SAID_IN_SHORT


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


def enquiry_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Each question to another group or an organisation: out from who asked, in to a group of one's own. The same
    document where one body did both."""
    here = nodes_below(node_path).values("pk")
    found = Enquiry.objects.filter(sent_at__gte=since, sent_at__lt=until).filter(
        Q(assignment__area__in=here) | Q(assignment__unit__in=here) | Q(group__node__in=here)
    )
    return [
        _enquiry_record(row, node_path)
        for row in found.select_related("node", "assignment__area", "assignment__unit").order_by("pk")
    ]


def _enquiry_record(row: Enquiry, node_path: str) -> Record:
    assignment = row.assignment
    is_ours = any(node and node.path.startswith(node_path) for node in (assignment.area, assignment.unit))
    return Record(
        ref=str(row.pk),
        at=row.sent_at,
        way=Way.OUT if is_ours else Way.IN,
        who=row.node.name if is_ours else assignment.area.name,
        about=assignment.title,
        passages=(
            Passage(gettext_lazy("What was written"), row.message, Watch.NAME),
            Passage(gettext_lazy("Answer"), str(SAID_IN_SHORT[row.answer])),
        ),
        assignment_id=row.assignment_id,
    )
