"""A person's own data: which letters they got, and which they wrote as a coordinator."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import Due, Fact, Row

from ..models import Addressee, Circular


def letter_rows_of(person_id: int) -> list[Row]:
    """Each letter that one got, or that is on its way; and each that one wrote or sent."""
    got = Addressee.objects.filter(member__person=person_id, is_left_out=False).select_related("circular__group")
    rows = [
        Row(
            row.circular.title,
            (
                Fact("group", gettext_lazy("Group"), row.circular.group.name),
                Fact("written_at", gettext_lazy("Sent to you"), row.written_at),
                Fact("text", gettext_lazy("Text"), row.circular.text),
            ),
        )
        for row in got.order_by("pk")
    ]
    wrote = Circular.objects.filter(made_by=person_id) | Circular.objects.filter(sent_by=person_id)
    for one in wrote.select_related("group").order_by("pk"):
        facts = (
            Fact("wrote", gettext_lazy("You wrote or sent it, to"), one.group.name),
            Fact("made_at", gettext_lazy("When"), one.made_at),
        )
        rows.append(Row(one.title, facts))
    return rows


def letters_past(limit: datetime) -> list[Due]:
    """To whom a letter went that was sent at or before `limit`."""
    found = Addressee.objects.filter(circular__sent_at__lte=limit, circular__done_at__isnull=False)
    return [
        Due(row.pk, row.member.person_id, row.circular.sent_at, row.circular.title)
        for row in found.select_related("circular", "member").order_by("pk")
        if row.circular.sent_at
    ]
