"""What happens to the work's own words when somebody is forgotten or takes back a yes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from samskapa.ground.core.domain import BLANKED, Actor
from samskapa.ground.core.services import record
from samskapa.ground.people.domain.my_data import NotGiven

from ..domain import Side
from ..models import CheckInNote, Confirmation, Contribution, Credit, Promise
from ..queries.my_data import agreements_of
from .closing import say_credit
from .contributing import blank_contribution
from .mailing import lock_work


@transaction.atomic
def blank_work_of(person_id: int, *, by: Actor, now: datetime) -> None:
    """Blank what the person wrote as representative: contributions, notes, words on promises and on what was told; and
    take the name from public pages. What they answered, yes or no, stays, and so does what the unit wrote."""
    own = agreements_of(person_id).values("pk")
    for contribution in Contribution.objects.filter(agreement__in=own, taken_back_at=None).order_by("pk"):
        lock_work(contribution.work_id)
        blank_contribution(contribution, by=by, now=now)
    for rows, column in (
        (CheckInNote.objects.filter(check_in__agreement__in=own, side=Side.PERSON), "text"),
        (Promise.objects.filter(agreement__in=own, side=Side.PERSON), "word"),
        (Confirmation.objects.filter(agreement__in=own), "word"),
    ):
        rows.exclude(**{f"{column}__in": ["", BLANKED]}).update(**{column: BLANKED})
    for credit in Credit.objects.filter(agreement__in=own, wants=True).select_related("agreement"):
        say_credit(credit.agreement, wants=False, by=by, now=now)
    for agreement in (
        agreements_of(person_id).filter(Exists(Contribution.objects.filter(agreement=OuterRef("pk")))).order_by("pk")
    ):
        record("underway.words_blanked", by=by, at=now, on=agreement)


@transaction.atomic
def take_back(person_id: int, *, key: str, thing_id: int, by: Actor, now: datetime) -> None:
    """Take the name from a public page. thing_id: of the agreement. Raises NotGiven, also where it is another's."""
    found = Credit.objects.filter(agreement__in=agreements_of(person_id).values("pk"), agreement=thing_id, wants=True)
    credit = found.select_related("agreement").first()
    if key != "credit" or credit is None:
        raise NotGiven
    say_credit(credit.agreement, wants=False, by=by, now=now)
