"""Whom the yearly question is due for, and which agreements wait for a reminder."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..domain import ASKED_EACH, Status
from ..domain.agreement import REMIND_EACH, TO_THE_DESK
from ..models import TABLES, Agreement, Member, Yearly
from .agreement import REMINDED


def to_ask(now: datetime) -> QuerySet[Member]:
    """Who can be asked, and has not been heard from for a year."""
    waits = Yearly.objects.filter(member=OuterRef("pk"), answered_at=None)
    return Member.objects.filter(~Exists(waits), status=Status.ACTIVE, heard_at__lte=now - ASKED_EACH).order_by("pk")


def agreements_to_remind_of(now: datetime) -> QuerySet[Agreement]:
    """Joining agreements in which points have waited for the member long enough for the next step."""
    before = now - REMIND_EACH
    return (
        Agreement.objects.filter(TABLES.live, root__status__in=REMINDED, person_waits_since__lte=before)
        .filter(Q(told_at=None) | Q(told__lt=TO_THE_DESK, told_at__lte=before))
        .select_related("root")
        .order_by("person_waits_since", "pk")
    )
