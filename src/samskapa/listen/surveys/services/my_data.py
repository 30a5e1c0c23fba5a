"""What happens when somebody is forgotten, gets a protected identity, or when time has run out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain import normal_address, reference_to
from samskapa.ground.people.models import Person

from ..domain import Kind
from ..models import Asked, AskedLink, Asking, Sheet, Urn
from ..queries.my_data import asked_of
from ..queries.sets import questions_of
from .asking import lock


@transaction.atomic
def blank_surveys(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank what the person answered by name, and where they were reached. Results that are made stay as they are."""
    for asked in asked_of(Person.objects.get(pk=person_id)).select_related("asking").order_by("pk"):
        _blank(asked, by=by, now=now)


@transaction.atomic
def blank_old_survey(thing_id: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank one who was asked, if the round closed at or before `limit`; whether it did."""
    asked = Asked.objects.select_related("asking").filter(pk=thing_id).first()
    if asked is None or asked.asking.closed_at is None or asked.asking.closed_at > limit:
        return False
    _blank_words(asked.asking, now=now)
    return _blank(asked, by=by, now=now)


def _blank(asked: Asked, *, by: Actor, now: datetime) -> bool:
    lock(asked.asking)
    asked = Asked.objects.select_for_update().get(pk=asked.pk)
    if asked.blanked_at:
        return False
    AskedLink.objects.filter(asked=asked).delete()
    for sheet in Sheet.objects.filter(asked=asked):
        sheet.answers = {}
        sheet.save(update_fields=["answers"])
    asked.address, asked.blanked_at = "", now
    asked.save(update_fields=["address", "blanked_at"])
    record("surveys.blanked", by=by, at=now, on=asked)
    return True


def _blank_words(asking: Asking, *, now: datetime) -> None:
    """What was written in own words without a name goes with the rest, once."""
    asking = lock(asking)
    if asking.blanked_at:
        return
    texts = {question.key for question in questions_of(asking.set_version_id) if question.kind is Kind.TEXT}
    for urn in Urn.objects.filter(asking=asking):
        urn.sheets = [{key: value for key, value in sheet.items() if key not in texts} for sheet in urn.sheets]
        urn.save(update_fields=["sheets"])
    asking.blanked_at = now
    asking.save(update_fields=["blanked_at"])


@transaction.atomic
def hide_surveys(person: Person, address: str, *, by: Actor, now: datetime) -> None:
    """The person's identity is protected from now on: a reference stands where their address stood.

    Fills a row of the slot "hide_address".
    """
    theirs: QuerySet[Asked] = Asked.objects.filter(address__iexact=normal_address(address)).exclude(address="")
    if count := theirs.update(address=reference_to(person.pk)):
        record("surveys.addresses_hidden", by=by, at=now, on=person, count=count)
