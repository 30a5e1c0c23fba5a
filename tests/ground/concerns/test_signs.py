"""Which words are a sign: what people write, and what must not be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskapa.ground.concerns.domain import MOST, Sign, signs_in

DANGER = [
    "Jag vill inte leva längre.",
    "jag orkar inte leva",
    "Ibland känner jag att jag inte längre orkar leva.",
    "Ibland tänker jag på att ta livet av mig",
    "Jag tar livet av mig om inget händer.",
    "Min bror begick självmord. Det gör mig rädd.",
    "Har haft suicidtankar",
    "Det vore lika bra om jag var död",
    "Jag skär mig själv när det är som värst",
    "Han slår mig när jag inte orkar laga mat",
    "Jag är rädd för mitt liv",
    "Hon är i akut fara",
    "Barnen far illa hos honom",
    "I want to die",
    "he hits me",
    "JAG VILL DÖ",
    "Vill\ninte\nleva",
]
HARM = [
    "Det blev en vårdskada som ingen ville kännas vid.",
    "Jag fick fel medicin två gånger.",
    "De gav mig fel dos",
    "Jag blev allvarligt skadad under operationen",
    "Mamma blev vanvårdad",
    "Jag höll på att dö på akuten.",
    "Jag vill anmäla läkaren",
    "It was malpractice",
]
NOTHING = [
    "",
    "Jag vill leva så länge jag kan.",
    "Fel tid i kallelsen.",
    "Kallelsen är svår att läsa, och det är fara å färde med kontrasterna.",  # fara alone is nobody's danger
    "Pappa dog för tre år sedan. Vården var fin.",
    "Operationen gick bra.",
    "Självklart vill jag vara med.",
    "Skada mig inte rapporten, sa hon på skoj.",
    "Barnens liv är viktigt.",
]


@pytest.mark.parametrize("text", DANGER)
def test_danger(text):
    assert signs_in(text).sign == Sign.DANGER


@pytest.mark.parametrize("text", HARM)
def test_harm(text):
    assert signs_in(text).sign == Sign.HARM


@pytest.mark.parametrize("text", NOTHING)
def test_neither(text):
    assert signs_in(text) is None


def test_danger_is_graver_than_harm_and_the_sentence_is_what_is_kept():
    text = "Jag fick fel medicin. Nu orkar jag mycket.  Men jag vill inte leva! Hälsningar, Anna."
    found = signs_in(text)
    assert (found.sign, found.extract) == (Sign.DANGER, "Men jag vill inte leva!")


@given(st.text(max_size=3000), st.text(max_size=3000), st.sampled_from(DANGER))
def test_it_is_found_whatever_stands_around_it_and_the_extract_shows_it(before, after, sign):
    found = signs_in(f"{before}. {sign} .{after}")
    assert found.sign == Sign.DANGER
    assert len(found.extract) <= MOST
    assert signs_in(found.extract).sign == Sign.DANGER
