"""Letters to members as documents, for a public body's diary and for somebody who asks to read them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from samskapa.ground.documents.domain.records import Passage, Record, Watch, Way
from samskapa.ground.organisations.queries import nodes_below

from ..models import Circular


def circular_records(node_path: str, since: datetime, until: datetime) -> list[Record]:
    """Each letter that was sent, once however many got it. Who they are is not said: that is a matter of health."""
    found = Circular.objects.filter(
        group__node__in=nodes_below(node_path).values("pk"), sent_at__gte=since, sent_at__lt=until
    )
    return [
        Record(
            ref=str(one.pk),
            at=one.sent_at,
            way=Way.OUT,
            who=one.group.name,
            about=one.group.name,
            passages=(
                Passage(gettext_lazy("Heading"), one.title, Watch.BOTH),
                Passage(gettext_lazy("Text"), one.text, Watch.BOTH),
            ),
        )
        for one in found.select_related("group").order_by("pk")
        if one.sent_at
    ]
