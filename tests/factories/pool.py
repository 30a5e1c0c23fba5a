"""Resource groups and their members, made by the services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samskapa.cocreate.pool.domain import Introduction, Status
from samskapa.cocreate.pool.models import Group, Member
from samskapa.cocreate.pool.queries import agreement as agreements
from samskapa.cocreate.pool.queries.members import versions_of
from samskapa.cocreate.pool.services import agreeing, joining, running
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.people.models import Person

from .organisations import NOW, actor_for, make_node
from .people import make_person

#: What is answered where a test says nothing else: the four that must be.
ANSWERS: dict[str, dict[str, Any]] = {
    "name": {"called": "Kim"},
    "reach": {"reach_by": "email", "reach_at": ""},
    "age": {"age": "30-49"},
    "as": {"as": ["patient"]},
}


def make_group(
    node: Node | None = None, *, coordinator: Actor | None = None, lowest_age: int = 18, **changes: Any
) -> tuple[Group, Actor]:
    """A group that is open, and a coordinator of it."""
    node = node or make_node(Kind.REGION)
    coordinator = coordinator or actor_for(role=Role.COORDINATOR, node=node)
    said = {"name": "Resursgruppen", "about": "Vi är några som vill göra vården bättre.", "is_open": True}
    group = running.arrange_group(
        node, **said | {"lowest_age": lowest_age} | changes, based_on=0, by=coordinator, now=NOW
    )
    return group, coordinator


def answer(member: Member, key: str, by: Actor | None = None, *, now: datetime = NOW, **values: Any) -> Member:
    """Answer one question, from the version that is there."""
    reply = versions_of(member).get(key)
    consent = values.pop("consent", "")
    by = by or Actor(person_id=member.person_id)
    based_on = reply.version if reply else 0
    return joining.save_answer(member, key, values, based_on=based_on, consent=consent, by=by, now=now)


def make_member(
    group: Group | None = None,
    person: Person | None = None,
    *,
    status: Status = Status.ACTIVE,
    coordinator: Actor | None = None,
    now: datetime = NOW,
    **answers: dict[str, Any],
) -> Member:
    """Somebody who has come as far as `status`. answers: question -> its values, beside those that must be."""
    if group is None:
        group, coordinator = make_group()
    coordinator = coordinator or actor_for(role=Role.COORDINATOR, node=group.node)
    person = person or make_person()
    own = Actor(person_id=person.pk)
    member = joining.begin(group, by=own, now=now)
    for key, values in (ANSWERS | answers).items():
        member = answer(member, key, own, now=now, **dict(values))
    steps = {
        Status.INTERESTED: lambda: joining.send(member, words="Ni får fråga mig.", by=own, now=now),
        Status.TALKED: lambda: running.note_talk(member, on_day=now.date(), text="", by=coordinator, now=now),
        Status.WELCOMED: lambda: running.welcome(
            member, contact=Person.objects.get(pk=coordinator.person_id), by=coordinator, now=now
        ),
        Status.ACTIVE: lambda: make_active(member, coordinator, now=now),
    }
    for reached, step in steps.items():
        if status is Status.BEGUN:
            break
        step()
        if reached is status:
            break
    return Member.objects.select_related("group__node", "person").get(pk=member.pk)


YES = {"guardian": "Eva Ek, 070-111 22 33", "guide": "Maja på biblioteket", "adult": "Läraren Per"}


def make_young(
    group: Group, coordinator: Actor, person: Person | None = None, *, status: Status = Status.ACTIVE, **answers: Any
) -> Member:
    """Somebody of sixteen or seventeen, whose guardian has said yes, who has come as far as `status`."""
    member = make_member(
        group, person, status=Status.TALKED, coordinator=coordinator, **{"age": {"age": "16-17"}} | answers
    )
    running.note_minor(member, **YES, words="Ja, hen får vara med.", based_on=0, by=coordinator, now=NOW)
    contact = Person.objects.get(pk=coordinator.person_id)
    if status is not Status.TALKED:
        running.welcome(member, contact=contact, by=coordinator, now=NOW)
    if status is Status.ACTIVE:
        make_active(member, coordinator)
    return Member.objects.select_related("group__node", "person").get(pk=member.pk)


def make_active(member: Member, coordinator: Actor, *, now: datetime = NOW) -> None:
    """The introduction is gone through, both have confirmed the agreement, and the member can be asked."""
    running.introduce(member, list(Introduction), by=coordinator, now=now)
    settle_joining(member, coordinator, now=now)
    running.activate(member, by=coordinator, now=now)


def settle_joining(member: Member, coordinator: Actor, *, now: datetime = NOW) -> None:
    """Both sides confirm every point of the joining agreement."""
    agreement = agreements.agreements().get(root=member)
    for side, by in (("person", Actor(person_id=member.person_id)), ("care", coordinator)):
        agreeing.confirm_all(agreement, party=agreements.party_of(agreement, side), by=by, now=now)
