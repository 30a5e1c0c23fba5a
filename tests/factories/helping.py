"""People without e-mail, and help that they have had; made by the services."""

from __future__ import annotations

from datetime import datetime

from samskapa.ground.core.domain import Actor
from samskapa.ground.helping.domain import How
from samskapa.ground.helping.models import Help
from samskapa.ground.helping.services import begin_help, end_help, register
from samskapa.ground.people.models import Person

from .organisations import NOW


def make_registered(*, by: Actor, now: datetime = NOW, **changes) -> Person:
    """Somebody whom a coordinator has registered; without e-mail."""
    given = {
        "name": "Bo Berg",
        "phone": "070-000 00 00",
        "postal_address": "Backen 1\n123 45 Ekliden",
        "language": "sv",
        "consent_by": "phone",
        "consent_on": now.date(),
    }
    return register(**given | changes, by=by, now=now).person


def make_help(person: Person, *, by: Actor, now: datetime = NOW, deeds: int | None = None) -> Help:
    """Help that is over. deeds: how many there are said to be, where it is not to be counted."""
    begun = begin_help(person, asked_by="phone", purpose="Anmäla intresse", by=by, now=now)
    done = end_help(begun, how=How.BUTTON, by=by, now=now)
    if deeds is not None:
        Help.objects.filter(pk=done.pk).update(deeds=deeds)
        done.refresh_from_db()
    return done
