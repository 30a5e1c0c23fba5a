"""A coordinator's day: the desk, somebody who wants to join, somebody whose name is misspelt, a wave, a list that
comes in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.matching.models import Invitation
from samskapa.cocreate.pool.domain import Status
from samskapa.cocreate.pool.models import Member
from samskapa.edge.demo.domain.people import COORDINATOR
from tests.factories.importing import as_book
from tests.factories.matching import make_assignment
from tests.factories.pool import make_group, make_member

from .ekliden import Person, post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = (
    ("Namn", "E-post", "Ålder", "Roll"),
    ("Ingegerd Åkesson", "ingegerd@example.se", 71, "Patient"),
    ("Yusuf Ali", "yusuf@example.se", 34, "Närstående"),
    ("", "", "", "Patient"),
)


@pytest.mark.parametrize(
    "screen",
    [pytest.param({}, id="desktop"), pytest.param({"width": 320, "javascript": False}, id="narrow-no-scripts")],
)
def test_majas_day_from_the_desk_to_a_list_that_has_come_in(page_at, check_page, ekliden, tmp_path, screen):
    by, region = ekliden.cast.actor(COORDINATOR), ekliden.cast.places["region"]
    group, _by = make_group(region, coordinator=by)
    for name in ("Margareta Lindqvist", "Göran Sjö", "Leyla Aydın"):
        make_member(group, coordinator=by, name={"called": name})
    make_member(group, status=Status.INTERESTED, coordinator=by, name={"called": "Nils Ek"})
    assignment = make_assignment(ekliden.cast.places["lunden"], by, now=timezone.now())
    page = page_at(**screen)
    maja = Person(page, ekliden.url).is_called("Maja Öberg")

    # The desk says what waits in the group; somebody wants to join, and is answered.
    maja.goes_to("/oversikt/").sees("1 person vill gå med")
    check_page(page)
    maja.follows("Det som väntar i gruppen").is_at("Det som väntar i gruppen")
    maja.follows("Hör av dig för ett samtal: Nils Ek").is_at("Första samtalet")
    maja.fills_in({"text": "Vill helst ses på kvällen."}).presses("Anteckna att ni har pratat")
    maja.sees("Vill helst ses på kvällen.")
    assert Member.objects.get(status=Status.TALKED).called == "Nils Ek"

    # Somebody phones, and the name is written as it is heard.
    maja.goes_to(f"/resursgrupp/{region.pk}/medlemmar/").fills_in({"words": "margereta lindkvist"})
    maja.presses("Visa medlemmar").sees("1 medlem", "Margareta Lindqvist").sees_not("Göran Sjö")
    check_page(page)
    maja.follows("Margareta Lindqvist").is_at("Margareta Lindqvist")
    maja.goes_to(f"/resursgrupp/{region.pk}/medlemmar/?care=primary&care=psychiatry&introduction=left")
    maja.sees("Vårdform: Vårdcentral eller Psykiatri")
    check_page(page)

    # A wave to those whose turn it is.
    maja.goes_to(f"/matchning/uppdrag/{assignment.pk}/").is_at("Vem passar?").sees("3 medlemmar kan tillfrågas")
    check_page(page)
    maja.fills_in({"answer_by": (timezone.localdate() + timedelta(days=6)).isoformat()})
    maja.presses("Fråga dem du har kryssat för").sees("Har inte svarat än.")
    check_page(page)
    assert Invitation.objects.filter(assignment=assignment).count() == 3

    # A list that a unit had: read, understood, looked at, taken in.
    file = tmp_path / "mottagningen.xlsx"
    file.write_bytes(as_book(*LIST))
    maja.goes_to(f"/resursgrupp/{region.pk}/lista/").is_at("Listor in och ut")
    page.locator('main input[type="file"]').set_input_files(file)
    maja.presses("Läs listan").sees("Filen läses")
    post(ekliden.mail)
    maja.goes_to(page.url).follows("Säg vad kolumnerna är").sees("Till exempel: Ingegerd Åkesson")
    check_page(page)
    maja.fills_in({"source": "Mottagningens lista"}).presses("Titta på raderna")
    post(ekliden.mail)
    maja.goes_to(page.url).follows("Läs in 2").is_at("Läs in 2 personer")
    check_page(page)
    maja.fills_in({"consent_by": "paper", "consent_on": "2026-03-03", "are_asked": True}).presses("Läs in")
    post(ekliden.mail)
    maja.goes_to(page.url).sees("De är inlästa, och vet inte om det än.")
    check_page(page)
    maja.goes_to(f"/resursgrupp/{region.pk}/medlemmar/?words=ingegärd").sees("Ingegerd Åkesson", "1 medlem")
    assert Member.objects.filter(group=group).count() == 6
