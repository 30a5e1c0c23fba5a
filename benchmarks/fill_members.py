"""A resource group for the pages that are measured: members of every status, some of whom have been asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.matching.services import asking
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.pool.services.naming import make_sheets
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.models import Node
from tests.factories.bulk_members import many_invitations, many_members, text_of
from tests.factories.matching import invitation_of
from tests.factories.pool import make_group, make_member

#: Of ten members so many are active; the others wait for the group.
ACTIVE_OF_TEN = 8
#: Of the active ones, every second has been asked lately.
ASKED_OF = 2


def fill_group(
    region: Node, open_ones: list[Assignment], count: int, *, coordinator: Actor, now: datetime
) -> dict[str, str]:
    """So many members in the group of the region. Returns the coordinator's pages."""
    group, _coordinator = make_group(region, coordinator=coordinator)
    told = {"as": {"as": ["patient", "relative"]}, "languages": {"language": ["sv", "en"], "languages_more": ""}}
    statuses = [Status.ACTIVE] * ACTIVE_OF_TEN + [Status.INTERESTED, Status.WELCOMED]
    patterns = [make_member(group, status=each, coordinator=coordinator, now=now, **told) for each in statuses]
    made = many_members(patterns, count - len(patterns), first=1_000_000, experience=text_of)
    to_fill, other = open_ones
    asking.open_wave(
        other, group, [member.pk for member in patterns[:2]], answer_by=now.date() + timedelta(days=5), wanted=2,
        next_by_itself=False, sought={}, by=coordinator, now=now,
    )  # fmt: skip
    active = [member for member in made if member.status == Status.ACTIVE]
    many_invitations(invitation_of(patterns[0]), active[::ASKED_OF])
    Member.objects.filter(pk__in=[member.pk for member in made[::100]]).update(next_check_in=now.date())
    make_sheets(group)
    members, fits = reverse("pool:members", args=[region.pk]), reverse("matching:fits", args=[to_fill.pk])
    return {
        "members": members,
        "members, the last page": f"{members}?page={count // 50}",
        "members, chosen by four answers": f"{members}?status=active&as=patient&language=sv&age=30-49",
        "members, a name misspelt": f"{members}?words=lindkvist",
        "members, two names": f"{members}?words=mayya+oberg",
        "members, own words": f"{members}?words=stroke",
        "members, own words and an answer": f"{members}?words=stroken+patienter+migr%C3%A4n",
        "members, own words misspelt": f"{members}?words=oppration",
        "members who wait": reverse("pool:waiting", args=[region.pk]),
        "who fits": fits,
        "who fits, three criteria": f"{fits}?look=1&as=patient&language=sv&only=as&only=language&only=place",
    }
