"""Who tells their own story is called afterwards: what the unit and the person see before and after, in a browser."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from samskapa.cocreate.underway.models import CheckIn
from tests.factories.underway import under_way
from tests.factories.underway_pages import as_host, as_representative, page

from .ekliden import Person, bring_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 1280, "scheme": "light"}, id="desktop"),
        pytest.param({"width": 360, "scheme": "dark"}, id="phone-dark"),
        pytest.param({"width": 320, "javascript": False}, id="narrow-without-scripts"),
    ],
)
def test_the_unit_is_told_to_call_notes_it_and_the_person_reads_it(live_server, page_at, check_page, how):
    (agreement,) = under_way(names=("Anna Ek",), contribution={"contribution": "own_story"})
    call = CheckIn.objects.get(agreement=agreement, moment="call")
    CheckIn.objects.filter(pk=call.pk).update(due_on=timezone.localdate())
    work = page("work", agreement.root_id)

    def sits_down(log) -> Person:
        client, where = Client(), page_at(**how)
        log(client, agreement)
        bring_session(client, where, live_server.url)
        return Person(where, live_server.url).goes_to(work)

    anna, ulla = sits_down(as_representative), sits_down(as_host)
    anna.goes_to(page("check_in", call.pk)).is_at("Samtal efteråt").sees("Du behöver inte göra något.")
    check_page(anna.page)

    ulla.sees("Ring Anna Ek och fråga hur det känns.")
    check_page(ulla.page)
    ulla.goes_to(page("check_in", call.pk)).sees("Ring Anna Ek och fråga hur det känns efter att ha berättat.")
    check_page(ulla.page)
    ulla.presses("Anteckna samtalet").sees("Välj")
    check_page(ulla.page)
    ulla.fills_in({"goes_well": "yes", "text": "Det kändes bra."}).presses("Anteckna samtalet")
    ulla.sees_not("Ring Anna Ek")

    anna.goes_to(work).sees("Verksamheten har ringt.")
    check_page(anna.page)
    anna.goes_to(page("check_in", call.pk)).sees("Det kändes bra.")
    check_page(anna.page)
