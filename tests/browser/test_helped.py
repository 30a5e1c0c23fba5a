"""A coordinator helps somebody who has no e-mail: on a wide screen, and on a narrow one without scripts."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from samskapa.cocreate.assignments.models import Application
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.helping.models import Help
from samskapa.ground.people.models import Person as Somebody
from tests.factories.assignments import make_open

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BANNER = "Du hjälper Sven Ek."


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param({"width": 1280, "javascript": True}, id="desktop"),
        pytest.param({"width": 320, "javascript": False}, id="narrow-without-scripts"),
    ],
)
def test_sven_who_has_no_email_applies(page_at, check_page, ekliden, screen):
    sven = Somebody.objects.get(name="Sven Ek")
    page = page_at(**screen)
    maja = Person(page, ekliden.url).is_called("Maja Öberg")
    maja.goes_to("/hjalp/").is_at("Hjälp någon")
    check_page(page)
    maja.follows("Sven Ek").is_at("Sven Ek").sees("070-000 00 17")
    check_page(page)
    maja.follows("Hjälp Sven Ek").fills_in({"asked_by": "phone", "purpose": "Anmäla intresse"})
    check_page(page)
    maja.presses("Börja")
    expect(page.locator(".helping")).to_contain_text(BANNER)
    check_page(page)

    need = make_open(unit=ekliden.cast.places["ortopeden"], now=timezone.now())
    maja.goes_to(f"/uppdrag/{need.pk}/").follows("Jag vill vara med").is_at("Jag vill vara med")
    expect(page.locator(".helping")).to_contain_text(BANNER)
    maja.fills_in({"experience": "Sven har gått i kö i två år.", "present": "wait"})
    maja.presses("Titta igenom innan du skickar").presses("Skicka intresseanmälan")
    application = Application.objects.get(person=sven)
    entry = AuditEntry.objects.get(action="assignments.applied", for_person_id=sven.pk)
    assert (entry.object_id, entry.person_id) == (str(application.pk), application.helped_by_id)

    page.locator(".helping").get_by_role("button", name="Avsluta").click()
    page.wait_for_load_state()
    expect(page.locator(".helping")).to_have_count(0)
    maja.is_at("Sven Ek").sees("Du är dig själv igen.", "brevet (pdf)")
    assert Help.objects.get().deeds == 1
    check_page(page)
