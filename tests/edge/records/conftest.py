"""One region in which everything has happened, and its coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from samskapa.cocreate.assignments.models import Agreement, Assignment, Comment, Version
from samskapa.ground.core.domain import Actor, Strength
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import Node, RoleGrant
from samskapa.ground.people.models import Person
from tests.factories.assignments import make_agreement
from tests.factories.organisations import make_grant
from tests.factories.people import make_person
from tests.factories.standing import LATER, settle

#: When the tests look: everything has happened.
THEN = LATER + timedelta(days=1)


@dataclass
class Body:
    """A region with one settled agreement of Anna's, and who coordinates it."""

    region: Node
    person: Person
    grant: RoleGrant
    by: Actor
    agreement: Agreement
    assignment: Assignment
    version: Version


def make_body(name: str = "Anna Björk", *, access_needs: str = "hörselslinga") -> Body:
    agreement = make_agreement(names=(name,), access_needs=access_needs)
    settle(agreement)
    agreement.refresh_from_db()
    assignment = Assignment.objects.select_related("area").get(pk=agreement.root_id)
    person = make_person("Maja Samordnare")
    grant = make_grant(person, Role.COORDINATOR, assignment.area)
    line = assignment.lines.order_by("pk").first()
    Comment.objects.create(
        line=line,
        agreement=agreement,
        party=agreement.parties.get(),
        text="Jag hör bäst på höger öra",
        person=agreement.application.person,
        at=LATER,
    )
    by = Actor(
        person_id=person.pk,
        role=Role.COORDINATOR,
        node_id=assignment.area_id,
        node_path=assignment.area.path,
        strength=Strength.PASSKEY,
    )
    return Body(assignment.area, person, grant, by, agreement, assignment, agreement.versions.get())


@pytest.fixture
def body(db) -> Body:
    return make_body()


def later(days: int) -> datetime:
    return THEN + timedelta(days=days)
