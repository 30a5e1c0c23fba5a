"""From whom one misses to somebody who has begun to join by the poster, without scripts and on a narrow phone."""

from __future__ import annotations

import pytest

from samskapa.cocreate.pool.models import Member
from samskapa.cocreate.recruiting.models import Channel, Opened, Sought
from samskapa.edge.demo.domain.people import COORDINATOR
from tests.factories.pool import make_group

from .ekliden import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "javascript": False}


def test_maja_looks_for_young_people_and_fatima_comes_by_the_poster(page_at, check_page, ekliden):
    region = ekliden.cast.places["region"]
    make_group(region, coordinator=ekliden.cast.actor(COORDINATOR), lowest_age=16)
    maja = Person(page_at(**NARROW), ekliden.url).is_called("Maja Öberg")
    maja.goes_to("/oversikt/").follows("Hitta dem som saknas").is_at("Hitta dem som saknas")
    check_page(maja.page)
    maja.follows("Unga, 13 till 17 år").sees("Ungdomsmottagningen", "Elevrådet", "Barnkonventionen")
    check_page(maja.page)
    maja.page.get_by_role("link", name="Lägg i planen").nth(1).click()
    maja.is_at("Skriv en rad i planen").fills_in({"how": ""}).presses("Lägg i planen")
    maja.sees("Skriv hur ni gör.")
    check_page(maja.page)
    maja.fills_in({"how": "Be om tio minuter på ett möte."}).presses("Lägg i planen").sees(
        "Unga, 13 till 17 år: Elevrådet"
    )
    assert Sought.objects.get().how.startswith("Be om tio minuter")
    maja.follows("Affischer och länkar").follows("Gör en affisch eller en länk")
    maja.writes("Vad ni kallar den", "Affisch, elevrådets tavla").presses("Gör länken").is_at(
        "Affisch, elevrådets tavla"
    )
    check_page(maja.page)
    channel = Channel.objects.get()

    fatima = Person(page_at(**NARROW), ekliden.url).goes_to(f"/g/{channel.code.upper()}")
    check_page(fatima.page)
    assert Opened.objects.count() == 0  # our own browser says that it is a program
    fatima.is_called("Fatima Hassan").goes_to(f"/g/{channel.code}").follows("Jag vill gå med")
    fatima.sees("Du kom hit via ”Affisch, elevrådets tavla”.")
    check_page(fatima.page)
    fatima.presses("Börja")
    assert Member.objects.get().came_by == channel.code
    maja.goes_to(f"/resursgrupp/{region.pk}/rekrytering/lankar/").sees("Affisch, elevrådets tavla", "Har börjat")
    check_page(maja.page)
