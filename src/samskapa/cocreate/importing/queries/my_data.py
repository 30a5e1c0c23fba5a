"""A person's own data: from which list they came, and the lists they have taken in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from samskapa.ground.people.domain.my_data import Fact, Row
from samskapa.ground.people.models import display_name

from ..models import Import, Origin


def list_rows_of(person_id: int) -> list[Row]:
    """Each list one came in from, and each one has taken in oneself."""
    origins = Origin.objects.filter(member__person=person_id).select_related("of__made_by", "member__group")
    rows = [
        Row(
            gettext_lazy("The list from which you came into a resource group"),
            (
                Fact("group", gettext_lazy("Group"), origin.member.group.name),
                Fact("source", gettext_lazy("Where it comes from"), origin.of.source),
                Fact("by", gettext_lazy("By whom"), display_name(origin.of.made_by)),
                Fact("at", gettext_lazy("When"), origin.at),
                Fact("told_at", gettext_lazy("When you were told"), origin.told_at),
            ),
        )
        for origin in origins.order_by("pk")
    ]
    return rows + [
        Row(
            gettext_lazy("A list that you have taken in"),
            (
                Fact("group", gettext_lazy("Group"), one.group.name),
                Fact("source", gettext_lazy("Where it comes from"), one.source),
                Fact("at", gettext_lazy("When"), one.made_at),
            ),
        )
        for one in Import.objects.filter(made_by=person_id).select_related("group").order_by("pk")
    ]
