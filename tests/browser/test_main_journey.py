"""The main journey, each step by the person whose it is: from a unit's need to an agreement on paper."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pikepdf
import pytest
from django.utils import timezone

from samskapa.cocreate.assignments.models import Agreement, Application, Assignment, Version
from samskapa.ground.core.models import AuditEntry
from samskapa.ground.language.templatetags.reader import day

from .ekliden import Person, letters_to, link_in, post

pytestmark = [pytest.mark.browser, pytest.mark.main_journey, pytest.mark.django_db(transaction=True)]

TITLE = "Vad ska stå i kallelsen till höftoperation?"
HARM = "De som inte läser svenska kan få det ännu svårare."
UNIT = "Ortopedmottagningen"


@pytest.fixture(
    params=[
        pytest.param({"width": 1280, "javascript": True}, id="desktop"),
        pytest.param({"width": 320, "javascript": False}, id="narrow-without-scripts"),
    ]
)
def person(request, page_at, ekliden):
    """`person("Ulla Bergström")`: at a browser of their own, already stepped in."""

    def sit_down(name: str = "") -> Person:
        somebody = Person(page_at(**request.param), ekliden.url)
        return somebody.is_called(name) if name else somebody.goes_to("/")

    return sit_down


def test_from_a_need_to_a_signed_agreement(person, ekliden):
    ulla = person("Ulla Bergström")
    need = describe(ulla)
    send(ulla)
    maja = person("Maja Öberg")
    comment_and_send_back(maja, need)
    mend_and_send_again(ulla, need, ekliden)
    publish(maja, need, ekliden)
    read_as_visitor(person(), need)
    birgit = log_in_with_a_code(person(), ekliden)
    ask_and_answer(birgit, ulla, need, ekliden)
    apply(birgit, need)
    elin = nominate(person("Gunnar Sjögren"), person, need, ekliden)
    choose(maja, ulla, need, ekliden)
    say_yes_to_being_presented(birgit, ekliden)
    go_on_to_the_agreements(maja, need, ekliden)
    confirm_all_but_one(ulla, need)
    read_both_texts_and_confirm(birgit, ekliden)
    settle_the_other(elin, ulla, need, ekliden)
    read_on_paper(birgit, ulla, need)
    look_back(need, ekliden)


# --- 1 and 2: the need, and its readiness -----------------------------------------------------------


def describe(ulla: Person) -> Assignment:
    """Twenty questions, one a page; the one about harm is left out."""
    ulla.follows("Beskriv ett behov").is_at("Beskriv ett behov")
    ulla.writes("Vad handlar det om?", TITLE).presses("Börja")
    need = Assignment.objects.get(title=TITLE)
    ulla.goes_to(f"/uppdrag/behov/{need.pk}/").is_at(TITLE)
    ulla.sees("1 av 9 viktiga frågor är besvarade", "Går vidare med frågorna" if False else "Gå vidare med frågorna")
    ulla.follows("Fortsätt").is_at("Varför behöver ni personer med egen erfarenhet?")
    ulla.sees("Fråga 2 av 20")
    ulla.writes("Därför behöver ni personer", "Fyra av tio ringer om sådant som redan står i kallelsen.")
    onwards(ulla, "Vad vill ni att de bidrar med?")
    ulla.page.get_by_role("textbox").first.fill("Läsa tre förslag, säga vad som är oklart och vara med och skriva om texten.")
    onwards(ulla, "Hur långt har arbetet kommit?")
    return need


def onwards(who: Person, heading: str) -> None:
    who.presses("Spara och fortsätt").is_at(heading)
