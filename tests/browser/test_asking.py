"""A round of questions in a real browser: asked, answered by link by five, closed, and told to all of them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samskapa.listen.surveys.models import Asking, Urn

from .ekliden import Person, letters_to, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEMBERS = ("birgit", "ali", "elin", "lukasz", "xiaolong")


def answers(who: Person, check_page, *, said: str, wish: str) -> None:
    """Somebody who could not follow what was said, from the link to the thanks."""
    check_page(who.page)
    who.sees("Du svarar anonymt.").follows("Börja")
    check_page(who.page)
    who.fills_in({"q_said": said}).presses("Spara och fortsätt")
    who.fills_in({"q_followed": "no"}).presses("Spara och fortsätt")
    who.sees("Vad gjorde det svårt?").fills_in({"q_hindered": ["fast", "jargon"]}).presses("Spara och fortsätt")
    who.fills_in({"q_next_time": wish}).presses("Spara och fortsätt")
    check_page(who.page)
    who.sees("Svåra ord och förkortningar, Det gick för fort").presses("Lämna in mina svar")
    who.sees("Tack. Dina svar är inlämnade")
    check_page(who.page)


@pytest.mark.parametrize("javascript", [True, False])
def test_five_answer_by_link_and_read_what_came_out_of_it(ekliden, page_at, check_page, javascript):
    maja = Person(page_at(javascript=javascript), ekliden.url)
    maja.is_called("Maja Öberg").goes_to("/fragor/").follows("Ställ nya frågor").follows("Efter mötet")
    check_page(maja.page)
    maja.presses("Fråga").sees("Skriv minst en adress, eller välj en roll.")
    check_page(maja.page)
    maja.fills_in(
        {
            "title": "Mötet om kallelserna",
            "why": "Svaren avgör hur vi lägger upp nästa möte.",
            "last_day": str(timezone.localdate().replace(year=timezone.localdate().year + 1)),
            "addresses_0": "\n".join(f"{key}@ekliden.example" for key in MEMBERS),
        }
    )
    maja.presses("Fråga").sees("0 av 5 har svarat")
    check_page(maja.page)
    links = {}
    for number, key in enumerate(MEMBERS):
        (letter,) = letters_to(ekliden.mail, key)
        links[key] = link_in(letter, "/fraga/")
        page = page_at(width=320 if number % 2 else 1280, javascript=javascript)
        who = Person(page, ekliden.url).goes_to(links[key])
        answers(who, check_page, said=str(number + 1), wish=f"Önskan nummer {number}")
    assert len(Urn.objects.get().sheets) == 5
    maja.goes_to("/fragor/").follows("Mötet om kallelserna").sees("5 av 5 har svarat").follows("Stäng frågorna")
    maja.presses("Stäng frågorna").sees("Medelvärdet är 3 av 5, räknat på 5 svar.", "Önskan nummer 4")
    check_page(maja.page)
    maja.follows("Berätta vad svaren ledde till").writes("Vad säger ni om svaren", "Vi talar långsammare.")
    check_page(maja.page)
    maja.presses("Berätta för alla").sees("Alla som fick frågorna fick veta vad svaren ledde till")
    told = link_in(letters_to(ekliden.mail, "elin")[-1], "/fraga/")
    elin = Person(page_at(width=320, javascript=javascript), ekliden.url).goes_to(told)
    elin.follows("Läs vad svaren ledde till").sees("Vi talar långsammare.", "Medelvärdet är 3 av 5").sees_not("Önskan")
    check_page(elin.page)
    assert Asking.objects.get().told_at is not None
