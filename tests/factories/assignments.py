"""Assignments for tests: made by the services themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from samskapa.cocreate.assignments.domain import Form, Influence, Pay, Source, State
from samskapa.cocreate.assignments.domain.applying import Given
from samskapa.cocreate.assignments.models import Agreement, Application, Assignment
from samskapa.cocreate.assignments.services.agreeing import draft_agreements
from samskapa.cocreate.assignments.services.applying import apply, say_yes_to_being_presented
from samskapa.cocreate.assignments.services.choosing import answer_applicant, finish_choosing, make_choice
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.cocreate.assignments.services.need import create_need, quick_need
from samskapa.cocreate.assignments.services.publishing import publish, send_need
from samskapa.ground.core.domain import SYSTEM, Actor
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import Node
from samskapa.ground.organisations.queries import people_with_role

from .organisations import NOW, actor_for, make_node
from .people import make_person

#: Part -> values: a need in which every question has a good answer. Days are counted from NOW.
ANSWERS: dict[str, dict[str, Any]] = {
    "title": {"title": "Vad ska stå i kallelsen till höftoperation?"},
    "why": {"why": "Fyra av tio ringer om sådant som redan står i kallelsen. Vi tror att den är svår att läsa."},
    "expected": {"expected": "Läsa tre förslag, säga vad som är oklart och vara med och skriva om texten."},
    "phase": {"phase": "idea"},
    "contribution": {"contribution": "improvement_team"},
    "influence": {
        "influence": Influence.INFLUENCE.value,
        "influence_how": "Vi skriver texten tillsammans. Verksamhetschefen godkänner och förklarar om något ändras.",
        "influence_reason": "",
    },
    "sources": {"sources_present": [source.value for source in Source], "sources_note": ""},
    "harm": {
        "harm": "De som inte läser svenska kan få ännu svårare att förstå kallelsen.",
        "harm_action": "Vi prövar texten med tre personer som har svenska som andraspråk.",
    },
    "people": {"people_wanted": 3},
    "experience": {
        "experience": "Du har fått kallelsen de senaste två åren, eller är närstående till någon som har det."
    },
    "time": {
        "occasions": 3,
        "minutes_each": 90,
        "reading_minutes": 120,
        "when_text": "Tre tisdagar i januari och februari",
        "starts_on": NOW.date() + timedelta(days=60),
    },
    "place": {"form": Form.DIGITAL.value, "place": "", "municipality_id": None},
    "access": {"access": "Textning, paus varje halvtimme, material i stor stil eller per post."},
    "pay": {"pay": Pay.FEE.value, "pay_each_ore": 53300, "pay_reading_ore": 29600, "pay_note": ""},
    "budget": {"budget_yes": True, "budget_holder": "Verksamhetschefen"},
    "contact": {
        "contact_name": "Ulla Exempel",
        "contact_title": "sjuksköterska",
        "contact_phone": "000-00 00 00",
        "contact_email": "ulla@example.se",
        "contact_hours": "vardagar 9–12",
    },
    "conflict": {"conflict_matter": ""},
    "questions": {"questions": [{"text": "Vad vill du berätta om dig själv?", "is_required": False}]},
    "result": {
        "result_use": "Den nya kallelsen börjar användas i mars.",
        "told_back_on": NOW.date() + timedelta(days=200),
    },
}

#: A council: two years, one deputy, told back every March. A value for the part "standing".
STANDING: dict[str, Any] = {
    "is_standing": True,
    "term_months": 24,
    "deputies": 1,
    "by_nomination": False,
    "renewal": "En gång till. Chefen frågar i november.",
    "hand_over": "Den som slutar är med på den nyas första möte.",
    "told_back_month": 3,
}


def make_host(unit: Node) -> Actor:
    """Somebody who acts as the unit's host."""
    return actor_for(role=Role.HOST, node=unit)


def make_coordinator(area: Node) -> Actor:
    """Somebody who coordinates the area."""
    return actor_for(role=Role.COORDINATOR, node=area)


def make_need(
    *, unit: Node | None = None, by: Actor | None = None, now: datetime = NOW, title: str = "", **fields: Any
) -> Assignment:
    """A need just begun by a host at `unit` (both are made where not given)."""
    if unit is None and by is None:
        unit = make_node(Kind.UNIT)
    if by is None:
        by = make_host(unit)
    elif unit is None and by.acts_as(Role.HOST):
        unit = Node.objects.get(pk=by.node_id)
    return create_need(unit=unit, by=by, now=now, title=title, **fields)


