"""What a member answers to a note."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record

from ..models import Note, NoteAnswer
from ..queries.members import coordinators_of
from .moving import heard, lock, tell


@transaction.atomic
def answer_note(note: Note, *, text: str, by: Actor, now: datetime) -> NoteAnswer:
    """Answer a note on one's own page; who wrote it reads the answer, and every coordinator of the group. The same
    words once more are one answer."""
    member = lock(note.member)
    text = text.strip()
    for known in NoteAnswer.objects.filter(note=note):
        if known.text == text:
            return known
    answer = NoteAnswer(note=note, text=text, written_at=now)
    answer.written_by_id = by.person_id or 0
    answer.save()
    record("pool.note_answered", by=by, at=now, on=member, note_id=note.pk)
    heard(member, by=by, now=now)
    coordinators = [each.pk for each in coordinators_of(member.group)]
    # To who wrote it, or to all where they no longer run the group.
    tell(
        "note_answered",
        [note.written_by_id] if note.written_by_id in coordinators else coordinators,
        member,
        key=f"note-answered-{answer.pk}",
        now=now,
        path=reverse("pool:member", args=[member.pk]),
    )
    return answer
