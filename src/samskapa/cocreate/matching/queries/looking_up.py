"""Somebody who is asked about: a member looked up by name for an assignment, or the assignments for a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries.members import called, members_run_by
from samskapa.cocreate.pool.queries.names import named
from samskapa.ground.core.queries.among import among

from .filling import Filling
from .why import Answer, Answers, asked_about

#: So many are shown; whose name is not among them is found by more of it.
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who was looked up, with the answer in few words."""

    member: Member
    name: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Those who were found, MOST_NAMED at most. rest: how many more there are."""

    rows: list[Named]
    rest: int


def look_up(group: Group, text: str, filling: Filling, sought: Mapping[str, Any], now: datetime) -> LookedUp:
    """The members of a group, in any status that the coordinator sees, whom `text` names as she calls them: so nobody
    with a protected identity is found by their name. A fixed number of queries."""
    ids = named(group, text)
    there = members_run_by(filling.actor).filter(group=group, pk__in=among(ids))
    seen = set(there.values_list("pk", flat=True)) if ids else set()
    found = [pk for pk in ids if pk in seen]
    by_id = asked_about(Member.objects.all()).in_bulk(found[:MOST_NAMED])
    members = [by_id[pk] for pk in found[:MOST_NAMED] if pk in by_id]
    known = Answers(members, [filling], now)
    rows = [Named(member, called(member), known.answer(member, filling, sought)) for member in members]
    return LookedUp(rows, len(found) - len(members))


@dataclass(frozen=True, slots=True)
class About:
    """An assignment, with the answer in few words for the member who is asked about."""

    assignment: Assignment
    answer: Answer


def answers_for(member: Member, fillings: list[Filling], now: datetime) -> list[About]:
    """For each of the assignments why the member is, or is not, asked, by what was looked for the last time. A fixed
    number of queries."""
    known = Answers([member], fillings, now)
    return [About(each.assignment, known.answer(member, each)) for each in fillings]
