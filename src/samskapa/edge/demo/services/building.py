"""The region, its people and what they do together, made by the same services that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from samskapa.cocreate.assignments.domain import State
from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.queries.open import open_assignments
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.figures.domain import month_after, month_before
from samskapa.ground.figures.services import freeze_month
from samskapa.ground.helping.queries import people_registered_in
from samskapa.ground.helping.services import register
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.organisations.services import create_node, grant_role
from samskapa.ground.people.models import Person
from samskapa.ground.people.queries import account_at
from samskapa.ground.people.services import create_person
from samskapa.ground.protection.services import protect

from ..domain import EXTRA, EXTRA_AGE, EXTRA_OPENED, ORGANISATIONS, PEOPLE, PLACES, STAGES, STORIES, Persona
from ..domain.months import BUSY, made_up_month
from ..domain.people import COORDINATOR, PROTECTED, WITHOUT_MAIL
from .asking import ask_rounds
from .cast import Cast
from .counting import make_demo_population
from .joining import make_demo_group
from .telling import tell_story

#: So many assignments can be applied to whenever the demo starts, however long ago it was made.
LEAST_OPEN = 3
#: So many months of figures there are when the demo starts.
_MONTHS_FROZEN = 12


class UnknownStage(ValueError):
    """`STAGE` is one of need, open, choosing, agreed, underway and done."""


def build_demo(*, now: datetime, stage: str = "") -> int:
    """Make the region and its stories once; a second time keeps them. Returns how many assignments there are.

    Where fewer than LEAST_OPEN are open (their days have gone, or somebody closed them) stories are told anew.
    stage: how far one extra assignment has come; "" for none. It is made also in a region that is there already,
    once per stage. Raises UnknownStage.
    """
    if stage and stage not in STAGES:
        raise UnknownStage(stage)
    with transaction.atomic():
        cast = make_cast(now)
        if not Assignment.objects.filter(area=cast.places["region"]).exists():
            for story in STORIES:
                tell_story(story, cast, now=now)
        make_demo_group(cast, now=now)
        make_demo_population(cast, now=now)
        _keep_some_open(cast, now=now)
        _freeze_a_year(cast, now=now)
        ask_rounds(cast, now=now)
        if stage:
            extra = replace(EXTRA, stage=stage, opened=EXTRA_OPENED[stage], age=EXTRA_AGE.get(stage, 0))
            title = EXTRA.answers["title"]["title"]
            if not _stands_at(cast, title, stage):
                tell_story(extra, cast, now=now)
    return Assignment.objects.count()


def _keep_some_open(cast: Cast, *, now: datetime) -> None:
    """Tell open stories that are not open any more once again, until LEAST_OPEN are."""
    found = open_assignments(timezone.localdate(now)).filter(area=cast.places["region"])
    titles = list(found.values_list("title", flat=True))
    over = [s for s in STORIES if s.stage == "open" and s.answers["title"]["title"] not in titles]
    for story in over[: max(0, LEAST_OPEN - len(titles))]:
        tell_story(story, cast, now=now)


def _freeze_a_year(cast: Cast, *, now: datetime) -> None:
    """The figures of the twelve months before this one, each frozen on the day after its end but the last, which is
    frozen today: so that its units see it first. What is frozen already stays."""
    nodes = {key: cast.places[key].pk for key in BUSY}
    month = last = month_before(timezone.localdate(now).replace(day=1))
    for _ in range(_MONTHS_FROZEN):
        day_after = timezone.make_aware(datetime.combine(month_after(month), time(hour=3)))
        more = made_up_month(month, nodes)
        freeze_month(month, more=more, by=SYSTEM, now=now if month == last else day_after)
        month = month_before(month)


def _stands_at(cast: Cast, title: str, stage: str) -> bool:
    found = Assignment.objects.filter(area=cast.places["region"], title=title)
    if stage in ("agreed", "underway"):  # to the agreements they are the same
        found = found.filter(state=State.AGREED).alias(said=Count("work__contributions"))
        return (found.filter(said__gt=0) if stage == "underway" else found.filter(said=0)).exists()
    return found.filter(state=stage).exists()


def make_cast(now: datetime) -> Cast:
    """The region's places and people, made once; found again a second time."""
    cast = Cast()
    nation = Node.objects.get(kind=Kind.NATION)
    cast.places["nation"] = nation
    for place in PLACES:
        parent = cast.places[place.parent] if place.parent else nation
        codes = {"code": place.code, "county_code": place.code[:2]} if place.code else {}
        cast.places[place.key] = _node(place.kind, place.name, parent, now=now, **codes)
    for key, name, area, about in ORGANISATIONS:
        cast.places[key] = _node(Kind.PATIENT_ORGANISATION, name, None, now=now, area=area, about=about)
    for persona in PEOPLE:
        _person(cast, persona, now)
    _others(cast, now)
    return cast


def _others(cast: Cast, now: datetime) -> None:
    """One who has no e-mail and is helped, and one whose identity is protected. Nobody steps into them."""
    region, grant = cast.places["region"], cast.grants[COORDINATOR]
    assert grant is not None  # noqa: S101  # the table of people says so
    coordinator = Actor(person_id=grant.person_id, role=grant.role, node_id=region.pk, node_path=region.path)
    if not people_registered_in(region.path).exists():
        row = register(**WITHOUT_MAIL, consent_on=timezone.localdate(now), by=coordinator, now=now)
        Person.objects.filter(pk=row.person_id).update(is_demo=True)
    if account_at(PROTECTED["email"]) is None:
        person = create_person(**PROTECTED, is_demo=True, by=SYSTEM, now=now)
        grant_role(person, Role.MEMBER, region, by=SYSTEM, now=now)
        protect(person, coordinators=[grant.person], place="Storgatan 1, Eklidastad", by=coordinator, now=now)


def _node(kind: str, name: str, parent: Node | None, *, now: datetime, **fields) -> Node:
    found = Node.objects.filter(kind=kind, name=name, parent=parent, is_demo=True).first()
    return found or create_node(kind, name, parent, by=SYSTEM, now=now, is_demo=True, **fields)


def _person(cast: Cast, persona: Persona, now: datetime) -> None:
    email = f"{persona.key}@ekliden.example"
    person = account_at(email)  # also where somebody has tried what it is to be protected
    if person is None:
        person = create_person(email=email, name=persona.name, phone=persona.phone, is_demo=True, by=SYSTEM, now=now)
    cast.people[persona.key] = person
    grants = []
    for role, place in persona.roles:
        held = RoleGrant.objects.filter(person=person, role=role, node=cast.places[place], ended_at=None)
        grants.append(
            held.select_related("node").first() or grant_role(person, role, cast.places[place], by=SYSTEM, now=now)
        )
    cast.grants[persona.key] = grants[0] if grants else None
