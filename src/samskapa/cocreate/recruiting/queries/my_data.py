"""A coordinator's own data: what one has taken on in a plan, and the posters where one is the one to call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import Fact, Row

from ..models import Channel, Sought
from .plan import whom


def recruiting_rows_of(person_id: int) -> list[Row]:
    """Each row of a plan that one does, and each channel that one answers for."""
    does = Sought.objects.filter(doer=person_id).select_related("group", "municipality").order_by("pk")
    calls = Channel.objects.filter(contact=person_id).select_related("group").order_by("pk")
    rows = [
        Row(
            gettext_lazy("What you do in a recruitment plan"),
            (
                Fact("group", gettext_lazy("Group"), row.group.name),
                Fact("whom", gettext_lazy("Whom you look for"), whom(row.audience, row.municipality)),
                Fact("how", gettext_lazy("How"), row.how),
                Fact("by_day", gettext_lazy("By when"), row.by_day),
                Fact("done_on", gettext_lazy("Done"), row.done_on),
                Fact("note", gettext_lazy("Note"), row.note),
            ),
        )
        for row in does
    ]
    return rows + [
        Row(
            gettext_lazy("A poster or link where you are the one to call"),
            (
                Fact("group", gettext_lazy("Group"), channel.group.name),
                Fact("name", gettext_lazy("What it is called"), channel.name),
            ),
        )
        for channel in calls
    ]
