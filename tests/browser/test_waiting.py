"""What waits for Maja: the next step on her desk, the one list of the group, and each row done from there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.assignments.services.closing import close_if_due
from samskapa.cocreate.assignments.services.publishing import send_need
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.edge.demo.domain.people import COORDINATOR
from tests.factories.applications import make_application
from tests.factories.assignments import make_host, make_open, make_ready_need
from tests.factories.pool import make_group, make_member

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "screen",
    [
        pytest.param({}, id="desktop"),
        pytest.param({"width": 320, "scheme": "dark"}, id="narrow-dark"),
        pytest.param({"width": 320, "javascript": False}, id="narrow-no-scripts"),
    ],
)
def test_maja_does_what_has_waited_longest(page_at, check_page, ekliden, screen):
    by, places, now = ekliden.cast.actor(COORDINATOR), ekliden.cast.places, timezone.now()
    region, unit = places["region"], places["ortopeden"]
    host = make_host(unit)
    group, _by = make_group(region, coordinator=by)
    long_ago = now - 60 * DAY
    choosing = make_open(unit=unit, by=host, coordinator=by, now=long_ago, title={"title": "Ny väntsal"})
    make_application(choosing, now=long_ago)
    close_if_due(choosing.pk, now=now)
    make_member(group, status=Status.INTERESTED, coordinator=by, now=now - 9 * DAY, name={"called": "Nils Ek"})
    need = make_ready_need(by=host, now=now - 6 * DAY, title={"title": "Brev som går att förstå"})
    send_need(need, by=host, now=now - 5 * DAY)
    page = page_at(**screen)
    maja = Person(page, ekliden.url).is_called("Maja Öberg")

    # The oldest promise is an answer; it is the next step on the desk, and the first of the list.
    maja.goes_to("/oversikt/").sees("1 person skulle ha fått svar")
    check_page(page)
    maja.follows("Det som väntar i gruppen").is_at("Det som väntar i gruppen")
    maja.sees("Välj och svara: Ny väntsal", "Nils Ek", "Brev som går att förstå")
    check_page(page)

    # One kind alone; the links say how many, and which one it is.
    maja.follows("Behov att ta hand om (1)").sees("Brev som går att förstå").sees_not("Nils Ek", "Ny väntsal")
    check_page(page)
    maja.follows("Läs, och publicera eller skicka tillbaka: Brev som går att förstå").is_at("Brev som går att förstå")

    # Where only the group waits, the desk does not say that nothing does.
    Assignment.objects.all().update(state="cancelled", cancelled_at=now, cancelled_reason="Slut.")
    maja.goes_to("/oversikt/").sees("1 person vill gå med").sees_not("Inget väntar på dig just nu.")
    maja.follows("Hör av dig för ett samtal").is_at("Det som väntar i gruppen").sees("Nils Ek")
    maja.follows("Hör av dig för ett samtal: Nils Ek").is_at("Första samtalet")
    maja.fills_in({"text": "Vill helst ses på kvällen."}).presses("Anteckna att ni har pratat")
    assert Member.objects.get(group=group).status == Status.TALKED
    maja.goes_to("/oversikt/").sees("1 person väntar på att hälsas välkommen")
    Member.objects.filter(group=group).update(status=Status.RESTING, rests_from=Status.ACTIVE)
    maja.goes_to("/oversikt/").sees("Inget väntar på dig just nu.")
    maja.follows("Det som väntar i gruppen").sees("Inget väntar på dig i gruppen")
    check_page(page)
