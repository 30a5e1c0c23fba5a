"""When the guardian of somebody under eighteen takes the yes back, and when somebody comes of age."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samskapa.ground.core.domain import Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain.my_data import NotGiven

from ..domain import AheadOfToday, ChangedMeanwhile, ConsentTo
from ..domain.moving import is_ahead
from ..models import Member, Minor
from ..queries.members import who_answers_for
from .consenting import end_consents
from .moving import heard, lock, tell


@transaction.atomic
def take_back_guardians_yes(
    member: Member, *, said_by: str = "", on_day: date, based_on: int | None = None, by: Actor, now: datetime
) -> Minor:
    """The guardian's yes is taken back: from now on nobody asks the member. Twice is once. A new yes is noted as the
    first was (`running.note_minor`).

    said_by: who said so, "" where the member tells it. on_day: when it was said. based_on: the version that the page
    showed; None where it does not matter, because ending harms nobody. What goes on is ended by nobody but those whose
    it is: it waits with the coordinators, who are told. Raises NotGiven where no yes was ever noted, AheadOfToday,
    ChangedMeanwhile.
    """
    member = lock(member)
    row = Minor.objects.select_related("consent").filter(member=member).first()
    if row is None:
        raise NotGiven
    if not row.has_yes:
        return row
    if is_ahead(on_day, timezone.localdate(now)):
        raise AheadOfToday
    if based_on is not None and row.version != based_on:
        raise ChangedMeanwhile(row.version)
    end_consents(member, ConsentTo.GUARDIAN, by=by, now=now)
    row.taken_back_by, row.taken_back_on = said_by.strip() or None, on_day
    row.version += 1  # an older window cannot write the yes back unseen
    row.save(update_fields=["taken_back_by", "taken_back_on", "version"])
    row.consent.refresh_from_db()
    heard(member, by=by, now=now)
    key = f"{row.pk}-{row.version}"
    tell("guardian_ended", [member.person_id], member, key=f"guardian-ended-{key}", now=now)
    _tell_who_runs(member, "guardian_missing", page="minor", key=f"guardian-missing-{key}", by=by, now=now)
    return row


def come_of_age(member: Member, *, by: Actor, now: datetime) -> None:
    """A locked member has answered that they are eighteen: the guardian's yes is needed no more, and what was noted of
    guardian, guide and adult goes. Who runs the group is told: it is the member's own answer that decides."""
    end_consents(member, ConsentTo.GUARDIAN, by=by, now=now)
    gone, _each = Minor.objects.filter(member=member).delete()
    if not gone:
        return
    record("pool.minor_removed", by=by, at=now, on=member)
    _tell_who_runs(member, "of_age", page="member", key=f"of-age-{member.pk}-{now.isoformat()}", by=by, now=now)


def _tell_who_runs(member: Member, kind: str, *, page: str, key: str, by: Actor, now: datetime) -> None:
    """Those who answer for the member, but for whoever did it."""
    people = [pk for pk in who_answers_for(member) if pk != by.person_id]
    tell(kind, people, member, key=key, now=now, path=reverse(f"pool:{page}", args=[member.pk]))
