"""The documents that arise in resource groups, for a public body's diary and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..domain import SEEN, Status, Why
from ..models import Agreement, Member, Move, Note
from .agreement import words_in
from .labels import words_on
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
    members = list(with_answers(found).order_by("pk"))
    words = words_on(member.pk for member in members)
    return [
        Record(
            ref=str(member.pk),
            at=moments[member.pk],
            way=Way.IN,
            who=called(member),
            about=member.group.name,
            passages=(
                *(Passage(row.name, "\n".join(row.lines), Watch.BOTH) for row in answer_rows(member) if row.lines),
                *(Passage(gettext_lazy("Label"), word, Watch.BOTH) for word in words.get(member.pk, ())),
            ),
            person_id=member.person_id,
        )
        for member in members
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
            passages=(
                Passage(gettext_lazy("Note"), note.text, Watch.BOTH),
                *(
                    Passage(gettext_lazy("Answer to the note"), answer.text, Watch.BOTH)
                    for answer in note.answers.all()
                ),
            ),
            person_id=note.member.person_id,
        )
        for note in found.select_related("member__group", "member__person").prefetch_related("answers").order_by("pk")
    ]


def agreement_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """What members and groups have agreed on, from when it was drafted until the member leaves."""
    found = Agreement.objects.filter(
        root__group__node__in=nodes_below(node_path).values("pk"),
        created_at__gte=since,
        created_at__lt=until,
        ended_at=None,
    )
    return [
        Record(
            ref=str(agreement.pk),
            at=agreement.created_at,
            way=Way.MADE,
            who=called(agreement.root),
            about=agreement.root.group.name,
            passages=tuple(Passage(heading, text, Watch.BOTH) for heading, text in words_in(agreement)),
            person_id=agreement.root.person_id,
        )
        for agreement in found.select_related("root__group", "root__person").order_by("pk")
    ]
