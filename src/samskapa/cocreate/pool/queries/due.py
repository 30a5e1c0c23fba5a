"""Whom the yearly question is due for, and what waits for a reminder."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..domain import ASKED_EACH, REMINDED_AFTER, RESTS_AFTER, Status
from ..domain.agreement import REMIND_EACH, TO_THE_DESK
from ..models import TABLES, Agreement, Member, Yearly
from .agreement import REMINDED


def to_ask(now: datetime) -> QuerySet[Member]:
    """Who can be asked, and has not been heard from for a year."""
    waits = Yearly.objects.filter(member=OuterRef("pk"), answered_at=None)
    return Member.objects.filter(~Exists(waits), status=Status.ACTIVE, heard_at__lte=now - ASKED_EACH).order_by("pk")


def to_remind_or_rest(now: datetime) -> QuerySet[Yearly]:
    """Questions that wait, long enough for the next step."""
    return (
        Yearly.objects.filter(answered_at=None)
        .filter(Q(reminded_at=None, asked_at__lte=now - REMINDED_AFTER) | Q(reminded_at__lte=now - RESTS_AFTER))
        .select_related("member")
        .order_by(F("asked_at"), "pk")
    )


def agreements_to_remind_of(now: datetime) -> QuerySet[Agreement]:
    """Joining agreements in which points have waited for the member long enough for the next step."""
    before = now - REMIND_EACH
    return (
        Agreement.objects.filter(TABLES.live, root__status__in=REMINDED, person_waits_since__lte=before)
        .filter(Q(told_at=None) | Q(told__lt=TO_THE_DESK, told_at__lte=before))
        .select_related("root")
        .order_by("person_waits_since", "pk")
    )
