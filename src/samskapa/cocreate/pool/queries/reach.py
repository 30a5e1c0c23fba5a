"""How members want to be reached, and so who passes on to whom what a group writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samskapa.ground.helping.queries import WayToReach, staff
from samskapa.ground.notices.queries import SOME
from samskapa.ground.organisations.queries import nodes_below

from ..domain import SEEN, Reach
from ..models import Member
from .wording import REACH

_SEEN = [each.value for each in SEEN]
_WITHOUT_MAIL = [Reach.PHONE.value, Reach.LETTER.value]


def _theirs(person_ids: Iterable[int], group_id: int | None) -> QuerySet[Member]:
    group = Q() if group_id is None else Q(group=group_id)
    return Member.objects.filter(group, person__in=list(person_ids), status__in=_SEEN)


def reached_without_mail(person_ids: Iterable[int], group_id: int | None = None) -> set[int]:
    """Those of the people who have an address for mail, but want a call or a letter from the group, or from any of
    theirs where no group is given. One query for each SOME of them.

    Nobody with a role of the house, whom nobody acts for (`helping.queries.people_to_help`): their mail would wait on
    no list. Whose identity is protected has no answer here, and who has no address gets no mail anyway.

    Fills the slot "reached_without_mail".
    """
    ids, found = list(person_ids), set()
    for start in range(0, len(ids), SOME):
        some = _theirs(ids[start : start + SOME], group_id).filter(reach_by__in=_WITHOUT_MAIL)
        some = some.filter(person__email__isnull=False).exclude(person__in=staff().values("person_id"))
        found |= set(some.order_by().values_list("person_id", flat=True))
    return found


def is_passed_on(member: Member) -> bool:
    """Whether a coordinator calls or posts what the group writes to the member. `person` came with the row."""
    if member.person.email is None:
        return not member.person.protected_tag
    return member.reach_by in _WITHOUT_MAIL and bool(reached_without_mail([member.person_id], member.group_id))


def reach_in_words(member: Member) -> str:
    """How what the group writes reaches the member, for their own page; "" where they have chosen nothing. `person`
    came with the row."""
    if not member.reach_by or member.person.protected_tag:
        return ""
    if not is_passed_on(member):
        if member.reach_by == Reach.EMAIL:
            return _("What the group writes to you comes by e-mail.")
        return _("What the group writes to you comes by e-mail all the same, because you have a role here.")
    if member.reach_by == Reach.PHONE:
        said = _("What the group has to tell you a coordinator calls you about.")
    else:
        said = _("What the group has to tell you a coordinator sends you by post.")
    if member.person.email:
        said += " " + _("Codes to log in, and what is about your account, still come by e-mail.")
    return said


def how_to_reach(person_ids: Iterable[int], path: str, group_id: int | None = None) -> dict[int, list[WayToReach]]:
    """Person's id -> the ways that they have chosen and where, in the one group or all, of those at the node at `path`
    or below it: what was told to another region is not told here. Who has told nothing is left out. One query.

    Fills the slot "how_to_reach".
    """
    found: dict[int, list[WayToReach]] = defaultdict(list)
    there = _theirs(person_ids, group_id).filter(group__node__in=nodes_below(path).values("pk"))
    rows = there.exclude(reach_by="").only("uid", "person_id", "reach_by", "reach_at")
    for member in rows.order_by("pk"):
        by = Reach(member.reach_by)
        way = WayToReach(str(REACH[by]), member.reach_at if by is not Reach.EMAIL else "", by is Reach.LETTER)
        if way not in found[member.person_id]:
            found[member.person_id].append(way)
    return dict(found)
