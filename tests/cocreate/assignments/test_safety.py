"""What nobody may do or learn, whichever door they try."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskapa.cocreate.assignments.services.need import assign_unit
from samskapa.cocreate.assignments.services.publishing import publish
from samskapa.ground.organisations.domain import Kind, Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person
from tests.factories import assignments as make
from tests.factories.organisations import NOW, actor_for, log_in, make_grant, make_node
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def go_in(client, actor):
    """Log the actor in, in the capacity they act in."""
    grant = RoleGrant.objects.filter(person_id=actor.person_id, role=actor.role, ended_at=None).first()
    log_in(client, Person.objects.get(pk=actor.person_id), grant if actor.role else None)


def test_who_raised_a_need_cannot_post_other_facts_to_it_once_it_is_published(client):
    region = make_node(Kind.REGION)
    unit = make_node(Kind.UNIT, parent=region)
    raiser, coordinator = actor_for(), make.make_coordinator(region)
    need = make.make_need(by=raiser, area=region)
    assign_unit(need, unit, by=coordinator, now=NOW)
    for key, values in make.ANSWERS.items():
        make.save_part(need, key, values, based_on=need.parts.get(key=key).version, by=coordinator, now=NOW)
    publish(need, by=coordinator, now=NOW)
    go_in(client, raiser)
    version = need.parts.get(key="contact").version
    answer = client.post(
        reverse("assignments:need_part", args=[need.pk, "contact"]),
        {"contact_name": "Någon Annan", "contact_phone": "070-123 45 67", "version": version},
    )
    need.refresh_from_db()
    assert (answer.status_code, need.contact_name) == (409, make.ANSWERS["contact"]["contact_name"])
