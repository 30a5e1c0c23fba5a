"""Somebody phones and wonders why; then four are asked two and two, and who is with whom is changed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samskapa.cocreate.matching.models import Invitation
from samskapa.edge.demo.domain.people import COORDINATOR
from tests.factories.matching import make_assignment
from tests.factories.pool import make_group, make_member

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "screen",
    [pytest.param({}, id="desktop"), pytest.param({"width": 320, "javascript": False}, id="narrow-no-scripts")],
)
def test_maja_says_why_and_asks_two_and_two(page_at, check_page, ekliden, screen):
    by, region = ekliden.cast.actor(COORDINATOR), ekliden.cast.places["region"]
    group, _by = make_group(region, coordinator=by)
    for name in ("Margareta Lindqvist", "Göran Sjö", "Leyla Aydın", "Siv Ek"):
        make_member(group, coordinator=by, name={"called": name})
    assignment = make_assignment(ekliden.cast.places["lunden"], by, now=timezone.now())
    page = page_at(**screen)
    maja = Person(page, ekliden.url).is_called("Maja Öberg")

    maja.goes_to(f"/matchning/uppdrag/{assignment.pk}/").is_at("Vem passar?")
    maja.fills_in({"name": "margereta lindkvist"}).presses("Slå upp").is_at("Slå upp en person")
    maja.sees("1 medlem hittades", "Kan tillfrågas, men har inte blivit det än.")
    check_page(page)
    maja.follows("Margareta Lindqvist").is_at("Margareta Lindqvist och det här uppdraget")
    maja.follows("De andra öppna uppdragen").is_at("Margareta Lindqvist och de öppna uppdragen")
    check_page(page)
    maja.follows("Margareta Lindqvist").follows("Varför ser personen inte ett uppdrag?").sees(assignment.title)

    # Two and two is chosen, and four are ticked: she only presses.
    maja.goes_to(f"/matchning/uppdrag/{assignment.pk}/").presses("Fråga dem du har kryssat för")
    maja.is_at("Vem är med vem?").sees("Ingen är tillfrågad än.")
    check_page(page)
    assert Invitation.objects.count() == 0
    pairs = [legend.split(": ")[1].split(" och ") for legend in page.locator("legend").all_inner_texts()]
    (one, _other), (third, _fourth) = pairs
    for at, number in enumerate("1212"):
        page.locator('select[name^="pair_"]').nth(at).select_option(number)
    maja.presses("Visa paren som jag har ändrat dem").sees(f"Par 1: {one} och {third}")
    maja.presses("Fråga dem två och två").sees("Har inte svarat än.")
    check_page(page)
    assert Invitation.objects.exclude(pair=None).count() == 4
