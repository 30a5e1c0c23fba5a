"""A resource group as people meet it: joined on a narrow phone without scripts, agreed on, and started from nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.models import Assignment
from samskapa.cocreate.pool.domain import QUESTIONS, Introduction, Status
from samskapa.cocreate.pool.models import Agreement, Group, Member
from samskapa.edge.demo.domain.people import COORDINATOR
from tests.factories.pool import make_group

from .ekliden import Person, post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "javascript": False}

#: The questions that Fatima answers; the others she goes past.
ANSWERS = {
    "name": {"called": "Fatima"},
    "reach": {"reach_by": "email"},
    "age": {"age": "30-49"},
    "as": {"as": ["relative"]},
    "experience": {"experience": "Två barn med mycket vård.", "care": ["children", "psychiatry"]},
    "needs": {"need": ["breaks"]},
}


def test_fatima_joins_on_a_narrow_phone_without_scripts_and_both_agree(page_at, check_page, ekliden):
    region = ekliden.cast.places["region"]
    make_group(region, coordinator=ekliden.cast.actor(COORDINATOR))
    page = page_at(**NARROW)
    fatima = Person(page, ekliden.url).is_called("Fatima Hassan")
    fatima.goes_to("/resursgrupp/").follows("Resursgruppen").is_at("Resursgruppen")
    check_page(page)
    fatima.follows("Jag vill gå med").is_at("Jag vill gå med")
    check_page(page)
    fatima.presses("Börja")
    for question in QUESTIONS:
        assert page.url.endswith(f"/svar/{question.key}/")
        check_page(page)
        if question.key in ANSWERS:
            fatima.fills_in(ANSWERS[question.key])
            fatima.presses("Spara och fortsätt")
        else:
            fatima.follows("Hoppa över frågan")
    fatima.is_at("Titta igenom svaren").sees("Två barn med mycket vård.")
    check_page(page)
    fatima.presses("Skicka och gå med").is_at("Din sida i gruppen").sees("Tack! Dina svar är skickade.")
    check_page(page)
    member = Member.objects.get()
    assert (member.status, member.called) == (Status.INTERESTED, "Fatima")

    maja = Person(page_at(), ekliden.url).is_called("Maja Öberg")
    maja.goes_to("/oversikt/").follows("Det som väntar i gruppen").is_at("Det som väntar i gruppen")
    check_page(maja.page)
    maja.follows("Hör av dig för ett samtal: Fatima").is_at("Första samtalet").presses("Anteckna att ni har pratat")
    maja.follows("Hälsa välkommen").presses("Hälsa välkommen").follows("Introduktionen")
    maja.fills_in({"points": [point.value for point in Introduction]}).presses("Spara")
    maja.sees("Innan medlemmen kan bli tillfrågad bekräftar båda överenskommelsen.")
    check_page(maja.page)

    fatima.goes_to("/mitt/").sees("Läs och svara på överenskommelsen")
    check_page(page)
    fatima.goes_to(f"/resursgrupp/{region.pk}/mitt/").follows("Läs och svara på överenskommelsen")
    fatima.is_at("Vår överenskommelse").sees("Du kan säga nej varje gång, utan att säga varför.")
    check_page(page)
    fatima.presses("Bekräfta alla punkter utom de jag tagit bort").sees("Du har bekräftat 12 punkter.")
    maja.goes_to(f"/resursgrupp/medlem/{member.pk}/").follows("Vår överenskommelse")
    check_page(maja.page)
    maja.presses("Bekräfta alla punkter utom de jag tagit bort").sees("Allt är klart mellan er.")
    maja.goes_to(f"/resursgrupp/medlem/{member.pk}/").presses("Kan tillfrågas från och med nu")
    assert (Member.objects.get().status, Agreement.objects.get().versions.count()) == (Status.ACTIVE, 1)
    kinds = [letter["Subject"] for letter in post(ekliden.mail) if "fatima@" in letter["To"]]
    assert "Överenskommelsen är klar" in kinds


#: What Maja writes in each step; a step that is left empty is saved all the same.
STEPS = (
    ("Vad ska gruppen vara till för?", {"purpose": "Kallelser som ingen behöver ringa och fråga om."}),
    ("Vilka är med från början?", {"patients": "2", "together": "Två från strokeföreningen."}),
    ("Hur håller vi det öppet mellan oss?", {"relation": "Alla har mitt nummer."}),
    ("Vad kan var och en av oss?", {}),
    ("Vad ska det stå på gruppens sida?", {"about": "Vi är några som vill göra vården bättre."}),
    ("Hur tar ni emot medlemmar hos er?", {"hosting": "Någon möter i entrén."}),
    ("Vad prövar vi först, och när ser vi tillbaka?", {"first_try": "Tre läser våra kallelser."}),
    ("Vad betalar ni, och enligt vilken riktlinje?", {"pay": "Regionens riktlinje gäller."}),
    ("Vem kan gå med, och från när?", {"lowest_age": "18", "is_open": True}),
    ("Vad behöver ni erfarenhet till först?", {"need_title": "Vad ska stå i kallelsen?"}),
)


@pytest.mark.parametrize("screen", [pytest.param({}, id="desktop"), pytest.param(NARROW, id="narrow-without-scripts")])
def test_maja_starts_a_group_from_nothing(page_at, check_page, ekliden, screen):
    page = page_at(**screen)
    maja = Person(page, ekliden.url).is_called("Maja Öberg")
    maja.goes_to("/oversikt/").sees("Här finns ingen resursgrupp än.").follows("Starta en resursgrupp")
    maja.is_at("Starta en resursgrupp")
    check_page(page)
    maja.follows("Börja")
    for heading, answers in STEPS:
        maja.is_at(heading)
        check_page(page)
        if "first_try" in answers:
            answers = answers | {"look_back_on": (timezone.localdate() + timedelta(days=60)).isoformat()}
        maja.fills_in(answers)
        if "need_title" in answers:
            maja.presses("Spara och se alla steg")
        else:
            maja.presses("Spara och fortsätt")
        if "together" in answers:  # left, and gone on with where it was
            maja.goes_to("/oversikt/").follows("Starta en resursgrupp").follows("Fortsätt där du var")
    maja.is_at("Starta en resursgrupp").sees("10 av 10", "Värt att tänka på", "Respekt för varandras kunskap")
    check_page(page)
    maja.presses("Skapa gruppen").is_at("Gruppen är skapad")
    check_page(page)
    group, need = Group.objects.get(), Assignment.objects.get()
    assert (group.node, need.title) == (ekliden.cast.places["region"], "Vad ska stå i kallelsen?")
    maja.follows("Vad ska stå i kallelsen?").is_at("Vad ska stå i kallelsen?")
    visitor = Person(page_at(**screen), ekliden.url).goes_to("/resursgrupp/").follows(group.name)
    visitor.sees("Vi är några som vill göra vården bättre.", "Regionens riktlinje gäller.", "Logga in och gå med")
    check_page(visitor.page)
