"""Pages that join apps cost a fixed number of queries, however much is going on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samskapa.cocreate.assignments.models import Application
from samskapa.ground.core.domain import Actor
from samskapa.ground.organisations.domain import Kind, Role
from tests.factories.assignments import STANDING, make_need, make_open
from tests.factories.bulk import many_agreements, many_applications, many_assignments
from tests.factories.organisations import log_in, make_grant, make_node
from tests.factories.people import make_person
from tests.factories.stages import make_agreeing, make_closed, make_sent

pytestmark = pytest.mark.django_db

#: Links to assignments on a page at most: two lists of 25 with at most two links a row, and what is around them.
MOST = 120


class Going:
    """One assignment at each stage, and somebody who has a part in it as each."""

    def __init__(self) -> None:
        now = timezone.now()
        region = make_node(Kind.REGION)
        unit = make_node(Kind.UNIT, parent=region)
        self.host, self.coordinator, self.person = make_person(), make_person(), make_person()
        self.grants = {
            "host": make_grant(self.host, Role.HOST, unit),
            "coordinator": make_grant(self.coordinator, Role.COORDINATOR, region),
        }
        host, coordinator = (
            Actor(person_id=g.person_id, role=g.role, node_id=g.node_id, node_path=g.node.path)
            for g in self.grants.values()
        )
        at = {"unit": unit, "host": host, "now": now}
        need = make_need(unit=unit, by=host, now=now)
        opened = make_open(unit=unit, by=host, coordinator=coordinator, now=now)
        closed = make_closed([self.person], coordinator=coordinator, **at)
        agreeing = make_closed([self.person], coordinator=coordinator, standing=STANDING, **at)
        self.agreement = make_agreeing(agreeing, chosen=1, coordinator=coordinator, now=now)[0]
        self.chosen = Application.objects.get(pk=self.agreement.application_id)
        self.agreeing = agreeing
        self.applied = Application.objects.get(assignment=closed)
        self.stages = [need, make_sent(**at), opened, closed]
        raised = make_need(by=Actor(person_id=self.person.pk), area=region, now=now)
        self.raised = raised

    def grow(self, count: int) -> None:
        """So many more of everything, all of it the same people's."""
        made = many_assignments(self.stages, count * len(self.stages))
        many_applications(self.applied, [a for a in made if a.state == "choosing"], [self.person], 1)
        many_assignments([self.raised], count)
        agreed = many_assignments([self.agreeing], count)
        many_applications(self.chosen, agreed, [self.person], 1)
        many_agreements(self.agreement, agreed)

    def client(self, role: str) -> Client:
        client = Client()
        if role == "person":
            log_in(client, self.person)
        elif role != "visitor":
            log_in(client, getattr(self, role), self.grants[role])
        return client


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/", "visitor"),
        ("/", "coordinator"),
        ("/mitt/", "person"),
        ("/oversikt/", "coordinator"),
        ("/verksamhet/", "host"),
    ],
)
def test_the_page_costs_the_same_with_1_3_and_300_of_everything(path, role):
    going = Going()
    counts, sizes = {}, {}
    for rows, more in ((1, 0), (3, 2), (300, 297)):
        going.grow(more) if more else None
        client = going.client(role)
        client.get(path)  # what is read once a process
        with CaptureQueriesContext(connection) as said:
            answer = client.get(path)
        assert answer.status_code == 200
        counts[rows], sizes[rows] = len(said), answer.content.decode().count("/uppdrag/")
    # What is asked depends on the stages of the rows that the page shows: of 300 they are all open.
    fewer = 4 if path in ("/oversikt/", "/verksamhet/") else 0
    assert counts[1] == counts[3] == counts[300] + fewer, counts
    assert sizes[300] <= MOST, sizes
