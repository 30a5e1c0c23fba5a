"""One region asks another region's group and a patient organisation: from Maja's page to two members who are asked and
somebody who is nominated. The other region is on a narrow phone without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samskapa.cocreate.matching.models import Enquiry, Invitation
from samskapa.edge.demo.domain.people import COORDINATOR
from samskapa.ground.core.services import drain
from samskapa.ground.organisations.domain import Kind
from samskapa.ground.organisations.models import RoleGrant
from tests.factories.assignments import make_open
from tests.factories.organisations import log_in, make_node
from tests.factories.pool import make_group, make_member

from .ekliden import Person, bring_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "javascript": False}
DAY = timedelta(days=1)


def test_maja_asks_another_region_and_an_organisation(page_at, check_page, ekliden):
    now, today = timezone.now(), timezone.localdate()
    unit, maja_is = ekliden.cast.places["ortopeden"], ekliden.cast.actor(COORDINATOR)
    days = {"closes_on": today + 20 * DAY, "answer_by": today + 27 * DAY}
    assignment = make_open(unit=unit, coordinator=maja_is, now=now, **days)
    group, coordinator = make_group(make_node(Kind.REGION, "Region Granby"), name="Granbys resursgrupp")
    members = [make_member(group, coordinator=coordinator, name={"called": name}) for name in ("Ines", "Olle")]

    maja = Person(page_at(), ekliden.url).is_called("Maja Öberg")
    maja.goes_to(f"/matchning/uppdrag/{assignment.pk}/omgangar/")
    maja.follows("Fråga andra grupper och patientorganisationer").is_at("Fråga andra")
    check_page(maja.page)
    maja.ticks("Granbys resursgrupp, Region Granby").writes("Sök på namn, ort eller område", "leder").presses("Sök")
    maja.sees("Du har valt 1.", "Ledföreningen Ekliden")
    maja.page.locator("main label", has_text="Ledföreningen Ekliden").click()
    maja.presses("Gå vidare och skriv").is_at("Skriv till dem du frågar").sees("Granbys resursgrupp", "Ledföreningen")
    check_page(maja.page)
    maja.writes("Några egna ord", "Vi hoppas på er.").presses("Fråga 2").sees("Har inte svarat än.")
    check_page(maja.page)

    client, grant = Client(), RoleGrant.objects.get(person_id=coordinator.person_id)
    log_in(client, grant.person, grant)
    other = Person(page_at(**NARROW), ekliden.url)
    bring_session(client, other.page, ekliden.url)
    other.goes_to("/oversikt/").follows(f"Svara: {assignment.title}").is_at("Kan ni fråga era medlemmar?")
    other.sees("Vi hoppas på er.")
    check_page(other.page)
    other.presses("Ja, se vem som passar").sees("2 medlemmar kan tillfrågas", "Du frågar åt Region Ekliden")
    check_page(other.page)
    other.presses("Fråga dem du har kryssat för").sees("Ines", "Olle")
    check_page(other.page)
    assert Invitation.objects.filter(member__in=members).count() == 2

    gunnar = Person(page_at(width=320), ekliden.url).is_called("Gunnar Sjögren")
    gunnar.goes_to("/uppdrag/nomineringar/").sees("Ni är tillfrågade", "Inte den här gången")
    check_page(gunnar.page)
    gunnar.follows(assignment.title).is_at("Kan ni nominera någon?")
    check_page(gunnar.page)
    gunnar.follows("Nominera någon").is_at("Nominera någon")
    gunnar.fills_in({"name": "Sigge Ström", "email": "sigge@example.se", "reason": "Vet hur det är."})
    gunnar.presses("Fråga personen").sees("Sigge Ström").sees_not("Ni är tillfrågade")
    drain()
    assert Enquiry.objects.get(group=None).answer == "yes"

    maja.goes_to(f"/matchning/uppdrag/{assignment.pk}/omgangar/")
    maja.sees("Tillfrågade medlemmar: 2. Ja: 0. Har inte svarat än: 2.", "Har nominerat.", "Nominerade: 1.")
    maja.sees_not("Ines", "Olle", "Sigge")
    check_page(maja.page)