def make_ready_need(
    *, unit: Node | None = None, by: Actor | None = None, now: datetime = NOW, **changes: Any
) -> Assignment:
    """A need in which every question is answered. changes: part -> values that replace the usual ones."""
    if unit is None and (by is None or not by.acts_as(Role.HOST)):
        unit = make_node(Kind.UNIT)
    elif unit is None:
        unit = Node.objects.get(pk=by.node_id)
    return quick_need(ANSWERS | changes, unit=unit, by=by or make_host(unit), now=now)


def make_open(
    *,
    unit: Node | None = None,
    by: Actor | None = None,
    coordinator: Actor | None = None,
    now: datetime = NOW,
    closes_on: date | None = None,
    answer_by: date | None = None,
    **changes: Any,
) -> Assignment:
    """A published assignment: written by a host, sent, and published by the area's coordinator."""
    need = make_ready_need(unit=unit, by=by, now=now, **changes)
    by = by or Actor(person_id=need.created_by_id, role=Role.HOST, node_id=need.unit_id, node_path=need.unit.path)
    send_need(need, by=by, now=now)
    coordinator = coordinator or coordinator_for(need)
    need = publish(need, by=coordinator, now=now, closes_on=closes_on, answer_by=answer_by)
    need.refresh_from_db()
    return need


def coordinator_for(need: Assignment) -> Actor:
    """The actor of one who coordinates the need's area; made where there is none."""
    person = people_with_role(Role.COORDINATOR, need.area).first()
    return actor_for(person, Role.COORDINATOR, need.area)


def today() -> date:
    return timezone.localdate(NOW)


def make_agreeing(
    *,
    representatives: int = 1,
    presented: int | None = None,
    names: Sequence[str] = (),
    unit: Node | None = None,
    by: Actor | None = None,
    coordinator: Actor | None = None,
    now: datetime = NOW,
    drafted: bool = True,
    access_needs: str = "",
    deputies: int = 0,
    **changes: Any,
) -> Assignment:
    """An assignment whose representatives are chosen and answered; their agreements are drafted unless `drafted` is
    false. presented: how many of them have said yes to showing their name (all, where it is not said).
    deputies: how many, of the last ones, are chosen as that."""
    by = by or make_host(unit or make_node(Kind.UNIT))
    assignment = make_open(unit=unit, by=by, coordinator=coordinator, now=now, **changes)
    coordinator = coordinator or coordinator_for(assignment)
    applications = []
    for number in range(representatives):
        person = make_person(names[number] if number < len(names) else None)
        oneself = Actor(person_id=person.pk)
        application = apply(
            assignment,
            given=Given(
                experience="Jag har fått kallelsen två gånger.",
                access_needs=access_needs,
                has_conflict=False if assignment.conflict_matter else None,
            ),
            by=oneself,
            now=now,
        )
        if presented is None or number < presented:
            say_yes_to_being_presented(application, by=oneself, now=now)
        applications.append(Application.objects.get(pk=application.pk))
    closed = now + (assignment.closes_on - timezone.localdate(now)) + timedelta(days=1)
    close_if_due(assignment.pk, now=closed)
    if not applications:
        Assignment.objects.filter(pk=assignment.pk).update(state=State.AGREEING)
        assignment.refresh_from_db()
        return assignment
    chosen = [application.pk for application in applications]
    make_choice(
        assignment,
        chosen=chosen,
        deputies=chosen[len(chosen) - deputies :],
        reason="De har det vi sökte.",
        method="by_hand",
        by=coordinator,
        now=closed,
    )
    for application in applications:
        answer_applicant(
            application,
            outcome="chosen",
            reason="Du är vald, för att du nyss har fått kallelsen.",
            expected_version=application.version,
            by=coordinator,
            now=closed,
        )
    finish_choosing(assignment, by=coordinator, now=closed)
    if drafted:
        draft_agreements(assignment, by=SYSTEM, now=closed)
    assignment.refresh_from_db()
    return assignment


def make_agreement(**fields: Any) -> Agreement:
    """One drafted agreement of an assignment of its own; `fields` as for `make_agreeing`."""
    return Agreement.objects.select_related("root", "application__person").get(root=make_agreeing(**fields))


def host_of(assignment: Assignment) -> Actor:
    """The unit's host who wrote the need."""
    unit = assignment.unit
    return Actor(person_id=assignment.created_by_id, role=Role.HOST, node_id=unit.pk, node_path=unit.path)


def representative_of(agreement: Agreement) -> Actor:
    """The representative, acting as oneself."""
    return Actor(person_id=agreement.application.person_id)
