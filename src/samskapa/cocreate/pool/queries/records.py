"""The documents that arise in resource groups, for a public body's diary and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..domain import SEEN, Status, Why
from ..models import Member, Move, Note
from .members import answer_rows, called, with_answers


def member_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What members have told, from when they sent it until they leave."""
    sent = Move.objects.filter(
        why__in=[Why.SENT, Why.IMPORTED], to_status=Status.INTERESTED, at__gte=since, at__lt=until
    )
    moments = dict(sent.order_by("at", "pk").values_list("member_id", "at"))
    found = Member.objects.filter(
        pk__in=moments, group__node__in=nodes_below(node_path).values("pk"), status__in=[each.value for each in SEEN]
    )
    return [
        Record(
            ref=str(member.pk),
            at=moments[member.pk],
            way=Way.IN,
            who=called(member),
            about=member.group.name,
            passages=tuple(
                Passage(row.name, "\n".join(row.lines), Watch.BOTH) for row in answer_rows(member) if row.lines
            ),
            person_id=member.person_id,
        )
        for member in with_answers(found).order_by("pk")
    ]


def note_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What coordinators have noted of members."""
    found = Note.objects.filter(
        member__group__node__in=nodes_below(node_path).values("pk"), written_at__gte=since, written_at__lt=until
    )
    return [
        Record(
            ref=str(note.pk),
            at=note.written_at,
            way=Way.MADE,
            who=called(note.member),
            about=note.member.group.name,
            passages=(Passage(gettext_lazy("Note"), note.text, Watch.BOTH),),
            person_id=note.member.person_id,
        )
        for note in found.select_related("member__group", "member__person").order_by("pk")
    ]
