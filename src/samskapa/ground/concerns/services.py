"""Note that a text had a sign in it, tell those who read, write down what was done; and the routine for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import BLANKED, SYSTEM, Actor, Urgency
from samskapa.ground.core.services import queue_mail, record
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import coordinators_around
from samskapa.ground.people.models import Person

from .domain import Found, Handled, NobodyReads, Place, Sign
from .models import Concern, Routine
from .queries import late_concerns, readers_of


@transaction.atomic
def note_concern(
    found: Found, place: Place, *, where: str, person_id: int | None, by: Actor, now: datetime
) -> Concern | None:
    """Keep the sentence, and mail whoever reads at the organisation. The same sign from the same person in the same
    place is noted once a day. Returns None where it was noted before.

    where: what tells this place from others, such as the address and the number of the thing. person_id: None where who
    wrote is not to be known.
    """
    key = f"{where}:{person_id or '-'}:{found.sign}:{timezone.localdate(now).isoformat()}"
    concern, is_new = Concern.objects.get_or_create(
        key=key,
        defaults={
            "sign": found.sign.value,
            "node_id": place.node_id,
            "person_id": person_id,
            "path": place.path,
            "extract": found.extract,
            "outcome": "",
            "at": now,
        },
    )
    if not is_new:
        return None
    record("concerns.noted", by=by, at=now, on=concern, sign=concern.sign)
    node = Node.objects.get(pk=place.node_id)
    _tell(concern, [reader.pk for reader in readers_of(node)], "noted", now=now)
    return concern


@transaction.atomic
def handle_concern(concern: Concern, *, outcome: str, by: Actor, now: datetime) -> Concern:
    """Write down what was done. The same words by the same person again change nothing. Raises Handled."""
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.handled_at:
        if (concern.handled_by_id, concern.outcome) == (by.person_id, outcome.strip()):
            return concern
        raise Handled(concern.outcome)
    concern.outcome, concern.handled_at, concern.handled_by_id = outcome.strip(), now, by.person_id
    concern.save(update_fields=["outcome", "handled_at", "handled_by"])
    record("concerns.handled", by=by, at=now, on=concern)
    return concern


@transaction.atomic
def set_routine(node: Node, *, text: str, readers: Iterable[Person], by: Actor, now: datetime) -> Routine:
    """Decide who reads at the organisation and what they do. Raises NobodyReads."""
    node = Node.objects.select_for_update(no_key=True).get(pk=node.pk)
    chosen = sorted(reader.pk for reader in readers)
    if not chosen:
        raise NobodyReads
    routine, _ = Routine.objects.update_or_create(
        node=node, defaults={"text": text.strip(), "changed_at": now, "changed_by_id": by.person_id or 0}
    )
    routine.readers.set(chosen)
    record("concerns.routine_set", by=by, at=now, on=routine, readers=chosen)
    return routine


def remind_late(*, now: datetime) -> int:
    """Tell every coordinator around the organisation of what nobody has handled in time, once. Returns how many."""
    return sum(_remind(concern.pk, now=now) for concern in late_concerns(now))


@transaction.atomic
def _remind(pk: int, *, now: datetime) -> bool:
    concern = Concern.objects.select_for_update(of=("self",)).select_related("node").get(pk=pk)
    if concern.handled_at or concern.reminded_at:
        return False
    concern.reminded_at = now
    concern.save(update_fields=["reminded_at"])
    # Whoever is not named does not get in: they are asked to see that a named one reads.
    _tell(concern, [each.pk for each in coordinators_around(concern.node.path)], "late", now=now)
    record("concerns.reminded", by=SYSTEM, at=now, on=concern)
    return True


def _tell(concern: Concern, people: Iterable[int], what: str, *, now: datetime) -> None:
    for person_id in dict.fromkeys(people):
        queue_mail(
            f"concerns/{what}",
            to=person_id,
            key=f"concerns.{what}:{concern.pk}",
            now=now,
            urgency=Urgency.NOW if concern.sign == Sign.DANGER else Urgency.SOON,
            sign=concern.sign,
            path=reverse("concerns:concern", args=[concern.pk]),
        )


# --- a person's own data --------------------------------------------------------------------------


@transaction.atomic
def blank_concerns(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank what is kept of the person's words. What waits to be read goes on waiting, without them."""
    for concern in Concern.objects.select_for_update().filter(person_id=person_id, blanked_at=None).order_by("pk"):
        _blank(concern, by=by, now=now)


@transaction.atomic
def blank_old_concern(pk: int, *, limit: datetime, by: Actor, now: datetime) -> bool:
    """Blank one that was handled at or before `limit`. Returns whether it was so."""
    concern = Concern.objects.select_for_update().get(pk=pk)
    if concern.blanked_at or concern.handled_at is None or concern.handled_at > limit:
        return False
    _blank(concern, by=by, now=now)
    return True


def _blank(concern: Concern, *, by: Actor, now: datetime) -> None:
    concern.extract, concern.blanked_at = BLANKED, now
    concern.outcome = BLANKED if concern.outcome else ""
    concern.save(update_fields=["extract", "outcome", "blanked_at"])
    record("concerns.blanked", by=by, at=now, on=concern)
