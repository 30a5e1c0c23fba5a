"""The standard last step: everybody who was asked is told what came out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.models import OutboxMail
from samskapa.ground.core.services import publish, record

from ..domain import NotClosed
from ..models import Asked, Asking
from .asking import lock, mail_link


@transaction.atomic
def tell_results(asking: Asking, *, words: str, by: Actor, now: datetime) -> Asking:
    """Tell all who were asked: a link to the results, with what those who asked say and do about them. Once: said again
    it stays as it was said. Raises NotClosed."""
    asking = lock(asking)
    if asking.closed_at is None:
        raise NotClosed
    if asking.told_at is None:
        asking.told_at, asking.told_words = now, words.strip()
        asking.save(update_fields=["told_at", "told_words"])
        record("surveys.told", by=by, at=now, on=asking)
        publish("surveys.told", now=now, key=str(asking.pk), asking_id=asking.pk)
    return asking


def send_results(asking_id: int, *, now: datetime) -> int:
    """Mail it to each who was asked, each in a transaction of its own; returns how many were new."""
    everybody = Asked.objects.filter(asking_id=asking_id, blanked_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_send_one(pk, now=now) for pk in list(everybody))


@transaction.atomic
def _send_one(asked_id: int, *, now: datetime) -> bool:
    asked = Asked.objects.select_for_update(of=("self",)).select_related("asking__node").get(pk=asked_id)
    key = f"surveys.results:{asked.pk}"
    if asked.blanked_at or OutboxMail.objects.filter(key=key).exists():
        return False
    mail_link("results", asked, key=key, now=now)
    return True
