"""Who looks at the pages of the work, and what they see."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from samskapa.cocreate.assignments.models import Agreement
from samskapa.ground.organisations.domain import Role
from samskapa.ground.organisations.models import RoleGrant
from samskapa.ground.people.models import Person

from .assignments import coordinator_for
from .organisations import log_in


def as_host(client: Client, agreement: Agreement) -> None:
    grant = RoleGrant.objects.get(person_id=agreement.root.created_by_id, role=Role.HOST)
    log_in(client, grant.person, grant)


def as_coordinator(client: Client, agreement: Agreement) -> None:
    grant = RoleGrant.objects.get(person_id=coordinator_for(agreement.root).person_id, role=Role.COORDINATOR)
    log_in(client, grant.person, grant)


def as_representative(client: Client, agreement: Agreement) -> None:
    log_in(client, Person.objects.get(pk=agreement.application.person_id))


def page(name: str, pk: int) -> str:
    return reverse(f"underway:{name}", args=[pk])


def shown(client: Client, url: str) -> str:
    """What stands on the page, which is there."""
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()
