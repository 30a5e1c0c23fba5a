"""What members can be chosen by that no single answer says: of age or not, in an organisation, introduced, agreed.

Each is a condition on members, and none opens what somebody has written: whether it says anything the closed text
tells (`says_nothing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.lookups import Exact, LessThan

from ..domain import Age, Introduction, is_minor
from ..models import TABLES, Agreement, Introduced


class OfAge(StrEnum):
    """Beside the bands of ages. Whose age is not told is neither."""

    UNDER = "under_18"
    OVER = "from_18"


class InOrganisation(StrEnum):
    """Beside the organisations by name."""

    ANY = "any"  # chosen from the list, or written


class Trained(StrEnum):
    TOLD = "told"
    NOT_TOLD = "not_told"


class Introducing(StrEnum):
    """How far the introduction has come."""

    DONE = "done"
    LEFT = "left"
    SECRECY = "secrecy"  # has been told of it, whatever else is left
    NOT_SECRECY = "not_secrecy"


class Agreeing(StrEnum):
    """How it stands with the joining agreement. One that is discussed anew is confirmed no longer; points may wait for
    both."""

    CONFIRMED = "confirmed"
    GROUP = "group"  # points wait for the group
    MEMBER = "member"
    NONE = "none"


def _points_done() -> Subquery:
    """How many points of the introduction are gone through. Written as a function, not as an aggregate, for which
    Django would group what is one group anyway."""
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    rows = Introduced.objects.filter(member=OuterRef("pk")).order_by().annotate(number=number)
    return Subquery(rows.values("number"))


def _agreement(condition: Q | None = None) -> Exists:
    found = Agreement.objects.filter(TABLES.live, root=OuterRef("pk"))
    return Exists(found if condition is None else found.filter(condition))


_OF_SECRECY = Exists(Introduced.objects.filter(member=OuterRef("pk"), point=Introduction.SECRECY))
_MINORS = [age.value for age in Age if is_minor(age)]
_OF_AGE = [age.value for age in Age if not is_minor(age)]

BY_AGE: Mapping[str, Q] = {OfAge.UNDER: Q(age__in=_MINORS), OfAge.OVER: Q(age__in=_OF_AGE)}
ORGANISATION: Mapping[str, Q] = {
    InOrganisation.ANY: Q(organisation__isnull=False) | Q(organisation_name__says_nothing=False)
}
TRAINING: Mapping[str, Q] = {
    Trained.TOLD: Q(training__says_nothing=False),
    Trained.NOT_TOLD: Q(training__says_nothing=True),
}
INTRODUCTION: Mapping[str, Q] = {
    Introducing.DONE: Q(Exact(_points_done(), len(Introduction))),
    Introducing.LEFT: Q(LessThan(_points_done(), len(Introduction))),
    Introducing.SECRECY: Q(_OF_SECRECY),
    Introducing.NOT_SECRECY: ~Q(_OF_SECRECY),
}
AGREEMENT: Mapping[str, Q] = {
    Agreeing.CONFIRMED: Q(_agreement(Q(settled_at__isnull=False))),
    Agreeing.GROUP: Q(_agreement(Q(group_owes__gt=0))),
    Agreeing.MEMBER: Q(_agreement(Q(person_owes__gt=0))),
    Agreeing.NONE: ~Q(_agreement()),
}
