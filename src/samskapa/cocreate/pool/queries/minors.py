"""Members under eighteen: whose guardian's yes stands, and who is with them where one meets.

No age in years is kept: the band that the member has answered decides, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from ..domain import SEEN, Age, is_minor
from ..models import Member, Minor

#: The bands of those under eighteen.
MINORS = [age.value for age in Age if is_minor(age)]


def with_a_yes() -> Exists:
    """Members of whom a guardian's yes is noted and not taken back."""
    return Exists(Minor.objects.filter(member=OuterRef("pk"), consent__ended_at=None))


def without_a_yes() -> Q:
    """Members who may not be asked, because they are under eighteen and no guardian's yes stands."""
    return Q(~with_a_yes(), age__in=MINORS)


def needs_a_yes(member: Member) -> bool:
    """The same of one member. One query for who is under eighteen, none for others."""
    return is_minor(member.age) and not Minor.objects.filter(member=member, consent__ended_at=None).exists()


@dataclass(frozen=True, slots=True)
class Young:
    """What those who arrange meetings need to know of somebody under eighteen: never who the guardian is.

    guide, adult: as noted; "" where nothing is noted, and of a protected person, whom the names could place.
    has_yes: whether a guardian's yes stands.
    """

    guide: str
    adult: str
    has_yes: bool


def young_people(person_ids: Iterable[int | None]) -> dict[int, Young]:
    """Of those persons, each who is under eighteen in a group. Who is in two groups has the one where a yes stands.
    One query, whoever they are; none where there is nobody."""
    wanted = {pk for pk in person_ids if pk}
    if not wanted:
        return {}
    found: dict[int, Young] = {}
    rows = (
        Member.objects.filter(person__in=wanted, age__in=MINORS, status__in=[each.value for each in SEEN])
        .select_related("minor__consent", "person")
        .only("person__protected_tag", "minor__uid", "minor__guide", "minor__adult", "minor__consent__ended_at")
        .order_by("pk")
    )
    for member in rows:
        known, noted = found.get(member.person_id), getattr(member, "minor", None)
        if known and (known.has_yes or noted is None):
            continue
        is_shown = noted is not None and not member.person.protected_tag
        found[member.person_id] = Young(
            guide=noted.guide if noted and is_shown else "",
            adult=noted.adult if noted and is_shown else "",
            has_yes=noted is not None and noted.has_yes,
        )
    return found
